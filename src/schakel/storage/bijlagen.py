# SPDX-License-Identifier: EUPL-1.2
"""Bijlagen in PostgreSQL: kept with the job that has them looked at, whichever kanaal brought them."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from schakel.begrippen.gespreksbijdrage import Bijlage
from schakel.begrippen.virusoordeel import Virusoordeel
from schakel.kit.ids import new_id
from schakel.kit.text import clean
from schakel.storage.jobs import enqueue
from schakel.storage.pool import Connection, Database

CONTROLEER = "controleer"


class SqlBijlagen:
    """Fills kanaalintegratie's port `Bijlagen`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def to_control(self, bijlage_id: UUID) -> bytes | None:
        found: bytes | None = await self._connection.fetchval(
            "select inhoud from bijlage where id = $1 and controle = 'wacht'", bijlage_id
        )
        return found

    async def judge(self, bijlage_id: UUID, oordeel: Virusoordeel, at: datetime) -> UUID | None:
        found: UUID | None = await self._connection.fetchval(
            "update bijlage set controle = $2, controle_op = $3 where id = $1 returning interactie_id",
            *(bijlage_id, oordeel, at),
        )
        return found

    async def control_later(self, bijlage_id: UUID, wait: timedelta) -> None:
        await enqueue(self._connection, CONTROLEER, bijlage_id.bytes, delay=wait)


async def expect_scanner(database: Database, *, there: bool) -> None:
    """Whether what comes in from now on waits until it was looked at."""
    async with database.connection() as connection:
        if there:
            await connection.execute("insert into instelling values ('virusscanner', 'ja') on conflict do nothing")
        else:
            await connection.execute("delete from instelling where sleutel = 'virusscanner'")


async def add_bijlage(
    connection: Connection,
    interactie_id: UUID,
    bijlage: Bijlage,
    at: datetime,
    *,
    gespreksbijdrage_id: UUID | None = None,
    verzoek_id: UUID | None = None,
    veld: str = "",
) -> None:
    """Of a gespreksbijdrage, or the answer to a field of a verzoek."""
    bijlage_id = new_id()
    oordeel = await connection.fetchval(
        """insert into bijlage (id, interactie_id, gespreksbijdrage_id, verzoek_id, veld, naam, mediatype, grootte,
             sha256, inhoud, ontvangen_op, controle)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
             case when exists (select from instelling where sleutel = 'virusscanner') then 'wacht' else 'zonder' end)
           returning controle""",
        bijlage_id,
        interactie_id,
        gespreksbijdrage_id,
        verzoek_id,
        veld,
        clean(bijlage.naam),
        clean(bijlage.mediatype),
        len(bijlage.inhoud),
        hashlib.sha256(bijlage.inhoud).digest(),
        bijlage.inhoud,
        at,
    )
    if oordeel == Virusoordeel.WACHT:
        await enqueue(connection, CONTROLEER, bijlage_id.bytes)
