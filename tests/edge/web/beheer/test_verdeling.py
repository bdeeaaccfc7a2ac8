# SPDX-License-Identifier: EUPL-1.2
"""A teamleider knows the rules, tries others on a day that was, lets them hold with a reason, and takes them back."""

import re
from uuid import UUID

import pytest
from playwright.async_api import BrowserContext

from schakel.kanaalintegratie.verdeling.verdeler import Verdeler
from tests.browser_fixtures import screenshot
from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.axe import check_page
from tests.edge.web.bladen import served, visible
from tests.edge.web.medewerker_werk.bureau import mail_in, sign_in

PAGE = "/beheer/verdeling"


async def fields_of(samira: Bezoeker) -> dict[str, object]:
    """The form as it stands on the page."""
    text = (await samira.get(PAGE)).text
    form = text[text.index('id="regelformulier"') :]
    form = form[: form.index("</form>")]
    found: dict[str, object] = {}
    for tag in re.findall(r"<input [^>]+>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "csrf" and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = value[1] if value else ""
    return found


async def assigned(stad: Stad) -> UUID:
    """One mail that Maud was offered; gives the decision."""
    async with stad.database.connection() as connection:
        await connection.execute("update interactie set status = 'afgerond'")
    maud = await stad.log_in("maud")
    await maud.post("/werk/beschikbaar", {"beschikbaarheid": "beschikbaar"})
    await mail_in(stad)
    assert await Verdeler(stad.diensten.open_werk, {}, {}, stad.diensten.clock).divide() == 1
    found: UUID = await stad.value("select id from verdeelbeslissing")
    return found


@pytest.mark.norm("KI-1")
async def test_other_rules_are_tried_on_a_past_day_and_hold_only_once_she_says_so(stad: Stad) -> None:
    samira = await stad.log_in("samira")
    form = await fields_of(samira) | {"aanbiedtijd": "90", "e-mail.onderbreekbaar": ""}

    proef = visible((await samira.post(f"{PAGE}/proef", form)).text)
    assert "Tijd om aangeboden werk aan te nemen: van 60 seconden naar 90 seconden" in proef
    assert re.search(r"Wij deelden [\d.]+ contacten van .+ opnieuw uit", proef)
    assert await stad.value("select count(*) from verdeelregels") == 1

    refused = await samira.post(PAGE, form)
    assert (refused.status_code, "Schrijf in één zin waarom" in refused.text) == (400, True)
    assert (await samira.post(PAGE, {**form, "reden": "Het is druk"})).status_code == 303
    page = visible((await samira.get(PAGE)).text)
    assert "Versie 2 van de regels geldt nu" in page
    assert "Het is druk" in page

    assert (await samira.post(f"{PAGE}/herstel/1", {"na": "2"})).status_code == 303
    assert await stad.value("select count(distinct regels) from verdeelregels where versie <> 2") == 1
    assert await stad.value("select herstelt from verdeelregels where versie = 3") == 1


async def test_two_who_change_the_rules_at_once_do_not_overwrite_each_other(stad: Stad) -> None:
    samira = await stad.log_in("samira")
    form = await fields_of(samira)
    await samira.post(PAGE, {**form, "gemist": "3", "reden": "Eerst"})
    late = await samira.post(PAGE, {**form, "gemist": "4", "reden": "Daarna"})
    assert "Een collega veranderde de regels net" in late.text
    assert await stad.value("select max(versie) from verdeelregels") == 2


@pytest.mark.parametrize(
    ("veld", "waarde"), [("macht", "nan"), ("spoed", "veel"), ("chat.eenheden", "900"), ("aanbiedtijd", "0")]
)
async def test_rules_that_cannot_work_are_refused_and_stay_in_the_form(stad: Stad, veld: str, waarde: str) -> None:
    samira = await stad.log_in("samira")
    form = await fields_of(samira) | {veld: waarde, "reden": "Proef"}
    answer = await samira.post(PAGE, form)
    assert answer.status_code == 400
    assert f'value="{waarde}"' in answer.text
    assert await stad.value("select count(*) from verdeelregels") == 1


@pytest.mark.norm("KI-3")
async def test_capaciteit_changes_at_once_in_her_own_team_and_is_logged(stad: Stad) -> None:
    samira, maud, femke = await stad.log_in("samira"), await stad.actor("maud"), await stad.actor("femke")
    change = {"gewenst": "50", "reden": "Werkt vandaag half"}
    assert (await samira.post(f"{PAGE}/capaciteit/{maud}", change)).status_code == 303
    assert (await samira.post(f"{PAGE}/capaciteit/{femke}", change)).status_code == 403
    assert await stad.value("select capaciteit from medewerkerstand where actor_id = $1", maud) == 50
    assert await stad.value("select min(capaciteit) from kanaalcapaciteit where actor_id = $1", maud) == 50
    assert "Samira El Amrani bracht Maud Jansen van 100 naar 50. Werkt vandaag half" in visible(
        (await samira.get(PAGE)).text
    )


@pytest.mark.norm("KI-1", "KI-4")
async def test_every_assignment_is_explained_in_words_to_the_team_and_to_no_other(stad: Stad) -> None:
    beslissing = await assigned(stad)
    path = f"/verdeling/beslissingen/{beslissing}"
    text = visible((await (await stad.log_in("joris")).get(path)).text)
    for said in ("Waarom kreeg deze collega dit?", "Maud Jansen", "van 100 vrij", "Versie 1", "telde niet mee"):
        assert said in text
    assert "Joop Hofstra" not in text
    assert (await (await stad.log_in("femke")).get(path)).status_code == 403
    assert (await (await stad.log_in("samira")).get(path)).status_code == 200


@pytest.mark.browser
async def test_both_pages_are_accessible_at_every_width(stad: Stad, context: BrowserContext) -> None:
    beslissing = await assigned(stad)
    async with served(stad.app) as address:
        await sign_in(stad, context, address, "samira")
        page = await context.new_page()
        for name, path in (("verdeling", PAGE), ("toewijzing", f"/verdeling/beslissingen/{beslissing}")):
            await page.goto(f"{address}{path}")
            for width in (1440, 360):
                await page.set_viewport_size({"width": width, "height": 900})
                await check_page(page)
            await screenshot(page, name)
        await page.goto(f"{address}{PAGE}")
        await page.fill("[name=aanbiedtijd]", "120")
        await page.click("text=Kijk wat het doet")
        await page.wait_for_selector("text=Wat zouden deze regels hebben gedaan?")
        await check_page(page)
        await screenshot(page, "verdeling-proef")
