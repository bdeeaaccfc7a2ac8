# SPDX-License-Identifier: EUPL-1.2
"""The pool: connections to the one PostgreSQL, and transactions on them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

from schakel.kit.errors import SchakelError

if TYPE_CHECKING:
    _Pooled: TypeAlias = asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | _Pooled
else:
    _Pooled = Connection = asyncpg.Connection

#: What PostgreSQL says when it cannot serve us at all, whatever the statement was.
_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)
#: How a connection of one's own is lost. A dying server may say so unasked, which asyncpg calls an error of its own.
LINE_FAULTS = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
_STATEMENT_MS = 30_000
#: Seconds after which connections that are at hand go back to the pool.
_AT_HAND = 10


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
        self._at_hand: list[_Pooled] = []
        self._waiting = 0
        self._sweeping: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Make the pool; it grows as needed, and replaces by itself what a restart of PostgreSQL broke."""
        low, high = self._sizes
        try:
            self._pool = await asyncpg.create_pool(
                self.url,
                min_size=low,
                max_size=high,
                command_timeout=_STATEMENT_MS / 1000 + 5,  # for when the server does not answer at all
                timeout=10,
                reset=_keep_as_is,
                max_cacheable_statement_size=0,  # no limit: the longest statements are those worth preparing once
                server_settings={
                    "jit": "off",
                    "application_name": "schakel",
                    "timezone": "UTC",
                    "statement_timeout": str(_STATEMENT_MS),
                    "idle_in_transaction_session_timeout": str(2 * _STATEMENT_MS),
                },
            )
        except (*_LOST, OSError) as lost:
            raise StorageUnavailable from lost

    async def close(self) -> None:
        """Give every connection back."""
        if self._sweeping is not None:
            self._sweeping.cancel()
            self._sweeping = None
        if self._pool is not None:
            pool, self._pool = self._pool, None
            while self._at_hand:
                await pool.release(self._at_hand.pop())
            await pool.close()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """One connection, each statement its own transaction."""
        connection = await self._take()
        try:
            yield connection
        except _LOST as lost:
            raise StorageUnavailable from lost
        except asyncpg.InternalClientError as lost:
            # A dying server says so unasked, which puts asyncpg in a state it cannot leave.
            if not _is_closed(connection):
                connection.terminate()
            raise StorageUnavailable from lost
        except (OSError, asyncpg.InterfaceError) as fault:
            if _is_closed(connection):
                raise StorageUnavailable from fault
            raise  # not about the connection: a mistake in a call, or another party's silence
        finally:
            await self._give(connection)

    async def _take(self) -> _Pooled:
        """One that is at hand: fetching it from the pool costs as much as a small read."""
        while self._pool is not None and self._at_hand:
            connection = self._at_hand.pop()
            if not _is_closed(connection):
                return connection
            await self._pool.release(connection)
        if self._pool is None:
            raise StorageUnavailable
        self._waiting += 1
        try:
            return await self._pool.acquire(timeout=15)
        except (*_LOST, OSError, asyncpg.InterfaceError) as lost:
            raise StorageUnavailable from lost
        finally:
            self._waiting -= 1

    async def _give(self, connection: _Pooled) -> None:
        if self._pool is None:
            return  # closing took care of it
        if self._waiting or _is_closed(connection):
            await self._pool.release(connection)
            return
        self._at_hand.append(connection)
        if self._sweeping is None:
            self._sweeping = asyncio.create_task(self._sweep())

    async def _sweep(self) -> None:
        """Back to the pool, which closes what is not needed and renews what is old."""
        await asyncio.sleep(_AT_HAND)
        self._sweeping = None
        while self._pool is not None and self._at_hand:
            await self._pool.release(self._at_hand.pop())

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """One connection in one transaction: committed as a whole at the end, or not at all."""
        async with self.connection() as connection, connection.transaction():
            yield connection


async def _keep_as_is(_: Connection) -> None:
    """Nothing of a session is ever set here, and asyncpg's four statements cost a third of a small read."""


def _is_closed(connection: Connection) -> bool:
    try:
        return connection.is_closed()
    except asyncpg.InterfaceError:  # the pool took it back when it broke
        return True
