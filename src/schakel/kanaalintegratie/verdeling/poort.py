# SPDX-License-Identifier: EUPL-1.2
"""Poort: what verdeling asks of a place that remembers who carries what. Each method is part of one unit of work."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.overdracht import OverdrachtWerk
from schakel.kanaalintegratie.verdeling.feiten import Beschikbaarheid, Hervatting, Inzet, Toewijzing, Wachtend
from schakel.kanaalintegratie.verdeling.regels import Verdeelregels
from schakel.kit.errors import Conflict


class GeenRuimte(Conflict):
    """Invariant 10: the database refused, because somebody would carry more than he can."""

    title = "U heeft hier nu geen ruimte meer voor"
    advice = "Rond eerst iets af of leg iets weg. Daarna kunt u dit oppakken."


@dataclass(frozen=True, slots=True)
class VanKracht:
    """The verdeelregels that hold now. `versie` 0: as they come, before anyone put a version in force."""

    versie: int
    regels: Verdeelregels


@dataclass(frozen=True, slots=True)
class Aangeboden:
    """What is offered to one medewerker now, until when."""

    interactie_id: UUID
    nummer: str
    onderwerp: str
    kanaal: Kanaal
    sinds: datetime
    belofte_op: datetime | None
    tot: datetime
    beslissing_id: UUID | None


@dataclass(frozen=True, slots=True)
class EigenStand:
    """How a medewerker stands: what he said of himself, and how much he carries."""

    beschikbaarheid: Beschikbaarheid
    sinds: datetime | None
    capaciteit: int
    bezet: int


class Verdelingen(Protocol):
    """Who carries what, and what waits."""

    async def van_kracht(self) -> VanKracht: ...
    async def inzetten(self) -> Sequence[Inzet]:
        """Everyone who is beschikbaar now."""
        ...

    async def wachtend(self, teams: Sequence[str], per_wachtrij: int) -> Sequence[Wachtend]:
        """The first of each wachtrij of these teams."""
        ...

    async def offer_to(self, toewijzing: Toewijzing, versie: int, tot: datetime, at: datetime) -> bool:
        """Hold the room, keep the decision and tell the screens; False when work or medewerker is taken meanwhile."""
        ...

    async def resume(self, hervatting: Hervatting, at: datetime) -> bool:
        """Interrupted work takes its room again; False when there is none."""
        ...

    async def expire_one(self, gemist: int, at: datetime) -> UUID | None:
        """Take one offer back that nobody accepted in time, with its age as it was. After this many: afwezig."""
        ...

    async def accept(self, interactie_id: UUID, actor_id: UUID, at: datetime) -> bool:
        """False when it is not offered to him any more."""
        ...

    async def give_back(self, interactie_id: UUID, actor_id: UUID, reden: str, at: datetime) -> bool:
        """Back to the wachtrij with its age as it was, and not to him again."""
        ...

    async def set_live(self, interactie_id: UUID, live: bool) -> None:
        """The klant is there now, or is gone again: for who waits on a line or in a chat other times count."""
        ...

    async def carry(self, interactie_id: UUID, actor_id: UUID, regels: Verdeelregels, at: datetime) -> None:
        """What a medewerker took by hand takes room like what was offered. Raises GeenRuimte."""
        ...

    async def lay_aside(self, interactie_id: UUID, actor_id: UUID) -> bool:
        """It stays his, and takes no room until he goes on."""
        ...

    async def is_carried(self, interactie_id: UUID, actor_id: UUID) -> bool:
        """Whether it takes room of this medewerker, or would if it were not interrupted."""
        ...

    async def announce_as(
        self, actor_id: UUID, beschikbaarheid: Beschikbaarheid, regels: Verdeelregels, at: datetime
    ) -> Sequence[UUID]:
        """What he says of himself; gives the offers that went back because he is not there."""
        ...

    async def stand(self, actor_id: UUID) -> EigenStand: ...
    async def offered(self, actor_id: UUID) -> Aangeboden | None:
        """What expires first."""
        ...


class Verdeelwerk(OverdrachtWerk, Protocol):
    """One unit of work of verdeling."""

    @property
    def verdelingen(self) -> Verdelingen: ...


class OpenVerdeelwerk(Protocol):
    """How such a unit of work is opened."""

    def __call__(self) -> AbstractAsyncContextManager[Verdeelwerk]: ...
