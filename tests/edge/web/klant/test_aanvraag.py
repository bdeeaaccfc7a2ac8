# SPDX-License-Identifier: EUPL-1.2
"""An aanvraag without JavaScript: nothing known is asked, nothing typed is lost, sent once, and of nobody else."""

import json
import re

import pytest

from schakel.kit.ids import new_id
from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.bladen import visible
from tests.edge.web.klant.portaal import (
    NASTY,
    PDF,
    asked,
    begin,
    code_on,
    fill_in,
    fill_in_all,
    follow,
    gegevens,
    hand_in,
    id_of,
)


@pytest.mark.norm("NO-7")
async def test_what_the_brp_knows_is_shown_with_its_bron_and_never_asked(stad: Stad, aylin: Bezoeker) -> None:
    path, page = await begin(aylin)

    assert "Adres Lindelaan 14, 3811 LW Lindewaard uit de BRP" in visible(page.text)
    assert asked(page.text) == {"kenteken", "eigenaar", "bewijs"}
    assert json.loads(await gegevens(stad, path))["adres"]["bron"] == "BRP"


@pytest.mark.norm("KS-2")
async def test_before_the_klant_begins_he_reads_what_online_brings_him(aylin: Bezoeker) -> None:
    assert "Online ziet u meteen of u een vergunning kunt krijgen." in visible(
        (await aylin.get("/mijn/aanvragen/parkeervergunning")).text
    )


async def test_from_draft_to_besluit_without_javascript(stad: Stad, aylin: Bezoeker) -> None:
    path, _ = await begin(aylin)
    answer = await fill_in(aylin, path, 1, {"kenteken": "xx 123 x", "eigenaar": "eigen"}, "stop")
    stopped = await follow(aylin, answer)
    assert "4 van de 5 vragen zijn klaar" in visible(stopped.text)
    assert re.fullmatch(r"\w{3}-\w{3}", code_on(stopped.text))

    overview = visible((await aylin.get("/mijn")).text)
    assert "Maak af: Parkeervergunning voor bewoners 4 van de 5 vragen zijn klaar. Ga verder" in overview
    again = await follow(aylin, await aylin.get(path))
    assert again.url.path == f"{path}/stap/2"
    await fill_in(aylin, path, 2, {"ingangsdatum": "1-12-2026"})
    check = visible((await aylin.get(f"{path}/controle")).text)
    for line in ("Kenteken XX-123-X van u", "Van wie is de auto? Van mij van u", "Postcode 3811 LW uit de BRP"):
        assert line in check
    assert "Vanaf welke dag? 1 december 2026" in check

    result = await follow(aylin, await hand_in(aylin, path))
    text = visible(result.text)
    assert "U krijgt een parkeervergunning. Waarom? De auto is van u." in text
    assert "Bewijs van ontvangst" in text
    nummer = await stad.value("select nummer from interactie where id = $1", id_of(path))
    assert f"Nummer {nummer}" in text
    assert "Wij beloven U hoort uiterlijk" in text


async def test_pressing_send_twice_sends_once(stad: Stad, aylin: Bezoeker) -> None:
    path = await fill_in_all(aylin)
    first, second = await hand_in(aylin, path), None
    second = await aylin.post(f"{path}/indienen", {"sleutel": "a-second-tab-had-this-one"})

    assert first.headers["location"] == second.headers["location"]
    assert await stad.value("select count(*) from klantcontact where interactie_id = $1", id_of(path)) == 1


@pytest.mark.norm("Awb 2:17(1)")
async def test_every_aanvraag_is_confirmed_also_the_second_of_a_day(stad: Stad, aylin: Bezoeker) -> None:
    for _ in range(2):
        path = await fill_in_all(aylin)
        await hand_in(aylin, path)
        subject = await stad.value(
            "select onderwerp from bericht where interactie_id = $1 and berichttype = 'ontvangstbevestiging'",
            id_of(path),
        )
        assert subject.startswith("Bewijs van ontvangst")


