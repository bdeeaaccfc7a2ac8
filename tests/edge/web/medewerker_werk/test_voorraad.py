# SPDX-License-Identifier: EUPL-1.2
"""The werkvoorraad: oldest promise first, of me or of my team; who may not see it, and what looking leaves."""

import re
from datetime import timedelta

import pytest

from schakel.kanaalintegratie.lezen import MEEST
from tests.edge.stad import Stad
from tests.edge.web.bladen import visible
from tests.edge.web.medewerker_werk.bureau import AYLIN, clear_desk, identified, looks, mail_in


def ids_of(page: str) -> list[str]:
    return re.findall(r'data-id="([0-9a-f-]{36})"', page)


async def test_the_oldest_promise_stands_first_whatever_came_in_last(stad: Stad) -> None:
    maud, at = await stad.log_in("maud"), stad.diensten.clock()
    late, soon = await mail_in(stad, "Later"), await mail_in(stad, "Eerst")
    async with stad.diensten.open_werk() as werk:
        await werk.interacties.set_belofte(late, at + timedelta(days=300), "", "werkdag")
        await werk.interacties.set_belofte(soon, at - timedelta(days=300), "", "werkdag")

    shown = ids_of((await maud.get("/werk?lijst=team")).text)

    assert shown[0] == str(soon)
    assert shown[-1] == str(late)
    assert shown == [
        str(i)
        for i in await stad.value(
            """select array_agg(id order by belofte_op nulls last, id) from interactie
               where team = 'kcc' and status in ('open', 'wacht_op_gemeente')"""
        )
    ]


async def test_what_i_picked_up_stands_under_van_mij_and_the_counts_say_so(stad: Stad) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    await clear_desk(stad, "maud")
    assert (await maud.post(f"/werk/{interactie_id}/regie")).status_code == 303

    page = await maud.get("/werk?lijst=mij")

    assert ids_of(page.text) == [str(interactie_id)]
    assert 'data-telling="mij">1<' in page.text
    assert (await maud.get("/werk/stand?lijst=mij")).json()["tellingen"]["mij"] == "1"


async def test_who_has_nothing_open_is_told_so_and_takes_the_oldest_of_the_team(stad: Stad) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    await clear_desk(stad, "maud")
    async with stad.diensten.open_werk() as werk:
        await werk.interacties.set_belofte(interactie_id, stad.diensten.clock() - timedelta(days=300), "", "werkdag")
    empty = visible((await maud.get("/werk?lijst=mij")).text)
    assert "U heeft niets meer openstaan" in empty

    taken = await maud.post("/werk/oudste")

    assert taken.headers["location"] == f"/werk/{interactie_id}"
    assert await stad.value("select regiehouder from interactie where id = $1", interactie_id) == await stad.actor(
        "maud"
    )


async def test_a_page_of_work_leaves_one_line_that_names_everybody_on_it(stad: Stad) -> None:
    maud = await stad.log_in("maud")
    interactie_id = await mail_in(stad, van=f"{AYLIN} <aylin.yilmaz@post.example>")
    before, partij_id = await looks(stad), await stad.partij()

    await maud.get("/werk?lijst=team")

    assert await looks(stad) == before + 1
    named = await stad.value("select betrokkenen from verwerking order by id desc limit 1")
    assert await stad.value("select voorgesteld_id from interactie where id = $1", interactie_id) == partij_id
    assert stad.diensten.inzien.pseudonym(partij_id) in named  # only suggested, and yet it is on the screen


async def test_asking_what_is_new_looks_at_nobody(stad: Stad) -> None:
    maud, before = await stad.log_in("maud"), await looks(stad)
    interactie_id = await mail_in(stad)

    stand = (await maud.get("/werk/stand?lijst=team")).json()

    assert str(interactie_id) in stand["ids"]
    assert set(stand) == {"ids", "tellingen"}
    assert await looks(stad) == before


@pytest.mark.norm("NO-8")
@pytest.mark.parametrize("path", ["/werk", "/werk/lijst", "/werk/{id}", "/werk/{id}/nu", "/werk/{id}/klantbeeld"])
async def test_a_beheerder_and_an_inwoner_see_no_work_and_no_klant(stad: Stad, path: str) -> None:
    interactie_id = await mail_in(stad)
    partij_id = await identified(stad, interactie_id)
    address, before = path.format(id=interactie_id), await looks(stad)

    kees, aylin = await stad.log_in("kees"), await stad.log_in_partij(partij_id)
    for asker in (kees, aylin):
        answer = await asker.get(address)
        assert answer.status_code == 403, address
        assert "Grof vuil" not in answer.text
    stranger = await stad.visitor().get(address)
    assert stranger.status_code == 303
    assert stranger.headers["location"].startswith("/aanmelden")
    assert await looks(stad) == before


async def test_a_mountain_of_work_is_not_counted_to_the_end_nor_shown_all_at_once(stad: Stad) -> None:
    maud = await stad.log_in("maud")
    async with stad.database.connection() as connection:
        await connection.execute(
            """insert into interactie (id, nummer, onderwerp, status, team, begonnen_kanaal, begonnen_op, laatste_op,
                 belofte_op, vervalt_op)
               select gen_random_uuid(), 'VEEL-' || g, 'Vraag', 'open', 'kcc', 'e-mail', now(), now(),
                      now() + g * interval '1 minute', current_date + 1000 from generate_series(1, 2000) g"""
        )

    page = (await maud.get("/werk?lijst=team")).text

    assert len(ids_of(page)) == 50
    assert "Dit zijn de 50 die het eerst af moeten." in visible(page)
    assert f'<span data-telling="team">{MEEST - 1}+<' in page


async def test_what_another_team_offers_stands_above_the_list_of_the_team_that_is_asked(stad: Stad) -> None:
    maud, femke, interactie_id = await stad.log_in("maud"), await stad.log_in("femke"), await mail_in(stad)
    await maud.post(f"/werk/{interactie_id}/overdracht", {"team": "parkeren", "reden": "Gaat over parkeren."})

    page = (await femke.get("/werk?lijst=team")).text

    assert ids_of(page)[0] == str(interactie_id)
    assert "Aangeboden aan uw team" in page
