# SPDX-License-Identifier: EUPL-1.2
"""Poorten: the register that moves in, the place it moves to, and how far the overname is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from schakel.kit.projection import Api, Resource


class Fase(StrEnum):
    """What a overname does, in this order. Killed half-way it goes on where it was."""

    HALEN = "halen"
    SCHRIJVEN = "schrijven"
    CONTROLEREN = "controleren"
    KLAAR = "klaar"


@dataclass(frozen=True, slots=True)
class Pagina:
    """One page of a list: how many rows there are in all, and these, each with its uuid and its JSON as it came."""

    aantal: int
    laatste: bool
    rijen: Sequence[tuple[UUID, bytes]]


@dataclass(frozen=True, slots=True)
class Resourcestand:
    """How far one resource is. `aantal`: what the bron says it has; `hier`: how many of them are here."""

    resource: str
    aantal: int = 0
    pagina: int = 0
    klaar: bool = False
    gehaald: int = 0
    geschreven: int = 0
    controlepagina: int = 0
    vergeleken: int = 0
    hier: int = 0
    toegekend: int = 0
    verschillen: int = 0
    bron_afdruk: bytes = b""
    hier_afdruk: bytes = b""

    @property
    def gelijk(self) -> bool:
        """As many rows, and the same in every field."""
        return self.vergeleken == self.hier and self.bron_afdruk == self.hier_afdruk


@dataclass(frozen=True, slots=True)
class Verschil:
    """Where a row is not what it was there. It names the field, never the value."""

    resource: str
    uuid: UUID
    veld: str
    reden: str


@dataclass(frozen=True, slots=True)
class Overnamestand:
    """One overname, as the command and the page of beheer show it."""

    id: UUID
    bron: str
    fase: Fase
    bijwerken: bool
    fout: str
    begonnen_op: datetime
    bijgewerkt_op: datetime
    geeindigd_op: datetime | None
    resources: Sequence[Resourcestand]
    verschillen: Sequence[Verschil] = ()
    aantal_verschillen: int = 0

    def of(self, resource: str) -> Resourcestand:
        """Of one resource."""
        return next(stand for stand in self.resources if stand.resource == resource)


class Bron(Protocol):
    """The register that moves in."""

    async def page(self, api: Api, resource: str, number: int) -> Pagina | None:
        """One page, newest first; None where there is no such page, or no such resource in its version."""
        ...


class Overnames(Protocol):
    """How the last overname is doing, for a screen."""

    async def last(self) -> Overnamestand | None:
        """With at most a few hundred of its verschillen."""
        ...


class Opslag(Protocol):
    """Where the register moves to. Every call is whole or not at all, and may be made again."""

    async def begin(self, bron: str, resources: Sequence[str], *, bijwerken: bool) -> Overnamestand:
        """A new overname, or the one that was not finished."""
        ...

    async def keep(self, resource: str, number: int, pagina: Pagina, *, laatste: bool) -> int:
        """Keep a page that was fetched; gives how many rows of this resource there are now."""
        ...

    async def enter(self, fase: Fase) -> None:
        """The next fase begins."""
        ...

    async def write(self, api: Api, resource: Resource, *, again: bool) -> int:
        """Write the next oldest rows that were fetched; 0 when none are left. `again`: those that had to wait."""
        ...

    async def settle(self) -> None:
        """When all is written: the numbers to come, and open taken in the werkvoorraad."""
        ...

    async def compare(self, api: Api, resource: Resource, number: int, pagina: Pagina) -> int:
        """Hold a page against what is here, and write what came since the first reading. Gives how many were held."""
        ...

    async def stop(self, fout: str) -> None:
        """It cannot go on now; the sentence says why."""
        ...

    async def finish(self) -> Overnamestand:
        """Done, with what differs."""
        ...
