# SPDX-License-Identifier: EUPL-1.2
"""Dubbelen: whether two partijen look like one, why, and what forbids to join them. Pure; a person decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from uuid import UUID

from schakel.identiteit.vaststelling import Middel

#: From this score on two partijen are shown as likely one.
WAARSCHIJNLIJK = 50
_LIKE = 0.85
_HANDELSREGISTER = ("kvk_nummer", "rsin", "vestigingsnummer")
_WOORD = {"email": "E-mailadres", "telefoonnummer": "Telefoonnummer"}
_WEEGT = {"email": 25, "telefoonnummer": 20}


@dataclass(frozen=True, slots=True, repr=False)
class Kenmerken:
    """What of a partij is compared. Of a bsn only its blind index; `adressen` are pairs of soort and zoekadres."""

    id: UUID
    soort: str
    naam: str = ""
    zoeknaam: str = ""
    geboortedatum: date | None = None
    postcode: str = ""
    huisnummer: str = ""
    zelfstandig: bool = False
    geheim: bool = False
    nummers: Mapping[str, str] = field(default_factory=dict)
    adressen: frozenset[tuple[str, str]] = frozenset()

    @property
    def is_identified(self) -> bool:
        """Whether a basisregistratie says who this is."""
        return bool(self.nummers)


@dataclass(frozen=True, slots=True)
class Gelijkenis:
    """How much two partijen look alike, from 0 to 100, and why, in sentences."""

    score: int
    redenen: tuple[str, ...]

    @property
    def is_waarschijnlijk(self) -> bool:
        return self.score >= WAARSCHIJNLIJK


class Beletsel(StrEnum):
    """Why two partijen are not joined, as the asker reads it."""

    ZELFDE = "Dit is twee keer dezelfde registratie."
    SOORT = "De een is een persoon en de ander niet."
    ZELFSTANDIG = "Van een van de twee is nooit vastgesteld wie het is."
    GEHEIM = "Van een van de twee is het adres geheim."
    BSN = "De burgerservicenummers zijn verschillend."
    HANDELSREGISTER = "De nummers in het Handelsregister zijn verschillend."
    NIET_VASTGESTELD = "Maar een van de twee heeft een bsn of KVK-nummer. Stel eerst vast dat het dezelfde is."


def compare(een: Kenmerken, ander: Kenmerken) -> Gelijkenis:
    """Every fact counts apart; what speaks against it is said too."""
    parts = [*_naam(een, ander), *_geboren(een, ander), *_adres(een, ander), *_bereik(een, ander)]
    score = sum(weight for weight, _ in parts)
    return Gelijkenis(max(0, min(100, score)), tuple(reason for _, reason in parts))


def _naam(een: Kenmerken, ander: Kenmerken) -> list[tuple[int, str]]:
    if not (een.zoeknaam and ander.zoeknaam):
        return []
    if een.zoeknaam == ander.zoeknaam:
        return [(40, "Naam is gelijk.")]
    if SequenceMatcher(None, een.zoeknaam, ander.zoeknaam, autojunk=False).ratio() >= _LIKE:
        return [(25, "Naam lijkt erop.")]
    return [(-30, "Naam is anders.")]  # one e-mail address or house may be of a whole family


def _geboren(een: Kenmerken, ander: Kenmerken) -> list[tuple[int, str]]:
    if een.geboortedatum is None or ander.geboortedatum is None:
        return []
    if een.geboortedatum == ander.geboortedatum:
        return [(35, "Geboortedatum is gelijk.")]
    return [(-50, "Geboortedatum is anders.")]


def _adres(een: Kenmerken, ander: Kenmerken) -> list[tuple[int, str]]:
    here, there = (_woont(one) for one in (een, ander))
    return [(15, "Adres is gelijk.")] if here and here == there else []


def _woont(partij: Kenmerken) -> tuple[str, str] | None:
    if not (partij.postcode and partij.huisnummer):
        return None
    return "".join(partij.postcode.split()).upper(), partij.huisnummer.upper()


def _bereik(een: Kenmerken, ander: Kenmerken) -> list[tuple[int, str]]:
    shared = {soort for soort, _ in _spelled(een) & _spelled(ander)}
    return [(_WEEGT[soort], f"{_WOORD[soort]} is gelijk.") for soort in sorted(shared & _WEEGT.keys())]


def _spelled(partij: Kenmerken) -> set[tuple[str, str]]:
    return {(soort, one_spelling(adres) if soort == "telefoonnummer" else adres) for soort, adres in partij.adressen}


def one_spelling(nummer: str) -> str:
    """A Dutch number with its country, however it was given."""
    for start in ("+31", "0031", "0"):
        if nummer.startswith(start) and not (start == "0" and nummer.startswith("00")):
            return f"+31{nummer.removeprefix(start)}"
    return nummer


def find_beletselen(een: Kenmerken, ander: Kenmerken, middel: Middel | None = None) -> tuple[Beletsel, ...]:
    """All that forbids to join these two. `middel`: by what a person established that they are one."""
    if een.id == ander.id:
        return (Beletsel.ZELFDE,)
    found = []
    if een.soort != ander.soort:
        found.append(Beletsel.SOORT)
    if een.zelfstandig or ander.zelfstandig:  # invariant 6: whatever was established, that record serves one vraag
        found.append(Beletsel.ZELFSTANDIG)
    if een.geheim or ander.geheim:
        found.append(Beletsel.GEHEIM)
    if _differ(een, ander, "bsn"):
        found.append(Beletsel.BSN)
    if any(_differ(een, ander, soort) for soort in _HANDELSREGISTER):
        found.append(Beletsel.HANDELSREGISTER)
    if een.is_identified != ander.is_identified and middel is None:  # invariant 6: likeness never identifies
        found.append(Beletsel.NIET_VASTGESTELD)
    return tuple(found)


def _differ(een: Kenmerken, ander: Kenmerken, soort: str) -> bool:
    here, there = een.nummers.get(soort), ander.nummers.get(soort)
    return here is not None and there is not None and here != there
