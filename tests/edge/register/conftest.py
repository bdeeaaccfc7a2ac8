# SPDX-License-Identifier: EUPL-1.2
"""A filled register, read over HTTP."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.edge.register.vulling import Lezer, reading


@pytest_asyncio.fixture(loop_scope="session")
async def lezer(database_url: str) -> AsyncIterator[Lezer]:
    """On a database of this test alone."""
    async with reading(database_url) as lezer:
        yield lezer
