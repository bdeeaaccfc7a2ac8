# SPDX-License-Identifier: EUPL-1.2
"""Signing in: the demo says that it is one, cookies are shut, and nobody guesses for ever."""

from dataclasses import replace
from pathlib import Path

import pytest

from schakel.app import opened
from tests.edge.stad import Bezoeker, Stad, stad_settings
from tests.edge.web.bladen import visible
from tests.edge.web.klant.portaal import NASTY


@pytest.mark.parametrize(
    ("account", "begin"),
    [("maud", "/werk"), ("ruben", "/balie"), ("femke", "/werk"), ("samira", "/beheer"), ("kees", "/beheer")],
)
async def test_a_card_of_the_start_page_makes_one_a_medewerker_where_his_work_begins(
    stad: Stad, account: str, begin: str
) -> None:
    bezoeker = stad.visitor()
    assert f'value="{account}"' in (await bezoeker.get("/")).text
    answer = await bezoeker.post("/demo/aanmelden", {"account": account})

    assert (answer.status_code, answer.headers["location"]) == (303, begin)
    assert (await bezoeker.get(begin)).status_code == 200


async def test_the_card_of_the_inwoner_leads_to_a_digid_that_says_it_is_not_one(stad: Stad) -> None:
    bezoeker = stad.visitor()
    answer = await bezoeker.post("/demo/aanmelden", {"account": "aylin"})
    assert answer.headers["location"] == "/digid"
    page = await bezoeker.get("/digid")

    assert "<title>Nagemaakte DigiD" in page.text
    assert "Dit is niet de echte DigiD." in visible(page.text)


async def test_who_logs_in_gets_a_shut_cookie_and_goes_where_he_was(stad: Stad) -> None:
    bezoeker = stad.visitor()
    sent_on = await bezoeker.get("/mijn/gegevens")
    assert sent_on.headers["location"] == "/digid?verder=/mijn/gegevens"
    data = {"persoon": str(await stad.partij()), "verder": "/mijn/gegevens"}
    answer = await bezoeker.post("/digid", data)

    assert answer.headers["location"] == "/mijn/gegevens"
    cookie = set(answer.headers["set-cookie"].split("; "))
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= cookie
    assert not any(part.startswith(("Max-Age", "expires")) for part in cookie)  # ends with the browser
    assert (await bezoeker.get("/mijn/gegevens")).status_code == 200


