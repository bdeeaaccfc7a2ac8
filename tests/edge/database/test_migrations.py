# SPDX-License-Identifier: EUPL-1.2
"""Migrations: forward, back and forward again leave the same schema; PgQueuer finds its own in it."""

import asyncio
import sys
from collections import Counter
from pathlib import Path

import asyncpg
import pytest
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries

from schakel.storage import migrations
from schakel.storage.migrations import MIGRATION_LOCK, downgrade, migrate

#: Everything a revision can make, as PostgreSQL itself describes it.
SCHEMA = """
select 'kolom', table_name || '.' || column_name, data_type || is_nullable
       || coalesce(column_default, '') || coalesce(generation_expression, '')
from information_schema.columns where table_schema = 'public'
union all select 'regel', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
from pg_constraint where connamespace = 'public'::regnamespace
union all select 'index', indexname, indexdef from pg_indexes where schemaname = 'public'
union all select 'trigger', tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
union all select 'functie', proname, pg_get_functiondef(p.oid) from pg_proc p
where pronamespace = 'public'::regnamespace and prokind = 'f'
  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
union all select 'soort', typname, coalesce((select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum
                                             where enumtypid = t.oid), '')
from pg_type t where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
union all select 'relatie', relname, relkind::text || relpersistence::text || relrowsecurity
from pg_class where relnamespace = 'public'::regnamespace and relname not like 'alembic%'
union all select 'uitbreiding', extname, '' from pg_extension
union all select 'beeld', viewname, definition from pg_views where schemaname = 'public'
"""


async def describe(url: str) -> Counter[tuple[str, str, str]]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(SCHEMA)
        return Counter(tuple(row) for row in rows if not row[1].startswith("alembic_version"))
    finally:
        await connection.close()


async def test_every_revision_goes_up_down_and_up_without_a_trace(database_url: str) -> None:
    head = await describe(database_url)
    assert ("relatie", "pgqueuer", "rpfalse") in head
    await downgrade(database_url, "base")
    empty = await describe(database_url)
    assert {kind for kind, _, _ in empty} <= {"uitbreiding"}
    revisions = sorted(path.stem[1:5] for path in (Path(migrations.__file__).parent / "versions").glob("v*.py"))
    before = empty
    for revision in revisions:
        await migrate(database_url, revision)
        after = await describe(database_url)
        await downgrade(database_url, "-1")
        assert await describe(database_url) == before, revision
        await migrate(database_url, revision)
        assert await describe(database_url) == after, revision
        before = after
    assert before == head


async def test_every_revision_has_both_files_and_no_file_is_left_over() -> None:
    folder = Path(migrations.__file__).parent
    revisions = {path.stem[1:] for path in (folder / "versions").glob("v*.py")}
    wanted = {f"{name}.{way}.sql" for name in revisions for way in ("up", "down")}
    assert {path.name for path in (folder / "sql").iterdir()} == wanted


async def test_two_processes_that_migrate_at_once_wait_for_each_other(database_url: str) -> None:
    head = await describe(database_url)
    await downgrade(database_url, "base")
    gate = await asyncpg.connect(database_url)
    await gate.execute("select pg_advisory_lock($1)", MIGRATION_LOCK)
    script = "import asyncio, sys; from schakel.storage.migrations import migrate; asyncio.run(migrate(sys.argv[1]))"
    others = [await asyncio.create_subprocess_exec(sys.executable, "-c", script, database_url) for _ in range(2)]
    ours = asyncio.gather(*(migrate(database_url) for _ in range(2)))
    await asyncio.sleep(1)
    assert not ours.done()
    await gate.close()
    await ours
    assert await asyncio.gather(*(other.wait() for other in others)) == [0, 0]
    assert await describe(database_url) == head


async def test_pgqueuer_misses_nothing_but_its_own_trigger(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        plan = await Queries(AsyncpgDriver(connection)).plan_upgrade()
    finally:
        await connection.close()
    assert all("trigger" in text.lower() or "fn_pgqueuer_changed" in text for text in plan.statements), plan.statements


async def test_a_url_keeps_its_options(database_url: str) -> None:
    await migrate(database_url + "?sslmode=disable&application_name=proef")
    with pytest.raises(ConnectionError):
        await migrate(database_url + "?sslmode=require")


async def test_many_jobs_in_one_transaction_wake_the_workers_once(database_url: str) -> None:
    heard: list[object] = []
    listener, writer = await asyncpg.connect(database_url), await asyncpg.connect(database_url)
    try:
        await listener.add_listener("ch_pgqueuer", lambda *said: heard.append(said[3]))
        async with writer.transaction():
            for _ in range(50):
                await writer.execute("insert into pgqueuer (priority, status, entrypoint) values (0, 'queued', 'x')")
        await writer.execute("update pgqueuer set updated = now()")
        await writer.execute("delete from pgqueuer")
        await asyncio.sleep(0.3)
        assert len(heard) == 1
    finally:
        await listener.close()
        await writer.close()
