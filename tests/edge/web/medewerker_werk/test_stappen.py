# SPDX-License-Identifier: EUPL-1.2
"""Answering and filling in: sent twice counts once, a colleague who was first is said, and no text is lost."""

import asyncio
import re

import pytest

from tests.edge.stad import Stad
from tests.edge.web.bladen import visible
from tests.edge.web.medewerker_werk.bureau import (
    AYLIN,
    answer_form,
    answers_sent,
    identified,
    looks,
    mail_in,
    move_to,
    stand_of,
)

TEKST = "Beste heer Hofstra, wij halen het donderdag op."


async def test_the_answer_goes_out_and_the_draft_is_gone(stad: Stad) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    form = await answer_form(maud, interactie_id)
    veld = str(form["tekstveld"])
    await maud.post(f"/werk/{interactie_id}/concept", {**form, veld: TEKST})

    sent = await maud.post(f"/werk/{interactie_id}/stap", {**form, veld: TEKST})

    assert sent.headers["location"] == f"/werk/{interactie_id}?gedaan=verstuurd"
    page = visible((await maud.get(sent.headers["location"])).text)
    assert "Uw antwoord gaat nu naar de klant." in page
    assert "Antwoord van ons Maud Jansen" in page
    assert await stad.value("select count(*) from antwoordconcept where interactie_id = $1", interactie_id) == 0
    await stad.do_jobs()
    assert "bezorgd" in visible((await maud.get(f"/werk/{interactie_id}/nu")).text)


async def test_pressing_twice_at_the_same_moment_sends_once(stad: Stad) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    form = await answer_form(maud, interactie_id)
    data = {**form, str(form["tekstveld"]): TEKST}

    answers = await asyncio.gather(*(maud.post(f"/werk/{interactie_id}/stap", data) for _ in range(4)))

    assert [answer.status_code for answer in answers] == [303] * 4
    assert await answers_sent(stad, interactie_id) == 1


async def test_two_tabs_send_once_and_the_second_keeps_its_text(stad: Stad) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    one, two = await answer_form(maud, interactie_id), await answer_form(maud, interactie_id)
    assert one["sleutel"] != two["sleutel"]
    veld = str(one["tekstveld"])

    assert (await maud.post(f"/werk/{interactie_id}/stap", {**one, veld: TEKST})).status_code == 303
    late = await maud.post(f"/werk/{interactie_id}/stap", {**two, veld: "Een ander antwoord"})

    assert late.status_code == 409
    said = visible(late.text)
    assert "is al gedaan" in said
    assert "Een ander antwoord" in said
    assert await answers_sent(stad, interactie_id) == 1


async def test_two_medewerkers_who_answer_at_once_send_one_answer(stad: Stad) -> None:
    maud, joris, interactie_id = await stad.log_in("maud"), await stad.log_in("joris"), await mail_in(stad)
    forms = [(who, await answer_form(who, interactie_id)) for who in (maud, joris)]

    answers = await asyncio.gather(
        *(who.post(f"/werk/{interactie_id}/stap", {**form, str(form["tekstveld"]): TEKST}) for who, form in forms)
    )

    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert await answers_sent(stad, interactie_id) == 1


async def test_a_missing_answer_is_said_in_a_sentence_and_the_choice_is_kept(stad: Stad) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    form = await answer_form(maud, interactie_id)

    answer = await maud.post(f"/werk/{interactie_id}/stap", {**form, "is_beantwoord": "ja"})

    assert answer.status_code == 400
    assert "Dit is nog leeg" in visible(answer.text)
    assert re.search(r'value="ja" checked', answer.text)


@pytest.mark.parametrize("tekst", ["x" * 20_001, "a\x00b", "<script>alert(1)</script>" * 1000, "123456782 is mijn bsn"])
async def test_a_text_that_cannot_go_out_is_refused_in_words_and_stays_on_the_screen(stad: Stad, tekst: str) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    form = await answer_form(maud, interactie_id)

    answer = await maud.post(f"/werk/{interactie_id}/stap", {**form, str(form["tekstveld"]): tekst})

    assert answer.status_code == 400
    assert re.search(r"te lang|tekens\. Er passen|niet kunnen lezen|burgerservicenummer", visible(answer.text))
    assert tekst.replace("\x00", "")[:20].replace("<", "&lt;").replace(">", "&gt;") in answer.text
    assert await answers_sent(stad, interactie_id) == 0


