# SPDX-License-Identifier: EUPL-1.2
"""Running jobs: retried with back-off, then held for a person; never deleted because they failed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta

import asyncpg
from pgqueuer.core.executors import AbstractEntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.core.qm import QueueManager
from pgqueuer.db import AsyncpgDriver
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.models import Context, Job
from pgqueuer.queries import Queries

Handler = Callable[[bytes], Awaitable[None]]

_log = logging.getLogger(__name__)


class JobFailed(Exception):
    """Stands for what went wrong: the type of the error, never its text, which may hold personal data."""


class _RetryThenHold(AbstractEntrypointExecutor):
    """Waits longer after each failure; after `MAX` of them the job is held."""

    MAX = 5

    async def execute(self, job: Job, context: Context) -> None:
        try:
            await self.parameters.func(job)  # type: ignore[call-arg]
        except Exception as fault:  # whatever a handler raises, the job must stay
            name = type(fault).__name__
            _log.warning("job %s mislukte bij poging %d: %s", job.entrypoint, job.attempts + 1, name, exc_info=fault)
            if job.attempts + 1 >= self.MAX:
                raise JobFailed(name) from None
            raise RetryRequested(delay=timedelta(seconds=0.5 * 4**job.attempts), reason=name) from None


class Jobs:
    """Takes jobs from one database and hands their payload to the handler of their kind."""

    def __init__(
        self,
        url: str,
        handlers: Mapping[str, Handler],
        *,
        concurrency: int = 8,
        heartbeat: timedelta = timedelta(seconds=10),
    ) -> None:
        self._url = url
        self._handlers = handlers
        self._concurrency = concurrency
        self._heartbeat = heartbeat
        self._manager: QueueManager | None = None
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Until `stop`; a lost connection is made anew."""
        while not self._stopping.is_set():
            try:
                await self._run_once()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as lost:
                _log.warning("verbinding van de jobs verbroken: %s", type(lost).__name__)
            except ExceptionGroup as lost:
                _log.warning("jobs herstarten: %s", type(lost.exceptions[0]).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), 1)

    def stop(self) -> None:
        """Finish what runs, start nothing more."""
        self._stopping.set()
        if self._manager is not None:
            self._manager.shutdown.set()

    async def _run_once(self) -> None:
        connection = await asyncpg.connect(self._url, timeout=10, server_settings={"application_name": "schakel-jobs"})
        try:
            manager = QueueManager(Queries(AsyncpgDriver(connection)))
            for name, handler in self._handlers.items():
                manager.entrypoint(name, on_failure="hold", executor_factory=_executor)(_calling(handler))
            self._manager = manager
            if self._stopping.is_set():
                return
            await manager.run(
                dequeue_timeout=timedelta(seconds=1),  # a net under the wake-up
                batch_size=self._concurrency,
                max_concurrent_tasks=self._concurrency * 2,
                heartbeat_timeout=self._heartbeat,
                log_aggregation_interval=timedelta(minutes=5),
            )
        finally:
            self._manager = None
            await connection.close(timeout=5)


def _executor(parameters: EntrypointExecutorParameters) -> AbstractEntrypointExecutor:
    return _RetryThenHold(parameters)


def _calling(handler: Handler) -> Callable[[Job], Awaitable[None]]:
    async def call(job: Job) -> None:
        await handler(job.payload or b"")

    return call
