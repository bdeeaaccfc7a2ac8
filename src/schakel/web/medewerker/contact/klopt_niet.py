# SPDX-License-Identifier: EUPL-1.2
"""Dit klopt niet: a klant says that a gegeven is wrong, and who owns it hears so, with a number to come back to."""

from dataclasses import dataclass
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from schakel.begrippen.doel import Doel
from schakel.kanaalintegratie.ontvangst import Bekend
from schakel.kanaalintegratie.registratie import Registratie
from schakel.kit.errors import Forbidden, NotFound
from schakel.kit.ids import new_id
from schakel.regie.doelen import VRAAG
from schakel.web.diensten import diensten_of
from schakel.web.formulier import Formulier, read_form
from schakel.web.medewerker.contact.beeld import Feit, feiten_by_sleutel, naam_of
from schakel.web.medewerker.contact.kanalen import usual_kanaal
from schakel.web.medewerker.contact.vaststellen import link, require_vaststelling
from schakel.web.page import AnyRequest, render
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

MAX_TEKST, MAX_SLEUTEL = 2000, 64


@dataclass(frozen=True, slots=True)
class Plek:
    """Of whom, for what doel, and where this page is and came from."""

    partij_id: UUID
    doel: Doel
    hier: str
    terug: str
    v: str = ""


@get("/klant/{partij_id:uuid}/klopt-niet", guards=[medewerker_only()], include_in_schema=False)
async def ask_of_klant(request: AnyRequest, partij_id: FromPath[UUID]) -> Response[bytes]:
    """From the page of a klant of whom it is established who he is."""
    return await _ask(request, _of_klant(request, partij_id, request.query_params.get("v", "")))


@post("/klant/{partij_id:uuid}/klopt-niet", status_code=200, guards=[medewerker_only()], include_in_schema=False)
async def report_of_klant(request: AnyRequest, partij_id: FromPath[UUID]) -> Response[bytes]:
    form = await read_form(request)
    return await _report(request, _of_klant(request, partij_id, form.text("v")), form)


@get("/werk/{interactie_id:uuid}/klopt-niet", guards=[medewerker_only()], include_in_schema=False)
async def ask_of_vraag(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    """From the desk."""
    return await _ask(request, await _of_vraag(request, interactie_id))


@post("/werk/{interactie_id:uuid}/klopt-niet", status_code=200, guards=[medewerker_only()], include_in_schema=False)
async def report_of_vraag(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    return await _report(request, await _of_vraag(request, interactie_id), await read_form(request))


def _of_klant(request: AnyRequest, partij_id: UUID, v: str) -> Plek:
    require_vaststelling(request, partij_id, v, diensten_of(request).clock())
    return Plek(partij_id, VRAAG, f"/klant/{partij_id}/klopt-niet", link(f"/klant/{partij_id}", v=v), v)


async def _of_vraag(request: AnyRequest, interactie_id: UUID) -> Plek:
    diensten, wie = diensten_of(request), medewerker_of(request)
    beeld = await diensten.inzien.interactie(wie, interactie_id)
    if not beeld.vastgesteld or beeld.partij_id is None:
        raise Forbidden  # invariant 6
    doel = diensten.inzien.decide_doel(wie, beeld)
    return Plek(beeld.partij_id, doel, f"/werk/{interactie_id}/klopt-niet", f"/werk/{interactie_id}")


async def _ask(request: AnyRequest, plek: Plek) -> Response[bytes]:
    naam, feit = await _feit(request, plek, request.query_params.get("veld", ""))
    return _page(request, plek, naam, feit, sleutel=str(new_id()))


async def _report(request: AnyRequest, plek: Plek, form: Formulier) -> Response[bytes]:
    """A contact of this klant, as any other, offered to the team that owns the gegeven."""
    naam, feit = await _feit(request, plek, form.text("veld"))
    tekst, sleutel = form.text("tekst").strip(), form.text("sleutel", longest=MAX_SLEUTEL)
    fout = ""
    if not tekst or not sleutel:
        fout = "Schrijf op wat er volgens de klant niet klopt."
    elif len(tekst) > MAX_TEKST:
        fout = f"Dit is te lang. Houd het korter dan {MAX_TEKST} tekens."
    if fout:
        return _page(request, plek, naam, feit, sleutel=sleutel or str(new_id()), tekst=tekst, fout=fout)
    diensten, wie = diensten_of(request), medewerker_of(request)
    said = f"{tekst}\n\nHet gaat om: {feit.label}, uit {feit.herkomst.bron}."
    registratie = Registratie(onderwerp=f"{feit.label} klopt niet", samenvatting=said, sleutel=sleutel)
    kept = await diensten.registreren.register(
        usual_kanaal(request), registratie, Bekend(plek.partij_id, wie.id), vervolg=True
    )
    assert kept.interactie_id is not None  # something must still happen
    await _offer(request, kept.interactie_id, feit)
    return _page(request, plek, naam, feit, nummer=kept.nummer)


async def _offer(request: AnyRequest, interactie_id: UUID, feit: Feit) -> None:
    """EG-1: a gegeven has an eigenaar, and he decides. Pressed twice it is offered once."""
    diensten, wie = diensten_of(request), medewerker_of(request)
    beeld = await diensten.inzien.interactie(wie, interactie_id)
    teams = {naam.casefold(): sleutel for sleutel, naam in await diensten.lezer.teams()}
    team = teams.get(feit.herkomst.eigenaar.casefold().removeprefix("team "))
    if team is None or team == beeld.team or beeld.overdrachten:
        return
    reden = f"De klant meldt dat een gegeven niet klopt: {feit.label}."
    async with diensten.open_werk() as werk:
        await diensten.overgave.offer(werk, interactie_id, wie.id, team, reden, diensten.clock())


async def _feit(request: AnyRequest, plek: Plek, veld: str) -> tuple[str, Feit]:
    """Only of what this medewerker may see. Raises NotFound."""
    klantbeeld = await diensten_of(request).klantinzage.klantbeeld(plek.partij_id, medewerker_of(request), plek.doel)
    feit = feiten_by_sleutel(klantbeeld).get(veld)
    if feit is None:
        raise NotFound
    return naam_of(klantbeeld), feit


def _page(
    request: AnyRequest,
    plek: Plek,
    naam: str,
    feit: Feit,
    *,
    sleutel: str = "",
    tekst: str = "",
    fout: str = "",
    nummer: str = "",
) -> Response[bytes]:
    return render(
        request,
        "medewerker/contact/klopt_niet.html",
        status_code=400 if fout else 200,
        plek=plek,
        naam=naam,
        feit=feit,
        sleutel=sleutel,
        tekst=tekst,
        fouten={"tekst": fout} if fout else {},
        nummer=nummer,
        max_tekst=MAX_TEKST,
    )
