# SPDX-License-Identifier: EUPL-1.2
"""/balie/{interactie}: going on together where the klant was, with every field, bijlage and clock; and handing in.

The draft is open only with the medewerker who saw the legitimatie: he is its regiehouder as long as the visit lasts.
"""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from schakel.begrippen.gespreksbijdrage import Bijlage
from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.kennis import kennis_of
from schakel.identiteit.vaststelling import Middel, establish
from schakel.kanaalintegratie.interactie import InteractieStatus
from schakel.kanaalintegratie.lezen import Interactiebeeld
from schakel.kanaalintegratie.verzoek import Verzoekbijlage
from schakel.kit.errors import Conflict, Forbidden, InvalidInput, NotFound, SchakelError
from schakel.proceslogica.contract import Behandelstand
from schakel.web.diensten import diensten_of
from schakel.web.formulier import Formulier, read_form
from schakel.web.medewerker.contact.invulling import answered, changed_fields, themas_of, waarom_of
from schakel.web.medewerker.contact.kanalen import read_kanaal
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

CONCEPT = InteractieStatus.CONCEPT


@dataclass(frozen=True, slots=True)
class Bezoek:
    """What a page of this visit needs."""

    beeld: Interactiebeeld
    stand: Behandelstand
    bijlagen: tuple[Verzoekbijlage, ...]
    van_mij: bool

    @property
    def is_concept(self) -> bool:
        return self.beeld.status == CONCEPT

    @property
    def is_open(self) -> bool:
        """Whether what the klant filled in may be shown: a code alone opens nothing."""
        return not self.is_concept or self.van_mij


async def _bezoek(request: AnyRequest, interactie_id: UUID) -> Bezoek:
    """By the door that decides and logs. Raises NotFound or Forbidden."""
    diensten, wie = diensten_of(request), medewerker_of(request)
    beeld = await diensten.inzien.interactie(wie, interactie_id)
    async with diensten.open_werk() as werk:
        stand = await diensten.behandelingen.behandelstand(werk, interactie_id)
        bijlagen = await werk.verzoeken.bijlagen(stand.verzoek.id) if stand.verzoek else ()
    return Bezoek(beeld, stand, tuple(bijlagen), beeld.regiehouder == wie.id)


async def _open_draft(request: AnyRequest, interactie_id: UUID) -> Bezoek:
    """The same, for who wants to change it."""
    bezoek = await _bezoek(request, interactie_id)
    if not bezoek.is_concept:
        raise Conflict("Deze aanvraag is al verstuurd.")
    if not bezoek.van_mij:
        raise Forbidden
    return bezoek