async def test_a_form_from_elsewhere_or_without_token_does_nothing(stad: Stad) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    form = await answer_form(maud, interactie_id)
    data = {**form, str(form["tekstveld"]): TEKST}
    for deed in ("stap", "notitie", "regie", "overdracht", "wisselcode", "concept", "aanwezig", "aanvraag", "indienen"):
        refused = await maud.client.post(f"/werk/{interactie_id}/{deed}", data={**data, "csrf": "fout"})
        assert refused.status_code == 403, deed
    assert await answers_sent(stad, interactie_id) == 0


@pytest.mark.parametrize(
    "deed", ["stap", "notitie", "regie", "overdracht", "wisselcode", "concept", "aanwezig", "aanvraag", "indienen"]
)
async def test_a_beheerder_and_an_inwoner_do_nothing_here(stad: Stad, deed: str) -> None:
    interactie_id = await mail_in(stad)
    inwoner = await stad.log_in_partij(await identified(stad, interactie_id))
    before = await looks(stad)
    for who in (await stad.log_in("kees"), inwoner):
        answer = await who.post(f"/werk/{interactie_id}/{deed}", {"tekst": "x", "team": "parkeren", "reden": "x"})
        assert answer.status_code == 403
    assert await looks(stad) == before
    assert (
        await stad.value(
            "select count(*) from wisselcode where interactie_id = $1 and uitgegeven_op > now()", interactie_id
        )
        == 0
    )


async def test_another_possible_step_is_chosen_and_takes_the_draft_along(stad: Stad) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    form = await answer_form(maud, interactie_id)
    await maud.post(f"/werk/{interactie_id}/concept", {**form, str(form["tekstveld"]): "Waar staat het?"})
    other = next(
        s
        for s in (await stand_of(stad, interactie_id)).mogelijke_stappen
        if s.sleutel != form["stap"] and s.velden and s.velden[0].soort == "lange_tekst"
    )

    page = (await maud.get(f"/werk/{interactie_id}?stap={other.sleutel}")).text

    assert f'<h2 id="stap-kop">{other.titel}</h2>' in page
    assert "Waar staat het?" in page


async def test_a_step_for_a_vakspecialist_is_not_taken_by_anybody_else(stad: Stad) -> None:
    femke = await stad.log_in("femke")
    maud, interactie_id = await stad.log_in("maud"), await filled_in(stad)
    step = next(s for s in (await stand_of(stad, interactie_id)).mogelijke_stappen if s.voor == "vakspecialist")

    page = visible((await maud.get(f"/werk/{interactie_id}")).text)
    assert "Dit doet een vakspecialist." in page
    form = await answer_form(femke, interactie_id)
    assert (await maud.post(f"/werk/{interactie_id}/stap", form)).status_code == 403
    data = {veld.sleutel: veld.keuzes[0][0] if veld.keuzes else "Klopt." for veld in step.velden}
    assert (await femke.post(f"/werk/{interactie_id}/stap", {**form, **data})).status_code == 303


INGEVULD = {
    "kenteken": "xx 123 x",
    "eigenaar": "lease",
    "adres": "Lindelaan 14, 3811 LW Lindewaard",
    "postcode": "3811 lw",
    "ingangsdatum": "1-12-2026",
}


async def application(stad: Stad) -> object:
    """A mail that asks for a product with a proces, with the contract in it."""
    interactie_id = await mail_in(
        stad,
        "Parkeervergunning aanvragen",
        "Ik wil een parkeervergunning aanvragen voor mijn leaseauto.",
        van=f"{AYLIN} <aylin.yilmaz@post.example>",
        bijlage="leasecontract.pdf",
    )
    await move_to(stad, interactie_id, "parkeren")
    return interactie_id


