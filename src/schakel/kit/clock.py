# SPDX-License-Identifier: EUPL-1.2
"""The one clock. Rules get the time as an argument; the edge asks it here, so that tests can jump it."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, in UTC, aware."""
    return datetime.now(UTC)
