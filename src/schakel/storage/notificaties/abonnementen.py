# SPDX-License-Identifier: EUPL-1.2
"""Abonnementen in PostgreSQL, the header of a subscriber as ciphertext; fills the port `Abonnementen`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from schakel.kanaalintegratie.gezondheid import Deel, Staat
from schakel.kit.clock import Clock
from schakel.kit.errors import NotFound, SchakelError
from schakel.kit.ids import new_id
from schakel.relatiebeheer.notificaties.abonnement import Aanvraag, Abonnementregel, Doodregel, Stand
from schakel.relatiebeheer.notificaties.topics import tables
from schakel.storage.crypto import Kluis
from schakel.storage.notificaties.rows import aanvraag_of, keuzes_of, keuzes_text, regel_of
from schakel.storage.pool import Connection, Database

_MOST = 10_000

_ROW = """select a.*, (select count(*) from niet_bezorgd d where d.abonnement_id = a.id) as dood from abonnement a"""
_BACKLOG = """select count(*) from (
    select from gebeurtenis g join abonnement a on a.id = $1
    where (g.transactie, g.id) > (a.transactie, a.positie) and g.resource = any($2) and g.id <> all(a.klaar)
    limit $3) waiting"""
_REPLAY = """update abonnement a set transactie = p.transactie, positie = p.id - 1, klaar = '{}', op_rij = 0,
    volgende_op = null, laatste_fout = '', stand = 'loopt', stand_sinds = now(), actief = true,
    generatie = generatie + 1
from (select transactie, id from gebeurtenis where moment >= $2 and id >= $3 order by transactie, id limit 1) p
where a.id = $1 returning a.id"""


class SqlAbonnementen:
    """Every change of a person raises `generatie`: who delivers begins anew with what it says now."""

    def __init__(self, database: Database, kluis: Kluis, clock: Clock) -> None:
        self._database, self._kluis, self._clock = database, kluis, clock

    async def all(self) -> Sequence[Abonnementregel]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(f"{_ROW} order by a.gemaakt_op desc, a.id")
            return [await _regel(connection, row) for row in rows]

    async def one(self, abonnement_id: UUID) -> Abonnementregel:
        async with self._database.connection() as connection:
            return await _regel(connection, _there(await connection.fetchrow(f"{_ROW} where a.id = $1", abonnement_id)))

    async def aanvraag(self, abonnement_id: UUID) -> Aanvraag:
        async with self._database.connection() as connection:
            row = _there(await connection.fetchrow("select * from abonnement where id = $1", abonnement_id))
        return aanvraag_of(row, self._kluis)

    async def add(self, aanvraag: Aanvraag, token_id: UUID | None) -> UUID:
        abonnement_id = new_id()
        await self._execute(
            """insert into abonnement (id, naam, vorm, url, auth_cijfer, kanalen, token_id, gemaakt_op)
               values ($1, $2, $3, $4, $5, $6, $7, $8)""",
            abonnement_id, *self._values(aanvraag), token_id, self._clock(),
        )  # fmt: skip
        return abonnement_id

    async def change(self, abonnement_id: UUID, aanvraag: Aanvraag) -> None:
        await self._execute(
            """update abonnement set naam = $2, vorm = $3, url = $4, auth_cijfer = $5, kanalen = $6,
                   generatie = generatie + 1 where id = $1""",
            abonnement_id, *self._values(aanvraag),
        )  # fmt: skip

    async def set_stand(self, abonnement_id: UUID, stand: Stand) -> None:
        await self._execute(
            """update abonnement set stand = $2, stand_sinds = now(), op_rij = 0, volgende_op = null, actief = true,
                   laatste_fout = case when $2 = 'loopt' then '' else laatste_fout end, generatie = generatie + 1
               where id = $1""",
            abonnement_id, stand,
        )  # fmt: skip

    async def replay(self, abonnement_id: UUID, *, since: datetime | None = None, number: int | None = None) -> int:
        async with self._database.transaction() as connection:
            _there(await connection.fetchrow("select id from abonnement where id = $1 for update", abonnement_id))
            if since is None and number is None:
                number = await connection.fetchval(
                    "select min(gebeurtenis_id) from niet_bezorgd where abonnement_id = $1", abonnement_id
                )
                if number is None:
                    return 0
            found = await connection.fetchval(_REPLAY, abonnement_id, since or datetime.min, number or 0)
            if found is None:
                return 0
            await connection.execute("delete from niet_bezorgd where abonnement_id = $1", abonnement_id)
            row = await connection.fetchrow("select id, kanalen from abonnement where id = $1", abonnement_id)
            return await _backlog(connection, _there(row))

    async def withdraw(self, abonnement_id: UUID) -> None:
        await self._execute("delete from abonnement where id = $1", abonnement_id)

    async def dood(self, abonnement_id: UUID, limit: int = 50) -> Sequence[Doodregel]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                """select d.gebeurtenis_id, g.resource, g.resource_id, g.actie, d.pogingen, d.fout, d.sinds
                   from niet_bezorgd d join gebeurtenis g on g.id = d.gebeurtenis_id
                   where d.abonnement_id = $1 order by d.sinds desc, d.gebeurtenis_id desc limit $2""",
                abonnement_id, limit,
            )  # fmt: skip
        return [Doodregel(**dict(row)) for row in rows]

    async def gezondheid(self) -> Deel:
        """A subscriber that stopped is work for a person; ours goes on."""
        try:
            async with self._database.connection() as connection:
                row = _there(await connection.fetchrow(
                    """select (select count(*) from abonnement where stand = 'loopt') as lopen,
                              (select count(*) from abonnement where stand = 'gestopt') as gestopt,
                              (select count(*) from niet_bezorgd) as niet_bezorgd"""
                ))  # fmt: skip
        except (SchakelError, asyncpg.PostgresError, OSError):
            return Deel("notificaties", Staat.FOUT, "De database antwoordt niet.")
        cijfers = dict(row)
        if cijfers["gestopt"]:
            said = "Een abonnement is gestopt, omdat het andere systeem niet antwoordt. Zie Beheer, Abonnementen."
            return Deel("notificaties", Staat.LET_OP, said, cijfers)
        if cijfers["niet_bezorgd"]:
            said = "Een ander systeem nam een notificatie niet aan. Zie Beheer, Abonnementen."
            return Deel("notificaties", Staat.LET_OP, said, cijfers)
        return Deel("notificaties", Staat.GOED, "Elk abonnement krijgt zijn notificaties.", cijfers)

    def _values(self, aanvraag: Aanvraag) -> tuple[object, ...]:
        auth = self._kluis.encrypt(aanvraag.auth) if aanvraag.auth else None
        return aanvraag.naam, aanvraag.vorm, aanvraag.url, auth, keuzes_text(aanvraag.kanalen)

    async def _execute(self, statement: str, *arguments: object) -> None:
        async with self._database.connection() as connection:
            tag = await connection.execute(statement, *arguments)
        if tag.endswith(" 0"):
            raise NotFound


async def _regel(connection: Connection, row: asyncpg.Record) -> Abonnementregel:
    return regel_of(row, await _backlog(connection, row))


async def _backlog(connection: Connection, row: asyncpg.Record) -> int:
    wanted = sorted(tables(keuzes_of(row["kanalen"])))
    found: int = await connection.fetchval(_BACKLOG, row["id"], wanted, _MOST)
    return found


def _there(row: asyncpg.Record | None) -> asyncpg.Record:
    if row is None:
        raise NotFound
    return row
