# SPDX-License-Identifier: EUPL-1.2
"""The launcher: one owner per data folder, postgres as our own child, restarted when it dies."""

import asyncio
import fcntl
import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg
import msgspec

from schakel.kit.errors import SchakelError
from schakel.kit.settings import Settings
from schakel.storage.cluster.binaries import find_binaries
from schakel.storage.cluster.place import Place, find_place
from schakel.storage.cluster.postmaster import find_postmaster

_log = logging.getLogger(__name__)
_SHIM = Path(__file__).with_name("shim.py")
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "48MB",
    "max_connections": "60",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "jit": "off",
    "log_min_messages": "error",
    "log_min_error_statement": "panic",
    "log_destination": "stderr",
    "logging_collector": "off",
}


class ClusterInUse(SchakelError):
    """Two owners would destroy each other's work."""

    title = "Schakel draait al met deze gegevens"
    advice = "Stop de andere Schakel, of kies een andere map met SCHAKEL_DATA."


class ClusterFailed(SchakelError):
    """`detail` is where to look."""

    title = "De database start niet"
    advice = "Lees het genoemde logbestand."


class Cluster:
    """One running PostgreSQL. `url` stays the same when it is restarted."""

    def __init__(self, settings: Settings, place: Place) -> None:
        self._place = place
        self._log_file = settings.data / "postgres.log"
        self._password_file = settings.data / "wachtwoord"
        self._url_file = settings.data / "database.json"
        self._child: asyncio.subprocess.Process | None = None
        self._stopping = False
        self.port = 0
        self.pid = 0

    @property
    def url(self) -> str:
        """Of the one database, as its one role."""
        return f"postgresql://schakel:{self._password()}@127.0.0.1:{self.port}/schakel"

    async def start(self) -> None:
        """Set up on a first run; attach to a postmaster of ours that still lives; else start one."""
        if not (self._place.data / "PG_VERSION").exists():
            await self._initdb()
        if found := await self._settled():
            self.port, self.pid = found
        else:
            await self._launch()
        await self._ensure_database()
        _write_private(self._url_file, msgspec.json.encode({"url": self.url}).decode())

    async def watch(self) -> None:
        """Until cancelled: when postgres dies, start it again on the same port."""
        while not self._stopping:
            if self._child is not None:
                await self._child.wait()
            else:
                await asyncio.sleep(1)
                if find_postmaster(self._place.data):
                    continue
            if not self._stopping:
                _log.warning("postgres is gestopt en start opnieuw")
                await self._launch()

    async def stop(self) -> None:
        """Fast shutdown: connections end, everything committed is on disk."""
        self._stopping = True
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGINT)
        if self._child is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._child.wait(), 20)
        self._url_file.unlink(missing_ok=True)

    async def _settled(self) -> tuple[int, int] | None:
        """A live postmaster that answers; one that is shutting down gets time to finish."""
        for _ in range(100):
            found = find_postmaster(self._place.data)
            if found is None:
                return None
            try:
                connection = await asyncpg.connect(self._admin_url(found.port), timeout=3)
            except (OSError, TimeoutError, asyncpg.PostgresError):
                await asyncio.sleep(0.1)
                continue
            await connection.close()
            return found.port, found.pid
        raise ClusterFailed(str(self._log_file))

    async def _initdb(self) -> None:
        if not self._password_file.exists():
            _write_private(self._password_file, secrets.token_urlsafe(32))
        handed = self._place.data.with_name("wachtwoord-initdb")
        _write_private(handed, self._password() + "\n")
        if self._place.uid is not None:
            os.chown(handed, self._place.uid, self._place.uid)
        try:
            await self._run_to_end(
                "initdb", "-D", str(self._place.data), "-U", "postgres", "--encoding=UTF8", "--locale=C",
                "--auth=scram-sha-256", f"--pwfile={handed}", "--no-instructions",
            )  # fmt: skip
        finally:
            handed.unlink(missing_ok=True)

    async def _launch(self) -> None:
        for attempt in range(20):
            find_postmaster(self._place.data)
            port = self.port or _free_port()
            options = [part for key, value in _OPTIONS.items() for part in ("-c", f"{key}={value}")]
            self._child = await self._spawn("postgres", "-D", str(self._place.data), "-p", str(port), *options)
            self.port, self.pid = port, self._child.pid
            if await self._answers(self._child):
                return
            await asyncio.sleep(0.2 + 0.1 * attempt)  # its old backends may still hold the shared memory
        raise ClusterFailed(str(self._log_file))

    async def _answers(self, child: asyncio.subprocess.Process) -> bool:
        for _ in range(600):
            if child.returncode is not None:
                return False
            try:
                connection = await asyncpg.connect(self._admin_url(self.port), timeout=5)
            except (OSError, TimeoutError, asyncpg.CannotConnectNowError):
                await asyncio.sleep(0.05)
                continue
            await connection.close()
            return True
        return False

    async def _ensure_database(self) -> None:
        connection = await asyncpg.connect(self._admin_url(self.port), timeout=10)
        try:
            if not await connection.fetchval("select 1 from pg_roles where rolname = 'schakel'"):
                await connection.execute(f"create role schakel login password '{self._password()}'")
            if not await connection.fetchval("select 1 from pg_database where datname = 'schakel'"):
                await connection.execute("create database schakel owner schakel")
                await connection.execute("revoke connect on database schakel from public")
        finally:
            await connection.close()

    async def _run_to_end(self, program: str, *arguments: str) -> None:
        child = await self._spawn(program, *arguments)
        if await child.wait() != 0:
            raise ClusterFailed(str(self._log_file))

    async def _spawn(self, program: str, *arguments: str) -> asyncio.subprocess.Process:
        uid = "-" if self._place.uid is None else str(self._place.uid)
        with self._log_file.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-I", "-S", str(_SHIM), str(os.getpid()), uid,
                str(self._place.bin / program), *arguments,
                cwd="/", stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            )  # fmt: skip

    def _password(self) -> str:
        return self._password_file.read_text().strip()

    @property
    def admin_url(self) -> str:
        """Of the superuser: for setting up and for tests."""
        return self._admin_url(self.port)

    def _admin_url(self, port: int) -> str:
        return f"postgresql://postgres:{self._password()}@127.0.0.1:{port}/postgres"


@asynccontextmanager
async def cluster(settings: Settings) -> AsyncIterator[Cluster]:
    """A running cluster that this process alone owns; stopped at the end."""
    settings.data.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        settings.data.chmod(settings.data.stat().st_mode | 0o011)
    with (settings.data / "slot").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ClusterInUse from None
        running = Cluster(settings, find_place(settings.data, find_binaries(settings.postgres)))
        await running.start()
        watcher = asyncio.create_task(running.watch())
        try:
            yield running
        finally:
            await running.stop()
            watcher.cancel()
            with suppress(asyncio.CancelledError):
                await watcher


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
