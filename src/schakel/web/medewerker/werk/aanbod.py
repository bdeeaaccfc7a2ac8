# SPDX-License-Identifier: EUPL-1.2
"""/werk/aanbod: whether I am available, and the work that is offered to me: take it, or give it back with a reason."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from schakel.identiteit.wie import Medewerker
from schakel.kanaalintegratie.verdeling.feiten import Beschikbaarheid
from schakel.kanaalintegratie.verdeling.poort import Aangeboden, EigenStand
from schakel.kanaalintegratie.verdeling.werkaanbod import REDENEN
from schakel.kit.errors import Conflict, InvalidInput
from schakel.web.diensten import Diensten, diensten_of
from schakel.web.formulier import read_form
from schakel.web.page import AnyRequest, is_htmx, render, see_other
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

SJABLOON = "medewerker/werk/aanbod.html"


@dataclass(frozen=True, slots=True)
class Eigenaanbod:
    """What stands above the werkvoorraad of one medewerker."""

    stand: EigenStand
    aangeboden: Aangeboden | None
    melding: str = ""
    redenen: tuple[str, ...] = REDENEN

    @property
    def keuzes(self) -> tuple[Beschikbaarheid, ...]:
        return tuple(Beschikbaarheid)

    @property
    def sleutel(self) -> str:
        """Changes when the box must be drawn anew."""
        offered = self.aangeboden.interactie_id if self.aangeboden else ""
        return f"{self.stand.beschikbaarheid}.{self.stand.bezet}.{offered}"


async def aanbod_of(diensten: Diensten, wie: Medewerker, melding: str = "") -> Eigenaanbod:
    async with diensten.open_werk() as werk:
        stand, aangeboden = await werk.verdelingen.stand(wie.id), await werk.verdelingen.offered(wie.id)
    return Eigenaanbod(stand, aangeboden, melding)


@get("/werk/aanbod", guards=[medewerker_only()], include_in_schema=False)
async def aanbod(request: AnyRequest) -> Response[Any]:
    """Anew, or nothing when it still is what the page shows: what somebody is filling in stays."""
    eigen = await aanbod_of(diensten_of(request), medewerker_of(request))
    if request.query_params.get("heeft", "") == eigen.sleutel:
        return Response(None, status_code=204)
    return render(request, SJABLOON, eigen=eigen)


@post("/werk/beschikbaar", status_code=200, guards=[medewerker_only()], include_in_schema=False)
async def be_available(request: AnyRequest) -> Response[Any]:
    """What he says of himself."""
    form, diensten, wie = await read_form(request), diensten_of(request), medewerker_of(request)
    try:
        gekozen = Beschikbaarheid(form.text("beschikbaarheid", longest=20))
    except ValueError:
        raise InvalidInput({"beschikbaarheid": "Kies wat u nu bent."}) from None
    async with diensten.open_werk() as werk:
        await diensten.werkaanbod.announce_as(werk, wie.id, gekozen, diensten.clock())
    return await _shown(request)


@post("/werk/aanbod/{interactie_id:uuid}", status_code=200, guards=[medewerker_only()], include_in_schema=False)
async def answer(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[Any]:
    """Take it and open it, or give it back. Too late is no fault: it says so, and shows what is there now."""
    form, diensten, wie = await read_form(request), diensten_of(request), medewerker_of(request)
    is_taken, at = form.text("besluit") == "aannemen", diensten.clock()
    try:
        async with diensten.open_werk() as werk:
            if is_taken:
                await diensten.werkaanbod.accept(werk, interactie_id, wie.id, at)
            else:
                reden = form.text("reden", longest=200)
                await diensten.werkaanbod.give_back(werk, interactie_id, wie.id, reden, at)
    except (Conflict, InvalidInput) as fout:
        return await _shown(request, fout.detail or next(iter(getattr(fout, "fields", {}).values()), ""))
    if is_taken:
        return see_other(request, f"/werk/{interactie_id}?lijst=mij")
    return await _shown(request, "Het werk gaat naar een collega.")


async def _shown(request: AnyRequest, melding: str = "") -> Response[Any]:
    if not is_htmx(request):
        return see_other(request, "/werk")
    return render(request, SJABLOON, eigen=await aanbod_of(diensten_of(request), medewerker_of(request), melding))
