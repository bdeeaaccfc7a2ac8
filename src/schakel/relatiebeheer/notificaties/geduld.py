# SPDX-License-Identifier: EUPL-1.2
"""Geduld: how long we wait before the next try, and when we stop."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Geduld:
    """Pauses double from `first` to `longest`, each drawn from its upper half, so that many do not come back at once.

    After `attempts` failures in a row the abonnement stops: with these pauses after about half a day. A line that was
    refused `per_line` times, while others came across since the first of these, is dead.
    """

    attempts: int = 22
    per_line: int = 6
    first: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(hours=1)
    draw: Callable[[], float] = random.random

    def pause(self, failures: int) -> timedelta:
        """Before the next try, after this many failures."""
        whole = min(self.first * float(2 ** min(failures - 1, 30)), self.longest)
        return whole * (0.5 + self.draw() / 2)