@get("/balie/{interactie_id:uuid}", guards=[medewerker_only()], include_in_schema=False)
async def visit_page(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    """The door, the draft or the result, by how far the visit is."""
    return _page(request, await _bezoek(request, interactie_id), request.query_params.get("kanaal", ""))


@post("/balie/{interactie_id:uuid}/legitimatie", guards=[medewerker_only()], include_in_schema=False)
async def see_legitimatie(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[None]:
    """The klant at the desk is the one whose name is on the draft; or the draft has no name and is helped so."""
    form, diensten, wie = await read_form(request), diensten_of(request), medewerker_of(request)
    bezoek, at = await _bezoek(request, interactie_id), diensten.clock()
    partij_id = bezoek.beeld.partij_id
    if not bezoek.is_concept:
        raise Conflict("Deze aanvraag is al verstuurd.")
    async with diensten.open_werk() as werk:
        if bezoek.beeld.vastgesteld and partij_id is not None:
            if not form.flag("gezien"):
                raise InvalidInput(detail="Kijk eerst of de legitimatie bij de naam op het scherm past.")
            seen = establish(Middel.LEGITIMATIE)
            await diensten.werkplek.identify(werk, interactie_id, partij_id, wie.id, seen, at)
        await diensten.wissel.hold(werk, interactie_id, wie.id, at)
    return see_other(request, _here(interactie_id, form))


@post("/balie/{interactie_id:uuid}/bewaar", guards=[medewerker_only()], include_in_schema=False)
async def save(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[None]:
    """Every few seconds, right or wrong: nothing that was said is asked twice."""
    await _save(request, await _open_draft(request, interactie_id), await read_form(request))
    return Response(None, status_code=204)


@post("/balie/{interactie_id:uuid}", guards=[medewerker_only()], include_in_schema=False)
async def hand_in(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes] | Response[None]:
    """Keep what the form says, then hand in; or only keep it, when that button was pressed."""
    form, diensten, wie = await read_form(request), diensten_of(request), medewerker_of(request)
    bezoek = await _bezoek(request, interactie_id)
    if not bezoek.is_concept:  # pressed twice: the first one counts
        return see_other(request, _here(interactie_id, form))
    bezoek = await _open_draft(request, interactie_id)
    kanaal = read_kanaal(form.text("kanaal"), Kanaal.BALIE)
    await _save(request, bezoek, form)
    if form.flag("alleen_bewaren"):
        return see_other(request, _here(interactie_id, form))
    try:
        async with diensten.open_werk() as werk:
            sleutel = f"indienen:{interactie_id}"
            await diensten.behandelingen.hand_in(
                werk, interactie_id, kanaal, sleutel, diensten.clock(), actor_id=wie.id
            )
    except InvalidInput as wrong:
        return _page(request, await _bezoek(request, interactie_id), kanaal, wrong)
    return see_other(request, _here(interactie_id, form))


@post("/balie/{interactie_id:uuid}/stop", status_code=200, guards=[medewerker_only()], include_in_schema=False)
async def stop(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    """The visit ends before the draft is handed in: a new Wisselcode to go on with, and the draft closes here."""
    diensten, at = diensten_of(request), diensten_of(request).clock()
    bezoek = await _open_draft(request, interactie_id)
    await _save(request, bezoek, await read_form(request))
    async with diensten.open_werk() as werk:
        code = await diensten.wissel.issue(werk, interactie_id, at)
        await diensten.wissel.hold(werk, interactie_id, None, at)
    return render(request, "medewerker/contact/gestopt.html", code=code, beeld=bezoek.beeld)


@get("/balie/{interactie_id:uuid}/bijlage/{bijlage_id:uuid}", guards=[medewerker_only()], include_in_schema=False)
async def bijlage(request: AnyRequest, interactie_id: FromPath[UUID], bijlage_id: FromPath[UUID]) -> Response[bytes]:
    """A document of this draft, to keep and not to run."""
    bezoek = await _bezoek(request, interactie_id)
    if not bezoek.is_open or all(known.id != bijlage_id for known in bezoek.bijlagen):
        raise NotFound
    naam, _, inhoud = await diensten_of(request).inzien.bijlage(medewerker_of(request), bijlage_id)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(naam, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(inhoud, headers=headers, media_type="application/octet-stream")


async def _save(request: AnyRequest, bezoek: Bezoek, form: Formulier) -> None:
    diensten = diensten_of(request)
    kanaal = read_kanaal(form.text("kanaal"), Kanaal.BALIE)
    files = [
        (veld.sleutel, Bijlage(upload.naam, upload.mediatype, upload.inhoud))
        for veld in bezoek.stand.velden
        if veld.soort == "bijlage"
        for upload in form.files(veld.sleutel)[:1]
    ]
    invoer = changed_fields(bezoek.stand, form.fields())
    async with diensten.open_werk() as werk:
        await diensten.behandelingen.save(werk, bezoek.beeld.id, invoer, kanaal, diensten.clock(), bijlagen=files)


def _here(interactie_id: UUID, form: Formulier) -> str:
    kanaal = read_kanaal(form.text("kanaal"), Kanaal.BALIE)
    return f"/balie/{interactie_id}?kanaal={quote(kanaal)}"


def _page(request: AnyRequest, bezoek: Bezoek, kanaal: str, wrong: SchakelError | None = None) -> Response[bytes]:
    fouten = wrong.fields if isinstance(wrong, InvalidInput) else {}
    themas = themas_of(bezoek.stand, bezoek.bijlagen, fouten)
    ingevuld, totaal = answered(themas)
    template = "bezoek" if not bezoek.is_concept else "concept" if bezoek.is_open else "deur"
    return render(
        request,
        f"medewerker/contact/{template}.html",
        status_code=wrong.status if wrong else 200,
        beeld=bezoek.beeld,
        stand=bezoek.stand.stand,
        waarom=waarom_of(bezoek.stand.stand),
        themas=themas,
        ingevuld=ingevuld,
        totaal=totaal,
        fouten=fouten,
        gewijzigd_op=bezoek.stand.verzoek.gewijzigd_op if bezoek.stand.verzoek else None,
        kanaal=read_kanaal(kanaal, Kanaal.BALIE),
        kennis=kennis_of(bezoek.beeld.product),
        kennis_product="",
    )
