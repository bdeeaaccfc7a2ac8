# SPDX-License-Identifier: EUPL-1.2
"""Originelen in PostgreSQL: the raw message, stored before anyone is told OK."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec

from schakel.begrippen.gespreksbijdrage import Gespreksbijdrage
from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.werk import Origineel
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.storage.jobs import enqueue
from schakel.storage.pool import Connection
from schakel.storage.vindplaatsen import take_place


class SqlOriginelen:
    """Fills kanaalintegratie's port `Originelen`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, origineel: Origineel, wait: timedelta) -> bool:
        if origineel.vindplaats and not await take_place(self._connection, origineel):
            return False
        await self._connection.execute(
            """insert into origineel (id, kanaal, envelop, inhoud, ontvangen_op, vervalt_op)
               values ($1, $2, $3, $4, $5, $6)""",
            origineel.id,
            origineel.kanaal,
            msgspec.json.encode(origineel.envelop).decode(),
            origineel.inhoud,
            origineel.ontvangen_op,
            vervalt_op("origineel", origineel.ontvangen_op),
        )
        await enqueue(self._connection, "registreer", origineel.id.bytes, delay=wait or None)
        return True

    async def registered_as(self, origineel_id: UUID) -> tuple[UUID, str] | None:
        row = await self._connection.fetchrow(
            """select i.id, i.nummer from origineel o
               join gespreksbijdrage g on g.origineel_id = coalesce(o.tweeling_van, o.id)
               join interactie i on i.id = g.interactie_id where o.id = $1""",
            origineel_id,
        )
        return (row["id"], row["nummer"]) if row else None

    async def take(self, origineel_id: UUID) -> Origineel | None:
        row = await self._connection.fetchrow(
            """select id, kanaal, envelop, inhoud, ontvangen_op from origineel
               where id = $1 and status = 'ontvangen' for update""",
            origineel_id,
        )
        return _to_origineel(row) if row else None

    async def twin_of(self, bijdrage: Gespreksbijdrage, within: timedelta) -> UUID | None:
        if not bijdrage.vingerafdruk:
            return None
        lock = int.from_bytes(hashlib.sha256(bijdrage.vingerafdruk.encode()).digest()[:8], signed=True)
        await self._connection.execute("select pg_advisory_xact_lock($1)", lock)
        found: UUID | None = await self._connection.fetchval(
            """select id from origineel
               where vingerafdruk = $1 and vingerafdruk <> '' and kenmerk = $2 and status = 'geregistreerd'
                 and (kenmerk <> '' or ontvangen_op > $3)
               order by ontvangen_op limit 1""",
            bijdrage.vingerafdruk,
            bijdrage.references.kenmerk,
            bijdrage.ontvangen_op - within,
        )
        return found

    async def mark_registered(self, origineel_id: UUID, bijdrage: Gespreksbijdrage, at: datetime) -> None:
        await self._connection.execute(
            "update origineel set status = 'geregistreerd', kenmerk = $2, vingerafdruk = $3 where id = $1",
            origineel_id,
            bijdrage.references.kenmerk,
            bijdrage.vingerafdruk,
        )

    async def mark_twin(self, origineel_id: UUID, of: UUID, at: datetime) -> None:
        await self._connection.execute(
            "update origineel set status = 'tweeling', tweeling_van = $2 where id = $1", origineel_id, of
        )


def _to_origineel(row: asyncpg.Record) -> Origineel:
    return Origineel(
        id=row["id"],
        kanaal=Kanaal(row["kanaal"]),
        envelop=msgspec.json.decode(row["envelop"], type=dict[str, object]),
        inhoud=row["inhoud"],
        ontvangen_op=row["ontvangen_op"],
    )
