# SPDX-License-Identifier: EUPL-1.2
"""/beheer/import: how the register of another system is moving in, which command does it, and what differs."""

from litestar import Response, get

from schakel.relatiebeheer.overname.poorten import Fase, Overnamestand
from schakel.web.beheer.blad import BEHEERDER
from schakel.web.diensten import diensten_of
from schakel.web.page import AnyRequest, render

FASEN = (Fase.HALEN, Fase.SCHRIJVEN, Fase.CONTROLEREN)
WOORDEN = {
    Fase.HALEN: "Gegevens ophalen",
    Fase.SCHRIJVEN: "Opslaan in Schakel",
    Fase.CONTROLEREN: "Nog een keer lezen en vergelijken",
    Fase.KLAAR: "Klaar",
}


def done_of(stand: Overnamestand) -> tuple[int, int]:
    """How many lines of how many in this fase; soorten while fetching: the lines to come are unknown."""
    if stand.fase is Fase.HALEN:
        return sum(one.klaar for one in stand.resources), len(stand.resources)
    all_ = sum(max(one.aantal, one.gehaald) for one in stand.resources)
    written = stand.fase is Fase.SCHRIJVEN
    return sum(one.geschreven if written else one.vergeleken for one in stand.resources), all_


@get("/beheer/import", guards=[BEHEERDER], include_in_schema=False)
async def overname(request: AnyRequest) -> Response[bytes]:
    return await _render(request, "beheer/overname.html")


@get("/beheer/import/stand", guards=[BEHEERDER], include_in_schema=False)
async def overname_stand(request: AnyRequest) -> Response[bytes]:
    """The part that changes, for a page that is open."""
    return await _render(request, "beheer/overname_stand.html")


async def _render(request: AnyRequest, template: str) -> Response[bytes]:
    stand = await diensten_of(request).overnames.last()
    done, of = done_of(stand) if stand else (0, 0)
    return render(request, template, stand=stand, fasen=FASEN, woorden=WOORDEN, gedaan=done, totaal=of)