async def test_what_is_handed_in_says_so_on_every_page_of_the_draft(aylin: Bezoeker) -> None:
    path = await fill_in_all(aylin)
    await hand_in(aylin, path)

    for answer in (
        await aylin.get(f"{path}/stap/1"),
        await aylin.get(f"{path}/controle"),
        await fill_in(aylin, path, 1, {"kenteken": "AA-11-AA"}),
        await aylin.post(f"{path}/concept", {"v_kenteken": "AA-11-AA"}),
    ):
        assert answer.status_code == 409
        assert "Deze aanvraag is al verstuurd" in visible(answer.text)
    assert (await aylin.get(path)).headers["location"].startswith("/mijn/contact/")


async def test_a_mistake_is_kept_named_at_its_field_and_linked_from_the_top(stad: Stad, aylin: Bezoeker) -> None:
    path, _ = await begin(aylin)
    answer = await fill_in(aylin, path, 1, {"kenteken": "XX12"})

    assert answer.status_code == 400
    said = "Er missen 2 tekens. Vul 6 letters en cijfers in, bijvoorbeeld XX-123-X."
    assert f'<a href="#v_kenteken">{said}</a>' in answer.text
    assert 'id="v_kenteken-fout"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert answer.text.count('value="XX12"') == 1
    assert json.loads(await gegevens(stad, path))["kenteken"]["waarde"] == "XX12"


async def test_stopping_half_way_asks_for_nothing(aylin: Bezoeker) -> None:
    path, _ = await begin(aylin)
    assert (await fill_in(aylin, path, 1, {"kenteken": "XX12"}, "stop")).headers["location"] == f"{path}/bewaard"


async def test_sending_too_early_lists_what_is_missing_with_its_page(aylin: Bezoeker) -> None:
    path, _ = await begin(aylin)
    answer = await aylin.post(f"{path}/indienen", {"sleutel": "x" * 30})

    assert answer.status_code == 400
    assert f'href="{path}/stap/1#v_kenteken"' in answer.text
    assert f'href="{path}/stap/2#v_ingangsdatum"' in answer.text


async def test_a_bijlage_is_added_by_its_own_button_and_other_answers_stay(stad: Stad, aylin: Bezoeker) -> None:
    path, _ = await begin(aylin)
    files = {"v_bewijs": ("contract.pdf", PDF, "application/pdf")}
    answer = await fill_in(aylin, path, 1, {"kenteken": "XX-123-X"}, "voeg toe bewijs", files=files)
    page = (await aylin.get(answer.headers["location"])).text

    assert "Toegevoegd contract.pdf" in visible(page)
    assert 'value="XX-123-X"' in page
    link = re.search(r"/mijn/bijlage/[0-9a-f-]{36}", page)
    assert link is not None
    file = await aylin.get(link[0])
    assert (file.content, file.headers["content-disposition"]) == (PDF, 'attachment; filename="contract.pdf"')


@pytest.mark.parametrize(("inhoud", "zin"), [(b"x" * 10_000_001, "groter dan 10 MB"), (b"", "bestand is leeg")])
async def test_a_bijlage_that_cannot_be_taken_is_said_at_its_field(
    aylin: Bezoeker, stad: Stad, inhoud: bytes, zin: str
) -> None:
    path, _ = await begin(aylin)
    files = {"v_bewijs": ("foto.jpg", inhoud, "image/jpeg")}
    answer = await fill_in(aylin, path, 1, {"kenteken": "XX-123-X", "eigenaar": "lease"}, files=files)

    assert answer.status_code == 400
    assert zin in visible(answer.text)
    assert 'id="v_bewijs-fout"' in answer.text
    assert json.loads(await gegevens(stad, path))["kenteken"]["waarde"] == "XX-123-X"


async def test_the_page_saves_by_itself_what_is_typed_so_far(stad: Stad, aylin: Bezoeker) -> None:
    path, page = await begin(aylin)
    assert f'data-concept="{path}/concept"' in page.text
    answer = await aylin.post(f"{path}/concept", {"v_kenteken": "XX-1", "v_iets": "wat niet gevraagd is"})

    assert answer.status_code == 204
    kept = json.loads(await gegevens(stad, path))
    assert kept["kenteken"]["waarde"] == "XX-1"
    assert "iets" not in kept


async def test_beginning_twice_goes_on_with_the_same_draft(aylin: Bezoeker) -> None:
    path, _ = await begin(aylin)
    again, _ = await begin(aylin)
    assert again == path
    assert "U bent al begonnen" in (await aylin.get("/mijn/aanvragen/parkeervergunning")).text


