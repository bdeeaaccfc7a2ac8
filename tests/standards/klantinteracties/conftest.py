# SPDX-License-Identifier: EUPL-1.2
"""A filled register, read over HTTP: one of a test's own, and one for all tests that change nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from tests.databases import copied
from tests.edge.rampen.draaiend import Draaiend
from tests.edge.register.vulling import Lezer, reading


@pytest_asyncio.fixture(loop_scope="session")
async def lezer(database_url: str) -> AsyncIterator[Lezer]:
    """On a database of this test alone."""
    async with reading(database_url) as lezer:
        yield lezer


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def vast(template_url: str) -> AsyncIterator[Lezer]:
    """Shared; nobody writes in it."""
    async with copied("sjabloon") as name, reading(template_url.rpartition("/")[0] + f"/{name}") as lezer:
        yield lezer


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def draaiend(template_url: str, open_folder: Path) -> AsyncIterator[Draaiend]:
    """An empty gemeente in a process of its own, on loopback, for callers that speak real HTTP."""
    async with copied("sjabloon") as name:
        database_url = template_url.rpartition("/")[0] + f"/{name}"
        env = {"DATABASE_URL": database_url, "SCHAKEL_DEMO_TOKEN": "proef"}
        draaiend = Draaiend(open_folder / name, env)
        await draaiend.start()
        yield draaiend
        await draaiend.stop()
