# SPDX-License-Identifier: EUPL-1.2
"""A house beside a provider that lies, and one beside a real provider."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.browser_fixtures import chromium, context, page  # noqa: F401
from tests.databases import copied
from tests.edge.oidc.leugenaar import Leugenaar, lying
from tests.edge.oidc.proefprovider import Proef, proef
from tests.edge.stad import Stad, open_stad


@pytest_asyncio.fixture(loop_scope="session")
async def leugenaar() -> AsyncIterator[Leugenaar]:
    async with lying() as one:
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def huis(leugenaar: Leugenaar, database_url: str, open_folder: Path) -> AsyncIterator[Stad]:
    """An empty gemeente whose medewerkers log in at the liar."""
    async with open_stad(open_folder, database_url, demo=False, oidc=leugenaar.settings) as stad:
        yield stad


@pytest_asyncio.fixture(loop_scope="session")
async def echt(database_url: str, open_folder: Path) -> AsyncIterator[Proef]:
    """An empty gemeente whose medewerkers log in at oidc-provider."""
    async with proef(open_folder, database_url) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def echte_demo(seeded: str, template_url: str, open_folder: Path) -> AsyncIterator[Proef]:
    """The same beside the demo, with its work."""
    url = template_url.rpartition("/")[0]
    async with copied(seeded) as name, proef(open_folder, f"{url}/{name}", demo=True) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def stad_leeg(database_url: str, open_folder: Path) -> AsyncIterator[Stad]:
    """An empty gemeente without any log-in."""
    async with open_stad(open_folder, database_url, demo=False) as stad:
        yield stad
