# SPDX-License-Identifier: EUPL-1.2
"""Calls in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from schakel.begrippen.kanaal import Kanaal
from schakel.begrippen.kanaalsessie import Sessiegebeurtenis, Sessiesoort, Sessiestaat, Sessiestand
from schakel.kanaalintegratie.kanaalsessies import Kanaalsessie
from schakel.kit.ids import new_id
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.storage.pool import Connection, Database

_SESSIE = "id, staat, nummer, begonnen_op, verbonden_op, beeindigd_op"


class SqlKanaalsessies:
    """Fills kanaalintegratie's port `Kanaalsessies`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, gebeurtenis: Sessiegebeurtenis, at: datetime) -> tuple[UUID, Sequence[Sessiegebeurtenis]]:
        g = gebeurtenis
        sessie_id: UUID = await self._connection.fetchval(
            """insert into kanaalsessie (id, kanaal, account, sleutel, begonnen_op, vervalt_op)
               values ($1, $2, $3, $4, $5, $6)
               on conflict (account, sleutel) do update set account = excluded.account returning id""",
            *(new_id(), Kanaal.TELEFOON, g.account, g.sleutel, g.tijdstip, vervalt_op("kanaalsessie", at)),
        )
        await self._connection.execute(
            """insert into sessiegebeurtenis (sessie_id, soort, deel, tijdstip, nummer, toestel, ontvangen_op)
               values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing""",
            *(sessie_id, g.soort, g.deel, g.tijdstip, g.nummer, g.toestel, at),
        )
        rows = await self._connection.fetch(
            "select soort, tijdstip, deel, nummer, toestel from sessiegebeurtenis where sessie_id = $1", sessie_id
        )
        return sessie_id, [
            Sessiegebeurtenis(
                g.account,
                g.sleutel,
                Sessiesoort(row["soort"]),
                row["tijdstip"],
                row["deel"],
                row["nummer"],
                row["toestel"],
            )
            for row in rows
        ]

    async def set_stand(self, sessie_id: UUID, stand: Sessiestand, at: datetime) -> Sessiestaat | None:
        before = await self._connection.fetchval("select staat from kanaalsessie where id = $1", sessie_id)
        await self._connection.execute(
            """update kanaalsessie set staat = $2, nummer = $3, toestellen = $4, begonnen_op = $5, verbonden_op = $6,
                 beeindigd_op = $7 where id = $1""",
            sessie_id,
            stand.staat,
            stand.nummer,
            sorted(stand.toestellen),
            stand.begonnen_op,
            stand.verbonden_op,
            stand.beeindigd_op,
        )
        return Sessiestaat(before) if before else None

    async def finish(self, sessie_id: UUID, actor_id: UUID, interactie_id: UUID | None, at: datetime) -> bool:
        tag: str = await self._connection.execute(
            """update kanaalsessie set klaar_op = $4, klaar_door = $2, interactie_id = $3
               where id = $1 and klaar_op is null""",
            *(sessie_id, actor_id, interactie_id, at),
        )
        return tag == "UPDATE 1"


class SqlTelefoonlijst:
    """Fills kanaalintegratie's port `Telefoonlijst`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def toestel_of(self, actor_id: UUID) -> str:
        async with self._database.connection() as connection:
            return await connection.fetchval("select toestel from actor where id = $1", actor_id) or ""

    async def set_toestel(self, actor_id: UUID, toestel: str) -> None:
        async with self._database.transaction() as connection:
            await connection.execute("update actor set toestel = null where toestel = $1", toestel)
            await connection.execute("update actor set toestel = nullif($2, '') where id = $1", actor_id, toestel)

    async def current(self, toestel: str, since: datetime) -> Kanaalsessie | None:
        return await self._one(
            f"""select {_SESSIE} from kanaalsessie
                where toestellen @> array[$1] and klaar_op is null and begonnen_op > $2
                  and (beeindigd_op is null or staat = 'nawerk')
                order by beeindigd_op is not null, begonnen_op desc limit 1""",
            *(toestel, since),
        )

    async def get(self, sessie_id: UUID) -> Kanaalsessie | None:
        return await self._one(f"select {_SESSIE} from kanaalsessie where id = $1", sessie_id)

    async def missed(self, since: datetime, limit: int) -> Sequence[Kanaalsessie]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                f"""select * from (
                      select distinct on (nummer) {_SESSIE} from kanaalsessie m
                      where staat = 'gemist' and klaar_op is null and beeindigd_op > $1 and nummer <> ''
                        and not exists (select from kanaalsessie s where s.nummer = m.nummer
                                        and s.verbonden_op > m.beeindigd_op)
                      order by nummer, begonnen_op desc) gemist
                    order by begonnen_op limit $2""",
                *(since, limit),
            )
        return [_to_sessie(row) for row in rows]

    async def _one(self, sql: str, *arguments: object) -> Kanaalsessie | None:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(sql, *arguments)
        return _to_sessie(row) if row else None


def _to_sessie(row: asyncpg.Record) -> Kanaalsessie:
    return Kanaalsessie(**{**dict(row), "staat": Sessiestaat(row["staat"])})
