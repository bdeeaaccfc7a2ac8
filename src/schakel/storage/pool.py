# SPDX-License-Identifier: EUPL-1.2
"""The pool: connections to the one PostgreSQL, and transactions on them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

from schakel.kit.errors import SchakelError

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
else:
    Connection = asyncpg.Connection

_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    ConnectionError,
    TimeoutError,
)


class StorageUnavailable(SchakelError):
    """The database does not answer; nothing that was acknowledged is lost."""

    status = 503
    title = "Wij kunnen er nu even niet bij"
    advice = "Uw tekst is bewaard in dit scherm. Probeer het over een minuut opnieuw."


class Database:
    """One database of one gemeente."""

    def __init__(self, url: str, *, min_size: int = 2, max_size: int = 12) -> None:
        self.url = url
        self._sizes = (min_size, max_size)
        self._pool: asyncpg.Pool | None = None

    async def open(self) -> None:
        """Make the pool; connections are opened as they are needed."""
        low, high = self._sizes
        self._pool = await asyncpg.create_pool(
            self.url,
            min_size=low,
            max_size=high,
            command_timeout=30,
            timeout=10,
            server_settings={"jit": "off", "application_name": "schakel", "timezone": "UTC"},
        )

    async def close(self) -> None:
        """Give every connection back."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """One connection, each statement its own transaction."""
        if self._pool is None:
            raise StorageUnavailable
        try:
            async with self._pool.acquire(timeout=15) as connection:
                yield connection
        except _LOST as lost:
            raise StorageUnavailable from lost

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """One connection in one transaction: committed as a whole at the end, or not at all."""
        async with self.connection() as connection, connection.transaction():
            yield connection
