# SPDX-License-Identifier: EUPL-1.2
"""/mening/{token}: what the klant thought of our help, by the link we sent; no log-in, nothing pre-selected."""

from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath

from schakel.dienstverlening.feedback import BEANTWOORD, VRAGEN, FeedbackAlreadyGiven
from schakel.kit.errors import InvalidInput
from schakel.web.diensten import diensten_of
from schakel.web.formulier import read_any_form
from schakel.web.page import AnyRequest, render

VELDEN = (*VRAGEN, "beantwoord", "toelichting", "contact_opnemen")


@get("/mening/{token:str}", include_in_schema=False)
async def ask(request: AnyRequest, token: FromPath[str]) -> Response[bytes]:
    diensten = diensten_of(request)
    async with diensten.open_werk() as werk:
        gevraagd = await diensten.terugkoppeling.asked(werk, token)
    if gevraagd.gegeven_op is not None:
        raise FeedbackAlreadyGiven
    return _page(request, {}, {})


@post("/mening/{token:str}", include_in_schema=False)
async def give(request: AnyRequest, token: FromPath[str]) -> Response[bytes]:
    diensten, formulier = diensten_of(request), await read_any_form(request)
    waarden = {name: text for name, text in formulier.fields().items() if name in VELDEN}
    if formulier.fouten:
        return _page(request, waarden, formulier.fouten)
    try:
        async with diensten.open_werk() as werk:
            feedback = await diensten.terugkoppeling.give(werk, token, waarden, diensten.clock())
    except InvalidInput as wrong:
        return _page(request, waarden, wrong.fields)
    again = feedback.beantwoord is False or feedback.contact_opnemen
    return render(request, "klant/bedankt.html", opnieuw=again)


def _page(request: AnyRequest, waarden: dict[str, str], fouten: dict[str, str]) -> Response[bytes]:
    return render(
        request,
        "klant/mening.html",
        status_code=400 if fouten else 200,
        vragen=VRAGEN,
        beantwoord=BEANTWOORD,
        waarden=waarden,
        fouten=fouten,
    )


HANDLERS: list[BaseRouteHandler] = [ask, give]
