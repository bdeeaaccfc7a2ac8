# SPDX-License-Identifier: EUPL-1.2
"""The steps of the proces on the desk: answer, decide, fill in for the klant, hand in. Sent twice counts once."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from schakel.begrippen.gespreksbijdrage import Bijlage
from schakel.kanaalintegratie.lezen import Interactiebeeld
from schakel.kit.errors import Conflict, Forbidden, InvalidInput, NotFound
from schakel.klantbeeld.inzage import known_values
from schakel.proceslogica.contract import Behandelstand, Behandelwerk, Stap
from schakel.web.diensten import diensten_of
from schakel.web.formulier import Formulier, read_any_form
from schakel.web.medewerker.contact.invulling import changed_fields
from schakel.web.medewerker.werk.scherm import Poging, admit, done, draft_kanaal, show, steps_done
from schakel.web.medewerker.werk.stap import CONCEPT, LANG, answer_of, may_do
from schakel.web.notatie import klokstand
from schakel.web.page import AnyRequest
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

MAX_SLEUTEL = 80
UIT = "uit:"


@post("/werk/{interactie_id:uuid}/stap", guards=[medewerker_only()], include_in_schema=False)
async def take_step(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[Any]:
    """Do one step of the proces. When a colleague did one meanwhile: say so, and keep the text."""
    form = await read_any_form(request)
    await admit(request, interactie_id)
    try:
        gedaan = await _take(request, interactie_id, form)
    except (InvalidInput, Conflict) as fout:
        poging = Poging(form.text("stap"), form.fields("sleutel", "gezien"), fout)
        return await show(request, interactie_id, poging=poging)
    return await done(request, interactie_id, gedaan)


async def _take(request: AnyRequest, interactie_id: UUID, form: Formulier) -> str:
    diensten, wie, at = diensten_of(request), medewerker_of(request), diensten_of(request).clock()
    if form.fouten:
        raise InvalidInput(dict(form.fouten))
    sleutel = form.text("sleutel", longest=MAX_SLEUTEL)
    async with diensten.open_werk() as werk:
        stand = await _locked(werk, diensten.behandelingen, interactie_id)
        assert stand.stand is not None
        if sleutel and await werk.processen.was_submitted(stand.stand.proces_id, sleutel):
            return "stap"  # sent twice from one page: the first one counted
        stap = _chosen(stand, form)
        if not may_do(wie, stap):
            raise Forbidden
        await diensten.behandelingen.take_step(
            werk,
            interactie_id,
            stap.sleutel,
            answer_of(form.fields(), stap.velden),
            sleutel,
            at,
            actor_id=wie.id,
            door=wie.naam,
        )
    return "verstuurd" if stap.velden and stap.velden[0].soort == LANG else "stap"


async def _locked(werk: Behandelwerk, behandelingen: Any, interactie_id: UUID) -> Behandelstand:
    """How it stands, and nobody else moves it until we are done."""
    proces_id = (await werk.interacties.get(interactie_id)).proces_id
    if proces_id is None:
        raise NotFound
    await werk.processen.get(proces_id, lock=True)
    stand: Behandelstand = await behandelingen.behandelstand(werk, interactie_id)
    return stand


def _chosen(stand: Behandelstand, form: Formulier) -> Stap:
    """The step, on what the medewerker saw. Raises Conflict: somebody did one since."""
    assert stand.stand is not None
    if form.text("gezien") != str(steps_done(stand)) and stand.stand.gedaan:
        last = stand.stand.gedaan[-1]
        raise Conflict(f"Om {klokstand(last.op)} is al gedaan: {last.titel}. Lees dat eerst. Uw tekst staat er nog.")
    stap = next((s for s in stand.stand.mogelijke_stappen if s.sleutel == form.text("stap")), None)
    if stap is None:
        raise Conflict("Deze stap kan nu niet meer. Kijk wat er is veranderd. Uw tekst staat er nog.")
    return stap


@post("/werk/{interactie_id:uuid}/aanvraag", guards=[medewerker_only()], include_in_schema=False)
async def begin(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[Any]:
    """Begin what the klant asks for within this Interactie; what we know of an identified klant is filled in."""
    diensten, wie, at = diensten_of(request), medewerker_of(request), diensten_of(request).clock()
    beeld = await admit(request, interactie_id)
    product = diensten.producten.get(beeld.product)
    if product is None or not product.proces:
        raise NotFound
    bekend = None
    if beeld.vastgesteld and beeld.partij_id is not None:  # NO-7, invariant 6
        doel = diensten.inzien.decide_doel(wie, beeld)
        bekend = known_values(await diensten.klantinzage.klantbeeld(beeld.partij_id, wie, doel))
    async with diensten.open_werk() as werk:
        await werk.interacties.get(interactie_id, lock=True)
        stand = await diensten.behandelingen.behandelstand(werk, interactie_id)
        if stand.stand is None or stand.stand.sleutel != product.proces:  # pressed twice: it runs already
            await diensten.behandelingen.begin(
                werk,
                product.sleutel,
                draft_kanaal(beeld),
                at,
                interactie_id=interactie_id,
                bekend=bekend,
                actor_id=wie.id,
            )
            await werk.announce(interactie_id)
    return await done(request, interactie_id, "begonnen")


@post("/werk/{interactie_id:uuid}/gegevens", guards=[medewerker_only()], include_in_schema=False)
async def save(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[None]:
    """What was filled in for the klant, every two seconds, right or wrong."""
    form = await read_any_form(request)
    if form.fouten:
        raise InvalidInput(dict(form.fouten), detail=next(iter(form.fouten.values())))
    await _save(request, await admit(request, interactie_id), form)
    return Response(None, status_code=204)


@post("/werk/{interactie_id:uuid}/indienen", guards=[medewerker_only()], include_in_schema=False)
async def hand_in(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[Any]:
    """Keep what the form says, then hand it in: the same checks and the same decision as on any kanaal (KR-1)."""
    form, diensten, wie = await read_any_form(request), diensten_of(request), medewerker_of(request)
    beeld = await admit(request, interactie_id)
    try:
        if form.fouten:
            raise InvalidInput(dict(form.fouten))
        await _save(request, beeld, form)
        async with diensten.open_werk() as werk:
            sleutel = form.text("sleutel", longest=MAX_SLEUTEL)
            kanaal, at = draft_kanaal(beeld), diensten.clock()
            await diensten.behandelingen.hand_in(werk, interactie_id, kanaal, sleutel, at, actor_id=wie.id)
    except (InvalidInput, Conflict) as fout:
        return await show(request, interactie_id, poging=Poging(fout=fout))
    return await done(request, interactie_id, "ingediend")


async def _save(request: AnyRequest, beeld: Interactiebeeld, form: Formulier) -> None:
    diensten = diensten_of(request)
    sent = await _chosen_files(request, beeld, form)
    async with diensten.open_werk() as werk:
        verzoek = await werk.verzoeken.of_interactie(beeld.id, lock=True)
        if verzoek is None or verzoek.status != CONCEPT:
            return  # handed in already: nothing to keep
        stand = await diensten.behandelingen.behandelstand(werk, beeld.id)
        files = [
            (veld.sleutel, Bijlage(upload.naam, upload.mediatype, upload.inhoud))
            for veld in stand.velden
            if veld.soort == "bijlage"
            for upload in form.files(veld.sleutel)[:1]
        ]
        known = {bijlage.veld for bijlage in await werk.verzoeken.bijlagen(verzoek.id)}
        files += [(veld, bijlage) for veld, bijlage in sent if veld not in known]
        invoer = changed_fields(stand, touched(form.fields()))
        kanaal, at = draft_kanaal(beeld), diensten.clock()
        await diensten.behandelingen.save(werk, beeld.id, invoer, kanaal, at, bijlagen=files)


async def _chosen_files(request: AnyRequest, beeld: Interactiebeeld, form: Formulier) -> list[tuple[str, Bijlage]]:
    """Files that the klant sent before, as the answer to a field: nobody asks him for them again (KS-4)."""
    sent = {str(b.id): b.id for bijdrage in beeld.bijdragen for b in bijdrage.bijlagen}
    found = []
    for name, chosen in form.fields().items():
        if name.startswith(UIT) and chosen in sent:
            of_klant = await diensten_of(request).inzien.bijlage(medewerker_of(request), sent[chosen])
            found.append((name.removeprefix(UIT), Bijlage(*of_klant)))
    return found


def touched(typed: dict[str, str]) -> dict[str, str]:
    """Without what still says what the page said: a colleague may have changed that meanwhile."""
    return {name: text for name, text in typed.items() if typed.get(f"was:{name}") != text}
