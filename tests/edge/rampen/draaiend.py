# SPDX-License-Identifier: EUPL-1.2
"""Draaiend: the whole of `schakel start` as a process of its own, to be killed and started again on the same data."""

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import psutil

READY = "Schakel is gereed: "


def free_port() -> int:
    """A port of loopback that is free now."""
    with closing(socket.create_server(("127.0.0.1", 0))) as end:
        port: int = end.getsockname()[1]
        return port


@dataclass
class Draaiend:
    """One Schakel with its embedded database. Its ports and its data stay the same over a restart."""

    data: Path
    env: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    smtp_port: int = field(default_factory=free_port)
    _process: asyncio.subprocess.Process | None = None
    _reading: asyncio.Task[None] | None = None

    async def start(self, **env: str) -> float:
        """Until it says it is ready; gives the seconds it took. With SCHAKEL_CRASH_AT it may die before that."""
        begun = time.perf_counter()
        ports = {"SCHAKEL_PORT": str(self.port), "SCHAKEL_SMTP_PORT": str(self.smtp_port)}
        own = {"SCHAKEL_DATA": str(self.data), "SCHAKEL_DEMO": "leeg", "DATABASE_URL": "", **ports}
        with self.data.with_suffix(".log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "schakel.cli", "start",
                env={**os.environ, **own, **self.env, **env}, stdout=asyncio.subprocess.PIPE, stderr=log,
            )  # fmt: skip
        assert self._process.stdout is not None
        ready = asyncio.get_running_loop().create_future()
        self._reading = asyncio.create_task(_read(self._process.stdout, ready))
        assert await asyncio.wait_for(ready, 120) or "SCHAKEL_CRASH_AT" in env, "Schakel stopped before it was ready"
        return time.perf_counter() - begun

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def dies(self, seconds: float = 60) -> int:
        """Its exit code, once it is dead."""
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), seconds)

    async def kill(self) -> None:
        """As a power cut would, for this process."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """In order, as a beheerder stops it."""
        if self._process is None or self._process.returncode is not None:
            return -signal.SIGKILL
        self._process.terminate()
        try:
            return await asyncio.wait_for(self._process.wait(), 40)
        except TimeoutError:
            await self.kill()
            raise

    def family(self) -> list[psutil.Process]:
        """Schakel and its database with all that these started."""
        me = psutil.Process(self.pid)
        return [me, *me.children(recursive=True)]

    def postmaster(self) -> psutil.Process:
        """The one process of the database from which all its others come."""
        return next(child for child in psutil.Process(self.pid).children() if "postgres" in child.name())

    @property
    def url(self) -> str:
        """Of its database."""
        found: str = json.loads((self.data / "database.json").read_text())["url"]
        return found

    async def connect(self) -> asyncpg.Connection:
        """Beside it, to see what was really kept."""
        return await asyncpg.connect(self.url, timeout=10)

    async def value(self, sql: str, *arguments: object):  # type: ignore[no-untyped-def]
        connection = await self.connect()
        try:
            return await connection.fetchval(sql, *arguments)
        finally:
            await connection.close()

    async def eventually(self, sql: str, seconds: float = 60) -> None:
        """Wait until this statement says true; a database that is down says nothing yet."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                        if await self.value(f"select {sql}"):
                            return
                    await asyncio.sleep(0.1)
        raise AssertionError(f"after {seconds} seconds not true: {sql}")


async def _read(stdout: asyncio.StreamReader, ready: asyncio.Future[bool]) -> None:
    """To the end, so that it never waits for us. `ready`: whether it said so before it stopped."""
    while line := await stdout.readline():
        if line.decode().startswith(READY):
            ready.set_result(True)
    if not ready.done():
        ready.set_result(False)


@asynccontextmanager
async def draaiend(data: Path, **env: str) -> AsyncIterator[Draaiend]:
    """Started, and stopped at the end whatever happened in between."""
    schakel = Draaiend(data, env)
    try:
        await schakel.start()
        yield schakel
    finally:
        await schakel.stop()
