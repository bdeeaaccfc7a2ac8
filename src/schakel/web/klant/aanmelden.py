# SPDX-License-Identifier: EUPL-1.2
"""Signing in and out. The demo has no passwords and says so; a real gemeente brings its own log-in."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler

from schakel.identiteit.wie import Betrouwbaarheidsniveau
from schakel.kanaalintegratie.demo import Demo
from schakel.kit.errors import InvalidInput, NotFound, SchakelError
from schakel.web.diensten import diensten_of
from schakel.web.formulier import read_form
from schakel.web.klant.start import INWONER, MEDEWERKERS
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.sessie import ended_cookie, new_token, safe_onward, sessie_cookie, sessie_token
from schakel.web.state import web_of

NIVEAU = Betrouwbaarheidsniveau.SUBSTANTIEEL.name.lower()
BEGIN: Mapping[str, str] = {kaart.account: kaart.begin for kaart in MEDEWERKERS}


class SignInMissing(SchakelError):
    """A gemeente that did not connect its log-in yet."""

    status = 503
    title = "Inloggen is hier nog niet ingesteld"
    advice = "Een beheerder van de gemeente koppelt eerst het inlogsysteem. Bel ons, of kom langs. Dan helpen wij u."


def demo_of(request: AnyRequest) -> Demo:
    """Raises SignInMissing in a real gemeente."""
    demo = diensten_of(request).demo
    if demo is None:
        raise SignInMissing
    return demo


@post("/demo/aanmelden", include_in_schema=False)
async def become(request: AnyRequest) -> Response[None]:
    """One press on a card of the start page."""
    if diensten_of(request).demo is None:
        raise NotFound
    account = (await read_form(request)).text("account", longest=100)
    if account == INWONER.account:
        return see_other(request, INWONER.begin)
    return await enter(request, account, "")


@get("/aanmelden", include_in_schema=False)
async def ask_medewerker(request: AnyRequest) -> Response[bytes]:
    demo_of(request)
    verder = request.query_params.get("verder", "")
    return render(request, "klant/aanmelden.html", medewerkers=MEDEWERKERS, verder=verder, fouten={})


@post("/aanmelden", include_in_schema=False)
async def sign_in_medewerker(request: AnyRequest) -> Response[bytes] | Response[None]:
    demo_of(request)
    formulier = await read_form(request)
    diensten, verder = diensten_of(request), formulier.text("verder", longest=2000)
    try:
        account = formulier.text("account", longest=100)
        await diensten.drempel.admit(request, account, diensten.clock())
        return await enter(request, account, verder)
    except InvalidInput as wrong:
        return render(
            request,
            "klant/aanmelden.html",
            status_code=wrong.status,
            medewerkers=MEDEWERKERS,
            verder=verder,
            fouten=wrong.fields,
        )


async def enter(request: AnyRequest, account: str, verder: str) -> Response[None]:
    """Open a sessie for a medewerker; raises InvalidInput when nobody has this account."""
    diensten, token = diensten_of(request), new_token()
    if not await diensten.aanmelden.open_for_account(account, token, new_token(), diensten.clock()):
        raise InvalidInput({"account": "Deze medewerker kennen wij niet. Kies iemand uit de lijst."})
    return await _entered(request, token, safe_onward(verder, BEGIN.get(account, "/werk")))


@get("/digid", include_in_schema=False)
async def ask_inwoner(request: AnyRequest) -> Response[bytes]:
    inwoners, verder = await demo_of(request).inwoners(), request.query_params.get("verder", "")
    return render(request, "klant/digid.html", inwoners=inwoners, verder=verder, fouten={})


@post("/digid", include_in_schema=False)
async def sign_in_inwoner(request: AnyRequest) -> Response[bytes] | Response[None]:
    inwoners = await demo_of(request).inwoners()
    formulier = await read_form(request)
    chosen, verder = formulier.text("persoon", longest=100), formulier.text("verder", longest=2000)
    partij_id = next((inwoner.partij_id for inwoner in inwoners if str(inwoner.partij_id) == chosen), None)
    if partij_id is None:
        fouten = {"persoon": "Kies iemand uit de lijst."}
        return render(request, "klant/digid.html", status_code=400, inwoners=inwoners, verder=verder, fouten=fouten)
    return await _enter_inwoner(request, partij_id, verder)


async def _enter_inwoner(request: AnyRequest, partij_id: UUID, verder: str) -> Response[None]:
    diensten, token = diensten_of(request), new_token()
    await diensten.aanmelden.open_for_partij(partij_id, NIVEAU, token, new_token(), diensten.clock())
    return await _entered(request, token, safe_onward(verder, "/mijn"))


async def _entered(request: AnyRequest, token: str, path: str) -> Response[None]:
    """A new token for who enters: one that somebody knew before is worth nothing."""
    await _close(request)
    return see_other(request, path, cookies=[sessie_cookie(token, https=web_of(request).https)])


@post("/afmelden", include_in_schema=False)
async def sign_out(request: AnyRequest) -> Response[None]:
    await _close(request)
    return see_other(request, "/", cookies=[ended_cookie(https=web_of(request).https)])


async def _close(request: AnyRequest) -> None:
    token = sessie_token(request, https=web_of(request).https)
    if token:
        await diensten_of(request).aanmelden.close(token)


HANDLERS: list[BaseRouteHandler] = [
    become, ask_medewerker, sign_in_medewerker, ask_inwoner, sign_in_inwoner, sign_out,
]  # fmt: skip
