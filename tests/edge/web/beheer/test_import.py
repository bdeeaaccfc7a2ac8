# SPDX-License-Identifier: EUPL-1.2
"""The page Import in a real browser: while it runs, and when it is done; it moves on without a press."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, expect

from schakel.storage.crypto import Kluis
from schakel.web.sessie import new_token
from tests.browser_fixtures import screenshot
from tests.databases import copied
from tests.edge.overname.conftest import Verhuizer
from tests.edge.overname.inboedel import inboedel
from tests.edge.overname.open_klant import OpenKlant
from tests.edge.stad import KEY, Draaiend, run_stad
from tests.edge.web.axe import check_page

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture(loop_scope="session")
async def huis(seeded: str, template_url: str, open_folder: Path) -> AsyncIterator[Draaiend]:
    url = template_url.rpartition("/")[0]
    async with copied(seeded) as name, run_stad(open_folder, f"{url}/{name}") as running:
        yield running


def stop_at_betrokkenen(fase: str, resource: str, done: int, of: int) -> None:
    if resource == "betrokkenen":
        raise ZeroDivisionError


async def test_the_page_import_passes_axe_and_follows_by_itself(
    huis: Draaiend, context: BrowserContext, page: Page
) -> None:
    token, diensten = new_token(), huis.stad.diensten
    assert await diensten.aanmelden.open_for_account("kees", token, new_token(), diensten.clock())
    await context.add_cookies([{"name": "schakel", "value": token, "url": huis.url}])
    klant, verhuizer = OpenKlant(inboedel()), Verhuizer(huis.stad.database, kluis=Kluis(KEY))
    with pytest.raises(ZeroDivisionError):
        await verhuizer.move(
            klant, progress=lambda fase, resource, done, of: (1 // (resource != "betrokkenen"), None)[1]
        )
    await page.goto(f"{huis.url}/beheer/import")
    await expect(page.get_by_text("stap 1 van 3")).to_be_visible()
    await check_page(page, (1440, 360))
    await screenshot(page, "beheer-import-loopt")

    klant.rows["digitaleadressen"].insert(
        0, klant.rows["digitaleadressen"][3] | {"uuid": inboedel()["actoren"][0]["uuid"]}
    )
    await verhuizer.move(klant)

    await expect(page.get_by_text("Klaar, met verschillen")).to_be_visible()
    await check_page(page, (1440, 360))
    await screenshot(page, "beheer-import-klaar")
