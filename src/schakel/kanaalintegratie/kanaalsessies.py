# SPDX-License-Identifier: EUPL-1.2
"""Kanaalsessies: what is kept of calls, and what a medewerker sees of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from schakel.begrippen.kanaalsessie import Sessiegebeurtenis, Sessiestaat, Sessiestand


@dataclass(frozen=True, slots=True)
class Kanaalsessie:
    """One call as the screens see it."""

    id: UUID
    staat: Sessiestaat
    nummer: str
    begonnen_op: datetime
    verbonden_op: datetime | None
    beeindigd_op: datetime | None


class Kanaalsessies(Protocol):
    """The store of calls."""

    async def add(self, gebeurtenis: Sessiegebeurtenis, at: datetime) -> tuple[UUID, Sequence[Sessiegebeurtenis]]:
        """Keep it once; locks the call and gives all that is known of it, this one included."""
        ...

    async def set_stand(self, sessie_id: UUID, stand: Sessiestand, at: datetime) -> Sessiestaat | None:
        """The staat before; None when the call is new."""
        ...

    async def finish(self, sessie_id: UUID, actor_id: UUID, interactie_id: UUID | None, at: datetime) -> bool:
        """It is written down, or needs nothing; False when it was already."""
        ...


class Telefoonlijst(Protocol):
    """What a medewerker sees of calls. `toestel`: the extension he sits at."""

    async def toestel_of(self, actor_id: UUID) -> str: ...
    async def set_toestel(self, actor_id: UUID, toestel: str) -> None:
        """A colleague who had it has none from now on."""
        ...

    async def current(self, toestel: str, since: datetime) -> Kanaalsessie | None:
        """The call that rings or is spoken there, or was and waits to be written down."""
        ...

    async def get(self, sessie_id: UUID) -> Kanaalsessie | None: ...
    async def missed(self, since: datetime, limit: int) -> Sequence[Kanaalsessie]:
        """To call back, oldest first: one per number, unless we spoke since."""
        ...
