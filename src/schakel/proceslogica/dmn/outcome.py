# SPDX-License-Identifier: EUPL-1.2
"""What a decision gives: the outcome, the rules that were hit and why, and the facts that were really used."""

from collections.abc import Mapping
from dataclasses import dataclass

from schakel.proceslogica.dmn.values import Waarde


@dataclass(frozen=True, slots=True)
class Reden:
    """Why one rule was hit: per column a phrase ("wachttijd: 12, valt in [0..30]"), and the rule's own words."""

    tabel: str
    regel: int
    regel_id: str
    kolommen: tuple[str, ...]
    toelichting: str = ""

    def __str__(self) -> str:
        return "; ".join(part for part in (*self.kolommen, self.toelichting) if part)


@dataclass(frozen=True, slots=True)
class Geraakt:
    """The rules of one table that were hit: ids and numbers (from 1), in the order of the outcome."""

    tabel: str
    regels: tuple[int, ...]
    regel_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """One decision taken. `uitkomst`: a value, a mapping of outputs, or a list of either."""

    sleutel: str
    uitkomst: Waarde
    geraakt: tuple[Geraakt, ...]
    redenen: tuple[Reden, ...]
    gebruikt: Mapping[str, Waarde]
    input_hash: str
    versie: str


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column of a table, ready to show. `expressie` of an output is empty."""

    label: str
    expressie: str
    type: str
    waarden: str = ""


@dataclass(frozen=True, slots=True)
class Regel:
    """A row of a table, ready to show: the texts as the beheerder wrote them."""

    id: str
    nummer: int
    invoer: tuple[str, ...]
    uitvoer: tuple[str, ...]
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Tabelbeeld:
    """A decision, ready to show. A decision without a table has its formula in `expressie` and no rules."""

    sleutel: str
    naam: str
    vraag: str
    toelichting: str
    hit_policy: str
    aggregatie: str
    invoer: tuple[Kolom, ...]
    uitvoer: tuple[Kolom, ...]
    regels: tuple[Regel, ...]
    vereist: tuple[str, ...]
    expressie: str = ""
