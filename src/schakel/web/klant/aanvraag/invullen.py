# SPDX-License-Identifier: EUPL-1.2
"""Invullen: one theme per page, kept at every step, right or wrong; the same form with and without JavaScript."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath

from schakel.begrippen.gespreksbijdrage import Bijlage
from schakel.begrippen.kanaal import Kanaal
from schakel.kit.errors import InvalidInput, NotFound
from schakel.proceslogica.contract import Veld, validate
from schakel.regie.doelen import VOORINVULLEN, Gegevensklasse
from schakel.web.formulier import Formulier, read_any_form
from schakel.web.klant.aanvraag import bladen as b
from schakel.web.klant.aanvraag.openen import VELD, Aanvraag, code_beside, draft, opened
from schakel.web.klant.toegang import ingelogd
from schakel.web.klant.vraag import bijlage_problem
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.wie import inwoner_of

LONGEST = 20_000
Antwoord = Response[bytes] | Response[None]


@get("/mijn/aanvraag/{interactie_id:uuid}", include_in_schema=False, guards=[ingelogd])
async def go_on(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[None]:
    """Where the klant was: the first page with an open question, the check, or the result."""
    async with opened(request, interactie_id) as aanvraag:
        if not aanvraag.is_draft:
            return see_other(request, f"/mijn/contact/{interactie_id}")
        return see_other(request, _next(aanvraag, b.first_open(aanvraag.stand)))


@get("/mijn/aanvraag/{interactie_id:uuid}/stap/{nummer:int}", include_in_schema=False, guards=[ingelogd])
async def show_blad(request: AnyRequest, interactie_id: FromPath[UUID], nummer: FromPath[int]) -> Response[bytes]:
    async with draft(request, interactie_id) as aanvraag:
        return await _page(request, aanvraag, _blad(aanvraag, nummer), {}, {})


@post("/mijn/aanvraag/{interactie_id:uuid}/stap/{nummer:int}", include_in_schema=False, guards=[ingelogd])
async def fill_in(request: AnyRequest, interactie_id: FromPath[UUID], nummer: FromPath[int]) -> Antwoord:
    """Keep the page first; only who wants to go on hears what is not right yet."""
    formulier = await read_any_form(request)
    async with draft(request, interactie_id) as aanvraag:
        blad = _blad(aanvraag, nummer)
        typed, fouten = await _keep(aanvraag, blad.vragen, formulier)
        saved = await _again(aanvraag)
        match formulier.fields().get("_actie", ""):
            case "stop" if not fouten:
                return see_other(request, f"{aanvraag.pad}/bewaard")
            case "vorige" if not fouten:
                return see_other(request, f"{aanvraag.pad}/stap/{nummer - 1}" if nummer > 1 else "/mijn")
            case actie if actie.startswith("voeg toe ") and not fouten:
                return see_other(request, f"{aanvraag.pad}/stap/{nummer}#{VELD}{actie.removeprefix('voeg toe ')}")
        fouten = {**b.problems(saved.stand, blad.vragen), **fouten}
        if fouten:
            return await _page(request, saved, blad, typed, fouten)
        following = next((later for later in b.bladen(saved.stand) if later.nummer > nummer), None)
        return see_other(request, _next(saved, following))


@post("/mijn/aanvraag/{interactie_id:uuid}/concept", include_in_schema=False, guards=[ingelogd])
async def keep_draft(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[None]:
    """What the page sends by itself while somebody types."""
    formulier = await read_any_form(request)
    async with draft(request, interactie_id) as aanvraag:
        _, fouten = await _keep(aanvraag, aanvraag.stand.velden, formulier)
    if fouten:
        raise InvalidInput(fouten)
    return Response(None, status_code=204)


@get("/mijn/aanvraag/{interactie_id:uuid}/bewaard", include_in_schema=False, guards=[ingelogd])
async def stopped(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    """Stopping half-way is fine: the Wisselcode says how to go on, here or elsewhere."""
    async with draft(request, interactie_id) as aanvraag:
        code, cookie = await code_beside(request, aanvraag)
        done, of = b.open_questions(aanvraag.stand)
        return render(
            request, "klant/bewaard.html", cookies=[cookie], aanvraag=aanvraag, code=code, klaar=done, vragen=of
        )


async def _page(
    request: AnyRequest, aanvraag: Aanvraag, blad: b.Blad, typed: Mapping[str, str], fouten: Mapping[str, str]
) -> Response[bytes]:
    """`typed` stands in the fields instead of what was kept: it may be more than we could keep."""
    code, cookie = await code_beside(request, aanvraag)
    await aanvraag.diensten.mijn.look(inwoner_of(request), VOORINVULLEN, Gegevensklasse.VERZOEKEN)
    kept = {name: waarde.waarde for name, waarde in b.gegevens(aanvraag.stand).items()}
    return render(
        request,
        "klant/stap.html",
        status_code=400 if fouten else 200,
        cookies=[cookie],
        aanvraag=aanvraag,
        product=aanvraag.diensten.producten[aanvraag.verzoek.product],
        blad=blad,
        totaal=len(b.bladen(aanvraag.stand)) + 1,
        minuten=b.minutes(aanvraag.stand, blad),
        feiten=b.bekend(aanvraag.stand, blad),
        waarden={v.sleutel: typed.get(v.sleutel, b.editable(v, kept.get(v.sleutel, ""))) for v in blad.vragen},
        fouten={v.sleutel: fouten[v.sleutel] for v in blad.vragen if v.sleutel in fouten},
        bijlagen=b.by_veld(tuple(await aanvraag.werk.verzoeken.bijlagen(aanvraag.verzoek.id))),
        code=code,
    )


async def _keep(
    aanvraag: Aanvraag, velden: tuple[Veld, ...], formulier: Formulier
) -> tuple[dict[str, str], dict[str, str]]:
    """What was typed and what we could not even keep of it, by sleutel. Everything else is kept, right or wrong."""
    texts = formulier.fields()
    asked = {v.sleutel: v for v in velden if v.soort != "bijlage"}
    typed = {name: texts[VELD + name] for name in asked if VELD + name in texts}
    fouten = {name: formulier.fouten[VELD + name] for name in typed if VELD + name in formulier.fouten}
    for name, text in typed.items():
        if len(text) > LONGEST:
            fouten[name] = validate((asked[name],), {name: text})[name]
    bijlagen = []
    for veld in velden:
        uploads = formulier.files(VELD + veld.sleutel) if veld.soort == "bijlage" else []
        if zin := bijlage_problem(uploads):
            fouten[veld.sleutel] = zin
        elif uploads:
            last = uploads[-1]
            bijlagen.append((veld.sleutel, Bijlage(last.naam, last.mediatype, last.inhoud)))
    keep = {name: text for name, text in typed.items() if name not in fouten}
    at = aanvraag.diensten.clock()
    await aanvraag.diensten.behandelingen.save(
        aanvraag.werk, aanvraag.interactie.id, keep, Kanaal.WEBFORMULIER, at, bijlagen=bijlagen
    )
    return typed, fouten


async def _again(aanvraag: Aanvraag) -> Aanvraag:
    """The same one as it stands after saving."""
    stand = await aanvraag.diensten.behandelingen.behandelstand(aanvraag.werk, aanvraag.interactie.id)
    assert stand.verzoek is not None
    return Aanvraag(aanvraag.diensten, aanvraag.werk, aanvraag.interactie, stand, stand.verzoek)


def _blad(aanvraag: Aanvraag, nummer: int) -> b.Blad:
    found = next((blad for blad in b.bladen(aanvraag.stand) if blad.nummer == nummer), None)
    if found is None:
        raise NotFound
    return found


def _next(aanvraag: Aanvraag, blad: b.Blad | None) -> str:
    return f"{aanvraag.pad}/stap/{blad.nummer}" if blad else f"{aanvraag.pad}/controle"


HANDLERS: list[BaseRouteHandler] = [go_on, show_blad, fill_in, keep_draft, stopped]
