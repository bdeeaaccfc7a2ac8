# SPDX-License-Identifier: EUPL-1.2
"""From `make start` to `Schakel is gereed`: with fresh data and the packages present, and again on the same data."""

import asyncio
import os
import signal
import time
from pathlib import Path

from tests.bench.figures import Figure
from tests.edge.rampen.draaiend import READY, free_port

ROOT = Path(__file__).resolve().parents[2]


async def measure(folder: Path) -> list[Figure]:
    first, second = [await _seconds_until_ready(folder / "start") for _ in range(2)]
    return [
        Figure("start", "first run: new data, demo seeded, packages present", first, "s", 180),
        Figure("start", "second run", second, "s", 10),
    ]


async def _seconds_until_ready(data: Path) -> float:
    begun = time.perf_counter()
    ports = {"SCHAKEL_PORT": str(free_port()), "SCHAKEL_SMTP_PORT": str(free_port())}
    make = await asyncio.create_subprocess_exec(
        "make", "--silent", "start",
        cwd=ROOT, env={**os.environ, "SCHAKEL_DATA": str(data), "SCHAKEL_DEMO": "ja", "DATABASE_URL": "", **ports},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    assert make.stdout is not None
    try:
        async with asyncio.timeout(300):
            while line := await make.stdout.readline():
                if line.decode().startswith(READY):
                    return time.perf_counter() - begun
        raise RuntimeError("make start stopped before it was ready")
    finally:
        if make.returncode is None:
            os.killpg(make.pid, signal.SIGINT)  # as Ctrl-C does
        await make.communicate()
