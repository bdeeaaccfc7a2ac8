# SPDX-License-Identifier: EUPL-1.2
"""An exchange posts, a medewerker sees who may be calling, and two keys write it down."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, expect

from schakel.app import opened
from schakel.kit.clock import system_clock
from tests.browser_fixtures import screenshot
from tests.databases import copied
from tests.edge.stad import Bezoeker, Stad, stad_settings
from tests.edge.web.axe import check_page
from tests.edge.web.bladen import served, visible
from tests.edge.web.medewerker_werk.bureau import sign_in

GEHEIM = "proefgeheim-van-de-centrale"
PATH = "/api/telefoon/v1/gebeurtenissen"
NUMMER = "+31612345678"


@pytest_asyncio.fixture(loop_scope="session")
async def belstad(seeded: str, template_url: str, open_folder: Path) -> AsyncIterator[Stad]:
    """Lindewaard with a telephone exchange."""
    settings = replace(stad_settings(open_folder), telefoon=GEHEIM)
    async with copied(seeded) as name:
        url = template_url.rpartition("/")[0] + f"/{name}"
        async with opened(settings, url, say=lambda _: None) as huis:
            yield Stad(huis, url)


@pytest_asyncio.fixture(loop_scope="session")
async def maud(belstad: Stad) -> Bezoeker:
    """At extension 201."""
    maud = await belstad.log_in("maud")
    assert (await maud.post("/telefoon/toestel", {"toestel": "201"})).status_code == 303
    return maud


async def say(stad: Stad, gebeurtenis: str, second: int = 0, **fields: object) -> httpx.Response:
    at = system_clock() - timedelta(minutes=5) + timedelta(seconds=second)
    body = {"gesprek": "g1", "nummer": "0612345678", "toestel": "201", "gebeurtenis": gebeurtenis, **fields}
    body.setdefault("tijdstip", at.replace(microsecond=0).isoformat())
    client = stad.visitor().client
    return await client.post(PATH, content=json.dumps(body), headers={**JSON, "authorization": f"Bearer {GEHEIM}"})


JSON = {"content-type": "application/json", "accept": "application/json"}


async def known_klant(stad: Stad) -> str:
    """A klant of whom we have this number."""
    async with stad.database.transaction() as connection:
        row = await connection.fetchrow("select id, naam from partij where naam = 'Aylin Yılmaz' limit 1")
        assert row is not None
        await connection.execute(
            """insert into digitaal_adres (id, partij_id, soort, adres, zoekadres, verstrekt_op)
               values (gen_random_uuid(), $1, 'telefoonnummer', $2, $2, now())""",
            row["id"],
            NUMMER,
        )
        return str(row["naam"])


@pytest.mark.norm("RB-1")
async def test_it_rings_with_a_name_that_is_possible_and_not_proved(belstad: Stad, maud: Bezoeker) -> None:
    naam = await known_klant(belstad)
    assert (await say(belstad, "ringing")).status_code == 204
    bar = visible((await maud.get("/telefoon/balk")).text)
    assert "06 12 34 56 78 belt u" in bar
    assert f"Misschien {naam}" in bar
    assert "Een nummer bewijst niet wie er belt." in bar
    ruben = await belstad.log_in("ruben")
    assert visible((await ruben.get("/telefoon/balk")).text).strip() == ""


async def test_a_call_is_written_down_once_with_its_number_and_leaves_the_bar(belstad: Stad, maud: Bezoeker) -> None:
    for soort, second in (("ringing", 0), ("answered", 8), ("hangup", 200)):
        assert (await say(belstad, soort, second)).status_code == 204
    page = (await maud.get("/registreren")).text
    assert 'name="gesprek"' in page
    assert "checked" in page.partition('value="telefoon"')[2][:20]
    form = {name: value for name, value in hidden(page).items() if name != "csrf"}
    given = {
        **form,
        "kanaal": "telefoon",
        "nummer": "0612345678",
        "samenvatting": "Waar laat ik oude verf?",
        "onderwerp": "Oude verf",
    }
    answer = await maud.post("/registreren", {**given, "beantwoord": "nee"})
    assert answer.status_code == 303
    assert visible((await maud.get("/telefoon/balk")).text).strip() == ""
    linked = "select i.onderwerp from kanaalsessie k join interactie i on i.id = k.interactie_id"
    assert await belstad.value(linked) == "Oude verf"


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


@pytest.mark.norm("KS-5")
async def test_who_gave_up_is_counted_once_and_is_called_back(belstad: Stad, maud: Bezoeker) -> None:
    before = await belstad.value("select count(*) from verkeersregel where uitkomst = 'gemist'")
    for _ in range(2):
        for soort, second in (("ringing", 0), ("hangup", 31)):
            await say(belstad, soort, second)
    assert await belstad.value("select count(*) from verkeersregel where uitkomst = 'gemist'") == before + 1
    page = (await maud.get("/telefoon")).text
    assert "wachtte 31 sec" in visible(page)
    assert f'href="tel:{NUMMER}"' in page
    sessie_id = await belstad.value("select id from kanaalsessie where sleutel = 'g1'")
    await maud.post(f"/telefoon/{sessie_id}/klaar", {"terug": "lijst"})
    assert "Niemand wacht op een telefoontje" in (await maud.get("/telefoon")).text


async def test_who_called_again_and_was_spoken_is_not_called_back(belstad: Stad, maud: Bezoeker) -> None:
    for soort, second in (("ringing", 0), ("hangup", 31)):
        await say(belstad, soort, second)
    for soort, second in (("ringing", 60), ("answered", 65)):
        await say(belstad, soort, second, gesprek="g2")
    assert "Niemand wacht op een telefoontje" in (await maud.get("/telefoon")).text


async def test_klacht_37_a_flood_of_the_same_in_any_order_is_one_call(belstad: Stad) -> None:
    moment = (system_clock() - timedelta(minutes=2)).replace(microsecond=0)
    all_of_it = [
        (soort, (moment + timedelta(seconds=second)).isoformat())
        for soort, second in (("hangup", 90), ("answered", 5), ("ringing", 0))
    ]
    answers = await asyncio.gather(*(say(belstad, soort, tijdstip=at) for soort, at in all_of_it * 20))
    assert {answer.status_code for answer in answers} == {204}
    assert await belstad.value("select count(*) from kanaalsessie") == 1
    assert await belstad.value("select count(*) from sessiegebeurtenis") == 3
    assert await belstad.value("select staat from kanaalsessie") == "nawerk"
    assert await belstad.value("select count(*) from verkeersregel where uitkomst = 'gemist'") <= 1


@pytest.mark.parametrize("given", ["", "Bearer fout", f"Bearer {GEHEIM}x", f"Token {GEHEIM}"])
async def test_who_does_not_know_the_secret_hears_nothing(belstad: Stad, given: str) -> None:
    client = belstad.visitor().client
    body = json.dumps({"gesprek": "g1", "gebeurtenis": "ringing"})
    for path in (PATH, PATH.replace("/gebeurtenissen", "/fout/gebeurtenissen")):
        answer = await client.post(path, content=body, headers={**JSON, "authorization": given})
        assert answer.status_code == 401
        assert "geheim" not in answer.text
    assert await belstad.value("select count(*) from kanaalsessie") == 0


async def test_an_exchange_without_headers_puts_the_secret_in_the_path_and_all_in_the_address(belstad: Stad) -> None:
    client = belstad.visitor().client
    path = PATH.replace("/gebeurtenissen", f"/{GEHEIM}/gebeurtenissen")
    answer = await client.post(f"{path}?gesprek=g7&gebeurtenis=ringing&nummer=0031612345678&toestel=201")
    assert answer.status_code == 204
    assert await belstad.value("select nummer from kanaalsessie where sleutel = 'g7'") == NUMMER


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b"{" * 2000,
        b'{"gesprek": "g1"}',
        b'{"gesprek": "", "gebeurtenis": "ringing"}',
        b'{"gesprek": "g1", "gebeurtenis": "ringing", "tijdstip": "gisteren"}',
        b'{"gesprek": "g1", "gebeurtenis": "ringing", "tijdstip": "2020-01-01T00:00:00Z"}',
        b'{"gesprek": "g1", "gebeurtenis": "ringing", "tijdstip": "99999999999999999"}',
        b'{"gesprek": "g1", "gebeurtenis": ["ringing"]}',
        b'{"gesprek": "g1", "x": "' + b"y" * 70_000 + b'"}',
    ],
)
async def test_what_cannot_be_read_is_said_and_leaves_nothing(belstad: Stad, body: bytes) -> None:
    client = belstad.visitor().client
    answer = await client.post(PATH, content=body, headers={**JSON, "authorization": f"Bearer {GEHEIM}"})
    assert answer.status_code in (400, 413)
    assert answer.json()["title"]
    assert await belstad.value("select count(*) from kanaalsessie") == 0


async def test_without_an_exchange_there_is_no_door_and_no_bar(stad: Stad) -> None:
    assert (await stad.visitor().client.post(PATH, content=b"{}", headers=JSON)).status_code in (404, 405)
    assert "belbalk" not in (await (await stad.log_in("maud")).get("/werk")).text


@pytest.mark.browser
async def test_the_call_appears_by_itself_and_two_keys_write_it_down(belstad: Stad, context: BrowserContext) -> None:
    await known_klant(belstad)
    async with served(belstad.app) as address:
        await sign_in(belstad, context, address, "maud")
        page = await context.new_page()
        complaints: list[Any] = []
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        await page.goto(f"{address}/telefoon")
        await page.get_by_label("Uw toestel vandaag").fill("201")
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        await page.goto(f"{address}/werk")
        await say(belstad, "ringing")
        await expect(page.get_by_text("belt u")).to_be_visible()
        await check_page(page, (1440, 360))
        await page.set_viewport_size({"width": 1440, "height": 900})
        await screenshot(page, "belbalk")
        await say(belstad, "answered", 8)
        await expect(page.get_by_text("In gesprek")).to_be_visible()
        await page.goto(f"{address}/zoeken")
        await say(belstad, "hangup", 190)
        await expect(page.get_by_text("Gesprek afgelopen")).to_be_visible()
        await page.keyboard.press("Alt+l")
        await expect(page.get_by_role("heading", name="Leg dit gesprek vast")).to_be_visible()
        await page.keyboard.type("Wilde weten wanneer het grofvuil komt.")
        await page.get_by_text("Ja, klaar").click()
        await page.get_by_role("button", name="Bewaar").press("Enter")
        await page.wait_for_url("**/zoeken?*")
        await expect(page.locator("#belbalk")).to_be_empty()
        await page.goto(f"{address}/telefoon")
        await check_page(page, (1440, 360))
        await screenshot(page, "telefoon")
        assert complaints == []
