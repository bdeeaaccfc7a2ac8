# SPDX-License-Identifier: EUPL-1.2
"""The same in a real Chromium: by keyboard alone, at every width, with nothing that axe objects to."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, expect

from schakel.web.sessie import new_token
from tests.browser_fixtures import screenshot
from tests.databases import copied
from tests.edge.stad import Draaiend, Stad, run_stad
from tests.edge.web.axe import check_page
from tests.edge.web.medewerker_contact.gang import AYLIN, begin_on_website, kept

pytestmark = pytest.mark.browser
Open: TypeAlias = Callable[[str], Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def draaiend(seeded: str, template_url: str, open_folder: Path) -> AsyncIterator[Draaiend]:
    """Lindewaard on a port, on a database of this test alone."""
    async with copied(seeded) as name, run_stad(open_folder, template_url.rpartition("/")[0] + f"/{name}") as draaiend:
        yield draaiend


@pytest.fixture
def stad(draaiend: Draaiend) -> Stad:
    return draaiend.stad


@pytest.fixture
def site(draaiend: Draaiend) -> str:
    return draaiend.url


@pytest_asyncio.fixture(loop_scope="session")
async def open_as(stad: Stad, site: str, context: BrowserContext) -> Open:
    """A page of a medewerker who signed in; it fails on anything that the browser complains about."""

    async def opened(account: str) -> Page:
        token = new_token()
        assert await stad.diensten.aanmelden.open_for_account(account, token, new_token(), stad.diensten.clock())
        await context.add_cookies([{"name": "schakel", "value": token, "url": site}])
        page = await context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        return page

    return opened


async def focused(page: Page) -> str:
    found: str = await page.evaluate("document.activeElement.id || document.activeElement.getAttribute('href') || ''")
    return found


async def look(page: Page, name: str) -> None:
    await page.evaluate("document.fonts.ready")
    await screenshot(page, name)
    await check_page(page, (1440, 360))


async def test_from_the_first_letter_to_the_klantbeeld_by_keyboard(stad: Stad, site: str, open_as: Open) -> None:
    aylin = await stad.partij(AYLIN)
    geboren = await stad.value("select geboortedatum from partij where id = $1", aylin)
    page = await open_as("maud")
    await page.goto(f"{site}/zoeken")
    assert await focused(page) == "q"
    await look(page, "zoeken-leeg")
    await page.keyboard.type(f"yilmas {geboren:%d-%m-%Y}")
    await expect(page.locator("#telling")).to_contain_text("1 klant past")
    await look(page, "zoeken-treffer")
    await page.keyboard.press("ArrowDown")
    assert await focused(page) == f"/klant/{aylin}"
    await page.keyboard.press("Escape")
    assert await focused(page) == "q"
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    await expect(page.locator("h1")).to_contain_text(AYLIN)
    await look(page, "vaststellen")
    for sleutel in ("geboren", "adres"):
        await page.locator(f"#toon-{sleutel}").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator(f"input[name=oordeel_{sleutel}]").first).to_be_focused()
        await page.keyboard.press("Space")
    await look(page, "vaststellen-antwoord")
    await page.keyboard.press("Enter")
    await expect(page.locator("h2").filter(has_text="Wat wij weten")).to_be_visible()
    await look(page, "klant")


async def test_a_contact_is_kept_in_two_acts_by_keyboard(stad: Stad, site: str, open_as: Open) -> None:
    page = await open_as("maud")
    await page.goto(f"{site}/registreren")
    assert await focused(page) == "samenvatting"
    await page.keyboard.type("Wanneer wordt het oud papier opgehaald in de Lindelaan?")
    await expect(page.locator("#product option").first).to_contain_text("Voorstel")
    await look(page, "registreren")
    await page.locator("input[name=beantwoord]").first.focus()
    await page.keyboard.press("Space")  # one: what the klant says
    await page.keyboard.press("Enter")  # two: keep
    await expect(page.locator(".mld-goed")).to_contain_text("Wij telden alleen het gesprek")
    await look(page, "zoeken-na-gesprek")
    await page.goto(f"{site}/registreren")
    await page.get_by_role("button", name="Bewaar").click()
    await expect(page.locator("[role=alert]")).to_be_focused()
    await look(page, "registreren-fout")


async def test_the_draft_goes_on_at_the_balie_with_a_scanned_code(stad: Stad, site: str, open_as: Open) -> None:
    concept = await begin_on_website(stad, await stad.partij(AYLIN))
    page = await open_as("ruben")
    await page.goto(f"{site}/balie")
    await look(page, "balie")
    await page.keyboard.type(concept.code.replace("-", "")[:5] + "2")
    await page.keyboard.press("Enter")
    await expect(page.locator("#code-fout")).to_be_visible()
    await look(page, "balie-fout")
    await page.keyboard.type(f"{site}/verder#code={concept.code.replace('-', '')}")  # as a scanner does
    await page.keyboard.press("Enter")
    await expect(page.locator("h3").filter(has_text="Legitimatie")).to_be_visible()
    await look(page, "balie-deur")
    await page.get_by_role("button", name="Legitimatie gezien").focus()
    await page.keyboard.press("Enter")

    await expect(page.locator("#kenteken")).to_have_value("XX-123-X")
    await look(page, "balie-concept")
    await page.locator("#ingangsdatum").focus()
    await page.keyboard.type("1-12-2026")
    async with page.expect_response(lambda answer: answer.url.endswith("/bewaar") and answer.ok):
        await page.keyboard.press("Tab")
    verzoek, files = await kept(stad, concept.interactie_id)
    assert verzoek.gegevens["ingangsdatum"].waarde == "2026-12-01"
    await page.fill("#kenteken", "XX-12")
    await page.get_by_role("button", name="Verstuur de aanvraag").click()
    await expect(page.locator("[role=alert]").first).to_be_focused()
    await look(page, "balie-concept-fout")
    await page.fill("#kenteken", "XX-123-X")
    await page.keyboard.press("Enter")  # keeps; only the button sends
    await expect(page.locator("[role=alert]")).to_have_count(0)
    await page.get_by_role("button", name="Verstuur de aanvraag").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("h2").filter(has_text="Waarom dit besluit?")).to_be_visible()
    await look(page, "balie-uitkomst")
    assert (await kept(stad, concept.interactie_id))[1] == files
