# SPDX-License-Identifier: EUPL-1.2
"""Sessie: who is behind a request, what a page may assume about it, and the cookie that carries it."""

import hmac
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote
from uuid import UUID

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.handlers import BaseRouteHandler

from schakel.identiteit.wie import Betrouwbaarheidsniveau
from schakel.kit.errors import Forbidden, SchakelError

Connection = ASGIConnection[Any, Any, Any, Any]
Guard = Callable[[Connection, BaseRouteHandler], None]


class Sessie(Protocol):
    """Exactly one of `actor_id` (a medewerker) and `partij_id` (an inwoner) is set."""

    @property
    def soort(self) -> str: ...
    @property
    def csrf(self) -> str: ...
    @property
    def naam(self) -> str: ...
    @property
    def verloopt_op(self) -> datetime: ...
    @property
    def niveau(self) -> str: ...
    @property
    def actor_id(self) -> UUID | None: ...
    @property
    def partij_id(self) -> UUID | None: ...
    @property
    def functie(self) -> str: ...
    @property
    def team(self) -> str: ...
    @property
    def rollen(self) -> tuple[str, ...]: ...


class Sessies(Protocol):
    """What the web asks of the place that remembers sessies."""

    def find(self, token: str, at: datetime) -> Awaitable[Sessie | None]: ...


class NotSignedIn(SchakelError):
    """Nobody is signed in, or for too long. `sign_in` is where to do so."""

    status = 401
    title = "U bent niet aangemeld"
    advice = "Meld u aan. Wat u al invulde, is bewaard."

    def __init__(self, sign_in: str = "/aanmelden") -> None:
        super().__init__()
        self.sign_in = sign_in


class CsrfFailed(SchakelError):
    """A form without the token of this sessie: an old tab, or another site."""

    status = 403
    title = "Dit formulier is te oud"
    advice = "Ga terug, ververs de pagina en verstuur het opnieuw. Uw tekst is bewaard."


def new_token() -> str:
    """What a cookie or a form carries: 256 bits nobody can guess."""
    return secrets.token_urlsafe(32)


def cookie_name(https: bool) -> str:
    return "__Host-schakel" if https else "schakel"


def sessie_cookie(token: str, *, https: bool) -> Cookie:
    """Ends with the browser; the server ends it sooner. No script can read it, no other site can send it along."""
    return Cookie(cookie_name(https), value=token, path="/", secure=https, httponly=True, samesite="lax")


def ended_cookie(*, https: bool) -> Cookie:
    return Cookie(cookie_name(https), value="", path="/", secure=https, httponly=True, samesite="lax", max_age=0)


def sessie_token(connection: Connection, *, https: bool) -> str | None:
    """The token of the cookie, whoever made it up."""
    return connection.cookies.get(cookie_name(https)) or None


def remember(connection: Connection, sessie: Sessie | None) -> None:
    connection.state["schakel_sessie"] = sessie


def sessie_of(connection: Connection) -> Sessie | None:
    """Who is signed in, if anybody."""
    sessie: Sessie | None = connection.state.get("schakel_sessie")
    return sessie


def medewerker(connection: Connection) -> Sessie:
    """The medewerker behind this request; raises NotSignedIn or Forbidden."""
    sessie = sessie_of(connection)
    if sessie is None:
        raise NotSignedIn
    if sessie.actor_id is None:
        raise Forbidden
    return sessie


def inwoner(connection: Connection, niveau: Betrouwbaarheidsniveau = Betrouwbaarheidsniveau.LAAG) -> Sessie:
    """The inwoner behind this request, with at least this betrouwbaarheidsniveau."""
    sessie = sessie_of(connection)
    if sessie is None or sessie.partij_id is None:
        raise NotSignedIn("/digid")
    if Betrouwbaarheidsniveau.of(sessie.niveau) < niveau:
        raise Forbidden
    return sessie


def medewerker_only(*rollen: str) -> Guard:
    """A guard: a medewerker with one of these rollen; without rollen any medewerker."""

    def guard(connection: Connection, _: BaseRouteHandler) -> None:
        sessie = medewerker(connection)
        if rollen and not set(rollen) & set(sessie.rollen):
            raise Forbidden

    return guard


def inwoner_only(niveau: Betrouwbaarheidsniveau = Betrouwbaarheidsniveau.LAAG) -> Guard:
    """A guard: an inwoner who signed in with at least this betrouwbaarheidsniveau."""

    def guard(connection: Connection, _: BaseRouteHandler) -> None:
        inwoner(connection, niveau)

    return guard


def is_same(given: str, expected: str) -> bool:
    """Compared in constant time; strange signs are no match."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode("utf-8", "replace"))


def onward(path: str, query: str = "") -> str:
    """`?verder=` for the sign-in page."""
    return "?verder=" + quote(f"{path}?{query}" if query else path, safe="/")


def safe_onward(wanted: str | None, default: str) -> str:
    """Where to go after signing in: a path of ours, never another site."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")) or not wanted.isprintable():
        return default
    return wanted
