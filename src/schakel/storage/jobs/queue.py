# SPDX-License-Identifier: EUPL-1.2
"""Putting jobs in, and looking at those that are held."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from schakel.storage.pool import Connection


class HeldJob(msgspec.Struct, frozen=True):
    """A job that failed too often; a person decides. `fout` is the type of the error, without its text."""

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
    """Add one job in the caller's own transaction: it exists exactly when what caused it exists."""
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
        """select q.id, q.entrypoint as soort, q.updated as sinds, q.attempts as pogingen,
                  coalesce((select l.traceback ->> 'exception_message' from pgqueuer_log l
                            where l.job_id = q.id and l.traceback is not null
                            order by l.created desc limit 1), '') as fout
           from pgqueuer q where q.status = 'failed' order by q.updated limit $1""",
        limit,
    )
    return [HeldJob(**dict(row)) for row in rows]


async def release(connection: Connection, job_id: int) -> bool:
    """Queue a held job again, with its attempts forgotten; False when it was not held."""
    tag: str = await connection.execute(
        """update pgqueuer set status = 'queued', attempts = 0, execute_after = now(), updated = now(),
             queue_manager_id = null
           where id = $1 and status = 'failed'""",
        job_id,
    )
    return tag == "UPDATE 1"
