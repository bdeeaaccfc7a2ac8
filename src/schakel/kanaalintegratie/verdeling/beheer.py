# SPDX-License-Identifier: EUPL-1.2
"""Beheer of verdeling: the rules and their versions, what people can carry, and what was decided, all in words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import msgspec

from schakel.kanaalintegratie.verdeling.feiten import Inzet
from schakel.kanaalintegratie.verdeling.regels import Verdeelregels, verschillen


class Versie(msgspec.Struct, frozen=True):
    """One version of the verdeelregels. `herstelt`: the version that it puts back."""

    versie: int
    regels: Verdeelregels
    vanaf: datetime
    door: str
    reden: str
    herstelt: int | None = None


class Medewerkerregel(msgspec.Struct, frozen=True):
    """How one medewerker stands. `gewenst` below `capaciteit`: it sinks as his work ends."""

    actor_id: UUID
    naam: str
    team: str
    beschikbaarheid: str
    gewenst: int
    capaciteit: int
    bezet: int


class Kandidaatregel(msgspec.Struct, frozen=True):
    """Somebody who could have got it, by name."""

    naam: str
    score: float
    redenen: Sequence[str]
    gekozen: bool


class Verdeelbeslissing(msgspec.Struct, frozen=True):
    """One decision as it was kept. `afgevallen`: reason in words, and how many it kept from this work."""

    id: UUID
    interactie_id: UUID
    nummer: str
    actor_id: UUID
    naam: str
    versie: int
    genomen_op: datetime
    feiten: dict[str, object]
    redenen: Sequence[str]
    kandidaten: Sequence[Kandidaatregel]
    afgevallen: dict[str, int]
    uitkomst: str
    uitkomst_op: datetime | None
    toelichting: str

    @property
    def team(self) -> str:
        return str(self.feiten["team"])


class Beslissingskop(msgspec.Struct, frozen=True):
    """A decision in a list."""

    id: UUID
    nummer: str
    kanaal: str
    naam: str
    genomen_op: datetime
    uitkomst: str


class Wachtrijstand(msgspec.Struct, frozen=True):
    """What waits over one kanaal for one team."""

    team: str
    kanaal: str
    aantal: int
    oudste: datetime


class Verkeerspunt(msgspec.Struct, frozen=True):
    """One contact of a past day, without a person."""

    kanaal: str
    product: str
    begonnen_op: datetime
    beeindigd_op: datetime | None


class Capaciteitwijziging(msgspec.Struct, frozen=True):
    """A change of what somebody can carry."""

    naam: str
    van: int
    naar: int
    op: datetime
    door: str
    reden: str


class DruksteUur(msgspec.Struct, frozen=True):
    """The busiest hour of one kanaal. `seconden`: mean handling time of what was timed, None when nothing was."""

    kanaal: str
    uur: datetime
    aantal: int
    seconden: float | None


class Verdeelbeheer(Protocol):
    """What a teamleider sees of verdeling and changes in it."""

    async def versies(self) -> Sequence[Versie]:
        """Newest first; the first is in force."""
        ...

    async def put_in_force(
        self, regels: Verdeelregels, na: int, door: UUID, reden: str, at: datetime, herstelt: int | None = None
    ) -> int:
        """A new version, on top of version `na`. Raises Conflict when somebody was before."""
        ...

    async def medewerkers(self) -> Sequence[Medewerkerregel]: ...
    async def set_capaciteit(self, actor_id: UUID, gewenst: int, door: UUID, reden: str, at: datetime) -> None:
        """At once; of less than is in use nothing is taken away. Raises NotFound."""
        ...

    async def capaciteitwijzigingen(self) -> Sequence[Capaciteitwijziging]:
        """Newest first."""
        ...

    async def wachtrijen(self) -> Sequence[Wachtrijstand]: ...
    async def beslissingen(self, limit: int = 20) -> Sequence[Beslissingskop]:
        """Newest first."""
        ...

    async def beslissing(self, beslissing_id: UUID) -> Verdeelbeslissing:
        """Raises NotFound."""
        ...

    async def iedereen(self) -> Sequence[Inzet]:
        """As if all who ever were there were there, with nothing at hand."""
        ...

    async def drukste_uren(self, since: datetime) -> Sequence[DruksteUur]:
        """One per kanaal, of what came in since then."""
        ...

    async def verkeer_before(self, at: datetime) -> tuple[date | None, Sequence[Verkeerspunt]]:
        """What came in on the last day before this one on which anything did."""
        ...


def spell_versie(versies: Sequence[Versie], place: int) -> list[str]:
    """What this version changed of the one before it, in words (KI-1)."""
    if place + 1 == len(versies):
        return ["De eerste regels"]
    return verschillen(versies[place + 1].regels, versies[place].regels) or ["Niets veranderd"]
