# SPDX-License-Identifier: EUPL-1.2
"""Breaker: stops asking a bron that keeps failing, and lets one question through now and then to see if it is back."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

#: This many failures in a row open the breaker, for this long.
FAILURES = 3
REST = timedelta(seconds=10)


@dataclass(slots=True)
class Breaker:
    """The state of one bron, shared by all who ask it in this process. `since`: its first failure in a row."""

    failures: int = 0
    since: datetime | None = None
    _retry_at: datetime | None = field(default=None, repr=False)

    def allows(self, now: datetime) -> bool:
        """Whether to ask. When rest is over one asker tries, and the others wait another rest."""
        if self._retry_at is None:
            return True
        if now < self._retry_at:
            return False
        self._retry_at = now + REST
        return True

    def succeeded(self) -> None:
        self.failures, self.since, self._retry_at = 0, None, None

    def failed(self, now: datetime) -> None:
        self.failures += 1
        self.since = self.since or now
        if self.failures >= FAILURES:
            self._retry_at = now + REST
