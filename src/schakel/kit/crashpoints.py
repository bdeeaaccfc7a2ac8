# SPDX-License-Identifier: EUPL-1.2
"""Crash points: every durable step of the main road, by name, so that a test can kill us exactly there."""

import os
import signal

CRASHPOINTS: dict[str, str] = {}
_hits: dict[str, int] = {}


def register(name: str, meaning: str) -> None:
    """Make a durable step known; `meaning` says what is and is not on disk at that moment."""
    CRASHPOINTS[name] = meaning


def reached(name: str) -> None:
    """Do nothing, unless SCHAKEL_CRASH_AT names this step (`name` or `name:n` for the nth time): then die at once."""
    if name not in CRASHPOINTS:
        raise KeyError(name)
    wanted, _, nth = os.environ.get("SCHAKEL_CRASH_AT", "").partition(":")
    if wanted != name:
        return
    _hits[name] = _hits.get(name, 0) + 1
    if _hits[name] >= int(nth or 1):
        os.kill(os.getpid(), signal.SIGKILL)
