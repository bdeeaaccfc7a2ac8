# SPDX-License-Identifier: EUPL-1.2
"""The start page, what the klant thought, the demo's postbus, and where a weakness can be told."""

import asyncio
import re
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.databases import copied
from tests.edge.stad import Bezoeker, Stad, run_stad
from tests.edge.web.bladen import visible
from tests.edge.web.klant.portaal import NASTY, fill_in_all, hand_in

_ANSWER = re.compile(r'name="antwoord" value="([^"]+)"')


async def asked_for_mening(stad: Stad, aylin: Bezoeker) -> str:
    """The path of the link that a handed in aanvraag sends."""
    await hand_in(aylin, await fill_in_all(aylin))
    await stad.do_jobs()
    post = (await stad.visitor().get("/proefpostbus")).text
    found = re.search(r'href="http://stad\.test(/mening/[\w-]+)"', post)
    assert found is not None, visible(post)
    return found[1]


async def test_the_start_page_counts_this_installation(stad: Stad) -> None:
    text = visible((await stad.visitor().get("/")).text)
    assert "5.004 inwoners" in text or "inwoners 5.004" in text
    assert "Alle personen zijn verzonnen" in text


@pytest.mark.norm("NO-10")
async def test_the_klant_says_what_he_thought_once_without_logging_in(stad: Stad, aylin: Bezoeker) -> None:
    path, bezoeker = await asked_for_mening(stad, aylin), stad.visitor()
    page = (await bezoeker.get(path)).text
    assert "checked" not in page
    given = await bezoeker.post(path, {"beantwoord": "ja", "vertrouwen": "5", "gemak": "4", "toelichting": NASTY})

    assert "Dank u wel" in visible(given.text)
    assert await stad.value("select vertrouwen * 10 + gemak from feedback") == 54
    for answer in (await bezoeker.get(path), await bezoeker.post(path, {"beantwoord": "nee"})):
        assert answer.status_code == 409
        assert "U gaf uw mening al" in visible(answer.text)


@pytest.mark.norm("NO-10")
async def test_not_answered_brings_the_vraag_back_to_a_person(stad: Stad, aylin: Bezoeker) -> None:
    answer = await stad.visitor().post(await asked_for_mening(stad, aylin), {"beantwoord": "nee"})
    assert "Uw vraag ligt weer bij een collega" in visible(answer.text)
    assert await stad.value("select i.status from interactie i join feedback f on f.interactie_id = i.id") == "open"


@pytest.mark.parametrize(
    ("form", "zin"),
    [
        ({}, "Vul ten minste één antwoord in."),
        ({"gemak": "9"}, "Kies een cijfer van 1 tot en met 5."),
        ({"beantwoord": NASTY}, "Kies “ja” of “nee”."),
        ({"toelichting": "x" * 2_001}, "Er passen er 2000"),
        ({"toelichting": "een\x00twee"}, "Typ de tekst opnieuw"),
    ],
)
async def test_a_mening_that_cannot_be_taken_is_said_and_kept(
    stad: Stad, aylin: Bezoeker, form: dict[str, object], zin: str
) -> None:
    path = await asked_for_mening(stad, aylin)
    answer = await stad.visitor().post(path, {"vertrouwen": "", **form})
    assert answer.status_code == 400
    assert zin in visible(answer.text)
    assert "<script>alert" not in answer.text
    assert str(form.get("toelichting", "")).replace("\x00", "") in answer.text


@pytest.mark.parametrize("token", ["onbekend", "x" * 2_000, "%00", "%E2%80%AE"])
async def test_a_link_that_we_did_not_send_is_no_link(stad: Stad, token: str) -> None:
    for answer in (await stad.visitor().get(f"/mening/{token}"), await stad.visitor().post(f"/mening/{token}")):
        assert answer.status_code == 404


async def test_an_answer_from_the_postbus_goes_to_the_address_that_brings_it_home(stad: Stad) -> None:
    await stad.visitor().post("/vraag", {"onderwerp": "Bak", "tekst": "Niet geleegd", "email": "f@post.example"})
    await stad.do_jobs()
    assert stad.diensten.demo is not None
    (bericht,) = await stad.diensten.demo.post()

    assert bericht.aan == "f@post.example"
    assert re.fullmatch(r"gemeente\+[\w.-]+@lindewaard\.example", bericht.antwoord_aan)
    page = await stad.visitor().get("/proefpostbus")
    assert "Antwoord als f@post.example" in visible(page.text)
    assert f'value="{bericht.id}"' in page.text


async def test_a_mail_and_an_answer_from_the_postbus_make_one_interactie(
    seeded: str, template_url: str, open_folder: Path
) -> None:
    async with copied(seeded) as name, run_stad(open_folder, f"{template_url.rpartition('/')[0]}/{name}") as running:
        async with httpx.AsyncClient(base_url=running.url, headers={"accept": "text/html"}) as bezoeker:
            boom = {"van": "karim@post.example", "onderwerp": "Boom om", "tekst": "Er ligt een boom op de weg."}
            sent = await bezoeker.post("/proefpostbus", data=boom)
            assert sent.headers["location"] == "/proefpostbus?verstuurd"
            async with asyncio.timeout(20):
                while not (found := _ANSWER.search(await _post(bezoeker))):  # noqa: ASYNC110  # post offers no event
                    await asyncio.sleep(0.1)
                await bezoeker.post("/proefpostbus", data={"antwoord": found[1], "tekst": "Het is bij nummer 12."})
                said = "select interactie_id from gespreksbijdrage where tekst = $1"
                while not (answered := await running.stad.value(said, "Het is bij nummer 12.")):  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
        assert answered == await running.stad.value(said, "Er ligt een boom op de weg.")


async def _post(bezoeker: httpx.AsyncClient) -> str:
    return (await bezoeker.get("/proefpostbus")).text


@pytest.mark.parametrize(
    ("form", "status", "zin"),
    [
        ({"van": "f@post.example", "tekst": ""}, 400, "Schrijf eerst uw e-mail."),
        ({"van": "geen adres", "tekst": "Hallo"}, 400, "Vul een e-mailadres in"),
        ({"van": "f@post.example", "tekst": "x" * 20_001}, 400, "Er passen er 20000"),
        ({"van": "f@post.example", "tekst": "a\x00b"}, 400, "Typ de tekst opnieuw"),
        (
            {"van": "f@post.example", "tekst": "Hallo"},
            503,
            "Uw e-mail is niet verstuurd",
        ),  # nobody listens in this test
    ],
)
async def test_a_mail_that_does_not_leave_says_why(stad: Stad, form: dict[str, object], status: int, zin: str) -> None:
    answer = await stad.visitor().post("/proefpostbus", form)
    assert answer.status_code == status
    assert zin in visible(answer.text)


@pytest.mark.norm("B07")
async def test_a_weakness_has_an_address_that_never_runs_out(stad: Stad) -> None:
    answer = await stad.visitor().get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())

    assert answer.headers["content-type"].startswith("text/plain")
    assert lines["Contact"].startswith("http://stad.test/vraag")
    left = datetime.fromisoformat(lines["Expires"]) - stad.diensten.clock()
    assert timedelta(days=30) < left < timedelta(days=365)
