# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: PT012 -- a transaction is left by an error
"""The pool: whole transactions, an error a person can act on when the database is away, and back by itself."""

import asyncio
import os
import signal

import asyncpg
import pytest

from schakel.kit.settings import Settings
from schakel.storage.cluster import cluster
from schakel.storage.pool import Database, StorageUnavailable


async def test_a_transaction_is_whole_or_not_at_all(db: Database) -> None:
    async with db.connection() as connection:
        await connection.execute("create table proef (n int)")
    with pytest.raises(ValueError, match="halverwege"):
        async with db.transaction() as connection:
            await connection.execute("insert into proef values (1)")
            raise ValueError("halverwege")
    async with db.transaction() as connection:
        await connection.execute("insert into proef values (2)")
    async with db.connection() as connection:
        assert await connection.fetchval("select array_agg(n) from proef") == [2]


async def test_a_mistake_in_a_call_is_not_taken_for_a_lost_database(db: Database) -> None:
    with pytest.raises(asyncpg.InterfaceError):
        async with db.connection() as connection:
            await connection.fetchval("select 1", "één te veel")
    with pytest.raises(TimeoutError):
        async with db.connection():
            raise TimeoutError  # somebody else's silence, while we hold a connection
    with pytest.raises(asyncpg.UndefinedTableError):
        async with db.connection() as connection:
            await connection.fetchval("select 1 from bestaat_niet")


async def test_a_statement_that_never_ends_is_ended(db: Database) -> None:
    async with db.connection() as connection:
        assert await connection.fetchval("show statement_timeout") == "30s"
        assert await connection.fetchval("show jit") == "off"


async def test_a_database_that_is_away_is_named_and_found_again(settings: Settings) -> None:
    with pytest.raises(StorageUnavailable):
        await Database("postgresql://niemand@127.0.0.1:1/x").open()
    async with cluster(settings) as running:
        database = Database(running.url, min_size=2, max_size=4)
        await database.open()
        try:
            with pytest.raises(StorageUnavailable) as lost:
                async with database.transaction() as connection:
                    os.kill(running.pid, signal.SIGKILL)
                    await connection.fetchval("select pg_sleep(20)")
            assert lost.value.status == 503
            async with asyncio.timeout(20):
                while True:
                    try:
                        async with database.connection() as connection:
                            assert await connection.fetchval("select 1") == 1
                        break
                    except StorageUnavailable:
                        await asyncio.sleep(0.1)
            async with database.connection() as one, database.connection() as two, database.connection() as three:
                assert [await c.fetchval("select 1") for c in (one, two, three)] == [1, 1, 1]
        finally:
            await database.close()
    with pytest.raises(StorageUnavailable):
        async with database.connection():
            pass
