# SPDX-License-Identifier: EUPL-1.2
"""Running jobs: taken from the database as they come, handed to the handler of their kind, at least once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Protocol

import asyncpg
from pgqueuer.core.qm import QueueManager
from pgqueuer.core.tm import cancel_on_exit
from pgqueuer.db import AsyncpgDriver
from pgqueuer.models import Job
from pgqueuer.queries import Queries

from schakel.storage.jobs.queue import tidy
from schakel.storage.jobs.retry import Retries, RetryThenHold
from schakel.storage.pool import LINE_FAULTS

Handler = Callable[[bytes], Awaitable[None]]

_log = logging.getLogger(__name__)
_POLL = timedelta(seconds=1)  # a net under the wake-up


class Beside(Protocol):
    """Work without end that a worker does beside its jobs."""

    async def run(self) -> None:
        """Until `stop`; finishes what runs."""
        ...

    def stop(self) -> None: ...


class Jobs:
    """Takes jobs from one database and hands their payload to the handler of their kind.

    `concurrency`: how many of one kind at once here, 2 or more. Each kind has places of its own: a mail server that
    hangs must not keep what comes in waiting. `limits`: how many of one kind at once over all workers.
    A worker that is silent for `silence` is taken for dead and its jobs run elsewhere; it beats twice in that time. So
    a job can run twice: handlers look first whether their work is done.
    """

    def __init__(
        self,
        url: str,
        handlers: Mapping[str, Handler],
        *,
        concurrency: int = 6,  # more gains nothing, and takes turns and connections from who hands mail over
        limits: Mapping[str, int] | None = None,
        silence: timedelta = timedelta(seconds=10),
        retries: Retries | None = None,
        beside: Sequence[Beside] = (),
    ) -> None:
        self._url = url
        self._handlers = handlers
        self._concurrency = max(2, concurrency)
        self._limits = limits or {}
        self._silence = silence
        self._retries = retries or Retries()
        self._beside = beside
        self._managers: dict[str, QueueManager] = {}
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Until `stop`; a lost connection is made anew. Cancelled, it still finishes what runs."""
        await asyncio.gather(*(self._run_kind(name) for name in self._handlers), *(one.run() for one in self._beside))

    async def _run_kind(self, name: str) -> None:
        while not self._stopping.is_set():
            try:
                await self._run_once(name)
            except LINE_FAULTS as lost:
                _log.warning("verbinding van de jobs verbroken: %s", type(lost).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), 1)

    def stop(self) -> None:
        """Finish what runs, start nothing more."""
        self._stopping.set()
        for one in self._beside:
            one.stop()
        for manager in self._managers.values():
            manager.shutdown.set()

    async def _run_once(self, name: str) -> None:
        connection = await asyncpg.connect(self._url, timeout=10, server_settings={"application_name": "schakel-jobs"})
        try:
            driver = AsyncpgDriver(connection)
            manager = QueueManager(Queries(driver))
            manager.entrypoint(
                name,
                concurrency_limit=self._limits.get(name, 0),
                accepts_context=False,
                on_failure="hold",
                executor_factory=partial(RetryThenHold, retries=self._retries),
            )(_calling(self._handlers[name]))
            self._managers[name] = manager
            if self._stopping.is_set():
                return
            async with cancel_on_exit(asyncio.create_task(_tidy_daily(driver))):
                await manager.run(
                    dequeue_timeout=_POLL,
                    batch_size=self._concurrency // 2,
                    max_concurrent_tasks=self._concurrency,
                    heartbeat_timeout=self._silence,
                    log_aggregation_interval=timedelta(minutes=5),
                )
        finally:
            self._managers.pop(name, None)
            with suppress(*LINE_FAULTS):
                await connection.close(timeout=5)


async def _tidy_daily(driver: AsyncpgDriver) -> None:
    while True:
        await tidy(driver)
        await asyncio.sleep(24 * 3600)


def _calling(handler: Handler) -> Callable[[Job], Awaitable[None]]:
    async def call(job: Job) -> None:
        await handler(job.payload or b"")

    return call
