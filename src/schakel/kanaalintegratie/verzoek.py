# SPDX-License-Identifier: EUPL-1.2
"""Verzoek: what a klant asks, kept field by field with where each value came from, on any kanaal (NO-7, KS-4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from schakel.begrippen.gespreksbijdrage import Bijlage


class Waarde(msgspec.Struct, frozen=True):
    """One field. `bron`: "klant" or the name of the register; `kanaal`: where it was given; `op`: ISO 8601."""

    waarde: str
    bron: str
    kanaal: str
    op: str


@dataclass(frozen=True, slots=True)
class Verzoek:
    """`versie` grows with each save, so that two screens never overwrite each other unseen."""

    id: UUID
    interactie_id: UUID
    product: str
    soort: str
    status: str
    gegevens: dict[str, Waarde]
    uitkomst: str
    gewijzigd_op: datetime
    ingediend_op: datetime | None = None
    versie: int = 1


@dataclass(frozen=True, slots=True)
class Verzoekbijlage:
    """A document of a verzoek, without its bytes. `grootte` in bytes."""

    id: UUID
    veld: str
    naam: str
    mediatype: str
    grootte: int


class Verzoeken(Protocol):
    """The store of verzoeken."""

    async def concept_of(self, partij_id: UUID, product: str) -> UUID | None:
        """The Interactie of a draft that this klant began and did not hand in."""
        ...

    async def add_bijlage(self, verzoek: Verzoek, veld: str, bijlage: Bijlage, at: datetime) -> None:
        """Keep a document with a field; a later one takes its place."""
        ...

    async def bijlagen(self, verzoek_id: UUID) -> Sequence[Verzoekbijlage]: ...

    async def add(self, verzoek_id: UUID, interactie_id: UUID, product: str, at: datetime) -> None: ...
    async def of_interactie(self, interactie_id: UUID, *, lock: bool = False) -> Verzoek | None: ...
    async def save(self, verzoek: Verzoek, gegevens: Mapping[str, Waarde], at: datetime) -> int:
        """The new versie; raises Conflict when someone saved in between."""
        ...

    async def set_status(self, interactie_id: UUID, status: str, uitkomst: str, at: datetime) -> None: ...
