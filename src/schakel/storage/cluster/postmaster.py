# SPDX-License-Identifier: EUPL-1.2
"""What postmaster.pid says, and whether it is true: a live postmaster of ours, or the trace of a dead one."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A postmaster that runs on our data now."""

    pid: int
    port: int


def find_postmaster(data: Path) -> Postmaster | None:
    """The live one; the file of a dead one is removed, because its pid would block a new start."""
    file = data / "postmaster.pid"
    try:
        lines = file.read_text().splitlines()
        pid, port = int(lines[0]), int(lines[3])
    except FileNotFoundError:
        return None
    except (ValueError, IndexError):
        pid, port = 0, 0
    if pid and _is_postgres_of(pid, data):
        return Postmaster(pid, port) if port else None
    file.unlink(missing_ok=True)
    return None


def _is_postgres_of(pid: int, data: Path) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return False
    return state != "Z" and b"postgres" in command[0] and str(data).encode() in command
