# SPDX-License-Identifier: EUPL-1.2
"""Indienen: the page of a product, the check before sending, and sending once."""

from uuid import UUID

from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.producten import Product
from schakel.kanaalintegratie.mijn import report_mistake
from schakel.kit.errors import InvalidInput, NotFound
from schakel.klantbeeld.inzage import known_values
from schakel.regie.doelen import VOORINVULLEN, Gegevensklasse
from schakel.web.diensten import Diensten, diensten_of
from schakel.web.formulier import read_any_form, read_form
from schakel.web.klant.aanvraag import bladen as b
from schakel.web.klant.aanvraag.openen import Aanvraag, code_beside, draft, opened
from schakel.web.klant.toegang import ingelogd
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.sessie import new_token
from schakel.web.wie import inwoner_of

Antwoord = Response[bytes] | Response[None]
LONGEST = 2_000


@get("/mijn/aanvragen/{product:str}", include_in_schema=False, guards=[ingelogd])
async def show_product(request: AnyRequest, product: FromPath[str]) -> Response[bytes]:
    """What this is, before anything is asked; a draft that lies ready is said so."""
    diensten, wie = diensten_of(request), inwoner_of(request)
    gekozen = _product(diensten, product)
    async with diensten.open_werk() as werk:
        draft_id = await werk.verzoeken.concept_of(wie.partij_id, product)
    return render(request, "klant/product.html", product=gekozen, draft_id=draft_id)


@post("/mijn/aanvragen/{product:str}", include_in_schema=False, guards=[ingelogd])
async def begin(request: AnyRequest, product: FromPath[str]) -> Response[None]:
    """What the gemeente knows already comes along, with where it is from (NO-7)."""
    diensten, wie = diensten_of(request), inwoner_of(request)
    _product(diensten, product)
    klantbeeld = await diensten.klantinzage.klantbeeld(wie.partij_id, wie, VOORINVULLEN)
    async with diensten.open_werk() as werk:
        interactie_id = await diensten.behandelingen.begin(
            werk,
            product,
            Kanaal.WEBFORMULIER,
            diensten.clock(),
            partij_id=wie.partij_id,
            bekend=known_values(klantbeeld),
        )
    return see_other(request, f"/mijn/aanvraag/{interactie_id}")


@get("/mijn/aanvraag/{interactie_id:uuid}/controle", include_in_schema=False, guards=[ingelogd])
async def check(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    async with draft(request, interactie_id) as aanvraag:
        return await _check_page(request, aanvraag, {})


@post("/mijn/aanvraag/{interactie_id:uuid}/indienen", include_in_schema=False, guards=[ingelogd])
async def hand_in(request: AnyRequest, interactie_id: FromPath[UUID]) -> Antwoord:
    """Once, however often it is pressed; what is missing is said with a link to its page."""
    key = (await read_form(request)).text("sleutel", longest=100) or new_token()
    diensten = diensten_of(request)
    try:
        async with opened(request, interactie_id) as aanvraag:
            await diensten.behandelingen.hand_in(
                aanvraag.werk, interactie_id, Kanaal.WEBFORMULIER, key, diensten.clock()
            )
    except InvalidInput as wrong:
        async with draft(request, interactie_id) as aanvraag:
            return await _check_page(request, aanvraag, wrong.fields)
    return see_other(request, f"/mijn/contact/{interactie_id}")


@get("/mijn/aanvraag/{interactie_id:uuid}/klopt-niet", include_in_schema=False, guards=[ingelogd])
async def ask_mistake(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    async with draft(request, interactie_id) as aanvraag:
        return _mistake_page(request, aanvraag, "", "")


@post("/mijn/aanvraag/{interactie_id:uuid}/klopt-niet", include_in_schema=False, guards=[ingelogd])
async def take_mistake(request: AnyRequest, interactie_id: FromPath[UUID]) -> Antwoord:
    """A person looks at it; the klant goes on meanwhile."""
    formulier = await read_any_form(request)
    tekst = formulier.fields().get("melding", "")
    async with draft(request, interactie_id) as aanvraag:
        fout = formulier.fouten.get("melding", "")
        if not tekst:
            fout = "Schrijf hier wat er niet klopt, bijvoorbeeld: ik ben vorige week verhuisd."
        elif len(tekst) > LONGEST:
            fout = f"Dit zijn {len(tekst)} tekens. Er passen er {LONGEST}. Maak de tekst korter."
        if fout:
            return _mistake_page(request, aanvraag, tekst, fout)
        await report_mistake(aanvraag.werk, aanvraag.interactie, tekst, aanvraag.diensten.clock())
        return render(request, "klant/klopt_niet.html", aanvraag=aanvraag, gemeld=True, tekst=tekst, fout="", feiten=())


def _mistake_page(request: AnyRequest, aanvraag: Aanvraag, tekst: str, fout: str) -> Response[bytes]:
    feiten = [f for _, _, found in b.antwoorden(aanvraag.stand) for f in found if not f.van_klant]
    return render(
        request,
        "klant/klopt_niet.html",
        status_code=400 if fout else 200,
        aanvraag=aanvraag,
        gemeld=False,
        tekst=tekst,
        fout=fout,
        feiten=feiten,
    )


async def _check_page(request: AnyRequest, aanvraag: Aanvraag, fouten: dict[str, str]) -> Response[bytes]:
    code, cookie = await code_beside(request, aanvraag)
    await aanvraag.diensten.mijn.look(inwoner_of(request), VOORINVULLEN, Gegevensklasse.VERZOEKEN)
    pages = b.bladen(aanvraag.stand)
    where = {veld.sleutel: blad.nummer for blad in pages for veld in blad.vragen}
    missing = fouten or b.problems(aanvraag.stand, aanvraag.stand.velden)
    return render(
        request,
        "klant/controle.html",
        status_code=400 if fouten else 200,
        cookies=[cookie],
        aanvraag=aanvraag,
        product=aanvraag.diensten.producten[aanvraag.verzoek.product],
        antwoorden=b.antwoorden(aanvraag.stand),
        totaal=len(pages) + 1,
        ontbreekt={name: (zin, where[name]) for name, zin in missing.items() if name in where},
        code=code,
        sleutel=new_token(),
    )


def _product(diensten: Diensten, sleutel: str) -> Product:
    """One that can be asked for online; else NotFound."""
    product = diensten.producten.get(sleutel)
    if product is None or not product.proces:
        raise NotFound
    return product


HANDLERS: list[BaseRouteHandler] = [show_product, begin, check, hand_in, ask_mistake, take_mistake]
