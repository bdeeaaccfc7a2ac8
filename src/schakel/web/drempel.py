# SPDX-License-Identifier: EUPL-1.2
"""Drempel: how often one may try to sign in before having to wait."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from schakel.kit.errors import TooMany
from schakel.web.sessie import Connection


class Pogingen(Protocol):
    """Counts over all processes. An attempt counts whatever happens next, so in a unit of work of its own."""

    def count(self, soort: str, wie: str, at: datetime) -> Awaitable[int]:
        """Add one attempt; how many there were in the last quarter of an hour."""
        ...


@dataclass(frozen=True, slots=True)
class Drempel:
    """Per account, so that nobody guesses one; per network address, so that nobody walks along all of them."""

    pogingen: Pogingen
    per_account: int = 10
    per_address: int = 100  # a whole office may share an address

    async def admit(self, connection: Connection, account: str, at: datetime) -> None:
        """Call before looking at the password; raises TooMany. `account` is what was typed."""
        address = connection.client.host if connection.client else ""
        tries = (
            await self.pogingen.count("aanmelden-account", account.strip().casefold(), at),
            await self.pogingen.count("aanmelden-adres", address, at),
        )
        if tries[0] > self.per_account or tries[1] > self.per_address:
            raise TooMany
