# SPDX-License-Identifier: EUPL-1.2
"""The face for the klant in a real Chromium: everybody can use every page, by keyboard alone, on a phone too."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, ConsoleMessage, Page

from tests.browser_fixtures import screenshot
from tests.edge.stad import Stad
from tests.edge.web.axe import check_page
from tests.edge.web.bladen import served
from tests.edge.web.klant.portaal import PDF, begin, code_on, fill_in, fill_in_all, hand_in, id_of, log_in_browser

pytestmark = pytest.mark.browser
WIDTHS = (1440, 720, 360)


@pytest_asyncio.fixture(loop_scope="session")
async def address(stad: Stad) -> AsyncIterator[str]:
    async with served(stad.app) as address:
        yield address


async def look_at(page: Page, address: str, pages: dict[str, str]) -> None:
    """Each of these pages: no violation at any width, nothing that the content security policy stops."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            complaints.append(message.text)

    page.on("console", hear)
    for name, path in pages.items():
        await page.goto(address + path)
        await page.evaluate("document.fonts.ready")
        await screenshot(page, f"klant-{name}")
        await check_page(page, WIDTHS)
    assert complaints == []


async def test_pages_without_a_log_in_are_usable_by_everybody(page: Page, stad: Stad, address: str) -> None:
    await stad.visitor().post("/vraag", {"onderwerp": "Bak", "tekst": "Niet geleegd", "email": "f@post.example"})
    await stad.do_jobs()
    pages = {"start": "/", "aanmelden": "/aanmelden", "digid": "/digid", "vraag": "/vraag", "post": "/proefpostbus"}
    await look_at(page, address, pages)


async def test_pages_of_an_inwoner_are_usable_by_everybody(
    page: Page, context: BrowserContext, stad: Stad, address: str
) -> None:
    aylin = await log_in_browser(stad, context, address)
    await look_at(page, address, {"leeg": "/mijn", "product": "/mijn/aanvragen/parkeervergunning"})
    path = await fill_in_all(aylin)
    await fill_in(aylin, path, 1, {}, "voeg toe bewijs", files={"v_bewijs": ("a.pdf", PDF, "application/pdf")})
    draft = {"stap": f"{path}/stap/1", "controle": f"{path}/controle", "bewaard": f"{path}/bewaard"}
    await look_at(page, address, {"concept": "/mijn", **draft, "klopt-niet": f"{path}/klopt-niet"})
    await hand_in(aylin, path)
    bericht_id = await stad.value(
        "select id from bericht where interactie_id = $1 and inhoudsklasse = 'persoonlijk'", id_of(path)
    )
    rest = {"overzicht": "/mijn", "resultaat": f"/mijn/contact/{id_of(path)}", "bericht": f"/mijn/bericht/{bericht_id}"}
    own = {"keek": "/mijn/gegevens", "zelf": "/mijn/gegevens/zelf", "rechten": "/mijn/gegevens/opvragen"}
    await look_at(page, address, {**rest, **own, "verder": "/verder"})


async def test_what_follows_a_form_is_usable_by_everybody(
    page: Page, context: BrowserContext, stad: Stad, address: str
) -> None:
    await page.goto(address + "/vraag")
    await page.click("text=Verstuur uw vraag")
    await page.locator("[data-focus]:focus").wait_for()  # the list of mistakes has the focus
    await check_page(page, WIDTHS)
    await page.fill("#onderwerp", "Bak")
    await page.fill("#tekst", "Niet geleegd")
    await page.click("text=Verstuur uw vraag")
    await page.locator("h1", has_text="Wij hebben uw vraag").wait_for()
    await check_page(page, WIDTHS)

    aylin = await log_in_browser(stad, context, address)
    path, _ = await begin(aylin)
    await page.goto(f"{address}{path}/stap/1")
    await page.fill("#v_kenteken", "XX12")
    await page.click("text=Volgende stap")
    await page.locator("[data-focus]:focus").wait_for()
    await screenshot(page, "klant-stap-fout")
    await check_page(page, WIDTHS)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "v_kenteken"
    await page.goto(address + "/mijn/gegevens")
    await page.fill("#telefoon", "06 12 34 56 78")
    await page.click("text=Bewaar >> nth=-1")
    await page.locator("text=Maak ongedaan").wait_for()
    await check_page(page, WIDTHS)


async def tab_to(page: Page, wanted: str) -> None:
    """With the Tab key only."""
    for _ in range(80):
        await page.keyboard.press("Tab")
        if await page.evaluate("s => document.activeElement.matches(s)", wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached by keyboard")


async def test_an_aanvraag_is_done_by_keyboard_alone(
    page: Page, context: BrowserContext, stad: Stad, address: str
) -> None:
    await log_in_browser(stad, context, address)
    await page.goto(address + "/mijn")
    await tab_to(page, "a[href^='/mijn/aanvragen/']")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/mijn/aanvragen/*")
    await tab_to(page, "main button")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/stap/1")
    await tab_to(page, "#v_kenteken")
    await page.keyboard.type("xx 123 x")
    await tab_to(page, "[name=v_eigenaar]")
    await page.keyboard.press("Space")
    await page.keyboard.press("Enter")  # Enter in a field goes on, and does not press the button of the bijlage
    await page.wait_for_url("**/stap/2")
    await tab_to(page, "#v_ingangsdatum")
    await page.keyboard.type("1-12-2026")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/controle")
    await tab_to(page, "main form button")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/mijn/contact/*")

    assert await page.locator("h2", has_text="U krijgt een parkeervergunning.").count() == 1


async def test_what_is_typed_is_kept_without_pressing_anything(
    page: Page, context: BrowserContext, stad: Stad, address: str
) -> None:
    path, _ = await begin(await log_in_browser(stad, context, address))
    await page.goto(f"{address}{path}/stap/1")
    async with page.expect_response("**/concept") as saved:
        await page.fill("#v_kenteken", "XX-1")
        await page.locator("[name=v_eigenaar]").first.focus()
    assert (await saved.value).status == 204
    await page.reload()
    assert await page.input_value("#v_kenteken") == "XX-1"


async def test_a_scanned_code_survives_the_log_in(
    page: Page, context: BrowserContext, stad: Stad, address: str
) -> None:
    aylin = await stad.log_in_partij(await stad.partij())
    path, first = await begin(aylin)
    code = code_on(first.text).replace("-", "")
    await page.goto(f"{address}/verder#code={code}")
    await page.wait_for_url(re.compile(r"/digid\?"))
    await page.check("text=Aylin Yılmaz")
    await page.click("button:has-text('Log in')")
    await page.wait_for_url(re.compile(r"/verder"))
    assert await page.input_value("[name=code]") == code
    await page.click("text=Ga verder >> nth=-1")
    await page.wait_for_url(f"**{path}/stap/1")
