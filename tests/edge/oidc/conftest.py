# SPDX-License-Identifier: EUPL-1.2
"""A house beside a provider that lies, and one beside a real provider."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.browser_fixtures import chromium, context, page  # noqa: F401
from tests.databases import copied
from tests.edge.oidc.leugenaar import Leugenaar, lying
from tests.edge.oidc.proefprovider import Proef, proef
from tests.edge.stad import Stad, open_stad


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def gedeeld(template_url: str, open_folder: Path) -> AsyncIterator[tuple[Leugenaar, Stad]]:
    url = template_url.rpartition("/")[0]
    async with (
        lying() as liar,
        copied("sjabloon") as name,
        open_stad(open_folder, f"{url}/{name}", demo=False, oidc=liar.settings) as stad,
    ):
        yield liar, stad


@pytest.fixture
def leugenaar(gedeeld: tuple[Leugenaar, Stad]) -> Leugenaar:
    """Well-behaved until the test says otherwise."""
    gedeeld[0].behave()
    return gedeeld[0]


@pytest_asyncio.fixture(loop_scope="session")
async def huis(gedeeld: tuple[Leugenaar, Stad], leugenaar: Leugenaar) -> Stad:
    """An empty gemeente whose medewerkers log in at the liar; it knows the liar's description and keys already."""
    await gedeeld[1].value("delete from sessie")
    return gedeeld[1]


@pytest_asyncio.fixture(loop_scope="session")
async def nieuw_huis(leugenaar: Leugenaar, database_url: str, open_folder: Path) -> AsyncIterator[Stad]:
    """The same, that never asked the liar anything."""
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
