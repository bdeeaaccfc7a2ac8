# SPDX-License-Identifier: EUPL-1.2
"""Bladen: how the questions of a proces are spread over pages, and how each answer reads. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from schakel.kanaalintegratie.verzoek import Verzoekbijlage, Waarde
from schakel.proceslogica.contract import Behandelstand, Stap, Veld, in_words, validate

VAN_KLANT = "klant"  # the bron of what he filled in himself, over any kanaal
PER_VRAAG = 30  # seconds, a careful guess; shown in whole minutes


@dataclass(frozen=True, slots=True)
class Blad:
    """One page: a step of the proces with what is still asked. `nummer` counts from 1."""

    nummer: int
    stap: Stap
    vragen: tuple[Veld, ...]


@dataclass(frozen=True, slots=True)
class Feit:
    """An answer that is there: as a person reads it, and where it came from."""

    veld: Veld
    tekst: str
    waarde: Waarde
    blad: int | None = None  # where it can be changed; None when it came from a register

    @property
    def van_klant(self) -> bool:
        return self.waarde.bron == VAN_KLANT

    @property
    def op(self) -> datetime:
        return datetime.fromisoformat(self.waarde.op)


def gegevens(stand: Behandelstand) -> Mapping[str, Waarde]:
    return stand.verzoek.gegevens if stand.verzoek else {}


def is_known(stand: Behandelstand, veld: Veld) -> bool:
    """Whether a register filled it, and well: then it is shown and not asked (NO-7)."""
    waarde = gegevens(stand).get(veld.sleutel)
    return waarde is not None and waarde.bron != VAN_KLANT and not validate((veld,), {veld.sleutel: waarde.waarde})


def bladen(stand: Behandelstand) -> tuple[Blad, ...]:
    """The pages; a step of which everything is known has none."""
    asked = [(stap, tuple(v for v in stap.velden if not is_known(stand, v))) for stap in stand.klantstappen]
    return tuple(Blad(n, stap, vragen) for n, (stap, vragen) in enumerate([a for a in asked if a[1]], 1))


def bekend(stand: Behandelstand, blad: Blad) -> tuple[Feit, ...]:
    """What we know already and show on this page; what has no page of its own stands on the first."""
    pages = {b.stap.sleutel: b.nummer for b in bladen(stand)}
    return tuple(
        Feit(veld, in_words(veld, gegevens(stand)[veld.sleutel].waarde), gegevens(stand)[veld.sleutel])
        for stap in stand.klantstappen
        if pages.get(stap.sleutel, 1) == blad.nummer
        for veld in stap.velden
        if is_known(stand, veld)
    )


def antwoorden(stand: Behandelstand) -> tuple[tuple[Stap, int | None, tuple[Feit, ...]], ...]:
    """Everything that was answered, by step, with the page where it can be changed."""
    pages = {b.stap.sleutel: b for b in bladen(stand)}
    found = []
    for stap in stand.klantstappen:
        page = pages.get(stap.sleutel)
        feiten = tuple(
            Feit(veld, in_words(veld, waarde.waarde), waarde, page.nummer if page and veld in page.vragen else None)
            for veld in stap.velden
            if (waarde := gegevens(stand).get(veld.sleutel)) and waarde.waarde
        )
        found.append((stap, page.nummer if page else None, feiten))
    return tuple(found)


def problems(stand: Behandelstand, vragen: tuple[Veld, ...]) -> dict[str, str]:
    """What must still be filled in or mended among these, by sleutel."""
    return validate(vragen, {name: waarde.waarde for name, waarde in gegevens(stand).items()})


def first_open(stand: Behandelstand) -> Blad | None:
    """The page on which to go on; None when everything is there."""
    return next((blad for blad in bladen(stand) if problems(stand, blad.vragen)), None)


def open_questions(stand: Behandelstand) -> tuple[int, int]:
    """How many questions are answered, of how many; what a register knew counts as answered."""
    velden = [veld for veld in stand.velden if veld.verplicht]
    return len(velden) - len(problems(stand, tuple(velden))), len(velden)


def minutes(stand: Behandelstand, vanaf: Blad) -> int:
    """How long it may still take from this page on, the check at the end included."""
    left = sum(len(blad.vragen) for blad in bladen(stand) if blad.nummer >= vanaf.nummer)
    return ceil((left + 1) * PER_VRAAG / 60)


def editable(veld: Veld, text: str) -> str:
    """As it stands in the field: a date as people here type it."""
    try:
        day = date.fromisoformat(text) if veld.soort == "datum" else None
    except ValueError:
        day = None
    return f"{day.day}-{day.month}-{day.year}" if day else text


def by_veld(bijlagen: tuple[Verzoekbijlage, ...]) -> Mapping[str, Verzoekbijlage]:
    return {bijlage.veld: bijlage for bijlage in bijlagen}
