# SPDX-License-Identifier: EUPL-1.2
"""Logging in with the account of the gemeente: there, back and out again. A failure is a page that says what to do."""

import logging
from http import HTTPStatus

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.handlers import BaseRouteHandler
from litestar.params import FromQuery

from schakel.identiteit.inloggen import ADRES, Inloggen, InloggenMislukt, PogingVerlopen, assign
from schakel.identiteit.wie import Rol
from schakel.kit.errors import NotFound
from schakel.web.binnen import entered
from schakel.web.diensten import diensten_of
from schakel.web.formulier import read_form
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.sessie import new_token, safe_onward
from schakel.web.state import web_of

log = logging.getLogger(__name__)
BEHEER = frozenset({Rol.BEHEERDER, Rol.TEAMLEIDER})
LONGEST = 1_000  # signs of a path to go on to: it travels in a cookie


@get(ADRES, include_in_schema=False)
async def inloggen(request: AnyRequest, verder: FromQuery[str] = "") -> Response[bytes]:
    _inloggen_of(request)
    return render(request, "medewerker/inloggen.html", verder=verder)


@get(f"{ADRES}/begin", include_in_schema=False)
async def begin(request: AnyRequest, verder: FromQuery[str] = "") -> Response[None]:
    """To the provider."""
    vertrek = await _inloggen_of(request).dienst.begin(safe_onward(verder[:LONGEST], ""))
    return see_other(request, vertrek.adres, cookies=[_cookie(request, vertrek.bewijs)])


@get(f"{ADRES}/terug", include_in_schema=False)
async def back(request: AnyRequest) -> Response[None]:
    """From the provider: a medewerker with the rollen of his groepen, or a page that says why not."""
    diensten, dienst = diensten_of(request), _inloggen_of(request)
    bewijs, token = request.cookies.get(_name(request), ""), new_token()
    if not bewijs:
        raise PogingVerlopen
    try:
        ingelogd = await dienst.dienst.complete(dict(request.query_params), bewijs)
        toewijzing = assign(dienst.groepen, ingelogd.groepen)
        await dienst.sessies.open_for_ingelogde(ingelogd, toewijzing, token, new_token(), diensten.clock())
    except InloggenMislukt as failed:
        log.warning("inloggen mislukt: %s", type(failed).__name__)
        raise
    home = "/beheer" if toewijzing.rollen <= BEHEER else "/werk"
    return await entered(request, token, safe_onward(ingelogd.verder, home), _cookie(request, ""))


@post(f"{ADRES}/afmelding", include_in_schema=False)
async def ended(request: AnyRequest) -> Response[None]:
    """The provider says that somebody logged out there (back-channel); 400 when it is not the provider."""
    dienst = _inloggen_of(request)
    try:
        beeindigd = await dienst.dienst.ended((await read_form(request)).text("logout_token", longest=20_000))
    except InloggenMislukt:
        return Response(None, status_code=HTTPStatus.BAD_REQUEST)
    log.info("afgemeld bij het inlogsysteem: %d sessies", await dienst.sessies.close_of(beeindigd))
    return Response(None, status_code=HTTPStatus.OK)


@get("/afgemeld", include_in_schema=False)
async def signed_out(request: AnyRequest, klaar: FromQuery[str] = "") -> Response[bytes]:
    """Out here; the browser goes on to the provider to be out there as well, and comes back with `klaar`."""
    there = None if klaar else await _inloggen_of(request).dienst.end_address()
    headers = {"Refresh": f"0; url={there}"} if there else {}
    return render(request, "medewerker/afgemeld.html", headers=headers, daar=there, klaar=bool(klaar))


def _inloggen_of(request: AnyRequest) -> Inloggen:
    found = diensten_of(request).inloggen
    if found is None:
        raise NotFound
    return found


def _name(request: AnyRequest) -> str:
    return "__Host-schakel-inloggen" if web_of(request).https else "schakel-inloggen"


def _cookie(request: AnyRequest, value: str) -> Cookie:
    """What must come back; without value it is taken away."""
    https, age = web_of(request).https, 600 if value else 0
    name = _name(request)
    return Cookie(name, value=value, path="/", secure=https, httponly=True, samesite="lax", max_age=age)


HANDLERS: list[BaseRouteHandler] = [inloggen, begin, back, ended, signed_out]
