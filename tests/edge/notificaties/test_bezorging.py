# SPDX-License-Identifier: EUPL-1.2
"""Delivery: at least once, in order per resource, each subscriber by itself, whatever a subscriber does."""

import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from schakel.kit.ids import new_id
from schakel.relatiebeheer.notificaties.abonnement import Stand
from schakel.relatiebeheer.notificaties.geduld import Geduld
from schakel.relatiebeheer.notificaties.topics import Keuze
from tests.edge.notificaties.abonnee import CUT, Abonnee, abonnee
from tests.edge.notificaties.huis import Huis


def numbers(who: Abonnee, resource_id: UUID | None = None) -> list[int]:
    return [int(one.sleutel) for one in who.taken if resource_id is None or one.resource_id == str(resource_id)]


async def test_every_line_comes_across_once_and_in_order_per_resource(huis: Huis) -> None:
    resources = [new_id() for _ in range(7)]
    async with abonnee() as who, huis.delivering():
        await huis.subscribe(who)
        await huis.happen(100, resources)
        await who.until(lambda who: len(who.taken) >= 100)
        abonnement_id = (await huis.abonnementen.all())[0].id
        regel = await huis.state(abonnement_id, lambda regel: regel.achterstand == 0)
    assert len(set(numbers(who))) == len(numbers(who)) == 100
    assert all(numbers(who, one) == sorted(numbers(who, one)) for one in resources)
    assert (regel.bezorgd, regel.stand, regel.fout) == (100, Stand.LOOPT, "")


@pytest.mark.parametrize("wrong", [500, 404, 302, CUT])
async def test_what_goes_wrong_once_is_sent_again_under_the_same_number_and_still_in_order(
    huis: Huis, wrong: int
) -> None:
    resources = [new_id() for _ in range(4)]
    async with abonnee(behave=lambda _, times: wrong if times == 1 else 204) as who, huis.delivering():
        await huis.subscribe(who)
        await huis.happen(12, resources)
        await who.until(lambda who: len(who.taken) >= 12)
    assert all(numbers(who, one) == sorted(set(numbers(who, one))) for one in resources)
    assert {one.sleutel for one in who.heard} == {one.sleutel for one in who.taken}
    assert len(who.heard) > 12


async def test_an_answer_that_comes_too_late_counts_as_none(huis: Huis) -> None:
    pauses = iter([0.6])
    async with abonnee(pause=lambda _: next(pauses, 0)) as who, huis.delivering(patience=0.3):
        abonnement_id = await huis.subscribe(who)
        await huis.happen(1)
        await huis.state(abonnement_id, lambda regel: regel.bezorgd == 1)
        await who.until(lambda who: len(who.heard) == 2)
    assert len({one.sleutel for one in who.heard}) == 1


async def test_a_subscriber_that_is_slow_keeps_up_and_one_that_is_dead_holds_up_nobody(huis: Huis) -> None:
    resources = [new_id() for _ in range(300)]
    async with abonnee(pause=lambda _: 1.0) as slow, abonnee() as quick, abonnee(pause=lambda _: 60) as hangs:
        for who in (slow, quick, hangs):
            await huis.subscribe(who)
        await huis.happen(300, resources)
        begun = time.monotonic()
        async with huis.delivering():
            await quick.until(lambda who: len(who.taken) == 300)
            quick_took = time.monotonic() - begun
            await slow.until(lambda who: len(who.taken) == 300)
            slow_took = time.monotonic() - begun
            hangs.pause = lambda _: 0
    assert quick_took < 10
    assert slow_took < 15, "one by one it would take 300 seconds"
    assert 100 <= slow.most_under_way <= 150


async def test_one_line_that_is_always_refused_dies_is_kept_and_holds_up_no_other(huis: Huis) -> None:
    bad = new_id()
    async with (
        abonnee(behave=lambda body, _: 400 if body["resourceUrl"].endswith(str(bad)) else 204) as who,
        huis.delivering(),
    ):
        abonnement_id = await huis.subscribe(who)
        await huis.happen(1, [bad])
        for _ in range(40):
            await huis.happen(1)
            regel = await huis.abonnementen.one(abonnement_id)
            if regel.dood:
                break
            await huis.state(abonnement_id, lambda regel: regel.achterstand <= 1)
        regel = await huis.state(abonnement_id, lambda regel: regel.dood == 1 and regel.achterstand == 0)
        dood = await huis.abonnementen.dood(abonnement_id)
        assert (regel.stand, dood[0].resource_id, dood[0].fout) == (Stand.LOOPT, bad, "antwoordt met foutcode 400")

        who.behave = lambda _body, _times: 204
        assert await huis.abonnementen.replay(abonnement_id) > 0
        await who.until(lambda who: str(bad) in {one.resource_id for one in who.taken})
        await huis.state(abonnement_id, lambda regel: regel.dood == 0 and regel.achterstand == 0)


async def test_a_subscriber_that_stays_away_is_stopped_with_a_reason_and_goes_on_where_it_was(huis: Huis) -> None:
    async with abonnee(behave=lambda _body, _times: 503) as who, huis.delivering():
        abonnement_id = await huis.subscribe(who)
        await huis.happen(30)
        regel = await huis.state(abonnement_id, lambda regel: regel.stand is Stand.GESTOPT)
        assert (regel.fout, regel.op_rij, regel.achterstand) == ("antwoordt met foutcode 503", 6, 30)
        assert (await huis.abonnementen.gezondheid()).cijfers["gestopt"] == 1
        heard = len(who.heard)
        await huis.happen(5)  # kept for when it comes back
        who.behave = lambda _body, _times: 204
        await huis.abonnementen.set_stand(abonnement_id, Stand.LOOPT)
        await huis.state(abonnement_id, lambda regel: regel.achterstand == 0)
    assert len(set(numbers(who))) == 35
    assert len(who.heard) - heard == 35
    assert heard < 30 + 6 * 3, "while it fails it is tried a few at a time"


