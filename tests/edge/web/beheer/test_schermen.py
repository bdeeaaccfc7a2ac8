# SPDX-License-Identifier: EUPL-1.2
"""Every page of beheer in a real browser: nothing that axe finds, nothing wider than its screen, by keyboard too."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page

from schakel.web.sessie import new_token
from tests.browser_fixtures import screenshot
from tests.databases import copied
from tests.edge.stad import Draaiend, run_stad
from tests.edge.web.axe import check_page
from tests.edge.web.beheer.zaken import BESLISSING, PROCES, V2, begin, hand_in

pytestmark = pytest.mark.browser
PAGES = (
    "/beheer",
    "/beheer/drukte?periode=jaar",
    "/beheer/kanalen",
    "/beheer/processen",
    PROCES,
    "/beheer/serviceformules",
    "/beheer/gegevens",
    "/beheer/gegevens?doel=inzage",
    "/beheer/toegang",
    "/beheer/normen",
)


@pytest_asyncio.fixture(loop_scope="session")
async def huis(seeded: str, template_url: str, open_folder: Path) -> AsyncIterator[Draaiend]:
    url = template_url.rpartition("/")[0]
    async with copied(seeded) as name, run_stad(open_folder, f"{url}/{name}") as running:
        yield running


async def sign_in(huis: Draaiend, context: BrowserContext, account: str) -> None:
    token, diensten = new_token(), huis.stad.diensten
    assert await diensten.aanmelden.open_for_account(account, token, new_token(), diensten.clock())
    await context.add_cookies([{"name": "schakel", "value": token, "url": huis.url}])


async def test_every_page_of_beheer_passes_axe_wide_and_small(
    huis: Draaiend, context: BrowserContext, page: Page
) -> None:
    await hand_in(huis.stad, await begin(huis.stad))
    await huis.stad.value(
        """insert into pgqueuer (priority, status, entrypoint, payload, attempts)
           values (0, 'failed', 'verzend', '\\x00', 4)"""
    )
    await sign_in(huis, context, "kees")
    beslissing = await huis.stad.value("select id from beslissing where sleutel = $1", BESLISSING)
    for path in (*PAGES, f"/beslissing/{beslissing}"):
        answer = await page.goto(huis.url + path)
        assert answer
        assert answer.status == 200, path
        await check_page(page, (1440, 360))
        await screenshot(page, path.strip("/").partition("?")[0].replace("/", "-"))
    await sign_in(huis, context, "femke")
    await page.goto(f"{huis.url}/beslissing/{beslissing}")
    await check_page(page, (1440, 360))


async def test_a_model_is_refused_and_then_accepted_by_keyboard(
    huis: Draaiend, context: BrowserContext, page: Page
) -> None:
    await sign_in(huis, context, "kees")
    await page.goto(huis.url + PROCES)
    bad = V2.replace(b"<text>&gt;= 2</text>", b"<text>len(x)</text>")
    await page.set_input_files("#bestanden", {"name": "v2.dmn", "mimeType": "application/xml", "buffer": bad})
    await page.get_by_role("button", name="Controleer en zet in kracht").press("Enter")
    refused = page.get_by_role("alert")
    await refused.get_by_text("Er is niets veranderd").wait_for()
    assert await refused.evaluate("alert => alert === document.activeElement")
    await check_page(page, (1440, 360))

    await page.set_input_files("#bestanden", {"name": "v2.dmn", "mimeType": "application/xml", "buffer": V2})
    await page.get_by_role("button", name="Controleer en zet in kracht").press("Enter")
    await page.get_by_text("De nieuwe versie geldt.").wait_for()
    await check_page(page, (1440, 360))
    assert await page.locator(".versies li").count() == 2
