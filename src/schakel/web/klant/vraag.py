# SPDX-License-Identifier: EUPL-1.2
"""/vraag: the contact form for everybody, without logging in. What is sent takes the road of every kanaal."""

import re
from dataclasses import dataclass, field
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.inzending import Inzending
from schakel.kanaalintegratie.ontvangst import Bekend
from schakel.proceslogica.contract import Veld, validate
from schakel.web.diensten import Diensten, diensten_of
from schakel.web.formulier import Formulier, Upload, clean, read_any_form
from schakel.web.page import AnyRequest, render
from schakel.web.sessie import Sessie, new_token, sessie_of
from schakel.web.wie import inwoner_of

MAX_BIJLAGE = 10_000_000
MAX_BIJLAGEN = 10
VELDEN = (
    Veld("onderwerp", "Onderwerp", "tekst"),
    Veld("tekst", "Uw vraag", "lange_tekst"),
    Veld("naam", "Uw naam", "tekst", verplicht=False),
    Veld("email", "Uw e-mailadres", "email", verplicht=False),
)
LEEG = {
    "onderwerp": "Schrijf in een paar woorden waar het over gaat, bijvoorbeeld: afval niet opgehaald.",
    "tekst": "Schrijf hier uw vraag. Een paar zinnen is genoeg.",
}
_OWN_KEY = re.compile(r"[\w-]{20,64}", re.ASCII)


@dataclass(slots=True)
class Invulling:
    """The form as it stands on the screen. `sleutel` makes that pressing twice sends once."""

    waarden: dict[str, str]
    sleutel: str = field(default_factory=new_token)
    bijlagen: list[Upload] = field(default_factory=list)
    fouten: dict[str, str] = field(default_factory=dict)


def read_invulling(formulier: Formulier, *except_names: str) -> Invulling:
    """What was posted, with a sentence for each field that cannot be accepted."""
    velden = [veld for veld in VELDEN if veld.sleutel not in except_names]
    texts = formulier.fields()
    waarden = {veld.sleutel: texts.get(veld.sleutel, "") for veld in velden}
    key = texts.get("sleutel", "")
    invulling = Invulling(waarden, key if _OWN_KEY.fullmatch(key) else new_token(), formulier.files("bijlagen"))
    fouten = {
        name: LEEG.get(name, zin) if not waarden[name] else zin for name, zin in validate(velden, waarden).items()
    }
    fouten |= {name: zin for name, zin in formulier.fouten.items() if name in waarden}
    if zin := bijlage_problem(invulling.bijlagen):
        fouten["bijlagen"] = zin
    invulling.fouten = fouten
    return invulling


def bijlage_problem(uploads: list[Upload]) -> str:
    """A sentence when these files cannot be taken in; empty when they can."""
    if len(uploads) > MAX_BIJLAGEN:
        return f"Dit zijn {len(uploads)} bestanden. Kies er ten hoogste {MAX_BIJLAGEN}."
    for nummer, upload in enumerate(uploads, 1):
        which = f"Bestand {nummer}" if len(uploads) > 1 else "Dit bestand"
        if len(upload.inhoud) > MAX_BIJLAGE:
            return f"{which} is groter dan 10 MB. Kies een kleiner bestand, of breng het langs aan de balie."
        if not upload.inhoud:
            return f"{which} is leeg. Kies een ander bestand."
    return ""


@get("/vraag", include_in_schema=False)
async def ask(request: AnyRequest) -> Response[bytes]:
    waarden = {veld.sleutel: "" for veld in VELDEN}
    return _form(request, Invulling({**waarden, "onderwerp": clean(request.query_params.get("onderwerp", ""))[:200]}))


@post("/vraag", include_in_schema=False)
async def send(request: AnyRequest) -> Response[bytes]:
    klant = _klant(request)
    invulling = read_invulling(await read_any_form(request), *(("naam", "email") if klant else ()))
    if invulling.fouten:
        return _form(request, invulling, status_code=400)
    diensten = diensten_of(request)
    bekend, waarden = Bekend(), dict(invulling.waarden)
    if klant:
        wie = inwoner_of(request)
        bekend = Bekend(partij_id=wie.partij_id)
        waarden |= {"naam": klant.naam, "email": (await diensten.mijn.voorkeuren(wie)).email}
    interactie_id, nummer = await take_in(diensten, invulling, waarden, bekend)
    return await _sent(request, diensten, interactie_id, nummer, waarden["email"])


async def take_in(
    diensten: Diensten, invulling: Invulling, waarden: dict[str, str], bekend: Bekend
) -> tuple[UUID, str]:
    """The Interactie in which it was kept, and its nummer; stored before anybody is told so."""
    bijlagen = tuple((b.naam, b.mediatype, b.inhoud) for b in invulling.bijlagen)
    inzending = Inzending(**waarden, sleutel=invulling.sleutel, bijlagen=bijlagen)
    return await diensten.inbox.take_in(Kanaal.WEBFORMULIER, msgspec.json.encode(inzending), bekend)


async def _sent(
    request: AnyRequest, diensten: Diensten, interactie_id: UUID, nummer: str, email: str
) -> Response[bytes]:
    async with diensten.open_werk() as werk:
        code = await diensten.wissel.issue(werk, interactie_id, diensten.clock())
    belofte = await diensten.mijn.eigen.belofte(interactie_id)
    return render(
        request,
        "klant/verstuurd.html",
        interactie_id=interactie_id,
        nummer=nummer,
        belofte=belofte,
        code=code,
        email=email,
        klant=_klant(request),
    )


def _form(request: AnyRequest, invulling: Invulling, status_code: int = 200) -> Response[bytes]:
    klant = _klant(request)
    return render(request, "klant/vraag.html", status_code=status_code, invulling=invulling, klant=klant)


def _klant(request: AnyRequest) -> Sessie | None:
    """The inwoner who logged in, if one did: then his name and address are not asked."""
    sessie = sessie_of(request)
    return sessie if sessie and sessie.partij_id else None


HANDLERS: list[BaseRouteHandler] = [ask, send]
