# SPDX-License-Identifier: EUPL-1.2
"""Against the server at CONFORMANCE_URL, with the token CONFORMANCE_TOKEN; without these against an empty Schakel."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conformance.antwoorden import Antwoorden
from tests.conformance.register import CONTACTGEGEVENS, KLANTINTERACTIES, Register

#: Where the server is, without a path.
_URL = os.environ.get("CONFORMANCE_URL", "").rstrip("/")
_TOKEN = "conformance"
_READY = "Schakel is gereed: "


@pytest.fixture(scope="session")
def server() -> Iterator[tuple[str, str]]:
    """Its address and a token."""
    if _URL:
        yield _URL, os.environ.get("CONFORMANCE_TOKEN", "")
        return
    with _own_server() as url:
        yield url, _TOKEN


@contextmanager
def _own_server() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="schakel-conformance-"))
    folder.chmod(0o711)  # the database runs as a user of its own, who must come past here
    ends = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    http, smtp = (str(end.getsockname()[1]) for end in ends)
    for end in ends:
        end.close()
    env = {"SCHAKEL_DATA": str(folder / "data"), "SCHAKEL_DEMO": "leeg", "SCHAKEL_DEMO_TOKEN": _TOKEN,
           "SCHAKEL_PORT": http, "SCHAKEL_SMTP_PORT": smtp, "DATABASE_URL": ""}  # fmt: skip
    with (folder / "log").open("wb") as log:
        command = [sys.executable, "-m", "schakel.cli", "start"]
        process = subprocess.Popen(command, env={**os.environ, **env}, stdout=subprocess.PIPE, stderr=log, text=True)
    assert process.stdout is not None
    try:
        ready = next((line for line in process.stdout if line.startswith(_READY)), "")
        assert ready, (folder / "log").read_text(encoding="utf-8")
        yield ready.removeprefix(_READY).strip()
    finally:
        process.terminate()
        process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def antwoorden() -> Antwoorden:
    """Holds every answer of this run to the official files."""
    return Antwoorden()


@pytest.fixture
def api(server: tuple[str, str], antwoorden: Antwoorden) -> Iterator[Register]:
    """Klantinteracties; what a test makes, is gone after it."""
    with _opened(server, KLANTINTERACTIES, antwoorden) as register:
        yield register


@pytest.fixture
def contactgegevens(server: tuple[str, str], antwoorden: Antwoorden) -> Iterator[Register]:
    with _opened(server, CONTACTGEGEVENS, antwoorden) as register:
        yield register


@contextmanager
def _opened(server: tuple[str, str], path: str, antwoorden: Antwoorden) -> Iterator[Register]:
    url, token = server
    hooks = {"response": [antwoorden.check]}
    headers = {"Authorization": f"Token {token}"}
    with httpx.Client(base_url=url + path, headers=headers, timeout=30, event_hooks=hooks) as http:
        register = Register(http)
        try:
            yield register
        finally:
            register.tidy()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Which promises hold, for who runs this suite by itself."""
    if "CONFORMANCE_URL" not in os.environ:
        return
    outcomes = {
        (report.nodeid.partition("::test_")[2], outcome)
        for outcome in ("passed", "failed", "error")
        for report in terminalreporter.stats.get(outcome, [])
        if "conformance/" in report.nodeid
    }
    terminalreporter.section(f"CONFORMANCE {_URL or 'Schakel'}", sep="=", bold=True)
    for name, outcome in sorted(outcomes):
        said = " ".join(name.split("_"))
        terminalreporter.line(f"{'holds' if outcome == 'passed' else 'FAILS':6} {said}", red=outcome != "passed")
    held = sum(outcome == "passed" for _, outcome in outcomes)
    terminalreporter.line(f"{held} of {len(outcomes)} promises hold.")
