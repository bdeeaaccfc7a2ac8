# SPDX-License-Identifier: EUPL-1.2
"""Fixtures for every test at the edge: one PostgreSQL per run, one database per test, and the whole house on it."""

import asyncio
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from schakel.kit.settings import Settings
from schakel.storage.cluster import cluster
from schakel.storage.migrations import migrate
from schakel.storage.pool import Database
from tests.edge.stad import Stad, open_stad

_numbers = itertools.count()


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A folder that the database's user can pass through, which pytest's own are not; gone after the run."""
    folder = Path(tempfile.mkdtemp(prefix="schakel-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def template_url(open_folder: Path) -> AsyncIterator[str]:
    """A migrated, empty database to copy from, on a cluster of this run alone."""
    settings = Settings(data=open_folder / "cluster", postgres=os.environ.get("SCHAKEL_POSTGRES", "auto"))
    async with cluster(settings) as running:
        admin = await asyncpg.connect(running.admin_url)
        await admin.execute("create database sjabloon owner schakel")
        await admin.close()
        url = running.url.rpartition("/")[0] + "/sjabloon"
        await migrate(url)
        os.environ["SCHAKEL_TEST_ADMIN_URL"] = running.admin_url
        yield url


@asynccontextmanager
async def copied(template: str) -> AsyncIterator[str]:
    """The name of a copy of this database, for one test alone."""
    name = f"t{next(_numbers)}"
    admin = await asyncpg.connect(os.environ["SCHAKEL_TEST_ADMIN_URL"])
    await admin.execute(f"create database {name} template {template} owner schakel strategy file_copy")
    yield name
    for _ in range(20):
        try:
            await admin.execute(f"drop database if exists {name} with (force)")
            break
        except asyncpg.ObjectInUseError:
            await asyncio.sleep(0.1)
    await admin.close()


@pytest_asyncio.fixture(loop_scope="session")
async def database_url(template_url: str) -> AsyncIterator[str]:
    """An empty, migrated database of this test alone."""
    async with copied("sjabloon") as name:
        yield template_url.rpartition("/")[0] + f"/{name}"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def seeded(template_url: str, open_folder: Path) -> str:
    """The name of a database with Lindewaard in it, to copy from."""
    async with copied("sjabloon") as name:
        async with open_stad(open_folder, template_url.rpartition("/")[0] + f"/{name}"):
            pass
        admin = await asyncpg.connect(os.environ["SCHAKEL_TEST_ADMIN_URL"])
        await admin.execute(f"create database lindewaard template {name} owner schakel strategy file_copy")
        await admin.close()
    return "lindewaard"


@pytest_asyncio.fixture(loop_scope="session")
async def stad(seeded: str, template_url: str, open_folder: Path) -> AsyncIterator[Stad]:
    """Lindewaard with its whole house, on a database of this test alone."""
    async with copied(seeded) as name, open_stad(open_folder, template_url.rpartition("/")[0] + f"/{name}") as stad:
        yield stad


@pytest_asyncio.fixture(loop_scope="session")
async def db(database_url: str) -> AsyncIterator[Database]:
    """The same, opened."""
    database = Database(database_url, min_size=1, max_size=8)
    await database.open()
    yield database
    await database.close()
