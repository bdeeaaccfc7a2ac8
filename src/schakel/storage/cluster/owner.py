# SPDX-License-Identifier: EUPL-1.2
"""Who runs the embedded database: one process per SCHAKEL_DATA, held by a lock that a crash cannot leave behind."""

import asyncio
import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import IO

from schakel.kit.errors import SchakelError
from schakel.kit.settings import Settings
from schakel.storage.cluster.launcher import Cluster


class ClusterInUse(SchakelError):
    """Two owners would destroy each other's work."""

    title = "Schakel draait al met deze gegevens"
    advice = "Stop de andere Schakel, of kies een andere map met SCHAKEL_DATA."


@asynccontextmanager
async def cluster(settings: Settings) -> AsyncIterator[Cluster]:
    """A running cluster that this process alone owns; stopped at the end."""
    settings.data.mkdir(parents=True, exist_ok=True)
    with (settings.data / "slot").open("w") as lock:
        await _take(lock)
        running = Cluster(settings)
        watcher: asyncio.Task[None] | None = None
        try:
            await running.start()
            watcher = asyncio.create_task(running.watch())
            yield running
        finally:
            if watcher is not None:
                watcher.cancel()
                with suppress(asyncio.CancelledError):
                    await watcher
            await running.stop()


@asynccontextmanager
async def own_database(settings: Settings) -> AsyncIterator[str]:
    """For `schakel start`: the URL of DATABASE_URL, else of an embedded database for as long as this lasts."""
    if settings.database_url:
        yield settings.database_url
        return
    async with cluster(settings) as running:
        yield running.url


async def _take(lock: IO[str]) -> None:
    """An owner that was just killed or stopped may need a moment to be gone."""
    for _ in range(30):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            await asyncio.sleep(0.1)
        else:
            return
    raise ClusterInUse
