# SPDX-License-Identifier: EUPL-1.2
"""Partijen: whom the gemeente has a relation with, and how a partij is suggested, never assumed (RB-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from schakel.begrippen.gespreksbijdrage import Afzender
from schakel.begrippen.kanaal import Kanaal


@dataclass(frozen=True, slots=True)
class Partij:
    """The record of a person or organisatie. `zelfstandig`: identity never proved; never upgraded."""

    id: UUID
    soort: str
    zelfstandig: bool
    naam: str
    geboortedatum: date | None = None
    taal: str = "nld"
    geheim: bool = False


@dataclass(frozen=True, slots=True)
class Herkenning:
    """What an afzender suggests. It never identifies: a person confirms, or the klant logs in (invariant 6)."""

    voorgesteld: UUID | None
    reden: str


#: What kind of address a klant gives over a kanaal: on the form of the website he types where to mail him.
SOORT_ADRES = {Kanaal.EMAIL: "email", Kanaal.WEBFORMULIER: "email", Kanaal.TELEFOON: "telefoonnummer"}


def searchable_address(adres: str) -> str:
    """The form in which two spellings of one address are equal."""
    return "".join(adres.split()).casefold()


def recognise(afzender: Afzender, partijen: Sequence[UUID]) -> Herkenning:
    """Suggest a partij when the address belongs to exactly one of them."""
    if not afzender.adres:
        return Herkenning(None, "Er is geen adres bekend.")
    if len(partijen) == 1:  # invariant 6: a suggestion, to be confirmed by a person
        return Herkenning(partijen[0], "Dit adres staat bij één klant. Een adres bewijst niet wie er schrijft.")
    if partijen:
        return Herkenning(None, f"Dit adres staat bij {len(partijen)} klanten. Kies zelf wie het is.")
    return Herkenning(None, "Dit adres kennen wij niet.")


class Partijen(Protocol):
    """What relatiebeheer asks of a place that remembers partijen."""

    async def with_address(self, zoekadres: str) -> Sequence[UUID]:
        """Identified partijen that use this address."""
        ...

    async def add_zelfstandig(self, naam: str, at: datetime) -> UUID:
        """A new partij without proved identity; lives as long as its Interactie."""
        ...
