# SPDX-License-Identifier: EUPL-1.2
"""The contact form: kept once, confirmed with nummer, belofte and Wisselcode; any input is answered in words."""

import pytest

from schakel.web.sessie import new_token
from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.bladen import visible
from tests.edge.web.klant.portaal import NASTY, PDF, code_on, hidden

GOED = {"onderwerp": "Grijze bak", "tekst": "Mijn bak is niet geleegd.", "naam": "Fatima", "email": "f@post.example"}


async def test_a_vraag_is_in_the_werkvoorraad_and_the_klant_knows_what_happens(stad: Stad) -> None:
    bezoeker = stad.visitor()
    page = (await bezoeker.get("/vraag")).text
    answer = await bezoeker.post("/vraag", {**GOED, "sleutel": hidden(page, "sleutel")})
    nummer = await stad.value("select nummer from interactie where onderwerp = 'Grijze bak'")

    text = visible(answer.text)
    assert f"Uw nummer is {nummer}" in text
    assert "U hoort uiterlijk" in text
    assert len(code_on(answer.text)) == 7
    row = "select kanaal || ' ' || afzender_adres from gespreksbijdrage where tekst = 'Mijn bak is niet geleegd.'"
    assert await stad.value(row) == "webformulier f@post.example"


async def test_the_confirmation_goes_to_the_address_that_was_typed(stad: Stad) -> None:
    await stad.visitor().post("/vraag", GOED)
    await stad.do_jobs()
    sent = "select status from bericht where aan = 'f@post.example' and berichttype = 'ontvangstbevestiging'"
    assert await stad.value(sent) == "bezorgd"


async def test_pressing_twice_sends_once_and_a_changed_text_is_never_lost(stad: Stad) -> None:
    bezoeker, key = stad.visitor(), new_token()
    texts = []
    for tekst in ("Eerste tekst", "Eerste tekst", "Andere tekst"):
        texts.append(visible((await bezoeker.post("/vraag", {**GOED, "tekst": tekst, "sleutel": key})).text))

    count = "select count(*) from klantcontact where onderwerp = 'Grijze bak' and inhoud = $1"
    assert await stad.value(count, "Eerste tekst") == 1
    assert await stad.value(count, "Andere tekst") == 1
    assert texts[0].partition("Wilt u verder")[0] == texts[1].partition("Wilt u verder")[0]


async def test_a_bijlage_comes_along(stad: Stad) -> None:
    await stad.visitor().post("/vraag", GOED, files={"bijlagen": ("bak.pdf", PDF, "application/pdf")})
    assert await stad.value("select inhoud from bijlage where naam = 'bak.pdf'") == PDF


async def test_who_is_logged_in_is_not_asked_who_he_is(stad: Stad, aylin: Bezoeker) -> None:
    page = (await aylin.get("/vraag")).text
    assert 'name="naam"' not in page
    assert 'name="email"' not in page
    await aylin.post("/vraag", {"onderwerp": "Grijze bak", "tekst": "Mijn bak is niet geleegd."})

    partij = await stad.value("select partij_id from interactie where onderwerp = 'Grijze bak' and vastgesteld")
    assert partij == await stad.partij()


