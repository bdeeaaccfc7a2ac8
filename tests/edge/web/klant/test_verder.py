# SPDX-License-Identifier: EUPL-1.2
"""Going on online with a Wisselcode: his own Interactie opens, that of another stays closed, and guessing ends."""

import pytest

from schakel.begrippen.kanaal import Kanaal
from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.bladen import visible
from tests.edge.web.klant.portaal import NASTY, begin, code_on, follow, gegevens


@pytest.mark.norm("KS-4")
async def test_a_draft_of_the_balie_goes_on_at_home_with_everything_in_it(stad: Stad, aylin: Bezoeker) -> None:
    at = stad.diensten.clock()
    async with stad.diensten.open_werk() as werk:
        interactie_id = await stad.diensten.behandelingen.begin(werk, "parkeervergunning", Kanaal.BALIE, at)
        await stad.diensten.behandelingen.save(werk, interactie_id, {"kenteken": "XX-123-X"}, Kanaal.BALIE, at)
        code = await stad.diensten.wissel.issue(werk, interactie_id, at)

    page = await follow(aylin, await aylin.post("/verder", {"code": code.lower()}))
    assert page.url.path == f"/mijn/aanvraag/{interactie_id}/stap/1"
    assert 'value="XX-123-X"' in page.text
    assert (await aylin.post("/verder", {"code": code})).status_code == 404  # used once


@pytest.mark.norm("KS-4")
async def test_the_code_of_somebody_else_opens_nothing_and_stays_whole(
    stad: Stad, aylin: Bezoeker, buurman: Bezoeker
) -> None:
    path, page = await begin(aylin)
    before, code = await gegevens(stad, path), code_on(page.text)
    tried = await buurman.post("/verder", {"code": code})

    assert tried.status_code == 404
    assert "Deze code werkt niet" in visible(tried.text)
    assert (await buurman.get(path)).status_code == 404
    assert await gegevens(stad, path) == before
    assert (await aylin.post("/verder", {"code": code})).headers["location"] == path


async def test_a_vraag_of_before_the_log_in_becomes_ones_own_by_its_code(stad: Stad, aylin: Bezoeker) -> None:
    sent = await stad.visitor().post("/vraag", {"onderwerp": "Losse tegel", "tekst": "Er ligt een tegel los."})
    page = await follow(aylin, await aylin.post("/verder", {"code": code_on(sent.text)}))

    assert page.url.path.startswith("/mijn/contact/")
    assert "Er ligt een tegel los." in visible(page.text)
    assert "Losse tegel" in visible((await aylin.get("/mijn")).text)


async def test_after_ten_codes_one_must_wait(stad: Stad, aylin: Bezoeker) -> None:
    _, page = await begin(aylin)
    for _ in range(10):
        assert (await aylin.post("/verder", {"code": "ZZZ-ZZZ"})).status_code == 404
    blocked = await aylin.post("/verder", {"code": code_on(page.text)})

    assert blocked.status_code == 429
    assert "Wacht een paar minuten" in visible(blocked.text)


@pytest.mark.parametrize("code", ["", "7KQ", NASTY, "x" * 3_000, "７ＫＱ４Ｍ２"])
async def test_what_is_no_code_is_said_in_words(aylin: Bezoeker, code: str) -> None:
    answer = await aylin.post("/verder", {"code": code})
    assert answer.status_code == 404
    assert "Een Wisselcode heeft zes tekens" in visible(answer.text)


async def test_who_is_not_logged_in_does_that_first(stad: Stad) -> None:
    asked = await stad.visitor().get("/verder")
    assert (asked.status_code, asked.headers["location"]) == (303, "/digid?verder=/verder")