async def test_the_wisselcode_stays_the_same_while_it_works_and_only_on_these_pages(
    stad: Stad, aylin: Bezoeker
) -> None:
    path, page = await begin(aylin)
    cookie = next(header for header in page.headers.get_list("set-cookie") if header.startswith("wisselcode="))
    assert {"HttpOnly", f"Path={path}", "SameSite=strict"} <= set(cookie.split("; "))
    code = code_on(page.text)
    assert code_on((await aylin.get(f"{path}/stap/1")).text) == code
    qr = await aylin.get(f"{path}/qr.svg")
    assert qr.headers["content-type"] == "image/svg+xml"
    assert code not in qr.text

    async with stad.diensten.open_werk() as werk:
        await stad.diensten.wissel.redeem(werk, code, stad.diensten.clock())
    assert code_on((await aylin.get(f"{path}/stap/1")).text) != code


async def test_what_is_wrong_in_a_register_is_told_and_stops_nobody(stad: Stad, aylin: Bezoeker) -> None:
    path, _ = await begin(aylin)
    empty = await aylin.post(f"{path}/klopt-niet", {"melding": "  "})
    assert empty.status_code == 400
    assert "Schrijf hier wat er niet klopt" in visible(empty.text)
    told = await aylin.post(f"{path}/klopt-niet", {"melding": f"Ik ben verhuisd {NASTY}"})

    assert "wij kijken het na" in visible(told.text)
    assert "<script>alert" not in told.text
    taak = await stad.value("select gevraagde_handeling from interne_taak where interactie_id = $1", id_of(path))
    assert "Ik ben verhuisd" in taak
    assert (await aylin.get(f"{path}/stap/1")).status_code == 200


@pytest.mark.norm("NO-8")
async def test_an_aanvraag_of_somebody_else_is_not_there(stad: Stad, aylin: Bezoeker, buurman: Bezoeker) -> None:
    path, _ = await begin(aylin)
    before = await gegevens(stad, path)
    unknown = f"/mijn/aanvraag/{new_id()}"
    for base in (path, unknown):
        for answer in (
            await buurman.get(base),
            await buurman.get(f"{base}/stap/1"),
            await buurman.get(f"{base}/controle"),
            await buurman.get(f"{base}/bewaard"),
            await buurman.get(f"{base}/klopt-niet"),
            await fill_in(buurman, base, 1, {"kenteken": "AA-11-AA"}),
            await buurman.post(f"{base}/concept", {"v_kenteken": "AA-11-AA"}),
            await buurman.post(f"{base}/indienen"),
            await buurman.post(f"{base}/klopt-niet", {"melding": "Van mij"}),
        ):
            assert answer.status_code == 404
            assert "3811" not in answer.text
    assert await gegevens(stad, path) == before


@pytest.mark.parametrize("path", ["/mijn/aanvragen/bestaat-niet", "/mijn/aanvragen/paspoort", "/mijn/aanvraag/geen-id"])
async def test_what_cannot_be_asked_for_here_is_not_there(aylin: Bezoeker, path: str) -> None:
    assert (await aylin.get(path)).status_code == 404


@pytest.mark.parametrize(
    "kenteken", [NASTY, "x" * 5_000, "x" * 120_000, "\u202egnp.exe", "A\x00B", "%", "İ" * 30], ids=range(7)
)
async def test_whatever_is_typed_is_answered_in_words_and_shown_as_text(aylin: Bezoeker, kenteken: str) -> None:
    path, _ = await begin(aylin)
    answer = await fill_in(aylin, path, 1, {"kenteken": kenteken, "eigenaar": NASTY})

    assert answer.status_code == 400
    assert "<script>alert" not in answer.text
    assert 'id="v_kenteken-fout"' in answer.text
    assert (await aylin.get(f"{path}/controle")).status_code == 200


async def test_a_page_that_is_not_there_is_not_there(aylin: Bezoeker) -> None:
    path, _ = await begin(aylin)
    for nummer in ("0", "3", "-1", "99999999999999999999", "een"):
        assert (await aylin.get(f"{path}/stap/{nummer}")).status_code == 404
