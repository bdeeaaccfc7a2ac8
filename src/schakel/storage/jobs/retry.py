# SPDX-License-Identifier: EUPL-1.2
"""What happens to a job that fails: tried again with growing pauses, then held for a person; never deleted."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from pgqueuer.core.executors import AbstractEntrypointExecutor
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.models import Context, Job

from schakel.kit.log import place_of

_log = logging.getLogger(__name__)


class JobFailed(Exception):
    """Stands for what went wrong: the type of the error and its place, never its text, which may hold personal data."""


@dataclass(frozen=True, slots=True)
class Retries:
    """`attempts` in all; before the second one `pause`, before each next one four times as long."""

    attempts: int = 5
    pause: timedelta = timedelta(seconds=0.5)

    def pause_after(self, failures: int) -> timedelta:
        return self.pause * float(4 ** (failures - 1))


@dataclass
class RetryThenHold(AbstractEntrypointExecutor):
    """Runs one kind of job."""

    retries: Retries

    async def execute(self, job: Job, context: Context) -> None:
        try:
            await self.parameters.func(job)  # type: ignore[call-arg]
        except asyncio.CancelledError:
            # We are being stopped, or a handler lets a cancellation out. PgQueuer would delete the job.
            raise RetryRequested(delay=timedelta(), reason="onderbroken") from None
        except Exception as fault:  # whatever a handler raises, the job must stay
            failures = job.attempts + 1
            name = f"{type(fault).__name__} in {place_of(fault)}"
            _log.warning("job %s mislukte bij poging %d: %s", job.entrypoint, failures, name)
            if failures >= self.retries.attempts:
                raise JobFailed(name) from None
            raise RetryRequested(delay=self.retries.pause_after(failures), reason=name) from None