@pytest.mark.parametrize(
    ("field", "value", "zin"),
    [
        ("onderwerp", "", "Schrijf in een paar woorden waar het over gaat"),
        ("onderwerp", "x" * 201, "Dit zijn 201 tekens. Er passen er 200."),
        ("tekst", "  ", "Schrijf hier uw vraag"),
        ("tekst", "x" * 20_001, "Dit zijn 20001 tekens. Er passen er 20000."),
        ("tekst", "x" * 150_000, "te lang"),
        ("tekst", "een\x00twee", "Typ de tekst opnieuw"),
        ("naam", "n" * 201, "Er passen er 200"),
        ("email", "fatima", "Er mist een @"),
        ("email", "a@b@c", "Vul een volledig e-mailadres in"),
    ],
)
async def test_what_cannot_be_accepted_is_said_at_its_field_and_nothing_typed_is_lost(
    stad: Stad, field: str, value: str, zin: str
) -> None:
    typed = {"onderwerp": "Over de bak", "tekst": "Niet geleegd", "naam": "Fatima", "email": "f@post.example"}
    answer = await stad.visitor().post("/vraag", {**typed, field: value})

    assert answer.status_code == 400
    assert zin in visible(answer.text)
    assert f'id="{field}-fout"' in answer.text
    assert f'href="#{field}"' in answer.text
    for name, text in typed.items():
        assert name == field or text in answer.text
    assert value.strip().replace("\x00", "") in answer.text
    assert await stad.value("select count(*) from interactie where onderwerp = 'Over de bak'") == 0


async def test_another_encoding_is_said_and_the_rest_stays(stad: Stad) -> None:
    body = "onderwerp=Caf%E9&tekst=Niet+geleegd"  # Latin-1
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await stad.visitor().client.post("/vraag", content=body, headers=headers)

    assert answer.status_code == 400
    assert "Typ de tekst opnieuw" in visible(answer.text)
    assert "Niet geleegd" in answer.text


@pytest.mark.parametrize(("inhoud", "zin"), [(b"x" * 10_000_001, "groter dan 10 MB"), (b"", "is leeg")])
async def test_a_bijlage_that_cannot_be_taken_is_said_at_its_field(stad: Stad, inhoud: bytes, zin: str) -> None:
    answer = await stad.visitor().post("/vraag", GOED, files={"bijlagen": ("a.bin", inhoud, "image/png")})
    assert answer.status_code == 400
    assert zin in visible(answer.text)
    assert "Mijn bak is niet geleegd." in answer.text


async def test_too_many_bytes_at_once_are_refused_in_words(stad: Stad) -> None:
    answer = await stad.visitor().post("/vraag", GOED, files={"bijlagen": ("a.bin", b"x" * 30_000_001, "image/png")})
    assert answer.status_code == 413
    assert "Stuur een kleiner bestand" in visible(answer.text)


async def test_script_in_every_field_is_text_to_klant_and_house(stad: Stad, aylin: Bezoeker) -> None:
    await stad.visitor().post("/vraag", {"onderwerp": NASTY, "tekst": NASTY, "naam": NASTY, "email": "f@post.example"})
    assert await stad.value("select tekst from gespreksbijdrage where onderwerp = $1", NASTY) == NASTY

    await aylin.post("/vraag", {"onderwerp": NASTY, "tekst": NASTY})
    interactie_id = await stad.value("select id from interactie where onderwerp = $1 and vastgesteld", NASTY)
    for path in ("/mijn", f"/mijn/contact/{interactie_id}", "/mijn/gegevens/zelf"):
        page = await aylin.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "49" not in page.text.partition(NASTY[:3])[2][:80]


async def test_a_key_that_is_not_of_the_page_is_not_taken(stad: Stad) -> None:
    answer = await stad.visitor().post("/vraag", {"onderwerp": "", "tekst": "x", "sleutel": "x"})
    assert len(hidden(answer.text, "sleutel")) > 20


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_site_cannot_send_a_vraag(stad: Stad, site: str) -> None:
    bezoeker = stad.visitor()
    bezoeker.client.headers["sec-fetch-site"] = site
    answer = await bezoeker.post("/vraag", GOED)
    assert answer.status_code == 403
    assert "Dit formulier is te oud" in visible(answer.text)


async def test_an_old_browser_is_judged_by_its_origin(stad: Stad) -> None:
    bezoeker = stad.visitor()
    del bezoeker.client.headers["sec-fetch-site"]
    assert (await bezoeker.post("/vraag", GOED, headers={"origin": "http://elders.example"})).status_code == 403
    assert (await bezoeker.post("/vraag", GOED, headers={"origin": "http://stad.test"})).status_code == 200
