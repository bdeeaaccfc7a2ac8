# SPDX-License-Identifier: EUPL-1.2
"""Herkennen: the right klant found, no more shown than needed, and nothing shown before it is sure who it is."""

import re
from uuid import uuid4

import pytest

from tests.edge.stad import Stad
from tests.edge.web.bladen import visible
from tests.edge.web.medewerker_contact.gang import AYLIN, begin_on_website, establish


async def looks(stad: Stad) -> int:
    """Lines in the logboek."""
    count: int = await stad.value("select count(*) from verwerking")
    return count


async def test_a_typo_with_a_birth_date_finds_the_klant_and_says_why(stad: Stad) -> None:
    maud, aylin = await stad.log_in("maud"), await stad.partij(AYLIN)
    geboren = await stad.value("select geboortedatum from partij where id = $1", aylin)
    found = await maud.post("/zoeken", {"q": f"yilmas {geboren.day}-{geboren.month}-{geboren.year}"})
    text = visible(found.text)
    assert f'href="/klant/{aylin}"' in found.text
    assert "Naam lijkt erop. Geboortedatum klopt." in text
    assert "geboortedatum: " in text  # the chip
    assert str(geboren.year) in text  # he said it himself


async def test_the_year_of_birth_stays_hidden_until_the_klant_says_it(stad: Stad) -> None:
    maud, aylin = await stad.log_in("maud"), await stad.partij(AYLIN)
    geboren = await stad.value("select geboortedatum from partij where id = $1", aylin)
    text = visible((await maud.post("/zoeken", {"q": "aylin yil"})).text)
    assert f"geb. {geboren.day} " in text
    assert "····" in text
    assert str(geboren.year) not in text


@pytest.mark.norm("NO-8")
async def test_each_search_that_shows_somebody_leaves_one_line_and_others_none(stad: Stad) -> None:
    maud = await stad.log_in("maud")
    before = await looks(stad)
    await maud.post("/zoeken", {"q": "aylin yilmaz"})
    assert await looks(stad) == before + 1
    doel, seen = await stad.value("select (doel, cardinality(betrokkenen)) from verwerking order by id desc limit 1")
    assert (doel, seen) == ("herkennen", 1)
    many = visible((await maud.post("/zoeken", {"q": "jansen"})).text)
    assert "Meer dan 20 klanten passen" in many
    await maud.post("/zoeken", {"q": "qqqqqq"})
    await maud.get("/zoeken")
    assert await looks(stad) == before + 1


async def test_a_secret_address_is_not_shown_and_cannot_be_guessed(stad: Stad) -> None:
    maud, aylin = await stad.log_in("maud"), await stad.partij(AYLIN)
    async with stad.database.connection() as connection:
        await connection.execute("update partij set geheim = true where id = $1", aylin)
    hit = visible((await maud.post("/zoeken", {"q": "aylin yilmaz"})).text)
    assert "Adres geheim" in hit
    assert "Lindelaan" not in hit
    for guess in ("3811LW 14", "yilmaz 3811lw 14", "aylin yilmaz 14"):
        assert f"/klant/{aylin}" not in (await maud.post("/zoeken", {"q": guess})).text
    assert "Lindelaan" not in (await maud.get(f"/klant/{aylin}")).text


async def test_nobody_found_gives_ways_out(stad: Stad) -> None:
    maud = await stad.log_in("maud")
    text = visible((await maud.post("/zoeken", {"q": "qqqqqq 3-3-1994"})).text)
    assert "Wij vinden niemand bij deze gegevens" in text
    assert "Zoek zonder naam" in text
    assert "Help zonder naam" in text


async def test_a_vraagnummer_leads_to_the_vraag_also_when_nobody_knows_whose_it_is(stad: Stad) -> None:
    maud, concept = await stad.log_in("maud"), await begin_on_website(stad)
    nummer = await stad.value("select nummer from interactie where id = $1", concept.interactie_id)
    text = (await maud.post("/zoeken", {"q": nummer.lower()})).text
    assert f"/registreren?interactie={concept.interactie_id}" in text
    code = visible((await maud.post("/zoeken", {"q": concept.code})).text)
    assert "Dit is een Wisselcode" in code


