# SPDX-License-Identifier: EUPL-1.2
"""The pages on abonnementen: make one, see how it goes, help it on, and withdraw it; with and without a browser."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page

from schakel.kit.ids import new_id
from schakel.web.sessie import new_token
from tests.browser_fixtures import screenshot
from tests.databases import copied
from tests.edge.notificaties.abonnee import AUTH, Abonnee, abonnee
from tests.edge.stad import Draaiend, Stad, run_stad
from tests.edge.web.axe import check_page
from tests.edge.web.bladen import visible

PAD = "/beheer/abonnementen"


def form(who: Abonnee, **more: str) -> dict[str, object]:
    return {"naam": "KISS", "vorm": "notificaties", "url": who.url, "auth": AUTH, "kanalen": "partijen", **more}


async def happen(stad: Stad, count: int) -> None:
    for _ in range(count):
        await stad.value(
            "insert into gebeurtenis (resource, resource_id, actie) values ('partij', $1, 'update')", new_id()
        )


async def eventually(stad: Stad, sql: str) -> None:
    async with asyncio.timeout(20):
        while not await stad.value(f"select {sql}"):  # noqa: ASYNC110  # the database has no event
            await asyncio.sleep(0.05)


async def test_a_beheerder_makes_pauses_resumes_replays_and_withdraws(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    async with abonnee() as who:
        made = await kees.post(PAD, form(who))
        assert made.status_code == 303, visible(made.text)
        path = made.headers["location"].partition("?")[0]
        assert AUTH not in (await kees.get(path)).text
        assert len(who.heard) == 2, "the first call, with and without the header"

        await kees.post(f"{path}/stand", {"stand": "pauze"})
        await happen(stad, 3)
        assert "Wacht op bezorging 3" in visible((await kees.get(path)).text)
        assert "Pauze" in visible((await kees.get(PAD)).text)
        await kees.post(f"{path}/stand", {"stand": "loopt"})

        jobs = stad.huis.jobs()
        running = asyncio.create_task(jobs.run())
        await who.until(lambda who: len(who.taken) == 3)
        await eventually(stad, "bezorgd = 3 from abonnement")
        number = who.taken[0].sleutel
        again = await kees.post(f"{path}/opnieuw", {"nummer": number})
        assert again.headers["location"] == f"{path}?gedaan=opnieuw"
        await who.until(lambda who: len(who.taken) == 6)
        jobs.stop()
        await running

        assert "alleen cijfers" in (await kees.post(f"{path}/opnieuw", {"nummer": "twaalf"})).text
        assert "moment of een nummer" in (await kees.post(f"{path}/opnieuw")).text
        nothing = await kees.post(f"{path}/opnieuw", {"moment": "2099-01-01T00:00"})
        assert nothing.headers["location"].endswith("gedaan=niets")
        gone = await kees.post(f"{path}/intrekken")
        assert gone.headers["location"] == f"{PAD}?gedaan=ingetrokken"
        assert (await kees.get(path)).status_code == 404


async def test_what_is_wrong_is_said_beside_its_field_and_the_secret_is_not_shown_again(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    async with abonnee() as who:
        answer = await kees.post(PAD, form(who, naam="", url="ftp://x", kanalen="weg"))
        said = visible(answer.text)
        assert answer.status_code == 400
        for sentence in ("Geef een naam", "Voer een geldige URL in", "Dit kanaal bestaat niet"):
            assert sentence in said
        assert AUTH not in answer.text
        assert who.heard == []
        refused = await kees.post(PAD, form(who, auth="Bearer verkeerd"))
        assert "De callback antwoordt met foutcode 403." in visible(refused.text)
        assert "Kies een vorm" in (await kees.post(PAD, form(who, vorm="fax"))).text


async def test_only_a_beheerder_sees_them(stad: Stad) -> None:
    maud = await stad.log_in("maud")
    assert (await maud.get(PAD)).status_code == 403
    assert (await maud.post(PAD, {"naam": "x"})).status_code == 403


async def test_a_stopped_abonnement_shows_its_reason_here_and_in_the_health(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    async with abonnee() as who:
        path = (await kees.post(PAD, form(who))).headers["location"].partition("?")[0]
    await stad.value(
        """update abonnement set stand = 'gestopt', op_rij = 22, laatste_fout = 'is niet te bereiken' returning id"""
    )
    reason = "Het andere systeem is niet te bereiken: 22 keer achter elkaar."
    assert reason in visible((await kees.get(path)).text)
    assert reason in visible((await kees.get(PAD)).text)
    assert "Een abonnement is gestopt" in (await stad.visitor().get("/gezondheid")).text


@pytest_asyncio.fixture(loop_scope="session")
async def huis(seeded: str, template_url: str, open_folder: Path) -> AsyncIterator[Draaiend]:
    url = template_url.rpartition("/")[0]
    async with copied(seeded) as name, run_stad(open_folder, f"{url}/{name}") as running:
        yield running


@pytest.mark.browser
async def test_the_pages_pass_axe_wide_and_small_and_work_by_keyboard(
    huis: Draaiend, context: BrowserContext, page: Page
) -> None:
    token, diensten = new_token(), huis.stad.diensten
    assert await diensten.aanmelden.open_for_account("kees", token, new_token(), diensten.clock())
    await context.add_cookies([{"name": "schakel", "value": token, "url": huis.url}])
    async with abonnee() as who:
        await page.goto(huis.url + PAD)
        await check_page(page, (1440, 360))
        button = page.get_by_role("button", name="Probeer het adres")
        await button.press("Enter")
        alert = page.get_by_role("alert")
        await alert.get_by_text("Geef een naam").wait_for()
        await check_page(page, (1440, 360))
        await page.get_by_label("Naam van het systeem").fill("KISS")
        await page.get_by_label("Adres", exact=True).fill(who.url)
        await page.get_by_label("Autorisatie").fill(AUTH)
        await page.get_by_label("partijen", exact=True).press("Space")
        await button.press("Enter")
        await page.get_by_text("Het abonnement loopt.").wait_for()
        await huis.stad.value(
            """with line as (insert into gebeurtenis (resource, resource_id, actie)
                 values ('partij', gen_random_uuid(), 'update') returning id)
               insert into niet_bezorgd select a.id, line.id, 6, 'antwoordt met foutcode 400', now()
               from abonnement a, line returning 1"""
        )
        await page.reload()
        await check_page(page, (1440, 360))
        await screenshot(page, "abonnement")
        await page.goto(huis.url + PAD)
        await check_page(page, (1440, 360))
        await screenshot(page, "abonnementen")
