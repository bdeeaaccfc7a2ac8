# SPDX-License-Identifier: EUPL-1.2
"""The balie: with a Wisselcode nothing is told twice, and a wrong one opens nothing."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest

from schakel.kanaalintegratie.kanaalwissel import MAX_POGINGEN
from schakel.kanaalintegratie.wisselcode import GELDIG, new_wisselcode
from tests.edge.stad import Stad
from tests.edge.web.bladen import visible
from tests.edge.web.medewerker_contact.gang import (
    AYLIN,
    PDF,
    begin_on_website,
    establish,
    kept,
    open_at_balie,
    product_of,
)


@pytest.mark.norm("KS-4")
async def test_no_field_bijlage_or_clock_is_lost_on_the_way_to_the_balie(stad: Stad) -> None:
    aylin, ruben = await stad.partij(AYLIN), await stad.log_in("ruben")
    concept = await begin_on_website(stad, aylin)
    before, files_before = await kept(stad, concept.interactie_id)
    begonnen = await stad.value("select begonnen_op from interactie where id = $1", concept.interactie_id)

    here = await open_at_balie(ruben, concept.code)
    page = await ruben.get(here)
    assert 'value="XX-123-X"' in page.text
    assert "leasecontract.pdf" in page.text
    assert "Uit BRP" in visible(page.text)
    assert "Door de klant (website)" in visible(page.text)

    saved = await ruben.post(
        f"{here}/bewaar", {"kenteken": "XX-123-X", "eigenaar": "lease", "ingangsdatum": "1-12-2026"}
    )
    assert saved.status_code == 204
    after, files_after = await kept(stad, concept.interactie_id)
    assert {name: after.gegevens[name] for name in before.gegevens} == before.gegevens  # with bron, kanaal and moment
    assert (after.gegevens["ingangsdatum"].waarde, after.gegevens["ingangsdatum"].kanaal) == ("2026-12-01", "balie")
    assert files_after == files_before
    assert await stad.value("select inhoud from bijlage where id = $1", files_after[0].id) == PDF.inhoud

    handed_in = await ruben.post(here, {"ingangsdatum": "1-12-2026"})
    assert handed_in.status_code == 303, visible(handed_in.text)
    done, files_done = await kept(stad, concept.interactie_id)
    assert done.status != "concept"
    assert done.gegevens == after.gegevens
    assert files_done == files_before
    row = await stad.value("select begonnen_op from interactie where id = $1", concept.interactie_id)
    assert row == begonnen
    assert await stad.value("select belofte_op from interactie where id = $1", concept.interactie_id) is not None

    result = visible((await ruben.get(here)).text)
    assert "Waarom dit besluit?" in result
    assert "999990019" not in result


async def test_a_code_alone_shows_nothing_that_was_filled_in(stad: Stad) -> None:
    ruben, ans = await stad.log_in("ruben"), await stad.log_in("ans")
    concept = await begin_on_website(stad, await stad.partij(AYLIN))
    here = f"/balie/{concept.interactie_id}"
    answer = await ruben.post("/balie", {"code": concept.code})
    door = await ruben.get(answer.headers["location"])
    assert AYLIN in visible(door.text)
    assert "XX-123-X" not in door.text
    assert (await ruben.post(f"{here}/bewaar", {"kenteken": "AB-123-C"})).status_code == 403
    _, files = await kept(stad, concept.interactie_id)
    assert (await ruben.get(f"{here}/bijlage/{files[0].id}")).status_code == 404

    await ruben.post(f"{here}/legitimatie", {"gezien": "ja"})
    assert "XX-123-X" in (await ruben.get(here)).text
    assert (await ruben.get(f"{here}/bijlage/{files[0].id}")).content == PDF.inhoud
    assert "XX-123-X" not in (await ans.get(here)).text  # open with one colleague is not open with all


async def test_wrong_used_and_expired_codes_get_the_same_words(stad: Stad) -> None:
    ruben, at = await stad.log_in("ruben"), stad.diensten.clock()
    used, expired = await begin_on_website(stad), await begin_on_website(stad)
    await ruben.post("/balie", {"code": used.code})
    async with stad.database.connection() as connection:
        await connection.execute(
            "update wisselcode set uitgegeven_op = $1, geldig_tot = $2 where interactie_id = $3",
            at - GELDIG,
            at - timedelta(seconds=1),
            expired.interactie_id,
        )
    words = set()
    for code in (new_wisselcode(), used.code, expired.code, "", "<script>", "7KQ", "x" * 200):
        answer = await ruben.post("/balie", {"code": code})
        assert answer.status_code == 404
        words.add(visible(answer.text))
        assert "<script>" not in answer.text.partition("<main")[2]
    assert len(words) == 1
    assert "Deze Wisselcode werkt niet" in words.pop()


async def test_the_eleventh_try_in_a_quarter_of_an_hour_is_refused_even_with_the_right_code(stad: Stad) -> None:
    ruben, concept = await stad.log_in("ruben"), await begin_on_website(stad)
    for _ in range(MAX_POGINGEN):
        assert (await ruben.post("/balie", {"code": new_wisselcode()})).status_code == 404
    answer = await ruben.post("/balie", {"code": concept.code})
    assert answer.status_code == 429
    assert "Wacht een paar minuten" in visible(answer.text)
    ans = await stad.log_in("ans")
    assert (await ans.post("/balie", {"code": concept.code})).status_code == 303


async def test_a_code_of_somebody_else_shows_nothing_and_stays_unused(stad: Stad) -> None:
    ruben, aylin = await stad.log_in("ruben"), await stad.partij(AYLIN)
    other = await stad.value("select id from partij where not zelfstandig and id <> $1 limit 1", aylin)
    concept = await begin_on_website(stad, other)
    v = await establish(ruben, aylin)
    answer = await ruben.post("/balie", {"code": concept.code, "klant": str(aylin), "v": v})
    assert answer.status_code == 409
    assert "Deze code hoort bij iemand anders" in visible(answer.text)
    assert "XX-123-X" not in answer.text
    v = await establish(ruben, other)
    right = await ruben.post("/balie", {"code": concept.code, "klant": str(other), "v": v})
    assert right.status_code == 303
    assert "XX-123-X" in (await ruben.get(right.headers["location"])).text  # established before: no door


@pytest.mark.norm("KS-5")
async def test_going_on_at_the_balie_is_counted_with_the_kanaal_he_came_from(stad: Stad) -> None:
    ruben, concept = await stad.log_in("ruben"), await begin_on_website(stad)
    count = """select count(*) from verkeersregel where kanaal = 'balie' and van_kanaal = 'webformulier'
               and begonnen_op > now() - interval '1 minute'"""
    assert await stad.value(count) == 0
    await ruben.post("/balie", {"code": concept.code})
    assert await stad.value(count) == 1


async def test_what_is_wrong_is_said_at_the_field_and_all_else_is_kept(stad: Stad) -> None:
    ruben, concept = await stad.log_in("ruben"), await begin_on_website(stad, await stad.partij(AYLIN))
    here = await open_at_balie(ruben, concept.code)
    answer = await ruben.post(
        here, {"kenteken": "XX-12", "ingangsdatum": "31-2-2027", "eigenaar": "<script>alert(1)</script>"}
    )
    assert answer.status_code == 400
    text = visible(answer.text)
    assert "Er missen 2 tekens" in text
    assert "Deze dag bestaat niet" in text
    assert "<script>alert" not in answer.text
    verzoek, files = await kept(stad, concept.interactie_id)
    assert verzoek.status == "concept"
    assert verzoek.gegevens["kenteken"].waarde == "XX-12"
    assert len(files) == 1


async def test_handing_in_twice_registers_once(stad: Stad) -> None:
    ruben, concept = await stad.log_in("ruben"), await begin_on_website(stad, await stad.partij(AYLIN))
    here = await open_at_balie(ruben, concept.code)
    fields = {"ingangsdatum": "1-12-2026"}
    assert [(await ruben.post(here, fields)).status_code for _ in range(2)] == [303, 303]
    assert await stad.value("select count(*) from klantcontact where interactie_id = $1", concept.interactie_id) == 1
    late = await ruben.post(f"{here}/bewaar", {"kenteken": "AB-123-C"})
    assert late.status_code == 409


async def test_stopping_closes_the_draft_here_and_gives_a_code_that_opens_it_again(stad: Stad) -> None:
    ruben, ans = await stad.log_in("ruben"), await stad.log_in("ans")
    concept = await begin_on_website(stad, await stad.partij(AYLIN))
    here = await open_at_balie(ruben, concept.code)
    stopped = await ruben.post(f"{here}/stop", {"ingangsdatum": "1-12-2026"})
    assert "XX-123-X" not in (await ruben.get(here)).text
    code = stopped.text.partition('class="wisselcode">')[2][:7]
    again = await open_at_balie(ans, code)
    assert 'value="1-12-2026"' in (await ans.get(again)).text


async def test_a_draft_without_name_goes_on_without_one_or_gets_the_klant_who_was_established(stad: Stad) -> None:
    ruben, aylin = await stad.log_in("ruben"), await stad.partij(AYLIN)
    nameless, named = await begin_on_website(stad), await begin_on_website(stad)
    here = await open_at_balie(ruben, nameless.code)
    assert "XX-123-X" in (await ruben.get(here)).text
    assert await stad.value("select vastgesteld from interactie where id = $1", nameless.interactie_id) is False

    await ruben.post("/balie", {"code": named.code})
    v = await establish(ruben, aylin)
    coupled = await ruben.post(f"/klant/{aylin}/koppel", {"voor": str(named.interactie_id), "v": v})
    assert coupled.headers["location"] == f"/balie/{named.interactie_id}?kanaal=balie"
    assert await stad.value("select partij_id from interactie where id = $1", named.interactie_id) == aylin
    assert "XX-123-X" in (await ruben.get(f"/balie/{named.interactie_id}")).text


@pytest.mark.norm("NO-7")
async def test_an_aanvraag_begun_at_the_balie_has_what_is_known_filled_in(stad: Stad) -> None:
    ruben, aylin = await stad.log_in("ruben"), await stad.partij(AYLIN)
    v = await establish(ruben, aylin)
    begun = await ruben.post("/balie/nieuw", {"klant": str(aylin), "v": v, "product": product_of(stad)})
    assert begun.status_code == 303, visible(begun.text)
    page = await ruben.get(begun.headers["location"])
    assert "Uit BRP" in visible(page.text)
    assert "Klopt dit niet?" in visible(page.text)
    for bad in ({"v": "x"}, {"product": "bestaat-niet"}, {"klant": "geen-uuid"}):
        refused = await ruben.post("/balie/nieuw", {"klant": str(aylin), "v": v, "product": product_of(stad), **bad})
        assert refused.status_code in (400, 403)
        assert visible(refused.text)


async def test_a_document_given_at_the_balie_takes_the_place_of_the_old_one(stad: Stad) -> None:
    ruben, concept = await stad.log_in("ruben"), await begin_on_website(stad, await stad.partij(AYLIN))
    here = await open_at_balie(ruben, concept.code)
    files = {"bewijs": ("../../foto <b>.jpg", b"\xff\xd8foto", "image/jpeg")}
    answer = await ruben.post(here, {"alleen_bewaren": "ja"}, files=files)
    assert answer.status_code == 303
    verzoek, kept_files = await kept(stad, concept.interactie_id)
    assert [file.naam for file in kept_files] == ["../../foto <b>.jpg"]
    assert verzoek.gegevens["kenteken"].waarde == "XX-123-X"
    got = await ruben.get(f"{here}/bijlage/{kept_files[0].id}")
    assert got.content == b"\xff\xd8foto"
    assert got.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in got.headers["content-security-policy"]
    assert "foto <b>" not in (await ruben.get(here)).text
    large = {"bewijs": ("groot.bin", bytes(31_000_000), "application/octet-stream")}
    refused = await ruben.post(here, {"alleen_bewaren": "ja"}, files=large)
    assert refused.status_code == 413
    assert "te groot" in refused.text
    assert len((await kept(stad, concept.interactie_id))[1]) == 1


@pytest.mark.parametrize(
    "typed", ["x" * 50_000, "<script>alert(1)</script>", "\x00", "'; drop table verzoek; --", "\u202e"]
)
async def test_nothing_that_is_typed_in_a_field_breaks_the_page_or_loses_another(stad: Stad, typed: str) -> None:
    ruben, concept = await stad.log_in("ruben"), await begin_on_website(stad, await stad.partij(AYLIN))
    here = await open_at_balie(ruben, concept.code)
    answer = await ruben.post(here, {"ingangsdatum": typed, "bestaat_niet": typed, "eigenaar": "eigen"})
    assert answer.status_code == 400
    assert "<script>alert" not in answer.text
    verzoek, files = await kept(stad, concept.interactie_id)
    assert (verzoek.status, verzoek.gegevens["kenteken"].waarde, len(files)) == ("concept", "XX-123-X", 1)
    assert "bestaat_niet" not in verzoek.gegevens


async def test_the_balie_of_others_and_of_nobody_stays_shut(stad: Stad) -> None:
    ruben, concept = await stad.log_in("ruben"), await begin_on_website(stad, await stad.partij(AYLIN))
    femke, kees = await stad.log_in("femke"), await stad.log_in("kees")
    here = f"/balie/{concept.interactie_id}"
    for path in (f"/balie/{uuid4()}", f"/balie/{uuid4()}/bijlage/{uuid4()}", "/balie/geen-uuid"):
        assert (await ruben.get(path)).status_code == 404
    assert (await kees.get(here)).status_code == 403
    assert "XX-123-X" not in (await femke.get(here)).text
    for deed in ("", "/bewaar", "/stop"):
        assert (await femke.post(f"{here}{deed}", {"kenteken": "AB-123-C"})).status_code == 403
    ruben.csrf = "x"
    assert (await ruben.post("/balie", {"code": concept.code})).status_code == 403
    verzoek, _ = await kept(stad, concept.interactie_id)
    assert verzoek.gegevens["kenteken"].waarde == "XX-123-X"


async def test_a_code_of_a_running_vraag_shows_how_it_stands_and_not_what_was_written(stad: Stad) -> None:
    ruben, at = await stad.log_in("ruben"), stad.diensten.clock()
    row = "select id from interactie where status = 'open' and begonnen_kanaal = 'e-mail' limit 1"
    interactie_id = await stad.value(row)
    async with stad.diensten.open_werk() as werk:
        code = await stad.diensten.wissel.issue(werk, interactie_id, at)
    answer = await ruben.post("/balie", {"code": code})
    page = await ruben.get(answer.headers["location"])
    tekst = await stad.value("select tekst from gespreksbijdrage where interactie_id = $1 limit 1", interactie_id)
    assert tekst not in unescape(page.text)
    assert f"/registreren?interactie={interactie_id}" in page.text
