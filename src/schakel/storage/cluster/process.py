# SPDX-License-Identifier: EUPL-1.2
"""Starting a program of PostgreSQL as our own child, as the user it must run as, dying with us."""

import asyncio
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from schakel.storage.cluster.place import Place

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
    "password_encryption": "scram-sha-256",
    # Statements hold personal data: of an error only its text is logged, and only from level error on.
    "log_min_messages": "error",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_destination": "stderr",
    "logging_collector": "off",
}


@dataclass(frozen=True, slots=True)
class Programs:
    """The programs in `bin`, to be run on `place`; what they say goes to `log`."""

    bin: Path
    place: Place
    log: Path

    async def postgres(self, port: int) -> asyncio.subprocess.Process:
        options = [part for key, value in _OPTIONS.items() for part in ("-c", f"{key}={value}")]
        return await self._spawn("postgres", "-D", str(self.place.data), "-p", str(port), *options)

    async def initdb(self, data: Path, password_file: Path) -> bool:
        """Whether it worked. SCRAM for every way in: pg_hba.conf holds no `trust`."""
        child = await self._spawn(
            "initdb", "-D", str(data), "-U", "postgres", "--encoding=UTF8", "--locale=C",
            "--auth=scram-sha-256", f"--pwfile={password_file}", "--no-instructions",
        )  # fmt: skip
        return await child.wait() == 0

    async def _spawn(self, program: str, *arguments: str) -> asyncio.subprocess.Process:
        """Call from a thread that lives as long as we do: the death signal follows the thread."""
        uid = "-" if self.place.uid is None else str(self.place.uid)
        with os.fdopen(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-I", "-S", str(_SHIM), str(os.getpid()), uid, str(self.bin / program), *arguments,
                cwd="/", stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            )  # fmt: skip


def free_port() -> int:
    """A port of loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
