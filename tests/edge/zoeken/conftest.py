# SPDX-License-Identifier: EUPL-1.2
"""All 5,000 inwoners in a real database, once for all tests that only look."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import asyncpg
import pytest_asyncio

from schakel.storage.crypto import Kluis
from schakel.storage.pool import Database
from schakel.storage.seed.rows import COLUMNS, Tables, people_rows


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def register(template_url: str) -> AsyncIterator[Database]:
    """The partijen of Lindewaard, findable; nothing else is in it."""
    admin = await asyncpg.connect(os.environ["SCHAKEL_TEST_ADMIN_URL"])
    await admin.execute("create database zoeken template sjabloon owner schakel")
    database = Database(template_url.rpartition("/")[0] + "/zoeken", min_size=1, max_size=4)
    await database.open()
    tables = Tables()
    people_rows(tables, Kluis(bytes(range(32))), datetime(2026, 1, 1, tzinfo=UTC))
    async with database.transaction() as connection:
        for table in (t for t in COLUMNS if t in tables.rows):
            await connection.copy_records_to_table(table, records=tables.rows[table], columns=COLUMNS[table])
        await connection.execute("analyze")
    yield database
    await database.close()
    await admin.execute("drop database zoeken with (force)")
    await admin.close()
