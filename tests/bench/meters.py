# SPDX-License-Identifier: EUPL-1.2
"""Meters: CPU and memory of Schakel and its database, from /proc, so that nothing in them has to help."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

MB = 1024 * 1024
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Used:
    """CPU seconds of application and database, and seconds on the clock, over one stretch of work."""

    app: float = 0
    database: float = 0
    wall: float = 0

    def cpu_ms_per(self, count: int) -> float:
        """Both together, which is what a budget counts."""
        return (self.app + self.database) / count * 1000


@dataclass(frozen=True, slots=True)
class Memory:
    """In MB. Proportional: what is shared counts once, divided over who shares it."""

    app: float
    database: float
    rss: float

    @property
    def pss(self) -> float:
        return self.app + self.database


def _is_database(process: psutil.Process) -> bool:
    return "postgres" in process.name()


def _cpu_seconds(pid: int) -> float:
    """Of this process and of its children that are gone (utime, stime, cutime, cstime)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICK


def cpu(family: Iterable[psutil.Process]) -> tuple[float, float]:
    """Seconds so far: application, database."""
    app = database = 0.0
    for process in family:
        with suppress(psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
            seconds, is_database = _cpu_seconds(process.pid), _is_database(process)
            app, database = app + seconds * (not is_database), database + seconds * is_database
    return app, database


@contextmanager
def using(pid: int) -> Iterator[Used]:
    """CPU of this process and all below it, while the block lasts."""
    used, begun, (app, database) = Used(), time.perf_counter(), cpu(_family(pid))
    yield used
    used.wall = time.perf_counter() - begun
    now = cpu(_family(pid))
    used.app, used.database = now[0] - app, now[1] - database


def memory(pid: int) -> Memory:
    """Of this process and all below it."""
    app = database = rss = 0.0
    for process in _family(pid):
        with suppress(psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
            sizes = dict(
                line.split()[:2] for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()[1:]
            )
            pss = int(sizes["Pss:"]) * 1024 / MB
            rss += int(sizes["Rss:"]) * 1024 / MB
            app, database = (app, database + pss) if _is_database(process) else (app + pss, database)
    return Memory(app, database, rss)


def _family(pid: int) -> list[psutil.Process]:
    me = psutil.Process(pid)
    return [me, *me.children(recursive=True)]
