# SPDX-License-Identifier: EUPL-1.2
"""A register to write in, with delivery beside it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from schakel.kit.clock import system_clock
from schakel.kit.ids import new_id
from schakel.koppelingen.notificaties.adres import read_networks
from schakel.koppelingen.notificaties.bericht import Afzender
from schakel.koppelingen.notificaties.bezorger import HttpBezorger
from schakel.relatiebeheer.notificaties.abonnement import Aanvraag, Abonnementregel, Vorm
from schakel.relatiebeheer.notificaties.bezorging import Bezorging
from schakel.relatiebeheer.notificaties.geduld import Geduld
from schakel.relatiebeheer.notificaties.topics import TOPICS, Keuze
from schakel.storage.crypto import Kluis
from schakel.storage.notificaties.abonnementen import SqlAbonnementen
from schakel.storage.notificaties.outbox import SqlOutbox
from schakel.storage.pool import Database
from tests.edge.notificaties.abonnee import AUTH, Abonnee

KEY = b"s" * 32
AFZENDER = Afzender("https://schakel.lindewaard.example", "Lindewaard")
QUICK = Geduld(attempts=6, per_line=3, first=timedelta(milliseconds=30), longest=timedelta(milliseconds=200))
ALLES = tuple(Keuze(naam, {}) for naam in TOPICS)


@dataclass
class Huis:
    """The outbox of one database, and a worker that delivers."""

    db: Database
    abonnementen: SqlAbonnementen = field(init=False)

    def __post_init__(self) -> None:
        self.abonnementen = SqlAbonnementen(self.db, Kluis(KEY), system_clock)

    async def subscribe(
        self, who: Abonnee, *kanalen: Keuze, vorm: Vorm = Vorm.NOTIFICATIES, auth: str = AUTH, naam: str = "Proef"
    ) -> UUID:
        """Without the call to see whether it listens."""
        return await self.abonnementen.add(Aanvraag(naam, vorm, who.url, auth, kanalen or ALLES), None)

    async def happen(self, count: int, resources: Sequence[UUID] = (), actie: str = "update") -> list[UUID]:
        """That many lines, each of a resource of its own, or in turns of these."""
        ids = list(resources) or [new_id() for _ in range(count)]
        chosen = [ids[n % len(ids)] for n in range(count)]
        async with self.db.connection() as connection:
            for one in chosen:  # a transaction each: one line per resource and transaction
                await connection.execute(
                    "insert into gebeurtenis (resource, resource_id, actie) values ('partij', $1, $2)", one, actie
                )
        return chosen

    @asynccontextmanager
    async def delivering(self, geduld: Geduld = QUICK, patience: float = 5, **more: Any) -> AsyncIterator[Bezorging]:
        """A worker, stopped in order at the end."""
        outbox = SqlOutbox(self.db, Kluis(KEY))
        bezorger = HttpBezorger(AFZENDER, read_networks("127.0.0.0/8"), system_clock, patience)
        bezorging = Bezorging(outbox, bezorger, system_clock, geduld, **more)
        running = asyncio.create_task(bezorging.run())
        try:
            yield bezorging
        finally:
            bezorging.stop()
            await asyncio.wait_for(running, 20)
            await bezorger.close()

    async def state(self, abonnement_id: UUID, holds: Any, seconds: float = 20) -> Abonnementregel:
        """Wait until a person would see this."""
        async with asyncio.timeout(seconds):
            while not holds(regel := await self.abonnementen.one(abonnement_id)):  # noqa: ASYNC110  # no event
                await asyncio.sleep(0.05)
        return regel

    async def value(self, sql: str, *arguments: Any) -> Any:
        async with self.db.connection() as connection:
            return await connection.fetchval(sql, *arguments)
