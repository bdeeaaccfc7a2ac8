# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: ASYNC110, PT012 -- what happens in the database has no event; a transaction is left by an error
"""Jobs: there exactly when their cause is, tried again, held for a person, and never lost with their worker."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from schakel.storage.jobs import Handler, Jobs, Retries, enqueue, held, release
from schakel.storage.pool import Database
from tests.edge.database.conftest import Children

QUICK = Retries(attempts=3, pause=timedelta(milliseconds=150))
BSN, MAIL = "999993653", "jan@post.example"


@contextlib.asynccontextmanager
async def working(database: Database, handlers: dict[str, Handler], **options: object) -> AsyncIterator[Jobs]:
    jobs = Jobs(database.url, handlers, **{"retries": QUICK, **options})  # type: ignore[arg-type]
    running = asyncio.create_task(jobs.run())
    try:
        yield jobs
    finally:
        jobs.stop()
        await asyncio.wait_for(running, 20)


async def eventually(holds: Callable[[], Awaitable[bool]], seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while not await holds():
            await asyncio.sleep(0.05)


async def count(database: Database, status: str = "") -> int:
    async with database.connection() as connection:
        found: int = await connection.fetchval("select count(*) from pgqueuer where $1 in ('', status::text)", status)
    return found


async def put(database: Database, *kinds: str, **options: object) -> None:
    async with database.transaction() as connection:
        for kind in kinds:
            await enqueue(connection, kind, b"lading", **options)  # type: ignore[arg-type]


async def test_a_job_exists_exactly_when_its_transaction_does(db: Database) -> None:
    seen: list[bytes] = []

    async def note(payload: bytes) -> None:
        seen.append(payload)

    async with working(db, {"noteer": note}):
        with pytest.raises(ValueError, match="toch niet"):
            async with db.transaction() as connection:
                await enqueue(connection, "noteer", b"nooit")
                raise ValueError("toch niet")
        async with db.transaction() as connection:
            await enqueue(connection, "noteer", b"wel")
            await asyncio.sleep(1.2)  # a poll long
            assert seen == []
        await eventually(lambda: _is(seen, [b"wel"]))
        await eventually(lambda: _none(db))


async def test_a_failing_job_is_tried_again_then_held_without_its_text_and_can_be_released(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[float] = []
    broken = True

    async def fragile(payload: bytes) -> None:
        tried.append(time.monotonic())
        if broken:
            raise ValueError(f"bsn {BSN} van {MAIL}")

    async with working(db, {"breekbaar": fragile}):
        await put(db, "breekbaar")
        await eventually(lambda: _held(db))
        assert len(tried) == QUICK.attempts
        assert tried[2] - tried[1] > tried[1] - tried[0]
        async with db.connection() as connection:
            job = (await held(connection))[0]
            logged = json.dumps([str(dict(row)) for row in await connection.fetch("select * from pgqueuer_log")])
        assert (job.soort, job.pogingen) == ("breekbaar", 3)
        assert job.fout.startswith("ValueError in ")
        assert "test_jobs" in job.fout
        for text in (logged, caplog.text, job.fout):
            assert BSN not in text
            assert MAIL not in text
        broken = False
        async with db.transaction() as connection:
            assert await release(connection, job.id)
            assert not await release(connection, job.id)
        await eventually(lambda: _none(db))
        assert len(tried) == 4


async def test_a_released_job_whose_work_is_queued_anew_gives_way(db: Database) -> None:
    await put(db, "werk", dedupe_key="zelfde")
    async with db.transaction() as connection:
        await connection.execute("update pgqueuer set status = 'failed'")
        await enqueue(connection, "werk", b"nieuw", dedupe_key="zelfde")
        await enqueue(connection, "werk", b"dubbel", dedupe_key="zelfde")
        job = (await held(connection))[0]
        assert await release(connection, job.id)
        rows = await connection.fetch("select payload, status::text from pgqueuer")
    assert [tuple(row) for row in rows] == [(b"nieuw", "queued")]


async def test_a_delayed_job_waits(db: Database) -> None:
    started, seen = time.monotonic(), []

    async def note(payload: bytes) -> None:
        seen.append(time.monotonic() - started)

    async with working(db, {"later": note}):
        await put(db, "later", delay=timedelta(seconds=0.7))
        await eventually(lambda: _none(db))
    assert 0.7 <= seen[0] < 2.5


async def test_no_more_of_one_kind_at_once_than_its_limit(db: Database) -> None:
    now = most = done = 0

    async def slow(payload: bytes) -> None:
        nonlocal now, most, done
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.05)
        now -= 1
        done += 1

    await put(db, *["traag"] * 12)
    async with working(db, {"traag": slow}, limits={"traag": 2}):
        await eventually(lambda: _none(db))
    assert (most, done) == (2, 12)


async def test_a_killed_worker_loses_nothing(db: Database, children: Children) -> None:
    seen: list[bytes] = []

    async def note(payload: bytes) -> None:
        seen.append(payload)

    await put(db, "lang")
    worker = await children.start("work_jobs.py", db.url, "2")
    assert worker.said == "bezig"
    assert await count(db, "picked") == 1
    worker.kill()
    killed = time.monotonic()
    async with working(db, {"lang": note}, silence=timedelta(seconds=2)):
        await eventually(lambda: _is(seen, [b"lading"]))
        assert time.monotonic() - killed < 6
        await eventually(lambda: _none(db))


async def test_a_worker_that_ends_in_the_middle_gives_its_job_back(db: Database, children: Children) -> None:
    await put(db, "lang")
    worker = await children.start("work_jobs.py", db.url, "10", "kort")
    await asyncio.wait_for(worker.process.wait(), 20)
    assert await count(db) == 1  # PgQueuer alone would have deleted it as cancelled


async def test_a_lost_connection_is_made_anew(db: Database) -> None:
    seen: list[bytes] = []

    async def note(payload: bytes) -> None:
        seen.append(payload)

    async with working(db, {"noteer": note}):
        await put(db, "noteer")
        await eventually(lambda: _is(seen, [b"lading"]))
        async with db.connection() as connection:
            await connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where application_name = 'schakel-jobs' and datname = current_database()"
            )
        await put(db, "noteer")
        await eventually(lambda: _is(seen, [b"lading", b"lading"]))


async def test_what_is_over_is_forgotten_and_what_is_held_keeps_its_reason(db: Database) -> None:
    async with db.connection() as connection:
        await connection.execute(
            """insert into pgqueuer (id, priority, status, entrypoint) values (7000, 0, 'failed', 'x');
               insert into pgqueuer_log (job_id, status, priority, entrypoint, created)
               select n, 'successful', 0, 'x', now() - interval '8 days' from generate_series(7000, 7009) n;"""
        )
    async with working(db, {"x": _nothing}):
        await eventually(lambda: _logged(db, 1))


async def _nothing(payload: bytes) -> None:
    pass


async def _logged(database: Database, wanted: int) -> bool:
    async with database.connection() as connection:
        found: int = await connection.fetchval("select count(*) from pgqueuer_log")
    return found == wanted


async def _is(seen: list[bytes], wanted: list[bytes]) -> bool:
    return seen == wanted


async def _none(database: Database) -> bool:
    return await count(database) == 0


async def _held(database: Database) -> bool:
    return await count(database, "failed") == 1
