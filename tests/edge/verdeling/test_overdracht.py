# SPDX-License-Identifier: EUPL-1.2
"""Overdracht: offered, accepted, refused with a reason, expired, given back; never without owner, never younger."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from schakel.kanaalintegratie.overdracht import Overdrachtsoort
from schakel.kit.errors import Conflict, InvalidInput
from tests.edge.verdeling.vloer import Vloer

pytestmark = pytest.mark.norm("EO-3")


async def offered(vloer: Vloer, soort: Overdrachtsoort = Overdrachtsoort.KOUD) -> tuple[UUID, UUID, UUID, UUID]:
    """Offered by the regiehouder to parkeren: vraag, overdracht, giver, receiver."""
    (giver,), (receiver,) = await vloer.medewerkers(1), await vloer.medewerkers(1, team="parkeren")
    (vraag,) = await vloer.vragen(1, age=7_200)
    async with vloer.open_werk() as werk:
        await vloer.werkplek.claim(werk, vraag, giver, vloer.nu)
        await werk.werkplekken.save_concept(vraag, giver, "Beste mevrouw,", vloer.nu)
    async with vloer.open_werk() as werk:
        overdracht = await vloer.overgave.offer(werk, vraag, giver, "parkeren", "Gaat over parkeren", vloer.nu, soort)
    return vraag, overdracht, giver, receiver


async def owner(vloer: Vloer, vraag: UUID) -> tuple[str, UUID]:
    (row,) = await vloer.rows("select team, regiehouder from interactie where id = $1", vraag)
    return row["team"], row["regiehouder"]  # type: ignore[return-value]


async def ages(vloer: Vloer) -> tuple[object, object]:
    """Since when it waits, and what the klant was promised."""
    (row,) = await vloer.rows(
        "select w.sinds, i.belofte_op from werkitem w join interactie i on i.id = w.interactie_id"
    )
    return row["sinds"], row["belofte_op"]


async def test_until_they_accept_it_stays_ours_and_then_team_and_regiehouder_change_together(vloer: Vloer) -> None:
    vraag, overdracht, giver, receiver = await offered(vloer)
    before = await ages(vloer)
    assert await owner(vloer, vraag) == ("kcc", giver)
    async with vloer.open_werk() as werk:
        await vloer.overgave.accept(werk, overdracht, receiver, vloer.nu)
    assert await owner(vloer, vraag) == ("parkeren", receiver)
    assert await ages(vloer) == before
    assert await vloer.value("select bezet from medewerkerstand where actor_id = $1", giver) == 0
    concept = "select tekst from antwoordconcept where actor_id = $1"
    assert await vloer.value(concept, receiver) == "Beste mevrouw,"
    assert (await vloer.ownerless(), await vloer.wrong_sums()) == ([], [])


async def test_the_bundle_says_what_goes_along(vloer: Vloer) -> None:
    await offered(vloer)
    bundel = await vloer.value("select bundel::json from overdracht")
    for part in ('"concept":true', '"belofte":true', '"bijdragen":0', '"vastgesteld":false'):
        assert part in bundel


async def test_a_refusal_needs_a_reason_that_the_giver_reads(vloer: Vloer) -> None:
    vraag, overdracht, giver, receiver = await offered(vloer)
    with pytest.raises(InvalidInput):
        async with vloer.open_werk() as werk:
            await vloer.overgave.refuse(werk, overdracht, receiver, "  ", vloer.nu)
    async with vloer.open_werk() as werk:
        await vloer.overgave.refuse(werk, overdracht, receiver, "Dit is van handhaving", vloer.nu)
    assert await owner(vloer, vraag) == ("kcc", giver)
    assert (
        await vloer.value("select tekst from gespreksbijdrage") == "Overdracht niet aangenomen: Dit is van handhaving"
    )


@pytest.mark.parametrize(
    ("soort", "patience"),
    [(Overdrachtsoort.KOUD, timedelta(hours=4)), (Overdrachtsoort.WARM, timedelta(minutes=3))],
)
async def test_what_nobody_answers_is_ours_again_as_old_as_it_was_and_the_regiehouder_is_told(
    vloer: Vloer, soort: Overdrachtsoort, patience: timedelta
) -> None:
    vraag, overdracht, giver, receiver = await offered(vloer, soort)
    before = await ages(vloer)
    vloer.nu += patience - timedelta(seconds=1)
    await vloer.verdeler.divide()
    assert await vloer.value("select status from overdracht") == "aangeboden"
    vloer.nu += timedelta(seconds=1)
    await vloer.verdeler.divide()
    assert await vloer.value("select status from overdracht") == "verlopen"
    assert (await owner(vloer, vraag), await ages(vloer)) == (("kcc", giver), before)
    assert "antwoordde niet op tijd" in await vloer.value("select tekst from gespreksbijdrage")
    with pytest.raises(Conflict):
        async with vloer.open_werk() as werk:
            await vloer.overgave.accept(werk, overdracht, receiver, vloer.nu)


async def test_it_goes_back_to_whom_it_came_from_and_only_then(vloer: Vloer) -> None:
    vraag, overdracht, giver, receiver = await offered(vloer)
    async with vloer.open_werk() as werk:
        await vloer.overgave.accept(werk, overdracht, receiver, vloer.nu)
    async with vloer.open_werk() as werk:
        back = await vloer.overgave.offer(
            werk, vraag, receiver, "", "Toch een vraag voor jullie", vloer.nu, Overdrachtsoort.TERUGLEG
        )
    assert await owner(vloer, vraag) == ("parkeren", receiver)
    assert await vloer.value("select naar_actor from overdracht where id = $1", back) == giver
    async with vloer.open_werk() as werk:
        await vloer.overgave.accept(werk, back, giver, vloer.nu)
    assert await owner(vloer, vraag) == ("kcc", giver)
    (other,) = await vloer.vragen(1)
    with pytest.raises(Conflict):
        async with vloer.open_werk() as werk:
            await vloer.overgave.offer(werk, other, giver, "", "Terug", vloer.nu, Overdrachtsoort.TERUGLEG)


async def test_accepted_refused_and_expired_at_once_one_of_them_counts(vloer: Vloer) -> None:
    for _ in range(8):
        vraag, overdracht, giver, receiver = await offered(vloer)

        async def decide(deed: str, overdracht: UUID = overdracht, receiver: UUID = receiver) -> bool:
            try:
                async with vloer.open_werk() as werk:
                    if deed == "accept":
                        await vloer.overgave.accept(werk, overdracht, receiver, vloer.nu)
                    else:
                        await vloer.overgave.refuse(werk, overdracht, receiver, "Nee", vloer.nu)
            except Conflict:
                return False
            return True

        outcomes = await asyncio.gather(decide("accept"), decide("refuse"), decide("accept"), decide("refuse"))
        assert sum(outcomes) == 1
        expected = ("parkeren", receiver) if outcomes[0] or outcomes[2] else ("kcc", giver)
        assert await owner(vloer, vraag) == expected
    assert await vloer.ownerless() == []


async def test_the_database_keeps_one_open_offer_and_no_refusal_without_words(vloer: Vloer) -> None:
    vraag, overdracht, giver, _ = await offered(vloer)
    with pytest.raises(Conflict):
        async with vloer.open_werk() as werk:
            await vloer.overgave.offer(werk, vraag, giver, "parkeren", "Nog eens", vloer.nu)
    async with vloer.database.connection() as connection:
        with pytest.raises(asyncpg.CheckViolationError):
            await connection.execute(
                "update overdracht set status = 'geweigerd', besloten_op = now(), besloten_door = $2 where id = $1",
                overdracht,
                giver,
            )
