# SPDX-License-Identifier: EUPL-1.2
"""Outbox in PostgreSQL; fills the port `Outbox`. Who takes charge of an abonnement holds a lock of its session."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from schakel.relatiebeheer.notificaties.abonnement import Abonnement, Dood, Gebeurtenis, Plaats, Voortgang
from schakel.storage.crypto import Kluis
from schakel.storage.notificaties.rows import abonnement_of, gebeurtenis_of
from schakel.storage.pool import LINE_FAULTS, Database, StorageUnavailable

DELIVERED, LONGEST = timedelta(days=7), timedelta(days=30)  # how long a line is there to be sent again
_BATCH = 10_000
_LOCK = 0x4E4F54  # "NOT"

_ABONNEMENT = """select id, generatie, naam, vorm, url, auth_cijfer, kanalen, transactie::text::bigint as xid, positie,
    klaar, stand, op_rij, volgende_op, laatste_fout, bezorgd, laatst_gelukt
from abonnement where id = $1 and stand = 'loopt'"""

# A transaction that still runs may yet add lines before those of one that began later.
_AFTER = """select id, transactie::text::bigint as xid, resource, resource_id, actie, moment, kenmerken
from gebeurtenis
where (transactie, id) > ($1::bigint::text::xid8, $2) and transactie < pg_snapshot_xmin(pg_current_snapshot())
order by transactie, id limit $3"""

_KEEP = """with kept as (
    update abonnement set transactie = $3::bigint::text::xid8, positie = $4, klaar = $5, stand = $6, op_rij = $7,
        volgende_op = $8, laatste_fout = $9, bezorgd = $10, laatst_gelukt = $11,
        stand_sinds = case when stand = $6 then stand_sinds else now() end
    where id = $1 and generatie = $2 returning id),
dead as (
    insert into niet_bezorgd (abonnement_id, gebeurtenis_id, pogingen, fout, sinds)
    select kept.id, d.* from kept, unnest($12::bigint[], $13::int[], $14::text[], $15::timestamptz[]) d (id, n, f, s)
    where exists (select from gebeurtenis g where g.id = d.id)
    on conflict (abonnement_id, gebeurtenis_id) do update set pogingen = excluded.pogingen, fout = excluded.fout)
select count(*) from kept"""

# Dead lines stay to be seen until the longest term; an abonnement that nobody brought back by then keeps nothing more.
_TIDY = """with gone as (
    select g.id from gebeurtenis g
    where g.moment < $2 or (g.moment < $1
        and not exists (select from abonnement a where a.actief and (a.transactie, a.positie) < (g.transactie, g.id))
        and not exists (select from niet_bezorgd d where d.gebeurtenis_id = g.id))
    order by g.moment limit $3)
delete from gebeurtenis where id in (select id from gone)"""
_FORGET = "update abonnement set actief = false where actief and stand <> 'loopt' and stand_sinds < $1"


class SqlOutbox:
    """One per process that delivers."""

    def __init__(self, database: Database, kluis: Kluis) -> None:
        self._database, self._kluis = database, kluis
        self._session: asyncpg.Connection | None = None
        self._turn = asyncio.Lock()

    async def close(self) -> None:
        """Let every abonnement go."""
        session, self._session = self._session, None
        if session is not None:
            with suppress(*LINE_FAULTS):
                await session.close(timeout=5)

    async def running(self) -> Mapping[UUID, int]:
        """None at all when the locks were lost with their connection: then everything begins anew."""
        if self._session is not None and self._session.is_closed():
            self._session = None
            return {}
        async with self._database.connection() as connection:
            rows = await connection.fetch("select id, generatie from abonnement where stand = 'loopt'")
        return {row["id"]: row["generatie"] for row in rows}

    async def claim(self, abonnement_id: UUID) -> Abonnement | None:
        if not await self._on_session("select pg_try_advisory_lock($1, hashtext($2))", abonnement_id):
            return None
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_ABONNEMENT, abonnement_id)
        if row is None:
            await self.release(abonnement_id)
            return None
        return abonnement_of(row, self._kluis)

    async def release(self, abonnement_id: UUID) -> None:
        await self._on_session("select pg_advisory_unlock($1, hashtext($2))", abonnement_id)

    async def after(self, plaats: Plaats, limit: int) -> Sequence[Gebeurtenis]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_AFTER, plaats.transactie, plaats.id, limit)
        return [gebeurtenis_of(row) for row in rows]

    async def keep(self, abonnement: Abonnement, voortgang: Voortgang) -> bool:
        plaats = voortgang.plaats
        async with self._database.connection() as connection:
            kept = await connection.fetchval(
                _KEEP, abonnement.id, abonnement.generatie, plaats.transactie, plaats.id, list(plaats.klaar),
                voortgang.stand, voortgang.op_rij, voortgang.volgende_op, voortgang.fout, voortgang.bezorgd,
                voortgang.laatst_gelukt, *_columns(voortgang.dood),
            )  # fmt: skip
        return bool(kept)

    async def tidy(self, now: datetime) -> int:
        gone = 0
        async with self._database.connection() as connection:
            await connection.execute(_FORGET, now - LONGEST)
            while True:
                tag = await connection.execute(_TIDY, now - DELIVERED, now - LONGEST, _BATCH)
                gone += int(tag.rpartition(" ")[2])
                if int(tag.rpartition(" ")[2]) < _BATCH:
                    return gone

    async def _on_session(self, statement: str, abonnement_id: UUID) -> bool:
        """The locks are of this connection: when the process dies, PostgreSQL gives them back."""
        async with self._turn:
            try:
                if self._session is None or self._session.is_closed():
                    self._session = await asyncpg.connect(
                        self._database.url, timeout=10, server_settings={"application_name": "schakel-notificaties"}
                    )
                return bool(await self._session.fetchval(statement, _LOCK, str(abonnement_id)))
            except LINE_FAULTS as lost:
                raise StorageUnavailable from lost


def _columns(dood: Sequence[Dood]) -> tuple[list[object], ...]:
    return (
        [one.gebeurtenis_id for one in dood],
        [one.pogingen for one in dood],
        [one.fout for one in dood],
        [one.sinds for one in dood],
    )
