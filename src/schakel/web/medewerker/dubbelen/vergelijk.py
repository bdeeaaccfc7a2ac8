# SPDX-License-Identifier: EUPL-1.2
"""/dubbelen/{een}/{ander}: two klanten side by side, field by field with where it comes from, and the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from schakel.identiteit.vaststelling import Middel
from schakel.kit.errors import InvalidInput, SchakelError
from schakel.klantbeeld.beeld import Klantbeeld
from schakel.regie.doelen import DUBBELEN
from schakel.relatiebeheer.dubbelen import Beletsel
from schakel.relatiebeheer.samenvoegen import MAX_REDEN, NietSamen, Opdracht, Paar
from schakel.web.diensten import diensten_of
from schakel.web.formulier import Formulier, read_form
from schakel.web.medewerker.contact.beeld import ADRES, BEREIK, GEBOREN, NAAM, Feit, feiten_by_sleutel, naam_of
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

RIJEN = (("Naam", NAAM), ("Geboortedatum", GEBOREN), ("Adres", ADRES), ("E-mail en telefoon", (BEREIK,)))
MIDDELEN = (
    (Middel.LEGITIMATIE, "Ik zag de legitimatie van de klant"),
    (Middel.CONTROLEVRAGEN, "De klant had de controlevragen goed"),
)


@dataclass(frozen=True, slots=True)
class Rij:
    """One field of both. `is_anders`: both say something, and not the same."""

    label: str
    een: Sequence[Feit]
    ander: Sequence[Feit]

    @property
    def is_anders(self) -> bool:
        return bool(self.een and self.ander) and _said(self.een) != _said(self.ander)

    @property
    def is_gelijk(self) -> bool:
        return bool(self.een) and _said(self.een) == _said(self.ander)


def _said(feiten: Sequence[Feit]) -> set[tuple[str, ...]]:
    return {feit.regels for feit in feiten}


@get("/dubbelen/{een:uuid}/{ander:uuid}", guards=[medewerker_only()], include_in_schema=False)
async def compare_page(request: AnyRequest, een: FromPath[UUID], ander: FromPath[UUID]) -> Response[bytes]:
    """Both klantbeelden, for this doel alone."""
    return await _page(request, een, ander, Formulier())


@post("/dubbelen/{een:uuid}/{ander:uuid}", guards=[medewerker_only()], include_in_schema=False)
async def merge(request: AnyRequest, een: FromPath[UUID], ander: FromPath[UUID]) -> Response[bytes] | Response[None]:
    """Only what was chosen: who stays, why, and how it is known."""
    form, dubbelen = await read_form(request), diensten_of(request).dubbelen
    door = dubbelen.medewerker(medewerker_of(request))
    await dubbelen.pair(een, ander, door)
    try:
        await dubbelen.merge(_opdracht(form, een, ander), door)
    except (InvalidInput, NietSamen) as wrong:
        return await _page(request, een, ander, form, wrong)
    return see_other(request, "/dubbelen?gedaan=samen")


@post("/dubbelen/{een:uuid}/{ander:uuid}/twee", guards=[medewerker_only()], include_in_schema=False)
async def declare_two(request: AnyRequest, een: FromPath[UUID], ander: FromPath[UUID]) -> Response[None]:
    """Somebody looked: these are two."""
    dubbelen = diensten_of(request).dubbelen
    await dubbelen.declare_two(een, ander, dubbelen.medewerker(medewerker_of(request)))
    return see_other(request, "/dubbelen?gedaan=twee")


def _opdracht(form: Formulier, een: UUID, ander: UUID) -> Opdracht:
    """Raises InvalidInput with all that is wrong at once."""
    fouten, blijft, middel = {}, form.text("blijft"), form.text("middel")
    if blijft not in (str(een), str(ander)):
        fouten["blijft"] = "Kies welke klant blijft."
    if not form.text("reden").strip():
        fouten["reden"] = "Schrijf op waarom. Uw collega's lezen dit later."
    if middel and middel not in {str(one) for one, _ in MIDDELEN}:
        fouten["middel"] = "Kies hoe u dit weet."
    if fouten:
        raise InvalidInput(fouten)
    winnaar, verliezer = (een, ander) if blijft == str(een) else (ander, een)
    return Opdracht(winnaar, verliezer, form.text("reden"), Middel(middel) if middel else None)


async def _page(
    request: AnyRequest, een: UUID, ander: UUID, form: Formulier, wrong: SchakelError | None = None
) -> Response[bytes]:
    diensten, wie = diensten_of(request), medewerker_of(request)
    paar = await diensten.dubbelen.pair(een, ander, diensten.dubbelen.medewerker(wie))
    beletselen = paar.beletselen()
    seen = (een, ander) if paar.can_ever else ()  # of two who never become one nobody needs to see more
    beelden = [await diensten.klantinzage.klantbeeld(one, wie, DUBBELEN) for one in seen]
    return render(
        request,
        "medewerker/dubbelen/vergelijk.html",
        status_code=wrong.status if wrong else 200,
        paar=paar,
        namen=[naam_of(beeld) for beeld in beelden],
        rijen=_rijen(*beelden) if beelden else (),
        meldingen=[melding for beeld in beelden for melding in beeld.meldingen],
        weigeringen=dict.fromkeys(weigering for beeld in beelden for weigering in beeld.weigeringen),
        beletselen=[one for one in beletselen if one is not Beletsel.NIET_VASTGESTELD],
        vraagt_middel=Beletsel.NIET_VASTGESTELD in beletselen,
        middelen=[(str(one), woord, "") for one, woord in MIDDELEN],
        waarden=form.fields() | {"blijft": form.text("blijft") or str(_stays(paar))},
        fouten=_fouten(wrong),
        max_reden=MAX_REDEN,
    )


def _stays(paar: Paar) -> UUID:
    """The one that a basisregistratie knows; else the oldest, for keys are made in the order of time."""
    if paar.een.is_identified != paar.ander.is_identified:
        return paar.een.id if paar.een.is_identified else paar.ander.id
    return min(paar.een.id, paar.ander.id)


def _fouten(wrong: SchakelError | None) -> Mapping[str, str]:
    match wrong:
        case InvalidInput():
            return wrong.fields
        case NietSamen(beletselen=(Beletsel.NIET_VASTGESTELD,)):
            return {"middel": "Kies hoe u weet dat dit dezelfde klant is."}
        case NietSamen():
            return {"reden": wrong.detail}
    return {}


def _rijen(een: Klantbeeld, ander: Klantbeeld) -> list[Rij]:
    here, there = feiten_by_sleutel(een), feiten_by_sleutel(ander)
    return [
        Rij(label, [here[one] for one in sleutels if one in here], [there[one] for one in sleutels if one in there])
        for label, sleutels in RIJEN
    ]