async def filled_in(stad: Stad):  # type: ignore[no-untyped-def]
    """The same, filled in and handed in by a medewerker."""
    interactie_id, femke = await application(stad), await stad.log_in("femke")
    form = await answer_form(femke, interactie_id)  # type: ignore[arg-type]
    answer = await femke.post(f"/werk/{interactie_id}/indienen", {**form, **INGEVULD})
    assert answer.status_code == 303, visible(answer.text)
    return interactie_id


async def test_a_mail_that_is_an_aanvraag_is_filled_in_and_handed_in_by_the_medewerker(stad: Stad) -> None:
    interactie_id, femke = await application(stad), await stad.log_in("femke")
    page = (await femke.get(f"/werk/{interactie_id}")).text
    assert "Vul de aanvraag in voor de klant" in page
    form = await answer_form(femke, interactie_id)  # type: ignore[arg-type]
    file = re.search(r'<option value="([0-9a-f-]{36})"', page)
    assert file
    data = {**form, **INGEVULD, "uit:bewijs": file[1]}

    saved = await femke.post(f"/werk/{interactie_id}/gegevens", data)
    assert saved.status_code == 204
    answers = await asyncio.gather(*(femke.post(f"/werk/{interactie_id}/indienen", data) for _ in range(2)))

    assert [answer.status_code for answer in answers] == [303, 303]
    assert await stad.value("select count(*) from verzoek where interactie_id = $1", interactie_id) == 1
    assert await stad.value("select status from verzoek where interactie_id = $1", interactie_id) != "concept"
    kept = await stad.value(
        "select gegevens::json -> 'kenteken' ->> 'kanaal' from verzoek where interactie_id = $1", interactie_id
    )
    assert kept == "e-mail"
    assert (
        await stad.value("select count(*) from bijlage where interactie_id = $1 and veld = 'bewijs'", interactie_id)
        == 1
    )
    assert (await stand_of(stad, interactie_id)).beslissingen  # type: ignore[arg-type]
    assert "/beslissing/" in (await femke.get(f"/werk/{interactie_id}")).text


async def test_what_is_missing_in_an_aanvraag_is_said_per_field_and_the_rest_is_kept(stad: Stad) -> None:
    interactie_id, femke = await application(stad), await stad.log_in("femke")
    form = await answer_form(femke, interactie_id)  # type: ignore[arg-type]

    answer = await femke.post(f"/werk/{interactie_id}/indienen", {**form, **INGEVULD, "kenteken": "xx 12"})

    assert answer.status_code == 400
    assert "Vul 6 letters en cijfers in" in visible(answer.text)
    assert "Lindelaan 14" in answer.text
    assert await stad.value("select status from verzoek where interactie_id = $1", interactie_id) == "concept"


async def test_an_untouched_field_does_not_undo_what_a_colleague_filled_in(stad: Stad) -> None:
    interactie_id, femke, dirk = await application(stad), await stad.log_in("femke"), await stad.log_in("dirk")
    old = await answer_form(femke, interactie_id)  # type: ignore[arg-type]
    await dirk.post(f"/werk/{interactie_id}/gegevens", {**old, "postcode": "3811 LW"})

    await femke.post(f"/werk/{interactie_id}/gegevens", {**old, "postcode": "", "kenteken": "XX-123-X"})

    kept = await stad.value("select gegevens from verzoek where interactie_id = $1", interactie_id)
    assert "3811LW" in kept
    assert "XX-123-X" in kept


@pytest.mark.norm("NO-7")
async def test_an_aanvraag_begins_within_the_question_of_an_identified_klant_with_what_we_know(stad: Stad) -> None:
    femke = await stad.log_in("femke")
    interactie_id = await mail_in(stad, "Parkeren", "Hoe werkt een parkeervergunning voor bewoners?")
    await move_to(stad, interactie_id, "parkeren")
    await identified(stad, interactie_id)
    assert "Begin aanvraag" in (await femke.get(f"/werk/{interactie_id}")).text

    for _ in range(2):
        assert (await femke.post(f"/werk/{interactie_id}/aanvraag")).status_code == 303

    page = visible((await femke.get(f"/werk/{interactie_id}")).text)
    assert "Vul de aanvraag in voor de klant" in page
    assert "Uit BRP" in page
    assert await stad.value("select count(*) from verzoek where interactie_id = $1", interactie_id) == 1
