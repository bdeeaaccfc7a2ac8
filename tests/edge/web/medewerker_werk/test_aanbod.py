# SPDX-License-Identifier: EUPL-1.2
"""Work that is offered on the desk: by keyboard, with a reason when it goes back, and too late is said kindly."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page

from schakel.kanaalintegratie.verdeling.verdeler import Verdeler
from tests.browser_fixtures import WIDE, screenshot
from tests.edge.stad import Stad
from tests.edge.web.axe import check_page
from tests.edge.web.bladen import served
from tests.edge.web.medewerker_werk.bureau import mail_in, regiehouder_of, sign_in


async def only_one_waits(stad: Stad) -> UUID:
    """All that the seed left is done; one mail waits."""
    async with stad.database.connection() as connection:
        await connection.execute("update interactie set status = 'afgerond'")
    return await mail_in(stad)


async def divide(stad: Stad) -> int:
    return await Verdeler(stad.diensten.open_werk, {}, {}, stad.diensten.clock).divide()


@pytest_asyncio.fixture(loop_scope="session")
async def maud(stad: Stad, context: BrowserContext) -> AsyncIterator[Page]:
    async with served(stad.app) as address:
        await sign_in(stad, context, address, "maud")
        page = await context.new_page()
        await page.goto(f"{address}/werk")
        yield page


@pytest.mark.browser
async def test_by_keyboard_she_says_that_she_is_there_and_takes_what_she_gets(stad: Stad, maud: Page) -> None:
    vraag = await only_one_waits(stad)
    await maud.keyboard.press("Alt+b")
    await maud.keyboard.press("Home")
    await maud.keyboard.press("Enter")
    await maud.wait_for_selector("#ben-beschikbaar[aria-current]")
    assert await divide(stad) == 1
    await maud.wait_for_selector("text=Voor u")
    for width in (1440, 360):
        await maud.set_viewport_size({"width": width, "height": 900})
        await check_page(maud)
        await screenshot(maud, f"aanbod-{width}")
    await maud.set_viewport_size(WIDE)
    await maud.keyboard.press("Alt+j")
    await maud.wait_for_url(f"**/werk/{vraag}**")
    assert await regiehouder_of(stad, vraag) == await stad.actor("maud")
    await maud.click("#knop-wegleggen")
    await maud.wait_for_selector("text=De vraag blijft van u")
    assert await stad.value("select stand from werkitem where interactie_id = $1", vraag) == "bij_regiehouder"


@pytest.mark.browser
async def test_while_she_chooses_a_reason_the_box_stands_still(stad: Stad, maud: Page) -> None:
    vraag = await only_one_waits(stad)
    await maud.click("#ben-beschikbaar")
    await maud.wait_for_selector("#ben-beschikbaar[aria-current]")
    await divide(stad)
    await maud.click("#knop-geef-terug")
    await maud.check("text=Ik ken deze klant persoonlijk")
    async with stad.diensten.open_werk() as werk:
        await werk.announce(vraag)
    async with maud.expect_response("**/werk/aanbod?**") as answered:
        pass
    assert (await answered.value).status == 204
    await maud.click(".aanbod details button")
    await maud.wait_for_selector("text=Het werk gaat naar een collega")
    assert await stad.value("select toelichting from verdeelbeslissing") == "Ik ken deze klant persoonlijk"


async def test_without_a_script_it_works_too_and_too_late_says_so(stad: Stad) -> None:
    vraag, maud = await only_one_waits(stad), await stad.log_in("maud")
    await maud.post("/werk/beschikbaar", {"beschikbaarheid": "beschikbaar"})
    await divide(stad)
    assert "Voor u" in (await maud.get("/werk")).text
    late = Verdeler(stad.diensten.open_werk, {}, {}, lambda: stad.diensten.clock() + timedelta(minutes=5))
    await late.divide()
    answer = await maud.post(f"/werk/aanbod/{vraag}", {"besluit": "aannemen"}, headers={"hx-request": "true"})
    assert "De tijd om dit werk aan te nemen is voorbij" in answer.text
    assert await regiehouder_of(stad, vraag) is None


async def test_nobody_takes_what_was_offered_to_another(stad: Stad) -> None:
    vraag, maud, joris = await only_one_waits(stad), await stad.log_in("maud"), await stad.log_in("joris")
    await maud.post("/werk/beschikbaar", {"beschikbaarheid": "beschikbaar"})
    await divide(stad)
    await joris.post(f"/werk/aanbod/{vraag}", {"besluit": "aannemen"})
    await joris.post(f"/werk/{vraag}/regie")
    assert await regiehouder_of(stad, vraag) is None
    await maud.post(f"/werk/aanbod/{vraag}", {"besluit": "aannemen"})
    assert await regiehouder_of(stad, vraag) == await stad.actor("maud")
