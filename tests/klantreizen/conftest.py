# SPDX-License-Identifier: EUPL-1.2
"""Lindewaard at work, and browsers for the people in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.browser_fixtures import chromium, context, page  # noqa: F401
from tests.databases import copied
from tests.edge.stad import Draaiend, run_stad


@pytest_asyncio.fixture(loop_scope="session")
async def draaiend(seeded: str, template_url: str, open_folder: Path) -> AsyncIterator[Draaiend]:
    """The demo as `make start` shows it, on a database of this test alone."""
    async with copied(seeded) as name, run_stad(open_folder, template_url.rpartition("/")[0] + f"/{name}") as running:
        yield running
