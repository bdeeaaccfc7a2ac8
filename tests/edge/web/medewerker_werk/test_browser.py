# SPDX-License-Identifier: EUPL-1.2
"""The desk in a real Chromium: usable by keyboard alone, alive without moving, and nothing typed is lost."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page

from tests.browser_fixtures import WIDE, screenshot
from tests.edge.stad import Stad
from tests.edge.web.axe import check_page
from tests.edge.web.bladen import served
from tests.edge.web.medewerker_werk.bureau import AYLIN, answers_sent, identified, mail_in, sign_in, stand_of

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture(loop_scope="session")
async def address(stad: Stad) -> AsyncIterator[str]:
    async with served(stad.app) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="session")
async def maud(stad: Stad, context: BrowserContext, address: str) -> Page:
    """A tab of Maud."""
    await sign_in(stad, context, address, "maud")
    return await context.new_page()


@pytest_asyncio.fixture(loop_scope="session")
async def joris(stad: Stad, chromium: Browser, address: str) -> AsyncIterator[Page]:
    """Another browser, of a colleague."""
    context = await chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="nl-NL", timezone_id="Europe/Amsterdam"
    )
    context.set_default_timeout(10_000)
    await sign_in(stad, context, address, "joris")
    yield await context.new_page()
    await context.close()


async def focused(page: Page) -> str:
    """Tag, id and name of what has the focus."""
    found: str = await page.evaluate("(e => `${e.tagName}#${e.id}`)(document.activeElement)")
    return found


async def tab_to(page: Page, wanted: str) -> None:
    """With the Tab key only."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await page.evaluate("s => document.activeElement.matches(s)", wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached by Tab; the focus is on {await focused(page)}")


@pytest.mark.parametrize("width", [1440, 360])
async def test_no_page_of_the_desk_has_a_violation(stad: Stad, maud: Page, address: str, width: int) -> None:
    complaints: list[str] = []
    maud.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    vraag = await mail_in(stad, bijlage="foto.pdf", html="<p>Mijn grof vuil</p>")
    bekend = await mail_in(stad, "Verhuizing", "Ik ben verhuisd.", van=f"{AYLIN} <aylin.yilmaz@post.example>")
    await identified(stad, bekend)
    aanvraag = await mail_in(stad, "Parkeervergunning", "Ik wil een parkeervergunning aanvragen.", bijlage="lease.pdf")
    await maud.set_viewport_size({"width": width, "height": 900})
    for name, path in {
        "werk": "/werk?lijst=team",
        "werk-leeg": "/werk?lijst=mij",
        "vraag": f"/werk/{vraag}",
        "vraag-bekend": f"/werk/{bekend}",
        "aanvraag": f"/werk/{aanvraag}",
    }.items():
        await maud.goto(address + path)
        await maud.locator("#klantbeeld .wacht").first.wait_for(state="detached")
        await check_page(maud, (width,))
        if width == WIDE["width"]:
            await screenshot(maud, f"medewerker-{name}")
    await maud.goto(f"{address}/werk/{vraag}")
    await maud.click("#knop-notitie")
    await check_page(maud, (width,))
    assert complaints == []


async def test_a_question_is_answered_with_the_keyboard_alone(stad: Stad, maud: Page, address: str) -> None:
    interactie_id = await mail_in(stad)
    await maud.goto(f"{address}/werk?lijst=team")
    await tab_to(maud, "#lijst-werk a")
    while await focused(maud) != f"A#w-{interactie_id}":
        before = await focused(maud)
        await maud.keyboard.press("ArrowDown")
        assert await focused(maud) != before, "the end of the list"
    await maud.keyboard.press("Enter")
    await maud.wait_for_selector(f'#midden[data-interactie="{interactie_id}"]')
    assert await maud.get_attribute(f"#w-{interactie_id}", "aria-current") == "true"

    await maud.keyboard.press("Alt+a")
    assert (await focused(maud)).startswith("TEXTAREA")
    await maud.keyboard.type("Beste heer Hofstra, donderdag.")
    await tab_to(maud, '#stap input[type="radio"]')
    await maud.keyboard.press("Space")
    await tab_to(maud, "#stap button[type=submit]")
    await maud.keyboard.press("Enter")
    await maud.get_by_text("Uw antwoord gaat nu naar de klant.").wait_for()

    assert await answers_sent(stad, interactie_id) == 1
    assert (await stand_of(stad, interactie_id)).status == "afgerond"
    await maud.wait_for_function("document.activeElement.textContent.includes('Uw antwoord gaat nu')")


