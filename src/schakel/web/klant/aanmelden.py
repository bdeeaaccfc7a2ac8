# SPDX-License-Identifier: EUPL-1.2
"""Signing in and out. The demo has no passwords and says so; a real gemeente brings its own log-in."""

from collections.abc import Mapping
from urllib.parse import quote
from uuid import UUID

from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler

from schakel.identiteit.inloggen import ADRES
from schakel.identiteit.wie import Betrouwbaarheidsniveau
from schakel.kanaalintegratie.demo import Demo
from schakel.kit.errors import InvalidInput, NotFound, SchakelError
from schakel.web.binnen import entered, left
from schakel.web.diensten import diensten_of
from schakel.web.formulier import read_form
from schakel.web.klant.start import INWONER, MEDEWERKERS
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.sessie import new_token, safe_onward, sessie_of

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
async def ask_medewerker(request: AnyRequest) -> Response[bytes] | Response[None]:
    verder, diensten = request.query_params.get("verder", ""), diensten_of(request)
    if diensten.demo is None and diensten.inloggen is not None:
        return see_other(request, ADRES + (f"?verder={quote(verder, safe='/')}" if verder else ""))
    demo_of(request)
    return render(
        request, "klant/aanmelden.html", medewerkers=MEDEWERKERS, verder=verder, fouten={}, eigen=diensten.inloggen
    )


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
            eigen=diensten.inloggen,
        )


async def enter(request: AnyRequest, account: str, verder: str) -> Response[None]:
    """Open a sessie for a medewerker; raises InvalidInput when nobody has this account."""
    diensten, token = diensten_of(request), new_token()
    if not await diensten.aanmelden.open_for_account(account, token, new_token(), diensten.clock()):
        raise InvalidInput({"account": "Deze medewerker kennen wij niet. Kies iemand uit de lijst."})
    return await entered(request, token, safe_onward(verder, BEGIN.get(account, "/werk")))


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
    return await entered(request, token, safe_onward(verder, "/mijn"))


@post("/afmelden", include_in_schema=False)
async def sign_out(request: AnyRequest) -> Response[None]:
    sessie = sessie_of(request)
    elsewhere = diensten_of(request).inloggen is not None and sessie is not None and sessie.actor_id is not None
    return await left(request, "/afgemeld" if elsewhere else "/")


HANDLERS: list[BaseRouteHandler] = [
    become, ask_medewerker, sign_in_medewerker, ask_inwoner, sign_in_inwoner, sign_out,
]  # fmt: skip
