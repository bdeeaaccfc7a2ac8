# SPDX-License-Identifier: EUPL-1.2
"""What Alembic runs: one asyncpg connection, one transaction for all revisions, one migration at a time."""

import asyncio

import asyncpg
from alembic import context
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from schakel.storage.migrations import MIGRATION_LOCK


def _run(connection: Connection) -> None:
    connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()


async def _main(url: str) -> None:
    # asyncpg reads the URL itself, so that sslmode, a socket's folder and a list of hosts mean what they do elsewhere.
    engine = create_async_engine(
        "postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(url, timeout=30), poolclass=NullPool
    )
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_run)
    finally:
        await engine.dispose()


asyncio.run(_main(context.config.attributes["url"]))
