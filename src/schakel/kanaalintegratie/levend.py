# SPDX-License-Identifier: EUPL-1.2
"""Levend: the port through which open screens hear at once what changed, without any content."""

from collections.abc import AsyncGenerator
from typing import NamedTuple, Protocol


class Gebeurtenis(NamedTuple):
    """Something changed in this Interactie; empty: too much was missed, look at everything again."""

    id: str
    interactie: str


class Levend(Protocol):
    """What changes, as it changes."""

    def follow(self, na: str) -> AsyncGenerator[Gebeurtenis | None, None]:
        """From after the id `na` on; None now and then, to keep the line open."""
        ...
