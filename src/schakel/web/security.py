# SPDX-License-Identifier: EUPL-1.2
"""Security: what every answer says to the browser, and the proof that a form is one of ours."""

from litestar import Request
from litestar.datastructures import MutableScopeHeaders
from litestar.handlers import BaseRouteHandler
from litestar.types import Message, Scope

from schakel.web.formulier import is_form, read_any_form
from schakel.web.sessie import Connection, CsrfFailed, is_same, remember, sessie_of, sessie_token
from schakel.web.state import web_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CSP = (  # GE-11
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


async def add_headers(message: Message, scope: Scope) -> None:
    """On every answer, mistakes too; a handler that sets one itself (a sandboxed original, an asset) keeps its own."""
    if message["type"] != "http.response.start":
        return
    message.setdefault("headers", [])
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if scope["app"].state["web"].https:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")


async def recognise_sessie(connection: Connection, _: BaseRouteHandler) -> None:
    """The first guard of every request: look up the cookie, and refuse what another site may have sent."""
    if connection.scope["path"].startswith("/assets/"):
        return
    web = web_of(connection)
    token = sessie_token(connection, https=web.https)
    remember(connection, await web.sessies.find(token, web.clock()) if token else None)
    if isinstance(connection, Request) and connection.method not in SAFE:
        await check_csrf(connection, signed_in=token is not None)


async def check_csrf(connection: Connection, *, signed_in: bool) -> None:
    """Unsafe methods: not from another site, and with a cookie only with the token of its sessie."""
    if is_from_elsewhere(connection):
        raise CsrfFailed
    sessie = sessie_of(connection)
    if not signed_in or sessie is None:
        return
    given = connection.headers.get("x-csrf-token", "")
    if not given and isinstance(connection, Request) and is_form(connection):
        given = (await read_any_form(connection)).text("csrf")
    if not is_same(given, sessie.csrf):
        raise CsrfFailed


def is_from_elsewhere(connection: Connection) -> bool:
    """What the browser says about the page that sent this; software other than a browser says nothing."""
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = connection.headers.get("origin")  # over plain http on another machine a browser says only this
    return origin is not None and origin.partition("://")[2] != connection.headers.get("host", "")
