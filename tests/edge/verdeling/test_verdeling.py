# SPDX-License-Identifier: EUPL-1.2
"""Work finds a medewerker, comes back with its age when nobody takes it, and is always of a team or of somebody."""

from datetime import timedelta

import asyncpg
import pytest

from schakel.kanaalintegratie.verdeling.feiten import Beschikbaarheid
from schakel.kanaalintegratie.verdeling.poort import GeenRuimte
from schakel.kanaalintegratie.verdeling.regels import standaardregels
from schakel.kit.errors import Conflict
from tests.edge.verdeling.vloer import Vloer

REGELS = standaardregels()


@pytest.mark.norm("KI-1")
async def test_what_is_offered_keeps_why_with_its_candidates_and_the_version_of_the_rules(vloer: Vloer) -> None:
    people = await vloer.medewerkers(12)
    (vraag,) = await vloer.vragen(1, product="parkeervergunning")
    assert await vloer.verdeler.divide() == 1

    (beslissing,) = await vloer.rows("select *, kandidaten::json as alle from verdeelbeslissing")
    assert await vloer.stand(vraag) == ("aangeboden", beslissing["actor_id"])
    assert beslissing["actor_id"] in people
    assert beslissing["versie"] == await vloer.value("select max(versie) from verdeelregels")
    assert await vloer.value("select json_array_length(kandidaten::json) from verdeelbeslissing") == 10
    assert await vloer.value("select count(*) from verdeelbeslissing where kandidaten ~ 'kent het product op niveau 2'")
    assert beslissing["redenen"]


@pytest.mark.norm("EO-3")
async def test_an_offer_that_nobody_takes_comes_back_with_its_age_and_goes_to_somebody_else(vloer: Vloer) -> None:
    await vloer.medewerkers(2)
    (vraag,) = await vloer.vragen(1)
    since = await vloer.value("select sinds from werkitem")
    await vloer.verdeler.divide()
    _, first = await vloer.stand(vraag)

    vloer.nu += timedelta(seconds=REGELS.aanbiedtijd)
    await vloer.verdeler.divide()

    stand, second = await vloer.stand(vraag)
    assert (stand, second != first) == ("aangeboden", True)
    assert await vloer.value("select sinds from werkitem") == since
    assert await vloer.rows("select uitkomst from verdeelbeslissing order by genomen_op") == [
        {"uitkomst": "verlopen"},
        {"uitkomst": "aangeboden"},
    ]
    assert await vloer.value("select beschikbaarheid from medewerkerstand where actor_id = $1", first) == "beschikbaar"
    assert await vloer.wrong_sums() == []


async def test_who_misses_two_offers_in_a_row_counts_as_absent(vloer: Vloer) -> None:
    (actor,) = await vloer.medewerkers(1)
    await vloer.vragen(2)
    await vloer.verdeler.divide()
    vloer.nu += timedelta(seconds=REGELS.aanbiedtijd)
    await vloer.verdeler.divide()
    assert await vloer.value("select beschikbaarheid from medewerkerstand where actor_id = $1", actor) == "afwezig"
    assert await vloer.value("select count(*) from werkitem where stand = 'wacht'") == 2


async def test_accepting_makes_the_regiehouder_and_finishing_frees_the_room(vloer: Vloer) -> None:
    (actor,) = await vloer.medewerkers(1)
    (vraag,) = await vloer.vragen(1)
    await vloer.verdeler.divide()
    async with vloer.open_werk() as werk:
        assert await werk.verdelingen.accept(vraag, actor, vloer.nu)
    assert await vloer.stand(vraag) == ("in_handen", actor)
    assert await vloer.value("select regiehouder from interactie where id = $1", vraag) == actor
    assert await vloer.value("select bezet from medewerkerstand") == REGELS.kanaal("e-mail", live=False).eenheden

    await vloer.set_status(vraag, "afgerond")
    assert await vloer.value("select bezet from medewerkerstand") == 0
    assert await vloer.value("select count(*) from werkitem") == 0
    assert await vloer.ownerless() == []


async def test_giving_back_needs_no_second_try_by_the_same_medewerker(vloer: Vloer) -> None:
    (actor,) = await vloer.medewerkers(1)
    (vraag,) = await vloer.vragen(1)
    await vloer.verdeler.divide()
    async with vloer.open_werk() as werk:
        assert await werk.verdelingen.give_back(vraag, actor, "Dit is mijn buurman", vloer.nu)
    assert await vloer.verdeler.divide() == 0
    assert await vloer.stand(vraag) == ("wacht", None)
    assert await vloer.value("select toelichting from verdeelbeslissing") == "Dit is mijn buurman"


