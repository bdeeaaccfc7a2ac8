# SPDX-License-Identifier: EUPL-1.2
"""The launcher: one PostgreSQL on our data, as our own child, started again when it dies."""

import asyncio
import hashlib
import logging
import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path

import asyncpg
import msgspec

from schakel.kit.errors import SchakelError
from schakel.kit.settings import Settings
from schakel.storage.cluster.binaries import find_binaries
from schakel.storage.cluster.place import find_place, place_binaries
from schakel.storage.cluster.postmaster import Postmaster, find_postmaster
from schakel.storage.cluster.process import Programs, free_port
from schakel.storage.cluster.secret import password_in, write_private
from schakel.storage.pool import LINE_FAULTS

_log = logging.getLogger(__name__)
CONNECTION_FILE = "database.json"
_PATIENCE = 600.0  # seconds: recovery after a crash may read much


class ClusterFailed(SchakelError):
    """`detail` is where to look."""

    title = "De database start niet"
    advice = "Lees het genoemde logbestand."


class Cluster:
    """One running PostgreSQL. `url` stays the same when it is restarted."""

    def __init__(self, settings: Settings) -> None:
        self._place = find_place(settings.data)
        binaries = find_binaries(settings.postgres, self._place.made_by)
        self._programs = Programs(place_binaries(self._place, binaries), self._place, settings.data / "postgres.log")
        self._password = password_in(settings.data / "wachtwoord")
        self._url_file = settings.data / CONNECTION_FILE
        self._child: asyncio.subprocess.Process | None = None
        self.port = 0
        self.pid = 0

    @property
    def folder(self) -> Path:
        """The database's own folder."""
        return self._place.base

    @property
    def url(self) -> str:
        """Of the one database, as its one role, which is no superuser."""
        return f"postgresql://schakel:{self._role_password}@127.0.0.1:{self.port}/schakel"

    @property
    def admin_url(self) -> str:
        """Of the superuser: for setting up and for tests."""
        return self._admin_url(self.port)

    async def start(self) -> None:
        """Set up on a first run; attach to a postmaster of ours that still lives; else start one."""
        if self._place.made_by is None:
            await self._initdb()
        await self._launch()
        await self._ensure_database()
        write_private(self._url_file, msgspec.json.encode({"url": self.url}).decode())

    async def watch(self) -> None:
        """Until cancelled: when postgres dies, start it again on the same port."""
        while True:
            await self._is_gone(None)
            _log.warning("postgres is gestopt en start opnieuw")
            try:
                await self._launch()
            except ClusterFailed as failed:
                _log.error("postgres start niet, zie %s", failed.detail)
                await asyncio.sleep(5)

    async def stop(self) -> None:
        """Fast shutdown: connections end, everything committed is on disk. Too slow? At once; the log repairs it."""
        self._url_file.unlink(missing_ok=True)
        for how in (signal.SIGINT, signal.SIGQUIT):
            with suppress(ProcessLookupError):
                if self._child is not None:
                    self._child.send_signal(how)
                elif (found := find_postmaster(self._place.data)) and found.pid:
                    os.kill(found.pid, how)
            if await self._is_gone(20):
                return

    async def _is_gone(self, seconds: float | None) -> bool:
        """Wait for our child, or for the postmaster we attached to; False after this many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                if self._child is not None:
                    await self._child.wait()
                while self._child is None and find_postmaster(self._place.data):  # noqa: ASYNC110 -- not our child
                    await asyncio.sleep(0.2)
                return True
        return False

    async def _settled(self) -> Postmaster | None:
        """A live postmaster that answers; one that is starting or stopping gets time to finish."""
        for _ in range(600):
            found = find_postmaster(self._place.data)
            if found is None or (found.port and await self._connects(found.port)):
                return found  # None also for what a dead one left: that is harmless from here on
            await asyncio.sleep(0.1)
        raise ClusterFailed(str(self._programs.log))

    async def _initdb(self) -> None:
        """Beside its place, then moved there: a first start that is killed half-way leaves nothing behind."""
        for left in self._place.base.glob("half-*"):
            shutil.rmtree(left, ignore_errors=True)
        half = self._place.base / f"half-{os.getpid()}"
        handed = self._place.base / "wachtwoord-initdb"
        write_private(handed, self._password + "\n")
        if self._place.uid is not None:
            os.chown(handed, self._place.uid, self._place.uid)
        try:
            if not await self._programs.initdb(half, handed):
                raise ClusterFailed(str(self._programs.log))
        finally:
            handed.unlink(missing_ok=True)
        half.rename(self._place.data)

    async def _launch(self) -> None:
        for attempt in range(20):
            if found := await self._settled():
                self._child, self.port, self.pid = None, found.port, found.pid
                return
            port = self.port or free_port()
            self._child = await self._programs.postgres(port)
            if await self._answers(self._child, port):
                self.port, self.pid = port, self._child.pid
                return
            await asyncio.sleep(0.2 + 0.1 * attempt)  # backends of the dead one may still hold the shared memory
        raise ClusterFailed(str(self._programs.log))

    async def _answers(self, child: asyncio.subprocess.Process, port: int) -> bool:
        """True once it answers; False when it ends before that."""
        deadline = asyncio.get_running_loop().time() + _PATIENCE
        while child.returncode is None and asyncio.get_running_loop().time() < deadline:
            if await self._connects(port) and child.returncode is None:
                return True
            await asyncio.sleep(0.02)
        return False

    async def _connects(self, port: int) -> bool:
        try:
            connection = await asyncpg.connect(self._admin_url(port), timeout=5)
        except asyncpg.InvalidAuthorizationSpecificationError:
            raise ClusterFailed(f"{self._programs.log}: het bestand `wachtwoord` past niet bij de gegevens") from None
        except LINE_FAULTS:
            return False
        await connection.close()
        return True

    async def _ensure_database(self) -> None:
        """One role, one database, closed to everyone else. Each step may already have been done."""
        connection = await asyncpg.connect(self.admin_url, timeout=10)
        try:
            if not await connection.fetchval("select 1 from pg_roles where rolname = 'schakel'"):
                await connection.execute("create role schakel")
            await connection.execute(f"alter role schakel login password '{self._role_password}'")
            if not await connection.fetchval("select 1 from pg_database where datname = 'schakel'"):
                await connection.execute("create database schakel owner schakel")
            await connection.execute("revoke connect on database schakel, postgres, template1 from public")
        finally:
            await connection.close()

    @property
    def _role_password(self) -> str:
        return hashlib.sha256(f"rol:{self._password}".encode()).hexdigest()

    def _admin_url(self, port: int) -> str:
        return f"postgresql://postgres:{self._password}@127.0.0.1:{port}/postgres"
