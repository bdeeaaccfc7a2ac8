# SPDX-License-Identifier: EUPL-1.2
"""/registreren: write down a contact by telephone or at the balie, in two acts: is it answered, and Enter."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response, get, post

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.kennis import kennis_of
from schakel.identiteit.vaststelling import NietVastgesteld
from schakel.kanaalintegratie.dienst import Vraagduiding
from schakel.kanaalintegratie.ontvangst import Bekend
from schakel.kanaalintegratie.registratie import MAX_SAMENVATTING, Registratie
from schakel.kanaalintegratie.zoekvraag import e164
from schakel.kit.errors import InvalidInput, SchakelError
from schakel.kit.ids import new_id
from schakel.regie.doelen import HERKENNEN
from schakel.web.diensten import diensten_of
from schakel.web.formulier import Formulier, read_form
from schakel.web.medewerker.contact.beeld import naam_of
from schakel.web.medewerker.contact.kanalen import WERKKANALEN, read_kanaal, usual_kanaal
from schakel.web.medewerker.contact.klant import established
from schakel.web.medewerker.contact.vaststellen import link, read_vaststelling, uuid_of
from schakel.web.medewerker.telefoon.telefoon import spoken_call
from schakel.web.notatie import telefoon
from schakel.web.page import AnyRequest, is_htmx, render, see_other
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

FIELDS = ("kanaal", "sleutel", "onderwerp", "samenvatting", "naam", "nummer", "beantwoord", "gesprek")
MAX_ONDERWERP, MAX_NAAM, MAX_SLEUTEL = 200, 200, 64


@dataclass(frozen=True, slots=True)
class Wie:
    """Who is on the line: an established partij, or whoever the Interactie is of; else nobody we know."""

    partij_id: UUID | None = None
    naam: str = ""
    v: str = ""
    interactie_id: UUID | None = None
    nummer: str = ""
    onderwerp: str = ""


@get("/registreren", guards=[medewerker_only()], include_in_schema=False)
async def contact_page(request: AnyRequest) -> Response[bytes]:
    """The form, with all that is known already filled in; but never the answer of the klant (EO-4)."""
    asked = request.query_params
    wie = await _who(request, uuid_of(asked.get("klant", "")), asked.get("v", ""), uuid_of(asked.get("interactie", "")))
    sessie = await spoken_call(request)
    kanaal = Kanaal.TELEFOON if sessie else read_kanaal(asked.get("kanaal", ""), usual_kanaal(request))
    waarden = {"kanaal": str(kanaal), "sleutel": str(new_id()), "onderwerp": wie.onderwerp}
    if sessie:
        waarden |= {"gesprek": str(sessie.id), "nummer": telefoon(sessie.nummer)}
    return _page(request, wie, waarden)


@post("/registreren/duiding", status_code=200, guards=[medewerker_only()], include_in_schema=False)
async def suggest(request: AnyRequest) -> Response[bytes]:
    """While typing: the product that the words seem to be about."""
    form = await read_form(request)
    return render(request, "medewerker/contact/duiding.html", buiten=True, **_products(request, form))


@post("/registreren/kennis", status_code=200, guards=[medewerker_only()], include_in_schema=False)
async def show_kennis(request: AnyRequest) -> Response[bytes]:
    """What to read about the product that was chosen; without JavaScript the whole form again, as it was filled in."""
    form = await read_form(request)
    if is_htmx(request):
        return render(request, "medewerker/kennis.html", **_products(request, form))
    wie = await _who(request, uuid_of(form.text("klant")), form.text("v"), uuid_of(form.text("interactie")))
    return _page(request, wie, form.fields())


@post("/registreren", guards=[medewerker_only()], include_in_schema=False)
async def register(request: AnyRequest) -> Response[bytes] | Response[None]:
    """Keep it as the rules say: with a klant, with a name only, or without anything of a person."""
    form = await read_form(request)
    try:
        _check(form)
        return await _register(request, form)
    except (InvalidInput, NietVastgesteld) as wrong:
        wie = await _who(request, uuid_of(form.text("klant")), form.text("v"), uuid_of(form.text("interactie")))
        return _page(request, wie, form.fields(), wrong)


async def _register(request: AnyRequest, form: Formulier) -> Response[None]:
    diensten, wie = diensten_of(request), medewerker_of(request)
    partij_id, _ = established(request, form)
    interactie_id, beantwoord = uuid_of(form.text("interactie")), form.text("beantwoord") == "ja"
    if interactie_id is not None:
        beeld = await diensten.inzien.interactie(wie, interactie_id)
        if partij_id and beeld.vastgesteld and beeld.partij_id != partij_id:
            raise InvalidInput(detail="Deze vraag is van een andere klant. Zoek de klant opnieuw.")  # invariant 6
    kanaal = read_kanaal(form.text("kanaal"), usual_kanaal(request))
    nummer = form.text("nummer")
    registratie = Registratie(
        onderwerp=_onderwerp(request, form),
        samenvatting=form.text("samenvatting"),
        sleutel=form.text("sleutel", longest=MAX_SLEUTEL),
        naam=form.text("naam"),
        nummer=e164(nummer) or nummer,
    )
    anonymous = partij_id is None and interactie_id is None and beantwoord
    if anonymous and not await _is_first(request, registratie.sleutel):
        return see_other(request, "/zoeken?geteld")
    bekend = Bekend(partij_id, wie.id, interactie_id, _interpret(request, form).sleutel, afgehandeld=beantwoord)
    vastgelegd = await diensten.registreren.register(kanaal, registratie, bekend, vervolg=not beantwoord)
    if sessie_id := uuid_of(form.text("gesprek")):
        await diensten.telefoon.finish(sessie_id, wie.id, vastgelegd.interactie_id)
    if vastgelegd.interactie_id is None:
        return see_other(request, "/zoeken?geteld")
    return see_other(request, link("/zoeken", vastgelegd=vastgelegd.interactie_id))


def _check(form: Formulier) -> None:
    """Every field at once, so that one look is enough."""
    fouten = {}
    if form.text("beantwoord") not in ("ja", "nee"):  # EO-4: the klant says so, not a default
        fouten["beantwoord"] = "Vraag de klant of de vraag is beantwoord, en kies ja of nee."
    if len(form.text("samenvatting")) > MAX_SAMENVATTING:
        fouten["samenvatting"] = f"Dit is te lang. Houd het korter dan {MAX_SAMENVATTING} tekens."
    for naam, longest in (("onderwerp", MAX_ONDERWERP), ("naam", MAX_NAAM), ("nummer", MAX_NAAM)):
        if len(form.text(naam)) > longest:
            fouten[naam] = f"Dit is te lang. Gebruik ten hoogste {longest} tekens."
    if form.text("beantwoord") == "nee" and not (form.text("samenvatting") or form.text("onderwerp")):
        fouten["samenvatting"] = "Schrijf in één zin wat er nog moet gebeuren."
    if not form.text("sleutel"):
        fouten["samenvatting"] = "Dit formulier is te oud. Controleer uw tekst en sla opnieuw op."
    if fouten:
        raise InvalidInput(fouten)


async def _is_first(request: AnyRequest, sleutel: str) -> bool:
    """What leaves nothing but a Verkeersregel has no record to see a second press by; this counts it once."""
    diensten = diensten_of(request)
    async with diensten.open_werk() as werk:
        return await werk.pogingen.count("registratie", sleutel, diensten.clock()) == 1


async def _who(request: AnyRequest, partij_id: UUID | None, v: str, interactie_id: UUID | None) -> Wie:
    diensten, medewerker = diensten_of(request), medewerker_of(request)
    naam, nummer, onderwerp, known = "", "", "", None
    if partij_id and read_vaststelling(request, partij_id, v, diensten.clock()):
        known = partij_id
        naam = naam_of(await diensten.klantinzage.klantbeeld(partij_id, medewerker, HERKENNEN))
    if interactie_id:
        beeld = await diensten.inzien.interactie(medewerker, interactie_id)
        nummer, onderwerp, naam = beeld.nummer, beeld.onderwerp, naam or beeld.naam
    return Wie(known, naam, v if known else "", interactie_id, nummer, onderwerp)


def _interpret(request: AnyRequest, form: Formulier) -> Vraagduiding:
    dienst = diensten_of(request).dienst
    return dienst.interpret(form.text("onderwerp"), form.text("samenvatting"), form.text("product"))


def _onderwerp(request: AnyRequest, form: Formulier) -> str:
    """As typed; else the product; else the first sentence."""
    if typed := form.text("onderwerp"):
        return typed
    product = _interpret(request, form).product
    if product is not None:
        return product.naam
    first = form.text("samenvatting").split("\n")[0].partition(". ")[0]
    return first if len(first) <= 80 else f"{first[:79].rpartition(' ')[0] or first[:79]}…"


def _products(request: AnyRequest, form: Formulier) -> dict[str, Any]:
    """The list to choose from; first what the words suggest."""
    diensten, gekozen = diensten_of(request), form.text("product")
    voorstel = diensten.dienst.interpret(form.text("onderwerp"), form.text("samenvatting"))
    over = diensten.producten.get(gekozen) or voorstel.product
    return {
        "kennis": kennis_of(over.sleutel if over else ""),
        "kennis_product": over.naam if over else "",
        "producten": sorted(((p.sleutel, p.naam) for p in diensten.producten.values()), key=lambda row: row[1]),
        "product": gekozen,
        "voorstel": voorstel.product.naam if voorstel.product else "",
        "reden": voorstel.reden if voorstel.product else "",
    }


def _page(request: AnyRequest, wie: Wie, waarden: dict[str, str], wrong: SchakelError | None = None) -> Response[bytes]:
    fouten = wrong.fields if isinstance(wrong, InvalidInput) else {}
    return render(
        request,
        "medewerker/contact/registreren.html",
        status_code=wrong.status if wrong else 200,
        wie=wie,
        waarden={
            "kanaal": "",
            "onderwerp": "",
            "samenvatting": "",
            "naam": "",
            "nummer": "",
            "beantwoord": "",
            "gesprek": "",
            **waarden,
        },
        kanalen=WERKKANALEN,
        fouten=fouten,
        melding=(wrong.detail or wrong.advice) if wrong and not fouten else "",
        max_samenvatting=MAX_SAMENVATTING,
        **_products(request, Formulier({naam: [waarde] for naam, waarde in waarden.items()})),
    )
