# SPDX-License-Identifier: EUPL-1.2
"""Who may see which page of beheer, and what a page says without personal data."""

import re

import pytest

from tests.edge.stad import Stad

MEASURING = ("/beheer", "/beheer/drukte", "/beheer/verdeling")
REST = (
    "/beheer/kanalen",
    "/beheer/processen",
    "/beheer/processen/parkeervergunning",
    "/beheer/serviceformules",
    "/beheer/gegevens",
    "/beheer/toegang",
    "/beheer/normen",
)


async def test_the_beheerder_sees_every_page_and_none_shows_an_inwoner(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    async with stad.database.connection() as connection:
        rows = await connection.fetch("select naam from partij except select naam from actor")
    names = {row[0] for row in rows}
    for path in (*MEASURING, *REST):
        page = await kees.get(path)
        assert page.status_code == 200, path
        assert not re.search(r"[\w.]+@[\w.]+|\+31\d|\b\d{9}\b", page.text), path
        shown = {text.strip() for text in re.findall(r">([^<>]+)<", page.text)}
        assert not shown & names, path


async def test_the_teamleider_sees_the_figures_and_not_the_rest(stad: Stad) -> None:
    samira = await stad.log_in("samira")
    assert [(await samira.get(path)).status_code for path in MEASURING] == [200, 200, 200]
    assert {(await samira.get(path)).status_code for path in REST} == {403}
    assert "Processen en regels" not in (await samira.get("/beheer")).text


@pytest.mark.parametrize("account", ["maud", "ruben", "femke"])
async def test_others_at_work_see_none_of_it(stad: Stad, account: str) -> None:
    medewerker = await stad.log_in(account)
    assert {(await medewerker.get(path)).status_code for path in (*MEASURING, *REST)} == {403}


async def test_an_inwoner_sees_none_of_it_and_a_stranger_is_asked_to_sign_in(stad: Stad) -> None:
    aylin = await stad.log_in_partij(await stad.partij())
    assert {(await aylin.get(path)).status_code for path in (*MEASURING, *REST)} == {403}
    answer = await stad.visitor().get("/beheer/processen")
    assert (answer.status_code, answer.headers["location"]) == (303, "/aanmelden?verder=/beheer/processen")


async def test_a_form_without_its_token_changes_nothing(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    kees.csrf = "verzonnen"
    assert (await kees.post("/beheer/kanalen/vastgehouden/1")).status_code == 403
    assert (await kees.post("/beheer/processen")).status_code == 403
