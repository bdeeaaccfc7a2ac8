# SPDX-License-Identifier: EUPL-1.2
"""Two inwoners with a browser without JavaScript."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.browser_fixtures import chromium, context, page  # noqa: F401
from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.klant.portaal import AYLIN


@pytest_asyncio.fixture(loop_scope="session")
async def aylin(stad: Stad) -> AsyncIterator[Bezoeker]:
    bezoeker = await stad.log_in_partij(await stad.partij(AYLIN))
    yield bezoeker
    await bezoeker.client.aclose()


@pytest_asyncio.fixture(loop_scope="session")
async def buurman(stad: Stad) -> AsyncIterator[Bezoeker]:
    """Somebody else who logged in just as well."""
    other = await stad.value("select id from partij where naam <> $1 and not zelfstandig order by naam limit 1", AYLIN)
    bezoeker = await stad.log_in_partij(other)
    yield bezoeker
    await bezoeker.client.aclose()