async def test_the_pauses_double_to_a_longest_and_are_never_all_the_same() -> None:
    whole = Geduld(draw=lambda: 1.0)
    assert [whole.pause(n).total_seconds() for n in (1, 2, 3, 12, 13, 500)] == [1, 2, 4, 2048, 3600, 3600]
    assert len({Geduld().pause(5) for _ in range(20)}) > 1
    assert timedelta(seconds=8) <= Geduld().pause(5) <= timedelta(seconds=16)


async def test_lines_are_sent_again_from_a_number_or_from_a_moment(huis: Huis) -> None:
    async with abonnee() as who, huis.delivering():
        abonnement_id = await huis.subscribe(who)
        await huis.happen(10)
        await who.until(lambda who: len(who.taken) == 10)
        await huis.state(abonnement_id, lambda regel: regel.achterstand == 0)
        moment = await huis.value("select clock_timestamp()")
        await huis.happen(5)
        await who.until(lambda who: len(who.taken) == 15)
        await huis.state(abonnement_id, lambda regel: regel.achterstand == 0)
        first = sorted(numbers(who))

        assert await huis.abonnementen.replay(abonnement_id, since=moment) == 5
        await who.until(lambda who: len(who.taken) == 20)
        assert sorted(numbers(who)[15:]) == sorted(first[10:])
        await huis.state(abonnement_id, lambda regel: regel.achterstand == 0)

        assert await huis.abonnementen.replay(abonnement_id, number=first[3]) == 12
        await who.until(lambda who: len(who.taken) == 32)
        assert sorted(numbers(who)[20:]) == first[3:]


async def test_a_pause_holds_lines_back_and_keeps_them(huis: Huis) -> None:
    async with abonnee() as who, abonnee() as other, huis.delivering():
        abonnement_id = await huis.subscribe(who)
        await huis.subscribe(other)
        await huis.abonnementen.set_stand(abonnement_id, Stand.PAUZE)
        await huis.happen(8)
        await other.until(lambda who: len(who.taken) == 8)
        assert (who.heard, (await huis.abonnementen.one(abonnement_id)).achterstand) == ([], 8)
        await huis.abonnementen.set_stand(abonnement_id, Stand.LOOPT)
        await who.until(lambda who: len(who.taken) == 8)


async def test_a_filter_lets_through_only_what_was_asked_for(huis: Huis) -> None:
    async with abonnee() as who, huis.delivering():
        await huis.subscribe(who, Keuze("partijen", {"actie": "destroy"}), Keuze("klantcontacten", {}))
        await huis.happen(3)
        await huis.happen(2, actie="destroy")
        await who.until(lambda who: len(who.taken) == 2)
        regel = await huis.state((await huis.abonnementen.all())[0].id, lambda regel: regel.achterstand == 0)
    assert {one.body["actie"] for one in who.heard} == {"destroy"}
    assert regel.bezorgd == 2


async def test_a_line_with_a_lower_number_that_is_committed_later_is_not_passed_over(huis: Huis) -> None:
    insert = "insert into gebeurtenis (resource, resource_id, actie) values ('partij', $1, 'create')"
    late, early = new_id(), new_id()
    async with abonnee() as who, huis.delivering():
        abonnement_id = await huis.subscribe(who)
        async with huis.db.connection() as slow, huis.db.connection() as swift:
            first, second = swift.transaction(), slow.transaction()
            await first.start()
            await swift.execute("select pg_current_xact_id()")
            await second.start()
            await slow.execute(insert, late)
            await swift.execute(insert, early)
            await first.commit()
            await who.until(lambda who: len(who.taken) == 1)
            await huis.state(abonnement_id, lambda regel: regel.bezorgd == 1)
            await second.commit()
        await who.until(lambda who: len(who.taken) == 2)
    assert [one.resource_id for one in who.taken] == [str(early), str(late)]
    assert numbers(who) == sorted(numbers(who), reverse=True)


async def test_two_workers_never_walk_the_same_abonnement(huis: Huis) -> None:
    async with abonnee() as who, huis.delivering(), huis.delivering():
        abonnement_id = await huis.subscribe(who)
        await huis.happen(60)
        await huis.state(abonnement_id, lambda regel: regel.bezorgd == 60)
    assert len(numbers(who)) == len(set(numbers(who))) == 60


async def test_the_outbox_forgets_what_everybody_has_and_what_is_too_old(huis: Huis) -> None:
    from schakel.storage.crypto import Kluis
    from schakel.storage.notificaties.outbox import SqlOutbox
    from tests.edge.notificaties.huis import KEY

    outbox, now = SqlOutbox(huis.db, Kluis(KEY)), datetime.now(UTC)
    async with abonnee() as who:
        async with huis.delivering():
            abonnement_id = await huis.subscribe(who)
            await huis.happen(5)
            await huis.state(abonnement_id, lambda regel: regel.bezorgd == 5 and regel.achterstand == 0)
        await huis.happen(4)
        assert await outbox.tidy(now + timedelta(days=6)) == 0
        assert await outbox.tidy(now + timedelta(days=8)) == 5
        assert (await huis.abonnementen.one(abonnement_id)).achterstand == 4
        assert await outbox.tidy(now + timedelta(days=31)) == 4
        await huis.abonnementen.set_stand(abonnement_id, Stand.PAUZE)
        await outbox.tidy(now + timedelta(days=31))
        assert not await huis.value("select actief from abonnement")