async def test_over_https_the_cookie_stays_on_https(stad: Stad) -> None:
    object.__setattr__(stad.app.state["web"], "https", True)
    answer = await stad.visitor().post("/demo/aanmelden", {"account": "maud"})
    assert answer.headers["set-cookie"].startswith("__Host-schakel=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "Strict-Transport-Security" in answer.headers


async def test_logging_in_again_ends_the_sessie_before(stad: Stad) -> None:
    bezoeker = stad.visitor()
    await bezoeker.post("/demo/aanmelden", {"account": "maud"})
    old = bezoeker.client.cookies["schakel"]
    bezoeker.csrf = await stad.value("select csrf from sessie order by begonnen_op desc limit 1")
    await bezoeker.post("/demo/aanmelden", {"account": "kees"})

    assert bezoeker.client.cookies["schakel"] != old
    assert await stad.diensten.aanmelden.find(old, stad.diensten.clock()) is None  # type: ignore[attr-defined]


async def test_logging_out_ends_it_here_and_in_the_database(stad: Stad, aylin: Bezoeker) -> None:
    assert (await aylin.get("/mijn")).status_code == 200
    token = aylin.client.cookies["schakel"]
    answer = await aylin.post("/afmelden")

    assert answer.headers["location"] == "/"
    assert "Max-Age=0" in answer.headers["set-cookie"]
    aylin.client.cookies.set("schakel", token)
    assert (await aylin.get("/mijn")).status_code == 303


async def test_a_form_without_the_token_of_its_sessie_is_refused(aylin: Bezoeker) -> None:
    aylin.csrf = "geraden"
    for path in ("/afmelden", "/mijn/gegevens", "/mijn/aanvragen/parkeervergunning", "/vraag", "/verder", "/digid"):
        answer = await aylin.post(path, {"onderwerp": "x", "tekst": "x"})
        assert answer.status_code == 403
        assert "ververs de pagina" in visible(answer.text)


async def test_after_ten_tries_on_one_account_one_must_wait(stad: Stad) -> None:
    bezoeker = stad.visitor()
    for _ in range(10):
        answer = await bezoeker.post("/aanmelden", {"account": "onbekend"})
        assert answer.status_code == 400
        assert "Deze medewerker kennen wij niet" in visible(answer.text)
    blocked = await bezoeker.post("/aanmelden", {"account": " Onbekend "})
    assert blocked.status_code == 429
    assert "Wacht een paar minuten" in visible(blocked.text)
    assert (await bezoeker.post("/aanmelden", {"account": "maud"})).status_code == 303


@pytest.mark.parametrize("verder", ["//elders.example", "https://elders.example", "/\\elders.example", "javascript:x"])
async def test_after_logging_in_one_stays_on_this_site(stad: Stad, verder: str) -> None:
    answer = await stad.visitor().post("/aanmelden", {"account": "maud", "verder": verder})
    assert answer.headers["location"] == "/werk"


@pytest.mark.parametrize("value", ["", NASTY, "x" * 300, "00000000-0000-0000-0000-000000000000"])
async def test_who_is_not_on_the_list_does_not_get_in(stad: Stad, value: str) -> None:
    bezoeker = stad.visitor()
    for path, field in (("/digid", "persoon"), ("/aanmelden", "account"), ("/demo/aanmelden", "account")):
        answer = await bezoeker.post(path, {field: value, "verder": NASTY})
        assert answer.status_code == 400
        assert "<script>alert" not in answer.text
        assert "set-cookie" not in answer.headers


@pytest.mark.norm("GE-8")
async def test_a_lower_niveau_reads_nothing_and_is_told_how(stad: Stad) -> None:
    bezoeker = await stad.log_in_partij(await stad.partij(), niveau="laag")
    for path in ("/mijn", "/mijn/gegevens", "/mijn/gegevens/zelf", "/verder", "/mijn/aanvragen/parkeervergunning"):
        answer = await bezoeker.get(path)
        assert answer.status_code == 403
        assert "Log in met een hoger niveau" in visible(answer.text)
        assert 'href="/digid"' in answer.text


@pytest.mark.parametrize("path", ["/mijn", "/mijn/gegevens", "/verder"])
async def test_a_medewerker_is_no_inwoner(stad: Stad, path: str) -> None:
    maud = await stad.log_in("maud")
    assert (await maud.get(path)).headers["location"].startswith("/digid")


async def test_a_real_gemeente_says_that_its_log_in_is_not_connected_yet(database_url: str, open_folder: Path) -> None:
    settings = replace(stad_settings(open_folder), demo=False)
    async with opened(settings, database_url, say=lambda _: None) as huis:
        bezoeker = Stad(huis, database_url).visitor()
        for answer in (
            await bezoeker.get("/aanmelden"),
            await bezoeker.get("/digid"),
            await bezoeker.post("/aanmelden", {"account": "maud"}),
            await bezoeker.post("/digid", {"persoon": "x"}),
        ):
            assert answer.status_code == 503
            assert "Inloggen is hier nog niet ingesteld" in visible(answer.text)
        assert (await bezoeker.post("/demo/aanmelden", {"account": "maud"})).status_code == 404
        assert (await bezoeker.get("/proefpostbus")).status_code == 404
        assert (await bezoeker.post("/proefpostbus", {"tekst": "x"})).status_code == 404
        assert "Kijk mee als" not in (await bezoeker.get("/")).text


async def test_every_page_says_to_the_browser_what_it_may_not(stad: Stad, aylin: Bezoeker) -> None:
    for answer in (await stad.visitor().get("/vraag"), await aylin.get("/mijn"), await aylin.get("/mijn/bestaat-niet")):
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert 'style="' not in answer.text
        assert "<script>" not in answer.text
