# SPDX-License-Identifier: EUPL-1.2
"""Demo: what only a demo has: people to be, and a postbus that holds all that was sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID


class Proefinwoner(NamedTuple):
    """An invented inwoner whom a visitor of the demo may log in as."""

    partij_id: UUID
    naam: str
    woonplaats: str


class Proefpost(NamedTuple):
    """One message in the demo's own postbus, as its receiver sees it. `antwoord_aan`: where an answer goes."""

    id: UUID
    ontvangen_op: datetime
    aan: str
    van: str
    onderwerp: str
    tekst: str
    antwoord_aan: str = ""


class Demo(Protocol):
    """People to be, and post to read and send."""

    async def inwoners(self) -> Sequence[Proefinwoner]: ...
    async def post(self, limit: int = 50) -> Sequence[Proefpost]:
        """Newest first."""
        ...

    async def post_in(self, van: str, onderwerp: str, tekst: str, aan: str = "") -> None:
        """Send a mail to the gemeente, over SMTP as anyone would; to `aan` when it is an answer. Raises PostRefused."""
        ...
