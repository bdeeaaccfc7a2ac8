# SPDX-License-Identifier: EUPL-1.2
"""A register to write in."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.edge.register_schrijven.schrijver import Schrijver, writing


@pytest_asyncio.fixture(loop_scope="session")
async def api(database_url: str) -> AsyncIterator[Schrijver]:
    """On a database of this test alone."""
    async with writing(database_url) as schrijver:
        yield schrijver
