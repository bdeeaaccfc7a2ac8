# SPDX-License-Identifier: EUPL-1.2
"""What a medewerker does beside the proces: draft, note, regie, overdracht, Wisselcode, and being there."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from schakel.kanaalintegratie.overdracht import Overdrachtsoort
from schakel.kanaalintegratie.werkplek import MAX_TEKST
from schakel.kit.errors import Conflict, Forbidden, InvalidInput
from schakel.web.diensten import diensten_of
from schakel.web.formulier import read_form
from schakel.web.medewerker.werk.scherm import AANGEBODEN, AANWEZIG, admit, done, show
from schakel.web.page import AnyRequest, render
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

MAX_NAAM = 80
TE_LANG = f"Dit is te lang. Houd het korter dan {MAX_TEKST} tekens. Uw tekst staat nog op dit scherm."


@post("/werk/{interactie_id:uuid}/concept", guards=[medewerker_only()], include_in_schema=False)
async def save_draft(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[None]:
    """The answer so far, of this medewerker alone; colleagues see that he writes, not what."""
    form, diensten, wie = await read_form(request), diensten_of(request), medewerker_of(request)
    await admit(request, interactie_id)
    tekst, at = form.text(form.text("tekstveld", longest=MAX_NAAM)), diensten.clock()
    if len(tekst) > MAX_TEKST:
        raise InvalidInput({"tekst": TE_LANG}, detail=TE_LANG)
    aanwezigen = await diensten.lezer.aanwezigen(interactie_id, wie.id, at - AANWEZIG)
    async with diensten.open_werk() as werk:
        await werk.werkplekken.save_concept(interactie_id, wie.id, tekst, at)
        is_news = await werk.werkplekken.be_present(interactie_id, wie.id, bool(tekst), at)
        if is_news and aanwezigen:
            await werk.announce(interactie_id)
    return Response(None, status_code=204)


@post("/werk/{interactie_id:uuid}/aanwezig", status_code=200, guards=[medewerker_only()], include_in_schema=False)
async def be_present(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    """Still here, says the browser; it hears who else is."""
    diensten, wie, at = diensten_of(request), medewerker_of(request), diensten_of(request).clock()
    await admit(request, interactie_id)
    concept, _ = await diensten.lezer.concept(interactie_id, wie.id)
    aanwezigen = await diensten.lezer.aanwezigen(interactie_id, wie.id, at - AANWEZIG)
    async with diensten.open_werk() as werk:
        is_news = await werk.werkplekken.be_present(interactie_id, wie.id, bool(concept), at)
        if is_news and aanwezigen:
            await werk.announce(interactie_id)
    return render(request, "medewerker/werk/aanwezig.html", aanwezigen=aanwezigen)


@post("/werk/{interactie_id:uuid}/notitie", guards=[medewerker_only()], include_in_schema=False)
async def note(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[Any]:
    """For colleagues, never for the klant."""
    form, diensten, wie = await read_form(request), diensten_of(request), medewerker_of(request)
    beeld, tekst = await admit(request, interactie_id), form.text("tekst")
    last = beeld.bijdragen[0] if beeld.bijdragen else None
    if last is None or (last.richting, last.actor_naam, last.tekst) != ("intern", wie.naam, tekst):  # pressed twice
        async with diensten.open_werk() as werk:
            await diensten.werkplek.note(werk, interactie_id, wie.id, tekst, diensten.clock())
    return await done(request, interactie_id, "notitie")


@post("/werk/{interactie_id:uuid}/regie", guards=[medewerker_only()], include_in_schema=False)
async def claim(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[Any]:
    """Become the regiehouder."""
    diensten, wie = diensten_of(request), medewerker_of(request)
    await admit(request, interactie_id)
    async with diensten.open_werk() as werk:
        await diensten.werkplek.claim(werk, interactie_id, wie.id, diensten.clock())
    return await done(request, interactie_id, "opgepakt")


@post("/werk/{interactie_id:uuid}/wegleggen", guards=[medewerker_only()], include_in_schema=False)
async def lay_aside(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[Any]:
    """Keep it, and make room for other work."""
    diensten, wie = diensten_of(request), medewerker_of(request)
    await admit(request, interactie_id)
    async with diensten.open_werk() as werk:
        await diensten.werkaanbod.lay_aside(werk, interactie_id, wie.id)
    return await done(request, interactie_id, "weggelegd")


@post("/werk/{interactie_id:uuid}/overdracht", guards=[medewerker_only()], include_in_schema=False)
async def offer(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[Any]:
    """Offer it to another team, or back to the one it came from; pressed twice, it is offered once."""
    form, diensten, wie = await read_form(request), diensten_of(request), medewerker_of(request)
    beeld = await admit(request, interactie_id)
    soort = _soort(form.text("soort", longest=MAX_NAAM))
    naar, reden = form.text("team", longest=MAX_NAAM), form.text("reden", longest=1000)
    teams = dict(await diensten.lezer.teams())
    if soort is not Overdrachtsoort.TERUGLEG and (naar not in teams or naar == beeld.team):
        raise InvalidInput({"team": "Kies het team dat verder kan helpen."})
    waiting = next((o for o in beeld.overdrachten if o.status == AANGEBODEN), None)
    if waiting is not None and naar and waiting.naar_team != teams.get(naar):
        raise Conflict(f"Deze vraag is al aangeboden aan {waiting.naar_team}. Wacht op hun antwoord.")
    if waiting is None:
        async with diensten.open_werk() as werk:
            await diensten.overgave.offer(werk, interactie_id, wie.id, naar, reden, diensten.clock(), soort)
    return await done(request, interactie_id, "aangeboden")


def _soort(text: str) -> Overdrachtsoort:
    try:
        return Overdrachtsoort(text or Overdrachtsoort.KOUD)
    except ValueError:
        raise InvalidInput({"soort": "Kies hoe u de vraag overdraagt."}) from None


@post("/werk/{interactie_id:uuid}/overdracht/{overdracht_id:uuid}", guards=[medewerker_only()], include_in_schema=False)
async def decide_offer(
    request: AnyRequest, interactie_id: FromPath[UUID], overdracht_id: FromPath[UUID]
) -> Response[Any]:
    """Accept, or refuse with a reason, by a medewerker of the team that was asked."""
    form, diensten, wie = await read_form(request), diensten_of(request), medewerker_of(request)
    beeld, teams = await admit(request, interactie_id), dict(await diensten.lezer.teams())
    overdracht = next((o for o in beeld.overdrachten if o.id == overdracht_id), None)
    if overdracht is None or overdracht.naar_team != teams.get(wie.team):
        raise Forbidden
    is_accepted, at = form.text("besluit") == "aannemen", diensten.clock()
    async with diensten.open_werk() as werk:
        if is_accepted:
            await diensten.overgave.accept(werk, overdracht_id, wie.id, at)
        else:
            antwoord = form.text("antwoord", longest=1000)
            await diensten.overgave.refuse(werk, overdracht_id, wie.id, antwoord, at)
    return await done(request, interactie_id, "aangenomen" if is_accepted else "geweigerd")


@post("/werk/{interactie_id:uuid}/wisselcode", status_code=200, guards=[medewerker_only()], include_in_schema=False)
async def issue(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    """A code with which the klant goes on elsewhere. It shows once: only its digest is kept."""
    diensten = diensten_of(request)
    await admit(request, interactie_id)
    async with diensten.open_werk() as werk:
        code = await diensten.wissel.issue(werk, interactie_id, diensten.clock())
    return await show(request, interactie_id, code=code)
