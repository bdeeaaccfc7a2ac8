# SPDX-License-Identifier: EUPL-1.2
"""The site of these tests in memory and on a port, and a browser to look at it."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from litestar.testing import TestClient

from tests.browser_fixtures import chromium, context, page  # noqa: F401
from tests.edge.web.bladen import served
from tests.edge.web.house import make_site


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(make_site(), raise_server_exceptions=False) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def site() -> AsyncIterator[str]:
    async with served(make_site()) as address:
        yield address
