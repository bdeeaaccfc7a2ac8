# SPDX-License-Identifier: EUPL-1.2
"""Beheer: what a teamleider and beheerder may see and do: figures, held work, unread originelen. No personal data."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from schakel.dienstverlening.meting import Telling, Verkeer


class Kanaalstand(msgspec.Struct, frozen=True):
    """How one kanaal goes. `te_registreren`: stored and not yet an Interactie. Of what goes out: `te_verzenden` waits,
    of `onbekend` nobody knows whether it came across, `bij_persoon` is given to a medewerker.
    """

    kanaal: str
    laatst_in: datetime | None
    vandaag_in: int
    te_registreren: int
    te_verzenden: int
    onbekend: int
    bij_persoon: int


class Vastgehouden(msgspec.Struct, frozen=True):
    """A job that failed too often. `fout`: type and place, never the text."""

    id: int
    soort: str
    sinds: datetime
    pogingen: int
    fout: str


class Procesregel(msgspec.Struct, frozen=True):
    """A proces and its version in force. `lopend`: cases on this version; `eerder`: on earlier ones."""

    sleutel: str
    naam: str
    versie: str
    vanaf: datetime
    lopend: int
    eerder: int


class Beslissingregel(msgspec.Struct, frozen=True):
    """One decision as recorded, with the Interactie it was taken in."""

    id: UUID
    sleutel: str
    versie: str
    feiten_hash: str
    feiten: Mapping[str, object]
    uitkomst: object
    redenen: Sequence[str]
    geraakt: Sequence[str]
    genomen_op: datetime
    interactie_id: UUID | None = None
    nummer: str = ""


class ZelfdeFeiten(msgspec.Struct, frozen=True):
    """Decisions on the same facts with one outcome, by the same version, of Interacties begun on one kanaal."""

    versie: str
    uitkomst: object
    kanaal: str
    aantal: int


class Feedbackstand(msgspec.Struct, frozen=True):
    """What klanten said over one kanaal. Means of the scores 1 to 5, None while nobody gave one."""

    kanaal: str
    gevraagd: int
    gegeven: int
    beantwoord: int
    vertrouwen: float | None
    persoonlijk: float | None
    gemak: float | None


class Beheer(Protocol):
    """The reading side of beheer, and letting go of held work."""

    async def cijfers(self) -> Mapping[str, int]:
        """Counts of this installation by what they count ("inwoners")."""
        ...

    async def kanalen(self, now: datetime) -> Sequence[Kanaalstand]: ...
    async def tellingen(self, since: datetime, at: datetime) -> Sequence[Telling]:
        """Beloften made since then, counted at this moment as `dienstverlening.meting.tally` does."""
        ...

    async def verkeer(self, since: datetime) -> Sequence[Verkeer]:
        """Every leg since then, equal ones together."""
        ...

    async def vastgehouden(self) -> Sequence[Vastgehouden]: ...
    async def release(self, job_id: int) -> bool: ...
    async def processen(self) -> Sequence[Procesregel]:
        """Those that have a version in force, by name."""
        ...

    async def bestanden(self, versie: str) -> Mapping[str, bytes]:
        """The files of a version. Raises NotFound."""
        ...

    async def beslissing(self, beslissing_id: UUID) -> Beslissingregel:
        """Raises NotFound."""
        ...

    async def beslissingen(self, sleutels: Sequence[str], limit: int = 20) -> Sequence[Beslissingregel]:
        """By any of these, newest first."""
        ...

    async def same_feiten(self, beslissing_id: UUID) -> Sequence[ZelfdeFeiten]:
        """Other decisions on exactly these facts, the newest group first."""
        ...

    async def feedback(self, since: datetime) -> Sequence[Feedbackstand]:
        """Per kanaal."""
        ...
