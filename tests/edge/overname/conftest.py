# SPDX-License-Identifier: EUPL-1.2
"""A register of another system on a port of its own, and an empty house to move to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest_asyncio

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.koppelingen.openklant.client import OpenKlantBron
from schakel.proceslogica.motor import Motor
from schakel.relatiebeheer.overname.overnemen import Overnemen
from schakel.relatiebeheer.overname.poorten import Fase, Overnamestand
from schakel.storage.basis import prepare_models
from schakel.storage.crypto import Kluis
from schakel.storage.overname.opslag import SqlOpslag
from schakel.storage.pool import Database
from schakel.storage.register.write_context import House
from tests.edge.overname.open_klant import TOKEN, OpenKlant
from tests.edge.register_schrijven.schrijver import KEY, NAME_KEY, dienst, gevolgen
from tests.edge.web.bladen import served

APIS = (KLANTINTERACTIES, CONTACTGEGEVENS)


@dataclass
class Verhuizer:
    """Moves a register in. `waits` are the waits that the client asked for."""

    db: Database
    waits: list[float] = field(default_factory=list)
    kluis: Kluis = field(default_factory=lambda: Kluis(KEY))

    async def move(
        self,
        klant: OpenKlant,
        *,
        bijwerken: bool = False,
        token: str = TOKEN,
        progress: Callable[[Fase, str, int, int], None] = lambda fase, resource, done, of: None,
        url: str = "openklant",
    ) -> Overnamestand:
        opslag = SqlOpslag(self.db, House(self.kluis, dienst(), "LW", gevolgen(self.db)), NAME_KEY)
        async with served(klant) as address:
            bron = OpenKlantBron(address, token, sleep=self._wait)
            try:
                return await Overnemen(bron, opslag, APIS, progress).run(url, bijwerken=bijwerken)
            finally:
                await bron.close()

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def value(self, sql: str, *args: object) -> object:
        async with self.db.connection() as connection:
            return await connection.fetchval(sql, *args)


@pytest_asyncio.fixture(loop_scope="session")
async def verhuizer(db: Database) -> Verhuizer:
    """On a database of this test alone."""
    await furnish(db)
    return Verhuizer(db)


async def furnish(db: Database) -> None:
    """What every house has before anything moves in."""
    async with db.connection() as connection:
        await connection.execute("insert into team values ('kcc', 'KCC')")
    await prepare_models(db, Motor(), "LW", datetime.now(UTC))
