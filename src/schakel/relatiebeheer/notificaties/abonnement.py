# SPDX-License-Identifier: EUPL-1.2
"""Abonnement: who is told what, how far that is, and the ports of the places that keep it and bring it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from schakel.kit.projection import Invalid
from schakel.relatiebeheer.notificaties.topics import ACTIE, BY_TABLE, Keuze, Topic


class Vorm(StrEnum):
    """How it is told. DOORGEVEN: published to the Notificaties API of somebody else, who tells it to all."""

    NOTIFICATIES = "notificaties"
    CLOUDEVENTS = "cloudevents"
    DOORGEVEN = "doorgeven"


class Stand(StrEnum):
    """PAUZE is a person's choice, GESTOPT is ours: the subscriber failed too often."""

    LOOPT = "loopt"
    PAUZE = "pauze"
    GESTOPT = "gestopt"


@dataclass(frozen=True, slots=True)
class Aanvraag:
    """What an abonnement is to be. `auth`: the header for the subscriber, or `client_id:secret` to publish with."""

    naam: str
    vorm: Vorm
    url: str
    auth: str
    kanalen: tuple[Keuze, ...]

    def __repr__(self) -> str:
        return f"Aanvraag({self.naam!r}, {self.vorm})"


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """One line of the outbox. (`transactie`, `id`) is its place in the order."""

    id: int
    transactie: int
    table: str
    resource_id: UUID
    actie: str
    moment: datetime
    kenmerken: Mapping[str, str]

    @property
    def topic(self) -> Topic:
        return BY_TABLE[self.table]

    def wanted_by(self, keuzes: Sequence[Keuze]) -> bool:
        """Whether one of these asks for it."""
        said = {**self.kenmerken, ACTIE: self.actie}
        return any(keuze.wants(self.topic, said) for keuze in keuzes)


@dataclass(frozen=True, slots=True)
class Plaats:
    """Up to where the outbox was dealt with; `klaar` are lines beyond it that were too."""

    transactie: int
    id: int
    klaar: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Dood:
    """A line that this subscriber refused again and again."""

    gebeurtenis_id: int
    pogingen: int
    fout: str
    sinds: datetime


@dataclass(frozen=True, slots=True)
class Voortgang:
    """What delivery keeps, in one go."""

    plaats: Plaats
    stand: Stand
    op_rij: int
    volgende_op: datetime | None
    fout: str
    bezorgd: int
    laatst_gelukt: datetime | None
    dood: tuple[Dood, ...] = ()


@dataclass(frozen=True, slots=True)
class Abonnement:
    """As delivery needs it."""

    id: UUID
    generatie: int
    aanvraag: Aanvraag
    voortgang: Voortgang


@dataclass(frozen=True, slots=True)
class Abonnementregel:
    """As a person sees it. `achterstand` is counted to 10 000."""

    id: UUID
    naam: str
    vorm: Vorm
    url: str
    kanalen: tuple[Keuze, ...]
    stand: Stand
    stand_sinds: datetime
    op_rij: int
    volgende_op: datetime | None
    fout: str
    bezorgd: int
    laatst_gelukt: datetime | None
    gemaakt_op: datetime
    achterstand: int
    dood: int
    token_id: UUID | None


@dataclass(frozen=True, slots=True)
class Doodregel:
    """A dead line as a person sees it."""

    gebeurtenis_id: int
    resource: str
    resource_id: UUID
    actie: str
    pogingen: int
    fout: str
    sinds: datetime


class Outbox(Protocol):
    """Where lines wait, and how far each abonnement is."""

    async def running(self) -> Mapping[UUID, int]:
        """Every abonnement that runs, with its generatie."""
        ...

    async def claim(self, abonnement_id: UUID) -> Abonnement | None:
        """For this process alone, until `release` or its death; None when another has it."""
        ...

    async def release(self, abonnement_id: UUID) -> None: ...

    async def after(self, plaats: Plaats, limit: int) -> Sequence[Gebeurtenis]:
        """The next lines, of transactions that nobody can come before any more."""
        ...

    async def keep(self, abonnement: Abonnement, voortgang: Voortgang) -> bool:
        """False when a person changed the abonnement meanwhile: then nothing is kept."""
        ...

    async def tidy(self, now: datetime) -> int:
        """Forget lines that are old enough; how many."""
        ...

    async def close(self) -> None:
        """Let every abonnement go."""
        ...


class Bezorger(Protocol):
    """How a line gets to a subscriber."""

    async def deliver(self, aanvraag: Aanvraag, gebeurtenis: Gebeurtenis) -> str:
        """Empty when it took it; else what went wrong, in Dutch, without anything of the address or the answer."""
        ...

    async def check(self, aanvraag: Aanvraag) -> Sequence[Invalid]:
        """Whether the address may be called, takes notificaties, and only with this header."""
        ...


class Abonnementen(Protocol):
    """Where abonnementen are kept. What is not there raises NotFound."""

    async def all(self) -> Sequence[Abonnementregel]: ...
    async def one(self, abonnement_id: UUID) -> Abonnementregel: ...
    async def aanvraag(self, abonnement_id: UUID) -> Aanvraag: ...
    async def add(self, aanvraag: Aanvraag, token_id: UUID | None) -> UUID: ...
    async def change(self, abonnement_id: UUID, aanvraag: Aanvraag) -> None: ...
    async def set_stand(self, abonnement_id: UUID, stand: Stand) -> None:
        """LOOPT begins with a clean slate of failures."""
        ...

    async def replay(self, abonnement_id: UUID, *, since: datetime | None = None, number: int | None = None) -> int:
        """Go on from there; how many lines that is, to 10 000. Both None: the dead lines only."""
        ...

    async def withdraw(self, abonnement_id: UUID) -> None: ...
    async def dood(self, abonnement_id: UUID, limit: int = 50) -> Sequence[Doodregel]: ...
