# SPDX-License-Identifier: EUPL-1.2
"""Klantgegevenscatalogus: every attribute shown of a klant, with bron, eigenaar and doelen (EG-1, EG-3, KB-4)."""

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from schakel.regie.doelen import DOELEN, Gegevensklasse

#: Names of the bronnen that the lines below speak of.
BRP = "BRP"
KLANTREGISTER = "Klantregister"

SECTIES: Mapping[str, str] = {
    "partij": "Klant",
    "persoon": "Persoon volgens de BRP",
    "adressen": "Adressen",
    "contacten": "Contacten",
    "verzoeken": "Vragen en aanvragen",
    "voorkeuren": "Voorkeuren",
}


@dataclass(frozen=True, slots=True)
class Klantgegeven:
    """One attribute. `van_klant`: the klant owns and edits it himself (EG-4). `vers`: how old it may be shown."""

    sleutel: str
    label: str
    sectie: str
    bron: str
    eigenaar: str
    klasse: Gegevensklasse
    van_klant: bool
    vers: timedelta
    herziening: date

    @property
    def doelen(self) -> tuple[str, ...]:
        """The doelen that this attribute may serve."""
        return tuple(sleutel for sleutel, binding in DOELEN.items() if self.klasse in binding.klassen)


@dataclass(frozen=True, slots=True)
class Klantgegevenscatalogus:
    """All klantgegevens. `versie` follows from the content, so no change goes unseen (KB-4)."""

    klantgegevens: tuple[Klantgegeven, ...]

    @property
    def versie(self) -> str:
        """Ten hex signs over every line with its doelen."""
        lines = "\n".join(f"{k!r} {k.doelen}" for k in self.klantgegevens)
        return hashlib.sha256(lines.encode()).hexdigest()[:10]

    def of_bron(self, bron: str) -> tuple[Klantgegeven, ...]:
        return tuple(k for k in self.klantgegevens if k.bron == bron)

    @property
    def bronnen(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(k.bron for k in self.klantgegevens))

    @property
    def eigenaren(self) -> Mapping[str, tuple[Klantgegeven, ...]]:
        """Who owns what (EG-3)."""
        found: dict[str, tuple[Klantgegeven, ...]] = {}
        for klantgegeven in self.klantgegevens:
            found[klantgegeven.eigenaar] = (*found.get(klantgegeven.eigenaar, ()), klantgegeven)  # EG-3
        return found

    def gaps(self, at: date) -> Sequence[str]:
        """Dutch sentences on what is not in order: no eigenaar, no doel, twice the same, review overdue (EG-5)."""
        found = []
        seen = set()
        for k in self.klantgegevens:
            if not k.eigenaar.strip():  # EG-0, EG-1
                found.append(f"{k.sleutel}: er is geen eigenaar.")
            if not k.doelen:
                found.append(f"{k.sleutel}: er is geen doel waarvoor dit nodig is.")
            if k.sleutel in seen:
                found.append(f"{k.sleutel}: staat er twee keer.")
            if k.sectie not in SECTIES:
                found.append(f"{k.sleutel}: de sectie {k.sectie} bestaat niet.")
            if k.herziening < at:
                found.append(f"{k.sleutel}: {k.eigenaar} had dit vóór {k.herziening:%d-%m-%Y} moeten nakijken.")
            seen.add(k.sleutel)
        return found


def parse_catalogus(text: str) -> Klantgegevenscatalogus:
    """From lines with `;`; the first that is no comment names the columns."""
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter=";")
    return Klantgegevenscatalogus(
        tuple(
            Klantgegeven(
                sleutel=row["sleutel"],
                label=row["label"],
                sectie=row["sectie"],
                bron=row["bron"],
                eigenaar=row["eigenaar"],
                klasse=Gegevensklasse(row["klasse"]),
                van_klant=row["van_klant"] == "ja",  # EG-4
                vers=timedelta(seconds=int(row["vers"])),
                herziening=date.fromisoformat(row["herziening"]),
            )
            for row in rows
        )
    )


@cache
def catalogus() -> Klantgegevenscatalogus:
    """The one in force."""
    return parse_catalogus(files("schakel.regie").joinpath("klantgegevens.csv").read_text(encoding="utf-8"))