async def test_the_draft_saves_itself_and_is_there_after_a_reload(stad: Stad, maud: Page, address: str) -> None:
    interactie_id = await mail_in(stad)
    await maud.goto(f"{address}/werk/{interactie_id}")
    await maud.fill("#stap textarea", "Half af")
    await maud.get_by_text("Concept bewaard om").wait_for()
    assert await stad.value("select tekst from antwoordconcept where interactie_id = $1", interactie_id) == "Half af"

    await maud.reload()

    assert await maud.input_value("#stap textarea") == "Half af"


async def test_a_new_message_appears_while_somebody_types_and_takes_neither_focus_nor_text(
    stad: Stad, maud: Page, joris: Page, address: str
) -> None:
    interactie_id = await mail_in(stad)
    await maud.goto(f"{address}/werk/{interactie_id}")
    await joris.goto(f"{address}/werk/{interactie_id}")
    await maud.locator("#aanwezig", has_text="Joris van Dijk kijkt mee").wait_for()
    await maud.focus("#stap textarea")
    await maud.keyboard.type("Ik schrijf")

    await joris.click("#knop-notitie")
    await joris.fill("#vak-notitie textarea", "Al gebeld")
    await joris.get_by_role("button", name="Bewaar notitie").click()
    await maud.locator("#tijdlijn", has_text="Al gebeld").wait_for()
    await maud.keyboard.type(" gewoon door")

    assert await maud.input_value("#stap textarea") == "Ik schrijf gewoon door"
    await joris.locator("#aanwezig", has_text="Maud Jansen schrijft ook een antwoord").wait_for()


async def test_when_a_colleague_answers_first_the_text_stays_and_the_page_says_so(
    stad: Stad, maud: Page, joris: Page, address: str
) -> None:
    interactie_id = await mail_in(stad)
    for page in (maud, joris):
        await page.goto(f"{address}/werk/{interactie_id}")
        await page.fill("#stap textarea", f"Antwoord van {'maud' if page is maud else 'joris'}")
    await joris.click("#stap button[type=submit]")
    await joris.get_by_text("Uw antwoord gaat nu naar de klant.").wait_for()
    await maud.locator("#veranderd", has_text="Een collega deed intussen een stap").wait_for()

    await maud.click("#stap button[type=submit]")

    await maud.get_by_text("is al gedaan").wait_for()
    assert await maud.input_value("#stap textarea") == "Antwoord van maud"
    assert await answers_sent(stad, interactie_id) == 1


async def test_new_work_waits_behind_a_button_and_moves_nothing(stad: Stad, maud: Page, address: str) -> None:
    await mail_in(stad)
    await maud.goto(f"{address}/werk?lijst=team")
    ids = "[...document.querySelectorAll('#lijst-werk [data-id]')].map(e => e.dataset.id)"
    before = await maud.evaluate(ids)
    fresh = [await mail_in(stad) for _ in range(3)]
    await maud.get_by_role("link", name="3 nieuw").wait_for()
    assert await maud.evaluate(ids) == before

    await maud.click("#werk-nieuw")

    await maud.wait_for_selector(f"#w-{fresh[0]}")
    assert {str(i) for i in fresh} <= set(await maud.evaluate(ids))


async def test_two_tabs_of_one_browser_hold_one_stream(
    stad: Stad, maud: Page, context: BrowserContext, address: str
) -> None:
    asked: list[str] = []
    context.on("request", lambda r: asked.append(r.url) if "/stroom" in r.url else None)
    other = await context.new_page()
    interactie_id = await mail_in(stad)
    for tab in (maud, other):
        await tab.goto(f"{address}/werk/{interactie_id}")
    await note(stad, interactie_id, "In beide tabbladen")
    for tab in (maud, other):
        await tab.locator("#tijdlijn", has_text="In beide tabbladen").wait_for()
    assert len(asked) == 1


async def note(stad: Stad, interactie_id: UUID, tekst: str) -> None:
    async with stad.diensten.open_werk() as werk:
        at = stad.diensten.clock()
        await stad.diensten.werkplek.note(werk, interactie_id, await stad.actor("joris"), tekst, at)


async def test_alt_w_shows_a_wisselcode(stad: Stad, maud: Page, address: str) -> None:
    interactie_id = await mail_in(stad)
    await maud.goto(f"{address}/werk/{interactie_id}")
    await maud.keyboard.press("Alt+w")
    assert len(await maud.locator(".wisselcode").inner_text()) == 7


async def test_going_back_shows_the_question_before(stad: Stad, maud: Page, address: str) -> None:
    one, two = await mail_in(stad, "Eerste vraag"), await mail_in(stad, "Tweede vraag")
    await maud.goto(f"{address}/werk/{one}?lijst=team")
    await maud.click(f"#w-{two}")
    await maud.get_by_role("heading", name="Tweede vraag").wait_for()
    await maud.go_back()
    await maud.get_by_role("heading", name="Eerste vraag").wait_for()
    assert await maud.locator("#lijst-werk").count() == 1
