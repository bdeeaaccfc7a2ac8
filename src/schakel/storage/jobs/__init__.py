# SPDX-License-Identifier: EUPL-1.2
"""Jobs: work for later, in the same transaction as what caused it, on PgQueuer."""

from schakel.storage.jobs.queue import HeldJob, enqueue, held, release
from schakel.storage.jobs.retry import Retries
from schakel.storage.jobs.runner import Handler, Jobs

__all__ = ["Handler", "HeldJob", "Jobs", "Retries", "enqueue", "held", "release"]