async def test_work_taken_by_hand_takes_room_and_no_more_than_there_is(vloer: Vloer) -> None:
    (actor,) = await vloer.medewerkers(1)
    vragen = await vloer.vragen(REGELS.capaciteit // REGELS.kanaal("e-mail", live=False).eenheden + 1)
    for vraag in vragen[:-1]:
        async with vloer.open_werk() as werk:
            await vloer.werkplek.claim(werk, vraag, actor, vloer.nu)
    assert await vloer.value("select bezet from medewerkerstand") == REGELS.capaciteit
    with pytest.raises(GeenRuimte):
        async with vloer.open_werk() as werk:
            await vloer.werkplek.claim(werk, vragen[-1], actor, vloer.nu)
    assert await vloer.stand(vragen[-1]) == ("wacht", None)

    async with vloer.open_werk() as werk:
        assert await werk.verdelingen.lay_aside(vragen[0], actor)
    async with vloer.open_werk() as werk:
        await vloer.werkplek.claim(werk, vragen[-1], actor, vloer.nu)
    assert await vloer.stand(vragen[0]) == ("bij_regiehouder", actor)
    assert (await vloer.wrong_sums(), await vloer.ownerless()) == ([], [])


async def test_what_is_offered_to_one_cannot_be_taken_by_another(vloer: Vloer) -> None:
    first, second = await vloer.medewerkers(2)
    (vraag,) = await vloer.vragen(1)
    await vloer.verdeler.divide()
    _, offered_to = await vloer.stand(vraag)
    other = second if offered_to == first else first
    with pytest.raises(Conflict):
        async with vloer.open_werk() as werk:
            await vloer.werkplek.claim(werk, vraag, other, vloer.nu)


async def test_mail_yields_to_a_call_and_goes_on_after_it_at_most_so_often(vloer: Vloer) -> None:
    (actor,) = await vloer.medewerkers(1)
    (letter,) = await vloer.vragen(1)
    async with vloer.open_werk() as werk:
        await vloer.werkplek.claim(werk, letter, actor, vloer.nu)
    for times in range(1, REGELS.onderbrekingen + 1):
        (call,) = await vloer.vragen(1, "telefoon", age=1)
        assert await vloer.verdeler.divide() == 1
        assert await vloer.stand(letter) == ("onderbroken", actor)
        assert await vloer.value("select onderbrekingen from werkitem where interactie_id = $1", letter) == times
        await vloer.set_status(call, "afgerond")
        await vloer.verdeler.divide()
        assert await vloer.stand(letter) == ("in_handen", actor)
    await vloer.vragen(1, "telefoon", age=1)
    assert await vloer.verdeler.divide() == 0
    assert (await vloer.wrong_sums(), await vloer.ownerless()) == ([], [])


async def test_who_takes_a_pause_gives_back_what_was_offered(vloer: Vloer) -> None:
    (actor,) = await vloer.medewerkers(1)
    (vraag,) = await vloer.vragen(1)
    await vloer.verdeler.divide()
    async with vloer.open_werk() as werk:
        assert await werk.verdelingen.announce_as(actor, Beschikbaarheid.PAUZE, REGELS, vloer.nu) == [vraag]
    assert await vloer.stand(vraag) == ("wacht", None)
    assert await vloer.verdeler.divide() == 0


@pytest.mark.norm("KI-3")
async def test_less_capaciteit_lets_nothing_more_in_and_takes_nothing_away(vloer: Vloer) -> None:
    (actor,) = await vloer.medewerkers(1)
    vragen = await vloer.vragen(12)
    await vloer.verdeler.divide()
    assert await vloer.value("select bezet from medewerkerstand") == 100
    async with vloer.database.connection() as connection:
        await connection.execute("update medewerkerstand set gewenst = 50")
    for vraag in vragen[:5]:
        assert await vloer.verdeler.divide() == 0
        await vloer.set_status(vraag, "afgerond")
    assert await vloer.value("select (bezet, capaciteit) from medewerkerstand where actor_id = $1", actor) == (50, 50)
    assert await vloer.verdeler.divide() == 0
    async with vloer.database.connection() as connection:
        await connection.execute("update medewerkerstand set gewenst = 70")
    assert await vloer.verdeler.divide() == 2


@pytest.mark.norm("EO-3")
async def test_the_database_lets_no_work_be_without_a_team_or_somebody(vloer: Vloer) -> None:
    await vloer.vragen(1)
    async with vloer.database.connection() as connection:
        for wrong in ("stand = 'in_handen', eenheden = 10", "stand = 'aangeboden', tot = now(), eenheden = 10"):
            with pytest.raises(asyncpg.CheckViolationError):
                await connection.execute(f"update werkitem set {wrong}")
        with pytest.raises(asyncpg.NotNullViolationError):
            await connection.execute("update interactie set team = null")


async def test_a_vraag_that_comes_back_from_the_klant_stands_in_the_wachtrij_of_what_it_is_now(vloer: Vloer) -> None:
    (vraag,) = await vloer.vragen(1)
    await vloer.set_status(vraag, "wacht_op_klant")
    assert await vloer.value("select count(*) from werkitem") == 0
    vloer.nu += timedelta(hours=1)
    await vloer.set_status(vraag, "open")
    async with vloer.database.connection() as connection:
        await connection.execute(
            "update interactie set team = 'parkeren', laatste_kanaal = 'chat' where id = $1", vraag
        )
    (row,) = await vloer.rows(
        "select q.team, q.kanaal, w.kanaal as eigen, w.sinds from werkitem w join wachtrij q on q.id = w.wachtrij_id"
    )
    assert row == {"team": "parkeren", "kanaal": "chat", "eigen": "chat", "sinds": vloer.nu}
