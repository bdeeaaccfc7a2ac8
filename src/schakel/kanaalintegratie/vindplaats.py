# SPDX-License-Identifier: EUPL-1.2
"""Vindplaats: where the other side keeps a message, so that it is taken in once and nothing there is overlooked (KI-0).

For a kanaal that fetches. Each message of an account has a vindplaats with us: taken in, the same as one before, or
left there with the reason. Comparing both lists daily shows what is missing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Vindplaats:
    """`account` is our name for it; `reeks` changes when the other side numbers anew; `nummer` is its number there."""

    account: str
    reeks: int
    nummer: int


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """What the account held when both sides were compared, and how much of that we have."""

    op: datetime
    aanwezig: int
    bekend: int
    blijft_liggen: int


class Vindplaatsen(Protocol):
    """The ledger of all accounts."""

    async def open(self, account: str, sinds: datetime) -> datetime:
        """From when messages of this account are ours; `sinds` counts only the first time."""
        ...

    async def known(self, account: str, reeks: int) -> frozenset[int]:
        """The numbers that need nothing more."""
        ...

    async def pass_over(self, account: str, reeks: int, nummers: Collection[int], at: datetime) -> None:
        """They were there before the account was ours: on the list, and not taken in."""
        ...

    async def seen_before(self, plaats: Vindplaats, inhoud: bytes) -> bool:
        """Whether these very bytes have a vindplaats in another reeks of this account; then it gets one here too."""
        ...

    async def leave(self, plaats: Vindplaats, reden: str, at: datetime) -> None:
        """It cannot be fetched: kept on the list, tried again at the next comparison."""
        ...

    async def compared(self, account: str, vergelijking: Vergelijking) -> None: ...
