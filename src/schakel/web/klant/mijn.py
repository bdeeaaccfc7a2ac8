# SPDX-License-Identifier: EUPL-1.2
"""/mijn: what an inwoner can do now, what runs, and all contact over all kanalen (GE-2); then one Interactie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath

from schakel.kanaalintegratie.mijn import EigenInteractie, Overzicht, own_interactie
from schakel.kanaalintegratie.ontvangst import Bekend
from schakel.kit.clock import AMSTERDAM
from schakel.klantbeeld.beeld import Klantbeeld
from schakel.klantbeeld.gegevens import Contactregel
from schakel.proceslogica.contract import Behandelstand, Fase
from schakel.regie.doelen import INZAGE
from schakel.regie.logboek import Inzageregel
from schakel.web.diensten import Diensten, diensten_of
from schakel.web.formulier import read_any_form
from schakel.web.klant.aanvraag import bladen
from schakel.web.klant.brief import with_links
from schakel.web.klant.toegang import as_file, ingelogd
from schakel.web.klant.vraag import Invulling, read_invulling, take_in
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.sessie import inwoner
from schakel.web.wie import inwoner_of

MAX_TAKEN, MAX_LOPEND, MAX_CONTACTEN = 3, 6, 6
RUNS = ("open", "wacht_op_klant", "wacht_op_gemeente")


@dataclass(frozen=True, slots=True)
class Kan:
    """One thing that the klant can do now."""

    icoon: str
    titel: str
    zin: str
    href: str
    knop: str


class Loopt(NamedTuple):
    """An Interactie that runs, with where it is on its way."""

    interactie: EigenInteractie
    fasen: Sequence[Fase]


class Contact(NamedTuple):
    """One contact, in or out."""

    kanaal: str
    richting: str
    onderwerp: str
    op: datetime
    href: str


@get("/mijn", include_in_schema=False, guards=[ingelogd])
async def overview(request: AnyRequest) -> Response[bytes]:
    diensten, wie = diensten_of(request), inwoner_of(request)
    klantbeeld = await diensten.klantinzage.klantbeeld(wie.partij_id, wie, INZAGE)
    overzicht = await diensten.mijn.overzicht(wie)
    lopend = [i for i in overzicht.interacties if i.status in RUNS]
    drafts = [i for i in overzicht.interacties if i.status == "concept"]
    standen = await _standen(diensten, [*drafts[:MAX_TAKEN], *lopend[:MAX_LOPEND]])
    return render(
        request,
        "klant/mijn.html",
        voornaam=inwoner(request).naam.partition(" ")[0],
        taken=what_to_do(overzicht, drafts, standen)[:MAX_TAKEN],
        concept=bool(drafts),
        # GE-2: what was promised and where it is
        lopend=[Loopt(i, _fasen(standen.get(i.id))) for i in lopend[:MAX_LOPEND]],
        meer_lopend=lopend[MAX_LOPEND:],
        klaar=[i for i in overzicht.interacties if i.status in ("afgerond", "gesloten")],
        contacten=contacts(klantbeeld, overzicht)[:MAX_CONTACTEN],
        producten=[p for p in diensten.producten.values() if p.proces],
        vandaag=await _today(diensten, wie.partij_id),
        meldingen=klantbeeld.meldingen,
        contactregel=diensten.dienst.contactregel,
    )


def what_to_do(
    overzicht: Overzicht, drafts: Sequence[EigenInteractie], standen: dict[UUID, Behandelstand]
) -> list[Kan]:
    """Most urgent first: what we wait for, what waits for him, what he began himself."""
    found = [
        Kan("message-circle", f"Antwoord ons: {i.onderwerp}", "Wij wachten op u.", f"/mijn/contact/{i.id}", "Antwoord")
        for i in overzicht.interacties
        if i.status == "wacht_op_klant"
    ]
    found += [
        Kan("mail", "Lees ons bericht", bericht.onderwerp, f"/mijn/bericht/{bericht.id}", "Lees het")
        for bericht in overzicht.berichten
        if bericht.persoonlijk and bericht.geopend_op is None
    ]
    for i in drafts:
        if i.id not in standen:
            continue
        done, of = bladen.open_questions(standen[i.id])
        zin = f"{done} van de {of} vragen zijn klaar." if done < of else "Alles is ingevuld. Verstuur het nog."
        found.append(Kan("pencil", f"Maak af: {i.onderwerp}", zin, f"/mijn/aanvraag/{i.id}", "Ga verder"))
    return found


def contacts(klantbeeld: Klantbeeld, overzicht: Overzicht) -> list[Contact]:
    """What the klantbeeld knows of contacts and what we sent, newest first."""
    veld = klantbeeld.veld("partij.contacten")
    regels = veld.waarde if veld and isinstance(veld.waarde, tuple) else ()
    found = [
        Contact(r.kanaal, r.richting, r.onderwerp, r.plaatsgevonden_op, f"/mijn/contact/{r.interactie_id}")
        for r in regels
        if isinstance(r, Contactregel)
    ]
    found += [
        Contact(b.kanaal, "uit", b.onderwerp, b.opgesteld_op, f"/mijn/bericht/{b.id}") for b in overzicht.berichten
    ]
    return sorted(found, key=lambda contact: contact.op, reverse=True)


@get("/mijn/contact/{interactie_id:uuid}", include_in_schema=False, guards=[ingelogd])
async def one(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes] | Response[None]:
    """One Interactie: the decision in words, the proof of receipt, all that was said. A draft goes on as such."""
    return await _one(request, interactie_id, Invulling({"tekst": ""}))


@post("/mijn/contact/{interactie_id:uuid}", include_in_schema=False, guards=[ingelogd])
async def add(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes] | Response[None]:
    """The klant adds something; it comes to whoever is working on it."""
    diensten, wie = diensten_of(request), inwoner_of(request)
    invulling = read_invulling(await read_any_form(request), "onderwerp", "naam", "email")
    if invulling.fouten:
        return await _one(request, interactie_id, invulling, status_code=400)
    async with diensten.open_werk() as werk:
        interactie = await own_interactie(werk, wie, interactie_id)
    if interactie.status == "concept":
        return see_other(request, f"/mijn/aanvraag/{interactie_id}")
    waarden = {**invulling.waarden, "onderwerp": interactie.onderwerp, "naam": inwoner(request).naam}
    bekend = Bekend(partij_id=wie.partij_id, interactie_id=interactie_id)
    await take_in(diensten, invulling, waarden, bekend)
    return see_other(request, f"/mijn/contact/{interactie_id}?toegevoegd#gezegd")


async def _one(
    request: AnyRequest, interactie_id: UUID, invulling: Invulling, status_code: int = 200
) -> Response[bytes] | Response[None]:
    diensten = diensten_of(request)
    verloop = await diensten.mijn.verloop(inwoner_of(request), interactie_id)
    if verloop.interactie.status == "concept":
        return see_other(request, f"/mijn/aanvraag/{interactie_id}")
    async with diensten.open_werk() as werk:
        stand = await diensten.behandelingen.behandelstand(werk, interactie_id)
    return render(
        request,
        "klant/contact.html",
        status_code=status_code,
        i=verloop.interactie,
        bijdragen=verloop.bijdragen,
        fasen=_fasen(stand),
        verzoek=stand.verzoek,
        waarom=_waarom(stand),
        invulling=invulling,
        toegevoegd="toegevoegd" in request.query_params,
    )


@get("/mijn/bericht/{bericht_id:uuid}", include_in_schema=False, guards=[ingelogd])
async def read_bericht(request: AnyRequest, bericht_id: FromPath[UUID]) -> Response[bytes]:
    """The whole text, which for a personal bericht is read here and nowhere else (invariant 9)."""
    bericht = await diensten_of(request).mijn.bericht(inwoner_of(request), bericht_id)
    return render(request, "klant/bericht.html", bericht=bericht, met_links=with_links)


@get("/mijn/bijlage/{bijlage_id:uuid}", include_in_schema=False, guards=[ingelogd])
async def download(request: AnyRequest, bijlage_id: FromPath[UUID]) -> Response[bytes]:
    return as_file(*await diensten_of(request).mijn.bijlage(inwoner_of(request), bijlage_id))


async def _standen(diensten: Diensten, interacties: Sequence[EigenInteractie]) -> dict[UUID, Behandelstand]:
    async with diensten.open_werk() as werk:
        return {i.id: await diensten.behandelingen.behandelstand(werk, i.id) for i in interacties}


async def _today(diensten: Diensten, partij_id: UUID) -> Sequence[Inzageregel]:
    """Who looked since midnight, besides himself."""
    midnight = diensten.clock().astimezone(AMSTERDAM).replace(hour=0, minute=0, second=0, microsecond=0)
    return [regel for regel in await diensten.klantinzage.wie_keek(partij_id, midnight) if not regel.eigen]


def _fasen(stand: Behandelstand | None) -> Sequence[Fase]:
    return stand.stand.fasen if stand and stand.stand else ()


def _waarom(stand: Behandelstand) -> tuple[str, str]:
    """Why it was decided so and by what rule, in the words that a model keeps for the klant; empty as long as not."""
    known = stand.stand.gegevens if stand.stand and stand.stand.uitkomst else {}
    return str(known.get("reden") or ""), str(known.get("grond") or "")


HANDLERS: list[BaseRouteHandler] = [overview, one, add, read_bericht, download]
