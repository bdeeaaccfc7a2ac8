# SPDX-License-Identifier: EUPL-1.2
"""Putting jobs in, and looking at those that are held."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from pgqueuer.db import AsyncpgDriver

from schakel.storage.pool import Connection


class HeldJob(msgspec.Struct, frozen=True):
    """A job that failed too often; a person decides. `fout` is the type of the error and its place, never its text."""

    id: int
    soort: str
    sinds: datetime
    pogingen: int
    fout: str


async def enqueue(
    connection: Connection,
    entrypoint: str,
    payload: bytes,
    *,
    delay: timedelta | None = None,
    dedupe_key: str | None = None,
) -> None:
    """Add one job in the caller's own transaction: it exists exactly when what caused it exists.

    `dedupe_key` names the work itself: nothing is added while the same work waits or runs. It does not fit "something
    changed, look again", because what runs may have looked already.
    """
    await connection.execute(
        """insert into pgqueuer (priority, status, entrypoint, payload, execute_after, dedupe_key)
           values (0, 'queued', $1, $2, now() + $3::interval, $4)
           on conflict do nothing""",
        entrypoint,
        payload,
        delay or timedelta(),
        dedupe_key,
    )


async def held(connection: Connection, limit: int = 100) -> Sequence[HeldJob]:
    """Oldest first."""
    rows = await connection.fetch(
        """select q.id, q.entrypoint as soort, q.updated as sinds, q.attempts + 1 as pogingen,
                  coalesce((select l.traceback ->> 'exception_message' from pgqueuer_log l
                            where l.job_id = q.id and l.traceback is not null
                            order by l.id desc limit 1), '') as fout
           from pgqueuer q where q.status = 'failed' order by q.updated, q.id limit $1""",
        limit,
    )
    return [HeldJob(**dict(row)) for row in rows]


async def release(connection: Connection, job_id: int) -> bool:
    """Queue a held job again, with its attempts forgotten; False when it was not held.

    When the same work was queued anew in the meantime, that one does it and this one goes.
    """
    tag: str = await connection.execute(
        """with same as (
             select 1 from pgqueuer h join pgqueuer q using (dedupe_key)
             where h.id = $1 and h.status = 'failed' and q.status in ('queued', 'picked')),
           gone as (delete from pgqueuer where id = $1 and status = 'failed' and exists (select from same)
                    returning id),
           back as (update pgqueuer set status = 'queued', attempts = 0, execute_after = now(), updated = now(),
                      queue_manager_id = null
                    where id = $1 and status = 'failed' and not exists (select from same) returning id)
           select id from gone union all select id from back""",
        job_id,
    )
    return tag == "SELECT 1"


async def tidy(driver: AsyncpgDriver, older_than: timedelta = timedelta(days=7)) -> None:
    """Forget what is over. PgQueuer logs every job for ever; of a job that is still there the reason stays."""
    await driver.execute(
        """delete from pgqueuer_log l where l.created < now() - $1::interval
             and not exists (select from pgqueuer q where q.id = l.job_id)""",
        older_than,
    )
    await driver.execute("delete from pgqueuer_statistics where created < now() - $1::interval", 12 * older_than)
