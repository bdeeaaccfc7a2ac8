# SPDX-License-Identifier: EUPL-1.2
"""What postmaster.pid says, and whether it is true: a live postmaster of ours, or the trace of a dead one."""

import time
from dataclasses import dataclass
from pathlib import Path

_BEING_WRITTEN = 5.0  # seconds
_NO_PROCESS = 2**31 - 2  # above every pid_max, so no process ever has it


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A postmaster that runs on our data now. `pid` and `port` are 0 as long as it has not said them."""

    pid: int
    port: int


def find_postmaster(data: Path) -> Postmaster | None:
    """The live one. The file of a dead one gets a pid that nobody has: a zombie's or a reused pid blocks a start.

    The rest of that file stays: PostgreSQL reads the shared memory's key in it, and waits for the backends of the dead.
    """
    file = data / "postmaster.pid"
    try:
        lines, age = file.read_text().splitlines(), time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return None
    if not lines or not lines[0].strip().isdigit():
        if age < _BEING_WRITTEN:
            return Postmaster(0, 0)
        file.unlink(missing_ok=True)  # a power cut came between making it and writing it
        return None
    pid = int(lines[0])
    if _is_postgres_of(pid, data):
        return Postmaster(pid, int(lines[3]) if len(lines) > 3 and lines[3].strip().isdigit() else 0)
    if pid != _NO_PROCESS:
        file.write_text("\n".join([str(_NO_PROCESS), *lines[1:]]) + "\n")
    return None


def _is_postgres_of(pid: int, data: Path) -> bool:
    process = Path("/proc") / str(pid)
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        program = (process / "cmdline").read_bytes().split(b"\0")[0]
        return state != "Z" and program.endswith(b"postgres") and (process / "cwd").samefile(data)
    except (OSError, IndexError):
        return False
