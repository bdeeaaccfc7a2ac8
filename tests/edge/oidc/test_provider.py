# SPDX-License-Identifier: EUPL-1.2
"""A medewerker logs in at a real provider (npm oidc-provider), works with the rol of his groep, and logs out."""

import httpx
import pytest
from playwright.async_api import BrowserContext, Page

from tests.browser_fixtures import screenshot
from tests.edge.oidc.leugenaar import new_key
from tests.edge.oidc.proefprovider import Proef
from tests.edge.web.axe import check_page
from tests.edge.web.bladen import visible


async def sessies(proef: Proef) -> int:
    return int(await proef.draaiend.stad.value("select count(*) from sessie"))


async def test_who_logs_in_has_the_rol_team_and_functie_of_his_groep(echt: Proef) -> None:
    async with echt.browser() as browser:
        back = await echt.log_in(browser, "ilse")
        assert (back.status_code, back.headers["location"]) == (303, "/werk")
        page = await browser.get(f"{echt.url}/werk")
    assert page.status_code == 200
    row = await echt.draaiend.stad.value(
        "select row(naam, rollen, team, functie) from actor where account like '% ilse'"
    )
    assert tuple(row) == ("Ilse de Boer", ["kcc_medewerker"], "kcc", "Medewerker klantcontact")


async def test_groepen_in_the_id_token_count_as_those_of_userinfo(echt: Proef) -> None:
    await echt.start([new_key("een")], IN_ID_TOKEN="ja")
    async with echt.browser() as browser:
        assert (await echt.log_in(browser, "karim")).headers["location"] == "/beheer"


async def test_who_is_in_no_groep_of_schakel_stays_outside_and_reads_why(echt: Proef) -> None:
    async with echt.browser() as browser:
        back = await echt.log_in(browser, "noor")
        assert back.status_code == 403
        assert "Uw account heeft hier nog geen rol" in visible(back.text)
        assert (await browser.get(f"{echt.url}/werk")).status_code == 303
    assert await sessies(echt) == 0


async def test_who_gives_up_at_the_provider_reads_how_to_go_on(echt: Proef) -> None:
    async with echt.browser() as browser:
        back = await echt.log_in(browser, "niemand")
    assert back.status_code == 401
    assert "Het inlogsysteem liet u niet door" in visible(back.text)


async def test_a_code_that_was_used_opens_nothing_again(echt: Proef) -> None:
    async with echt.browser() as browser:
        begin = await browser.get(f"{echt.url}/inloggen/begin")
        bewijs = browser.cookies["schakel-inloggen"]
        proef = await browser.get(begin.headers["location"])
        login = str(httpx.URL(begin.headers["location"]).join(proef.headers["location"]))
        chosen = await browser.post(login, data={"wie": "ilse"})
        resumed = await browser.get(httpx.URL(login).join(chosen.headers["location"]))
        terug = resumed.headers["location"]
        assert (await browser.get(terug)).status_code == 303
        assert (await browser.get(terug)).status_code == 400  # the cookie is gone
    async with echt.browser() as thief:
        thief.cookies.set("schakel-inloggen", bewijs)
        again = await thief.get(terug)
    assert again.status_code == 400
    assert "Deze inlogpoging geldt niet meer" in visible(again.text)


async def test_new_keys_of_the_provider_are_fetched_when_a_token_names_one(echt: Proef) -> None:
    async with echt.browser() as browser:
        assert (await echt.log_in(browser, "ilse")).status_code == 303
    await echt.start([new_key("twee"), new_key("een")])
    async with echt.browser() as browser:
        assert (await echt.log_in(browser, "ilse")).status_code == 303


async def test_a_sessie_from_before_logging_in_is_worth_nothing_afterwards(echt: Proef) -> None:
    async with echt.browser() as browser:
        await echt.log_in(browser, "ilse")
        old = browser.cookies["schakel"]
        await echt.start([new_key("drie")])  # it has forgotten who was logged in
        await echt.log_in(browser, "karim")
        assert browser.cookies["schakel"] != old
    async with echt.browser() as thief:
        thief.cookies.set("schakel", old)
        assert (await thief.get(f"{echt.url}/werk")).status_code == 303
    assert await sessies(echt) == 1


async def test_who_logs_out_at_the_provider_is_out_here_as_well(echt: Proef) -> None:
    async with echt.browser() as browser:
        await echt.log_in(browser, "ilse")
        assert await sessies(echt) == 1
        out = await browser.get(f"http://localhost:{echt.port}/session/end")
        xsrf = out.text.partition('name="xsrf" value="')[2].partition('"')[0]
        await browser.post(f"http://localhost:{echt.port}/session/end/confirm", data={"xsrf": xsrf, "logout": "yes"})
    assert await sessies(echt) == 0


@pytest.mark.browser
async def test_from_the_work_to_the_provider_and_back_to_the_work_and_out_again(
    echte_demo: Proef, context: BrowserContext, page: Page
) -> None:
    url = echte_demo.url
    await page.goto(f"{url}/inloggen?verder=/zoeken")
    await check_page(page, (1440, 360))
    await screenshot(page, "inloggen")
    await page.get_by_role("link", name="Log in met uw account").press("Enter")
    await page.get_by_label("Wie bent u?").fill("ilse")
    await page.get_by_role("button", name="Ga verder").click()
    await page.wait_for_url(f"{url}/zoeken")
    await page.get_by_role("link", name="Werk").click()
    await page.get_by_text("Ilse de Boer").wait_for()
    assert await page.get_by_role("link", name="Beheer").count() == 0
    await page.get_by_role("button", name="Meld af").click()
    await page.wait_for_url(f"http://localhost:{echte_demo.port}/session/end**")
    await page.locator("button[name=logout]").click()
    await page.wait_for_url(f"{url}/afgemeld?klaar=ja")
    await page.get_by_role("heading", name="U bent afgemeld").wait_for()
    await check_page(page, (1440, 360))
    await screenshot(page, "afgemeld")
    await page.goto(f"{url}/inloggen/begin")
    await page.get_by_label("Wie bent u?").wait_for()
