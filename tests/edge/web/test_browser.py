# SPDX-License-Identifier: EUPL-1.2
"""The house in a real Chromium: everybody can use it, by keyboard too, and nothing typed is lost."""

import pytest
from playwright.async_api import BrowserContext, ConsoleMessage, Page, expect

from tests.browser_fixtures import screenshot
from tests.edge.web.axe import check_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/", "/onderdelen", "/bestaat-niet"])
async def test_a_page_has_no_violations_at_any_width(page: Page, site: str, path: str) -> None:
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "404" not in message.text:
            complaints.append(message.text)

    page.on("console", hear)
    await page.goto(site + path)
    await page.evaluate("document.fonts.ready")

    assert complaints == []  # nothing that the content security policy stops
    await screenshot(page, {"/": "start", "/onderdelen": "onderdelen"}.get(path, "fout"))
    await check_page(page)


async def test_a_first_visit_loads_at_most_100_kb(page: Page, site: str) -> None:
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    await page.goto(site + "/")
    await page.wait_for_load_state("networkidle")

    assert 40_000 < sum(sizes) <= 100_000


async def test_a_list_is_one_tab_stop_and_arrows_walk_over_it(page: Page, site: str) -> None:
    await page.goto(site + "/onderdelen")
    first = page.locator("#lijst a").first
    await first.focus()
    await page.keyboard.press("ArrowDown")
    assert await page.evaluate("document.activeElement.getAttribute('href')") == "#e-mail"
    await page.keyboard.press("End")
    assert await page.evaluate("document.activeElement.getAttribute('href')") == "#balie"
    await page.keyboard.press("Tab")
    assert not await page.evaluate("document.activeElement.closest('#lijst') !== null")


async def test_what_is_typed_is_kept_while_the_line_is_down_and_sent_after_it(
    page: Page, context: BrowserContext, site: str
) -> None:
    await page.goto(site + "/onderdelen")
    await context.set_offline(True)
    await page.fill("#tekst", "Beste mevrouw")
    await page.locator(".bewaard-let").wait_for()
    assert "Geen verbinding" in await page.locator("[data-bewaard]").inner_text()

    await context.set_offline(False)
    await page.locator("[data-bewaard]:not(.bewaard-let)", has_text="Concept bewaard om").wait_for()


async def test_two_tabs_share_one_stream(context: BrowserContext, site: str) -> None:
    one, two = await context.new_page(), await context.new_page()
    for tab in (one, two):
        await tab.goto(site + "/levend")
        await tab.evaluate(
            "document.addEventListener('schakel:levend', e => { document.body.dataset.heard = e.detail.interactie })"
        )
    for tab in (one, two):
        await expect(tab.locator("body")).to_have_attribute("data-heard", "abc")

    assert (await (await context.request.get(site + "/levend/aantal")).json()) == 1
