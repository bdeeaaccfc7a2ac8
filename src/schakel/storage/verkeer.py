# SPDX-License-Identifier: EUPL-1.2
"""Verkeersregels, promises, Wisselcodes and attempt counters in PostgreSQL."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.werk import Verkeersregel
from schakel.storage.pool import Connection

VENSTER = timedelta(minutes=15)


class SqlVerkeer:
    """Fills kanaalintegratie's port `Verkeer`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, regel: Verkeersregel) -> None:
        await self._connection.execute(
            """insert into verkeersregel (kanaal, product, richting, begonnen_op, beeindigd_op, uitkomst, van_kanaal)
               values ($1, $2, $3, $4, $5, $6, $7)""",
            regel.kanaal,
            regel.product,
            regel.richting,
            regel.begonnen_op,
            regel.beeindigd_op,
            regel.uitkomst,
            regel.van_kanaal,
        )

    async def promise(self, interactie: UUID, kanaal: Kanaal, product: str, beloofd: datetime, at: datetime) -> None:
        await self._connection.execute(
            """insert into meting (interactie_id, kanaal, product, beloofd_op, begonnen_op)
               values ($1, $2, $3, $4, $5) on conflict do nothing""",
            interactie,
            kanaal,
            product,
            beloofd,
            at,
        )


class SqlWisselcodes:
    """Fills kanaalintegratie's port `Wisselcodes`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, digest: bytes, interactie_id: UUID, at: datetime, geldig_tot: datetime) -> None:
        await self._connection.execute(
            "insert into wisselcode (digest, interactie_id, uitgegeven_op, geldig_tot) values ($1, $2, $3, $4)",
            digest,
            interactie_id,
            at,
            geldig_tot,
        )

    async def redeem(self, digest: bytes, at: datetime) -> UUID | None:
        found: UUID | None = await self._connection.fetchval(  # KS-4: once, whoever comes first
            """update wisselcode set gebruikt_op = $2
               where digest = $1 and gebruikt_op is null and geldig_tot > $2 returning interactie_id""",
            digest,
            at,
        )
        return found


class SqlPogingen:
    """Fills kanaalintegratie's port `Pogingen`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def forgive(self, soort: str, wie: str, at: datetime) -> None:
        await self._connection.execute(
            "update pogingteller set aantal = aantal - 1 where sleutel = $1 and venster = $2 and aantal > 0",
            *_counter(soort, wie, at),
        )

    async def count(self, soort: str, wie: str, at: datetime) -> int:
        aantal: int = await self._connection.fetchval(
            """insert into pogingteller (sleutel, venster, aantal) values ($1, $2, 1)
               on conflict (sleutel, venster) do update set aantal = pogingteller.aantal + 1 returning aantal""",
            *_counter(soort, wie, at),
        )
        return aantal


def _counter(soort: str, wie: str, at: datetime) -> tuple[bytes, datetime]:
    """Key and window of one counter; who it was cannot be read from it."""
    venster = at - timedelta(seconds=at.timestamp() % VENSTER.total_seconds())
    return hashlib.sha256(f"{soort}:{wie}".encode()).digest(), venster
