# SPDX-License-Identifier: EUPL-1.2
"""/verder: going on online with a Wisselcode, and the picture of a code for a telephone or the balie."""

import io
from uuid import UUID

import segno
from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath

from schakel.kanaalintegratie.kanaalwissel import WisselcodeOnbekend
from schakel.kanaalintegratie.wisselcode import normalise_wisselcode
from schakel.kit.errors import NotFound
from schakel.web.diensten import diensten_of
from schakel.web.formulier import read_form
from schakel.web.klant.aanvraag.openen import CODE, draft
from schakel.web.klant.toegang import ingelogd
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.wie import inwoner_of


@get("/verder", include_in_schema=False, guards=[ingelogd])
async def ask_code(request: AnyRequest) -> Response[bytes]:
    return render(request, "klant/verder.html", fout="")


@post("/verder", include_in_schema=False, guards=[ingelogd])
async def take_code(request: AnyRequest) -> Response[bytes] | Response[None]:
    """The code of his own Interactie, or of one without proved identity; each try counts."""
    diensten, wie = diensten_of(request), inwoner_of(request)
    typed, at = (await read_form(request)).text("code"), diensten.clock()
    await diensten.wissel.admit(diensten.open_werk, f"inwoner:{wie.partij_id}", at)
    try:
        async with diensten.open_werk() as werk:
            interactie_id = await diensten.mijn.go_on(werk, wie, typed, at)
            await diensten.wissel.forgive(werk, f"inwoner:{wie.partij_id}", at)
            draft = await werk.verzoeken.of_interactie(interactie_id)
    except WisselcodeOnbekend as wrong:
        fout = wrong.advice if normalise_wisselcode(typed) else "Een Wisselcode heeft zes tekens, bijvoorbeeld 7KQ-4M2."
        return render(request, "klant/verder.html", status_code=wrong.status, fout=fout)
    return see_other(request, f"/mijn/{'aanvraag' if draft else 'contact'}/{interactie_id}")


@get("/mijn/aanvraag/{interactie_id:uuid}/qr.svg", include_in_schema=False, guards=[ingelogd])
async def picture(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    """Of the code that this browser shows. It stands behind the # of the address, which no server ever gets to see."""
    code = normalise_wisselcode(request.cookies.get(CODE, ""))
    if code is None:
        raise NotFound
    async with draft(request, interactie_id) as aanvraag:
        address = f"{aanvraag.diensten.publiek_adres}/verder#code={code}"
    drawn = io.BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", scale=4, border=3, light="#fff", xmldecl=False)
    return Response(drawn.getvalue(), media_type="image/svg+xml")


HANDLERS: list[BaseRouteHandler] = [ask_code, take_code, picture]
