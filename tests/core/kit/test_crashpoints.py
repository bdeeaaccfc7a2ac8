# SPDX-License-Identifier: EUPL-1.2
"""Crash points: silent until named, then as sudden as a power cut."""

import signal
import subprocess
import sys

import pytest

from schakel.kit import crashpoints

SCRIPT = """
from schakel.kit import crashpoints
crashpoints.register("proef.stap", "niets op schijf")
for n in range(4):
    print(n, flush=True)
    crashpoints.reached("proef.stap")
"""


def test_an_unknown_step_cannot_be_reached() -> None:
    with pytest.raises(KeyError):
        crashpoints.reached("proef.onbekend")


@pytest.mark.parametrize(
    ("at", "said", "code"),
    [("", 4, 0), ("proef.anders", 4, 0), ("proef.stap", 1, -signal.SIGKILL), ("proef.stap:3", 3, -signal.SIGKILL)],
)
def test_it_dies_exactly_there(at: str, said: int, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env={"SCHAKEL_CRASH_AT": at}, capture_output=True, text=True, check=False
    )
    assert (len(done.stdout.split()), done.returncode) == (said, code)
