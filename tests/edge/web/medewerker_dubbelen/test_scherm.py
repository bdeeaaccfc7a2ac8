# SPDX-License-Identifier: EUPL-1.2
"""The same in a real Chromium: by keyboard, at both widths, with nothing that axe objects to."""

import pytest
from playwright.async_api import expect

from schakel.dienstverlening.kennis import kennis, kennis_of
from tests.edge.stad import Stad
from tests.edge.web.medewerker_contact.gang import AYLIN
from tests.edge.web.medewerker_contact.test_scherm import Open, draaiend, look, open_as, site, stad  # noqa: F401
from tests.edge.web.medewerker_dubbelen.test_dubbelen import second_record

pytestmark = pytest.mark.browser


async def test_from_the_list_to_one_klant_and_back_to_two_by_keyboard(
    stad: Stad,  # noqa: F811
    site: str,  # noqa: F811
    open_as: Open,  # noqa: F811
) -> None:
    aylin, _ = await second_record(stad)
    page = await open_as("maud")
    await page.goto(f"{site}/zoeken")
    await page.get_by_role("link", name="Dubbele klanten").press("Enter")
    await look(page, "dubbelen")
    await page.get_by_role("link", name=f"Vergelijk {AYLIN}").press("Enter")
    await expect(page.locator("h1")).to_have_text("Is dit dezelfde klant?")
    await look(page, "dubbelen-vergelijk")
    await page.get_by_label("Waarom voegt u samen?").fill("Zelfde paspoort gezien")
    await page.get_by_role("button", name="Voeg samen").press("Enter")
    await expect(page.locator("[role=alert]")).to_contain_text("Kies hoe u weet")
    await look(page, "dubbelen-fout")
    await page.get_by_label("Ik zag de legitimatie van de klant").press("Space")
    await page.get_by_role("button", name="Voeg samen").press("Enter")
    await expect(page.locator(".mld-goed")).to_contain_text("Er is nu één klant")
    await page.locator("summary").filter(has_text="Maak ongedaan").press("Enter")
    await look(page, "dubbelen-klaar")
    await page.get_by_label("Waarom is dit niet dezelfde klant?").fill("Het was haar zus")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mld-goed")).to_contain_text("weer twee klanten")


async def test_everything_of_a_klant_and_a_wrong_gegeven_look_right(
    stad: Stad,  # noqa: F811
    site: str,  # noqa: F811
    open_as: Open,  # noqa: F811
) -> None:
    aylin, _ = await second_record(stad)
    page = await open_as("maud")
    await page.goto(f"{site}/klant/{aylin}")
    for sleutel in ("geboren", "adres"):
        await page.locator(f"#toon-{sleutel}").press("Enter")
        await page.locator(f"input[name=oordeel_{sleutel}]").first.press("Space")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mld-let").filter(has_text="Misschien dubbel.")).to_be_visible()
    await look(page, "klant-dubbel")
    klant = page.url
    await page.get_by_role("link", name="Alles van deze klant").press("Enter")
    await expect(page.locator("h1")).to_have_text("Alles van deze klant")
    await look(page, "klant-alles")
    await page.goto(klant)
    await page.locator("summary.bron").first.press("Enter")
    await page.get_by_role("link", name="Dit klopt niet").first.press("Enter")
    await look(page, "klopt-niet")
    await page.get_by_label("Wat klopt er niet?").fill("De klant zegt dat haar naam anders is.")
    await page.get_by_role("button", name="Meld aan").press("Enter")
    await expect(page.locator(".mld-goed")).to_contain_text("krijgt deze melding")
    await look(page, "klopt-niet-gemeld")


async def test_another_product_brings_other_knowledge_beside_the_call(
    stad: Stad,  # noqa: F811
    site: str,  # noqa: F811
    open_as: Open,  # noqa: F811
) -> None:
    een, twee, *_ = (sleutel for sleutel in kennis() if sleutel != "*")
    page = await open_as("maud")
    await page.goto(f"{site}/registreren")
    for product in (een, twee):
        await page.locator("#product").select_option(product)
        await expect(page.locator("#kennis a").first).to_have_attribute("href", kennis_of(product)[0].url)
    await look(page, "registreren-kennis")
