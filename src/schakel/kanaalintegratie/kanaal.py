# SPDX-License-Identifier: EUPL-1.2
"""The port that every kanaal fills, in and out. A kanaal translates; it never decides (PL-0)."""

from typing import Protocol

from schakel.begrippen.bericht import Bericht, Bezorging
from schakel.begrippen.gespreksbijdrage import Gespreksbijdrage
from schakel.begrippen.kanaal import Kanaal


class InboundKanaal(Protocol):
    """Turns a stored origineel back into a Gespreksbijdrage; must never raise, whatever the bytes are."""

    @property
    def kanaal(self) -> Kanaal: ...

    def to_gespreksbijdrage(self, origineel: bytes, envelop: dict[str, object]) -> Gespreksbijdrage:
        """`envelop` is what the kanaal stored beside the bytes (SMTP envelope, time of arrival)."""
        ...


class OutboundKanaal(Protocol):
    """Delivers one bericht, or says honestly how the attempt ended; must never raise."""

    @property
    def kanaal(self) -> Kanaal: ...

    async def deliver(self, bericht: Bericht) -> Bezorging:
        """One attempt, bounded in time."""
        ...