@pytest.mark.parametrize(
    "typed", ["", " ", "<script>alert(1)</script>", "%' or 1=1 --", "x" * 5000, "\u202egnurts", "0" * 90]
)
async def test_whatever_is_typed_gets_a_page(stad: Stad, typed: str) -> None:
    maud = await stad.log_in("maud")
    answer = await maud.post("/zoeken", {"q": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


async def test_who_is_not_signed_in_or_sends_no_csrf_sees_nobody(stad: Stad) -> None:
    maud, aylin = await stad.log_in("maud"), await stad.partij(AYLIN)
    inwoner = await stad.log_in_partij(aylin)
    for who in (stad.visitor(), inwoner):
        for path in ("/zoeken", f"/klant/{aylin}", "/registreren", "/balie"):
            assert (await who.get(path)).status_code in (303, 403)
    maud.csrf = "anders"
    assert (await maud.post("/zoeken", {"q": "aylin yilmaz"})).status_code == 403
    kees = await stad.log_in("kees")
    assert (await kees.post("/zoeken", {"q": "aylin yilmaz"})).status_code == 403


async def test_the_right_answer_shows_only_after_the_klant_has_answered(stad: Stad) -> None:
    maud, aylin = await stad.log_in("maud"), await stad.partij(AYLIN)
    geboren = await stad.value("select geboortedatum from partij where id = $1", aylin)
    page = await maud.get(f"/klant/{aylin}")
    assert "Wat is uw geboortedatum?" in page.text
    assert str(geboren.year) not in page.text
    assert "3811" not in page.text
    shown = visible((await maud.post(f"/klant/{aylin}/controle", {"toon": "geboren"})).text)
    assert f"Goed antwoord: {geboren.day}" in shown
    assert str(geboren.year) in shown
    assert "3811" not in shown


async def test_two_right_answers_open_the_klantbeeld_and_one_does_not(stad: Stad) -> None:
    maud, aylin = await stad.log_in("maud"), await stad.partij(AYLIN)
    path = f"/klant/{aylin}/vaststellen"
    one = {"getoond": ["geboren", "adres"], "oordeel_geboren": "klopt", "oordeel_adres": "niet"}
    refused = await maud.post(path, one)
    assert refused.status_code == 403
    assert "Nog niet zeker wie dit is" in visible(refused.text)
    unseen = {"oordeel_geboren": "klopt", "oordeel_adres": "klopt"}  # never compared with anything
    assert (await maud.post(path, unseen)).status_code == 403
    opened = await maud.post(path, {**one, "oordeel_adres": "klopt"})
    assert opened.status_code == 303
    beeld = visible((await maud.get(opened.headers["location"])).text)
    assert "2 van 3 controlevragen goed" in beeld
    assert "Lindelaan 14" in beeld
    assert "999990019" not in beeld


async def test_what_was_established_holds_for_this_klant_and_this_medewerker_alone(stad: Stad) -> None:
    maud, ruben, aylin = await stad.log_in("maud"), await stad.log_in("ruben"), await stad.partij(AYLIN)
    other = await stad.value("select id from partij where not zelfstandig and id <> $1 limit 1", aylin)
    v = await establish(maud, aylin)
    assert "Wat wij weten" in (await maud.get(f"/klant/{aylin}?v={v}")).text
    for who, partij_id, token in (
        (ruben, aylin, v), (maud, other, v), (maud, aylin, v[:-1]), (maud, aylin, "a.b.c.d"), (maud, aylin, "x" * 900),
        (maud, aylin, re.sub(r"\.\d+\.", ".9999999999.", v, count=1)),
    ):  # fmt: skip
        assert "Wat wij weten" not in (await who.get(f"/klant/{partij_id}?v={token}")).text


async def test_a_record_of_somebody_never_identified_is_not_upgraded(stad: Stad) -> None:
    maud = await stad.log_in("maud")
    stranger = await stad.value("select id from partij where zelfstandig limit 1")
    answer = await maud.post(f"/klant/{stranger}/vaststellen", {"legitimatie": "ja"})
    assert answer.status_code == 403
    assert (await maud.get(f"/klant/{uuid4()}")).status_code == 404
    assert (await maud.get("/klant/geen-uuid")).status_code == 404
