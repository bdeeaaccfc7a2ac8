# SPDX-License-Identifier: EUPL-1.2
"""The main job in real browsers with real mail: one question, three kanalen, one result (steps 1 to 9)."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from schakel.proceslogica.voorbeelden import voorbeeld
from tests.browser_fixtures import screenshot
from tests.edge.stad import Draaiend
from tests.edge.web.axe import violations
from tests.klantreizen.mensen import as_aylin, as_medewerker, mail, open_browser

pytestmark = [pytest.mark.browser, pytest.mark.traag]


async def look(page: Page, name: str) -> None:
    """No axe violations, and a picture for whoever wants to look too."""
    await screenshot(page, name)
    assert await violations(page) == []


@pytest.mark.norm("EO-0", "VN-1")
async def test_a_mail_is_answered_and_the_klant_says_what_he_thought(chromium: Browser, draaiend: Draaiend) -> None:
    await mail(
        draaiend, "fatima@post.example", "Grofvuil", "Wanneer haalt u mijn bankstel op?", kenmerk="<f1@post.example>"
    )
    maud = await as_medewerker(chromium, draaiend, "maud")
    await maud.goto("/werk?lijst=team")
    line = maud.locator("#lijst-werk a", has_text="Grofvuil").filter(has_text=re.compile("fatima|Onbekende", re.I))
    await expect(line.first).to_be_visible()
    await line.first.click()
    await expect(maud.get_by_text("Wanneer haalt u mijn bankstel op?").first).to_be_visible()
    await look(maud, "desk")
    answer = maud.get_by_label("Uw antwoord")
    await answer.fill("Wij halen uw bankstel vrijdag op.")
    await expect(maud.locator("[data-bewaard]")).to_contain_text("bewaard")
    await maud.reload()
    await expect(answer).to_have_value("Wij halen uw bankstel vrijdag op.")
    await maud.get_by_text("Ja", exact=True).first.click()
    await maud.get_by_role("button", name="Verstuur").click()
    await expect(maud.get_by_text("Antwoord van ons").first).to_be_visible()

    fatima = await open_browser(chromium, draaiend)
    await expect_mail(fatima, "Antwoord op uw vraag: Grofvuil")
    await look(fatima, "proefpostbus")
    await fatima.locator('details:has(a[href*="/mening/"])').evaluate("letter => letter.open = true")
    await fatima.locator('a[href*="/mening/"]').click()
    await fatima.get_by_role("group", name="Is uw vraag beantwoord?").get_by_text("Ja", exact=True).click()
    await look(fatima, "mening")
    await fatima.get_by_role("button", name="Verstuur").click()
    await expect(fatima.get_by_role("heading", level=1)).to_contain_text("Dank")


async def expect_mail(page: Page, subject: str) -> None:
    """Look in the postbus until it is there; the page does not refresh by itself."""
    for _ in range(50):
        await page.goto("/proefpostbus")
        if await page.get_by_text(subject).count():
            return
        await page.wait_for_timeout(200)
    raise AssertionError(f"no mail with {subject!r}")


@pytest.mark.norm("KS-4", "KI-0")
async def test_aylin_begins_online_and_finishes_at_the_balie_without_repeating_a_word(
    chromium: Browser, draaiend: Draaiend
) -> None:
    aylin = await as_aylin(chromium, draaiend)
    await look(aylin, "mijn")
    await aylin.get_by_role("link", name="Parkeervergunning voor bewoners aanvragen").first.click()
    await aylin.get_by_role("button", name="Begin").click()
    await expect(aylin.get_by_role("heading", level=1)).to_have_text("Voor welke auto?")
    await aylin.get_by_label("Kenteken").fill("xx-123-x")
    await aylin.get_by_label("Een leaseauto").check()
    await aylin.locator('input[type="file"]').set_input_files(
        {"name": "contract.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 lease"}
    )
    await look(aylin, "formulier")
    await aylin.get_by_role("button", name="Volgende stap").click()
    await aylin.get_by_role("button", name="Bewaar en stop").click()
    await expect(aylin.get_by_role("heading", level=1)).to_have_text("Uw aanvraag is bewaard")
    await look(aylin, "bewaard")
    code = (await aylin.locator(".wisselcode").first.inner_text()).strip()

    ruben = await as_medewerker(chromium, draaiend, "ruben")
    await ruben.goto("/balie")
    await look(ruben, "balie")
    await ruben.get_by_label("Teken 1 van 6").press_sequentially(code.replace("-", ""))
    await ruben.get_by_role("button", name="Ga verder met deze code").click()
    await look(ruben, "balie-deur")
    await ruben.get_by_role("button", name=re.compile("egitimatie")).first.click()
    await expect(ruben.get_by_text("contract.pdf").first).to_be_visible()
    await expect(ruben.get_by_label("Kenteken")).to_have_value("XX-123-X")
    await ruben.get_by_label("Vanaf welke dag?").fill("1-12-2026")
    await look(ruben, "balie-concept")
    await ruben.get_by_role("button", name=re.compile("Dien|Verstuur")).first.click()
    await expect(ruben.get_by_text("Wat de klant nu weet")).to_be_visible()
    await look(ruben, "balie-uitkomst")
    await ruben.get_by_role("link", name="Alle feiten en regels").first.click()
    await look(ruben, "beslissing")

    await aylin.goto("/mijn")
    await expect(aylin.get_by_text("parkeervergunning", exact=False).first).to_be_visible()
    await aylin.goto("/mijn/gegevens")
    await expect(aylin.get_by_text("Baliemedewerker").first).to_be_visible()
    await look(aylin, "inzage")
    assert await aylin.get_by_text("Ruben de Boer").count() == 0


@pytest.mark.norm("PL-4")
async def test_a_new_version_of_the_rules_counts_at_once(chromium: Browser, draaiend: Draaiend) -> None:
    kees = await as_medewerker(chromium, draaiend, "kees")
    await kees.goto("/beheer/processen/parkeervergunning")
    await look(kees, "proces")
    broken = voorbeeld("parkeervergunning.bpmn").replace(b'besluit = "toekennen"', b"__import__('os').system('true')")
    await kees.locator('input[type="file"]').first.set_input_files(
        {"name": "parkeervergunning.bpmn", "mimeType": "application/xml", "buffer": broken}
    )
    await kees.get_by_role("button", name="Controleer en zet in kracht").first.click()
    await expect(kees.get_by_text("voorwaarde").first).to_be_visible()
    await look(kees, "proces-geweigerd")
    await kees.goto("/beheer/processen/parkeervergunning")
    await kees.locator('input[type="file"]').first.set_input_files(
        {
            "name": "regels.dmn",
            "mimeType": "application/xml",
            "buffer": voorbeeld("parkeervergunning_v2.dmn"),
        }
    )
    await kees.get_by_role("button", name="Controleer en zet in kracht").first.click()
    await expect(kees.locator("body")).to_contain_text("Geldt nu")
    versions = await draaiend.stad.value("select count(*) from proces_in_kracht where sleutel = 'parkeervergunning'")
    assert versions == 2


async def test_the_teamleider_sees_what_was_promised_and_reached(chromium: Browser, draaiend: Draaiend) -> None:
    samira = await as_medewerker(chromium, draaiend, "samira")
    await samira.goto("/beheer/drukte")
    await expect(samira.get_by_role("heading", name="Beloofd en gehaald")).to_be_visible()
    await expect(samira.get_by_role("heading", name="Gebruik en wissels")).to_be_visible()
    await look(samira, "drukte")
