// SPDX-License-Identifier: EUPL-1.2
// A real OpenID provider for the tests: oidc-provider as it comes, with invented accounts and a page to log in.
// `node provider.mjs PORT ADDRESS`: ADDRESS is where Schakel runs. Says "gereed" when it listens. From the environment:
// SLEUTELS are its keys (a JWKS), IN_ID_TOKEN=ja puts the groups in the id_token, as some providers do.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [port, schakel] = [Number(process.argv[2]), process.argv[3]];
const issuer = `http://localhost:${port}`;

const ACCOUNTS = {
  ilse: { name: "Ilse de Boer", groups: ["schakel-kcc", "vuilnis"] },
  karim: { name: "Karim Aziz", groups: ["schakel-beheerders"] },
  noor: { name: "Noor Bos", groups: ["vuilnis"] },
};

const client = {
  client_secret: "een-geheim-van-de-proef",
  redirect_uris: [`${schakel}/inloggen/terug`],
  post_logout_redirect_uris: [`${schakel}/afgemeld?klaar=ja`],
  backchannel_logout_uri: `${schakel}/inloggen/afmelding`,
  backchannel_logout_session_required: true,
};

const keys = process.env.SLEUTELS && { jwks: JSON.parse(process.env.SLEUTELS) };
const provider = new Provider(issuer, {
  ...keys,
  clients: [
    { client_id: "schakel", ...client },
    { client_id: "schakel-post", ...client, token_endpoint_auth_method: "client_secret_post" },
  ],
  claims: { openid: ["sub"], profile: ["name"], groepen: ["groups"] },
  scopes: ["openid", "profile", "groepen"],
  conformIdTokenClaims: process.env.IN_ID_TOKEN !== "ja",
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }), // its own refuses to speak to loopback
  pkce: { required: () => true },
  cookies: { keys: ["alleen-voor-de-proef"] },
  interactions: { url: (_, interaction) => `/proef/${interaction.uid}` },
  findAccount: (_, id) => ACCOUNTS[id] && { accountId: id, claims: () => ({ sub: id, ...ACCOUNTS[id] }) },
  // Whoever logs in has agreed: a gemeente does not ask its medewerkers.
  loadExistingGrant: async (ctx) => {
    const { client, session } = ctx.oidc;
    const known = session.grantIdFor(client.clientId);
    if (known) return ctx.oidc.provider.Grant.find(known);
    const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid profile groepen");
    await grant.save();
    return grant;
  },
});

const app = provider.callback();
const PAGE = `<!doctype html><html lang="nl"><title>Proefinlog</title><h1>Proefinlog</h1>
<form method="post"><label>Wie bent u? <input name="wie"></label><button>Ga verder</button></form>`;

createServer(async (request, response) => {
  if (!request.url.startsWith("/proef/")) return app(request, response);
  if (request.method !== "POST") {
    response.setHeader("content-type", "text/html; charset=utf-8");
    return response.end(PAGE);
  }
  let body = "";
  for await (const part of request) body += part;
  const wie = new URLSearchParams(body).get("wie");
  const result = ACCOUNTS[wie] ? { login: { accountId: wie } } : { error: "access_denied" };
  return provider.interactionFinished(request, response, result);
}).listen(port, "127.0.0.1", () => console.log("gereed"));
