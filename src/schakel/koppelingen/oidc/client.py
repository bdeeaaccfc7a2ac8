# SPDX-License-Identifier: EUPL-1.2
"""The OpenID provider of the gemeente: authorization code with PKCE, and logging out on either side.

Nothing of a login is kept here: what the browser must bring back travels sealed in its own cookie.
"""

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx
import msgspec
from cryptography.fernet import Fernet, InvalidToken

from schakel.identiteit.inloggen import (
    Beeindigd,
    BewijsOngeldig,
    Ingelogd,
    PogingVerlopen,
    ProviderOnbereikbaar,
    ProviderWeigert,
    Vertrek,
)
from schakel.kanaalintegratie.gezondheid import Deel, Staat
from schakel.kit.clock import Clock, system_clock
from schakel.kit.text import clean
from schakel.koppelingen.oidc._sleutels import Sleutels, check, read
from schakel.koppelingen.oidc._wire import Discovery, Refusal, Tokens, fetch_as

WELL_KNOWN = "/.well-known/openid-configuration"
LOGGED_OUT = "http://schemas.openid.net/event/backchannel-logout"
POGING = 600  # seconds in which one logs in at the provider
_FRESH = 300.0  # seconds that the provider's own description is kept
_RECENT = 30.0  # the same, for /gezondheid
_GLANCE = 2.0  # seconds that /gezondheid waits
_TIMEOUT = httpx.Timeout(4.0, connect=2.0)


@dataclass(frozen=True, slots=True)
class Aansluiting:
    """How this gemeente is known at its provider. `groepclaim` is where the provider puts the groepen."""

    issuer: str
    client_id: str
    client_secret: str
    terug: str
    einde: str
    scope: str = "openid profile"
    groepclaim: str = "groups"

    def __repr__(self) -> str:
        return f"Aansluiting({self.issuer})"


class _Poging(msgspec.Struct, frozen=True):
    state: str
    nonce: str
    verifier: str
    verder: str


class OidcInlogdienst:
    """Fills identiteit's port `Inlogdienst`. One for the process; `close` it at the end."""

    def __init__(
        self,
        aansluiting: Aansluiting,
        sealing_key: bytes,
        *,
        clock: Clock = system_clock,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._ours, self._clock = aansluiting, clock
        self._seal = Fernet(base64.urlsafe_b64encode(sealing_key))
        self._client = httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False, transport=transport)
        self._sleutels = Sleutels(self._client, clock)
        self._discovered: tuple[float, Discovery] | None = None
        self._asking: asyncio.Task[Discovery] | None = None

    async def close(self) -> None:
        await self._client.aclose()

    async def begin(self, verder: str) -> Vertrek:
        found = await self._discover()
        poging = _Poging(_random(), _random(), _random(), verder)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(poging.verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": self._ours.client_id,
            "redirect_uri": self._ours.terug,
            "scope": self._ours.scope,
            "state": poging.state,
            "nonce": poging.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        sealed = self._seal.encrypt_at_time(msgspec.json.encode(poging), int(self._clock().timestamp()))
        return Vertrek(_with_query(found.authorization_endpoint, query), sealed.decode())

    async def complete(self, terug: Mapping[str, str], bewijs: str) -> Ingelogd:
        poging = self._unseal(bewijs)
        if not hmac.compare_digest(terug.get("state", "").encode(), poging.state.encode()):
            raise PogingVerlopen
        found = await self._discover()
        given = terug.get("iss", "" if found.authorization_response_iss_parameter_supported else found.issuer)
        if given != found.issuer:  # RFC 9207: a code of another provider
            raise BewijsOngeldig
        if "error" in terug or not terug.get("code"):
            raise ProviderWeigert
        tokens = await self._exchange(found, terug["code"], poging.verifier)
        claims = await read(tokens.id_token, self._sleutels, found.jwks_uri)
        check(claims, self._ours.issuer, self._ours.client_id, self._now())
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), poging.nonce.encode()):
            raise BewijsOngeldig
        more = await self._userinfo(found, tokens, claims)
        return Ingelogd(
            account=self._account(claims),
            naam=clean(str(more.get("name") or more.get("preferred_username") or "Medewerker"))[:200],
            groepen=_groepen(more.get(self._ours.groepclaim)),
            sid=str(claims.get("sid", "")),
            verder=poging.verder,
        )

    async def end_address(self) -> str | None:
        try:
            found = await self._discover()
        except ProviderOnbereikbaar:
            return None
        if not found.end_session_endpoint:
            return None
        # No id_token_hint: it would put a name in an address, and make us keep the token.
        query = {"client_id": self._ours.client_id, "post_logout_redirect_uri": self._ours.einde}
        return _with_query(found.end_session_endpoint, query)

    async def ended(self, token: str) -> Beeindigd:
        found = await self._discover()
        claims = await read(token, self._sleutels, found.jwks_uri)
        check({"exp": self._now(), **claims}, self._ours.issuer, self._ours.client_id, self._now())
        events = claims.get("events")
        if not isinstance(events, dict) or LOGGED_OUT not in events or "nonce" in claims:
            raise BewijsOngeldig
        if not claims.get("sid") and not claims.get("sub"):
            raise BewijsOngeldig
        account = self._account(claims) if claims.get("sub") else ""
        return Beeindigd(account, str(claims.get("sid", "")))

    async def controle(self) -> Deel:
        """For /gezondheid. Without the provider the house goes on; only nobody new comes in."""
        try:
            async with asyncio.timeout(_GLANCE):
                await self._discover(within=_RECENT)
        except (ProviderOnbereikbaar, TimeoutError):
            return Deel("inloggen", Staat.LET_OP, "Het inlogsysteem antwoordt niet. Wie is ingelogd, werkt door.")
        return Deel("inloggen", Staat.GOED, "Het inlogsysteem antwoordt.")

    def _now(self) -> float:
        return self._clock().timestamp()

    def _account(self, claims: Mapping[str, Any]) -> str:
        sub = claims.get("sub")
        if not isinstance(sub, str) or not 0 < len(sub) <= 255 or not sub.isprintable():
            raise BewijsOngeldig
        return f"{self._ours.issuer} {sub}"

    def _unseal(self, bewijs: str) -> _Poging:
        try:
            opened = self._seal.decrypt_at_time(bewijs.encode(), POGING, int(self._now()))
            return msgspec.json.decode(opened, type=_Poging)
        except (InvalidToken, msgspec.DecodeError, UnicodeError):
            raise PogingVerlopen from None

    async def _discover(self, within: float = _FRESH) -> Discovery:
        """What the provider says of itself; asked once for everybody who waits, so that nobody waits in a row."""
        if self._discovered and self._now() - self._discovered[0] <= within:
            return self._discovered[1]
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        return await asyncio.shield(self._asking)

    async def _ask(self) -> Discovery:
        try:
            found = await fetch_as(self._client, "GET", self._ours.issuer.rstrip("/") + WELL_KNOWN, Discovery)
        except Refusal:
            raise ProviderOnbereikbaar from None
        if not _is_safe(found, self._ours.issuer):
            raise ProviderOnbereikbaar
        self._discovered = self._now(), found
        return found

    async def _exchange(self, found: Discovery, code: str, verifier: str) -> Tokens:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._ours.terug,
            "code_verifier": verifier,
        }
        name, secret, headers = self._ours.client_id, self._ours.client_secret, {}
        if not secret:
            form["client_id"] = name
        elif "client_secret_basic" in found.token_endpoint_auth_methods_supported:
            pair = f"{quote_plus(name)}:{quote_plus(secret)}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        else:
            form |= {"client_id": name, "client_secret": secret}
        try:
            return await fetch_as(self._client, "POST", found.token_endpoint, Tokens, data=form, headers=headers)
        except Refusal as refusal:
            raise (ProviderOnbereikbaar if refusal.status in (401, 403) else PogingVerlopen) from None

    async def _userinfo(self, found: Discovery, tokens: Tokens, claims: Mapping[str, Any]) -> Mapping[str, Any]:
        """The claims, with those of userinfo where the id_token does not say in which groepen he is."""
        if self._ours.groepclaim in claims or not found.userinfo_endpoint or not tokens.access_token:
            return claims
        headers = {"Authorization": f"Bearer {tokens.access_token}"}
        try:
            more = await fetch_as(self._client, "GET", found.userinfo_endpoint, dict[str, Any], headers=headers)
        except Refusal:
            raise ProviderOnbereikbaar from None
        if more.get("sub") != claims.get("sub"):  # OIDC core 5.3.2: somebody else's
            raise BewijsOngeldig
        return {**more, **claims}


def _random() -> str:
    return secrets.token_urlsafe(32)


def _with_query(address: str, query: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def _is_safe(found: Discovery, issuer: str) -> bool:
    """The provider we asked for, whose addresses are as well protected as its own."""
    wanted = urlsplit(issuer).scheme
    required = (found.authorization_endpoint, found.token_endpoint, found.jwks_uri)
    offered = filter(None, (*required, found.userinfo_endpoint, found.end_session_endpoint))
    try:
        schemes = {urlsplit(address).scheme for address in offered}
    except ValueError:
        return False
    return found.issuer == issuer and all(required) and schemes <= {"https", wanted}


def _groepen(value: Any) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list) else frozenset()
