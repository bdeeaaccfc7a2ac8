# SPDX-License-Identifier: EUPL-1.2
"""One promise, every store: what holds in memory holds on PostgreSQL, with each call its own transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import UUID

import pytest

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.interactie import InteractieStatus, NieuweInteractie
from schakel.kit.errors import Conflict, NotFound
from schakel.kit.ids import new_id
from schakel.proceslogica.contract import Beslissing, Gedaan, ModelRij, ProcesRij, Processtand, Proceswerk
from schakel.proceslogica.motor import Motor
from schakel.proceslogica.voorbeelden import voorbeeld
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.storage.pool import Database
from schakel.storage.werk import open_werk
from tests.core.proces import geheugen
from tests.core.proces.geheugen import ADRES, AUTO, NU, STAPPEN, VERGUNNING

T = TypeVar("T")
MODELLEN = ("vraag.bpmn",), ("parkeervergunning.bpmn", "parkeervergunning.dmn")


@dataclass
class Winkel:
    """A store: how to open it, and an Interactie in it. Each step by a motor that was just started up."""

    open: Callable[[], AbstractAsyncContextManager[Proceswerk]]
    interactie_id: UUID

    async def do(self, call: Callable[[Proceswerk, Motor], Awaitable[T]]) -> T:
        async with self.open() as werk:
            return await call(werk, Motor())

    async def load(self, *names: str) -> str:
        files = {name: voorbeeld(name) for name in names}
        return (await self.do(lambda werk, motor: motor.upload(werk, files, NU, None))).versie

    async def start(self, sleutel: str, **feiten: object) -> Processtand:
        return await self.do(lambda werk, motor: motor.start(werk, sleutel, feiten, self.interactie_id, NU))

    async def submit(self, stand: Processtand, stap: str, key: str = "", **gegevens: str) -> Processtand:
        indienen_sleutel = key or new_id().hex
        return await self.do(
            lambda werk, motor: motor.submit(werk, stand.proces_id, stap, gegevens, indienen_sleutel, None, NU)
        )

    async def stand(self, stand: Processtand) -> Processtand:
        return await self.do(lambda werk, motor: motor.stand(werk, stand.proces_id))


async def an_interactie(database: Database) -> UUID:
    interactie_id = new_id()
    async with database.connection() as connection:
        await connection.execute("insert into team values ('kcc', 'Klantcontactcentrum') on conflict do nothing")
    async with open_werk(database, "LW")() as werk:
        await werk.interacties.add(
            NieuweInteractie(
                id=interactie_id,
                onderwerp="Parkeren",
                product="parkeervergunning",
                soort="aanvraag",
                formeel=True,
                spoed=False,
                status=InteractieStatus.OPEN,
                team="kcc",
                kanaal=Kanaal.BALIE,
                begonnen_op=NU,
                vervalt_op=vervalt_op("interactie", NU),
            )
        )
    return interactie_id


async def loaded(store: Winkel) -> Winkel:
    for names in MODELLEN:
        await store.load(*names)
    return store


@pytest.fixture
async def memory() -> Winkel:
    werk = geheugen.Werk()
    return await loaded(Winkel(lambda: nullcontext(werk), new_id()))


@pytest.fixture
async def postgres(db: Database) -> Winkel:
    return await loaded(Winkel(open_werk(db, "LW"), await an_interactie(db)))


@pytest.fixture(params=["memory", "postgres"])
def winkel(request: pytest.FixtureRequest) -> Winkel:
    store: Winkel = request.getfixturevalue(request.param)
    return store


def steps(stand: Processtand) -> list[str]:
    return [stap.sleutel for stap in stand.mogelijke_stappen]


@pytest.mark.norm("PL-1", "PL-2")
async def test_a_proces_survives_every_restart_with_its_steps_and_decisions_in_order(winkel: Winkel) -> None:
    stand = await winkel.start("parkeervergunning")
    for stap, answers in STAPPEN.items():
        stand = await winkel.submit(stand, stap, **answers)
    kept = await winkel.stand(stand)
    assert kept == replace(stand, effecten=())
    assert (kept.status, kept.uitkomst) == ("afgerond", "U krijgt een parkeervergunning.")
    assert [gedaan.stap for gedaan in kept.gedaan] == ["auto", "adres", "vergunning"]
    assert [one.sleutel for one in kept.beslissingen] == [
        "parkeervergunning_toekennen",
        "parkeervoorwaarden",
        "geldig_tot",
    ]
    assert kept.beslissingen[0].redenen
    assert kept.beslissingen[0].geraakt


@pytest.mark.norm("PL-4")
async def test_a_new_version_counts_at_once_and_a_running_case_stays_on_its_own(winkel: Winkel) -> None:
    running = await winkel.start("parkeervergunning", aantal_vergunningen_op_adres=1)

    versie = await winkel.load("parkeervergunning_v2.dmn")

    fresh = await winkel.start("parkeervergunning", aantal_vergunningen_op_adres=1)
    listed = await winkel.do(lambda werk, motor: motor.versies(werk, "parkeervergunning"))
    assert [(one.versie, one.in_kracht, one.lopend) for one in listed] == [
        (versie, True, 1),
        (running.versie, False, 1),
    ]
    for stap, answers in STAPPEN.items():
        running = await winkel.submit(running, stap, **answers)
        fresh = await winkel.submit(fresh, stap, **answers)
    assert [one.gegevens["besluit"] for one in (running, fresh)] == ["wachtlijst", "toekennen"]
    assert [one.versie for one in (running, fresh)] == [listed[1].versie, versie]


@pytest.mark.norm("PL-4")
async def test_an_earlier_version_can_be_put_in_force_again_and_stays_what_it_was(winkel: Winkel) -> None:
    first = (await winkel.start("parkeervergunning")).versie
    second = await winkel.load("parkeervergunning_v2.dmn")
    assert await winkel.load("parkeervergunning.dmn") == first
    listed = await winkel.do(lambda werk, motor: motor.versies(werk, "parkeervergunning"))
    assert [(one.versie, one.in_kracht, one.lopend) for one in listed] == [(first, True, 1), (second, False, 0)]
    assert set(listed[0].bestanden) == set(listed[1].bestanden)


async def test_the_same_submit_twice_does_once_and_another_comes_too_late(winkel: Winkel) -> None:
    stand = await winkel.start("parkeervergunning")
    first = await winkel.submit(stand, "auto", "knop-1", **AUTO)
    again = await winkel.submit(stand, "auto", "knop-1", **AUTO)
    assert (again.gedaan, again.effecten) == (first.gedaan, ())
    with pytest.raises(Conflict):
        await winkel.submit(stand, "auto", "knop-2", **AUTO)
    assert (await winkel.stand(stand)).gedaan == first.gedaan


async def test_what_is_unknown_is_not_found(winkel: Winkel) -> None:
    async with winkel.open() as werk:
        for call in (werk.processen.get(new_id()), werk.processen.get(new_id(), lock=True), werk.modellen.get("x")):
            with pytest.raises(NotFound):
                await call
        assert await werk.modellen.in_force("bestaat_niet") is None
        assert await werk.modellen.versions("bestaat_niet") == []
        assert await werk.beslissingen.of_proces(new_id()) == []


async def test_every_value_comes_back_as_it_went_in(winkel: Winkel) -> None:
    rij = ProcesRij(new_id(), "vraag", "0123", winkel.interactie_id, "loopt", '{"z": 1, "a":  [2]}', 1)
    odd = {"leeg": None, "ja": True, "getal": 3, "bedrag": 0.1, "naam": "Yılmaz \N{WRENCH} \0 'x'", "lijst": ["b", "a"]}
    taken = Beslissing(
        new_id(), "mag", "0123", "ab", odd, {"besluit": None}, ("Omdat het mag.",), ("mag: 1", "mag: 2"), NU
    )
    model = ModelRij("0123", "vraag", "Vraag", {"b.dmn": b"\x00\xff", "a.bpmn": b"<a/>"}, NU, None)
    async with winkel.open() as werk:
        await werk.modellen.add(model)
        await werk.modellen.add(replace(model, naam="Anders"))
        await werk.processen.add(rij, NU)
        await werk.beslissingen.add(taken, rij.id)
        await werk.processen.add_stap(rij.id, "k", Gedaan("stap", "Stap", new_id(), NU))
    async with winkel.open() as werk:
        assert await werk.modellen.get("0123") == model
        assert list((await werk.modellen.get("0123")).bestanden) == ["b.dmn", "a.bpmn"]
        assert await werk.processen.get(rij.id) == rij
        assert await werk.beslissingen.of_proces(rij.id) == [taken]
        assert await werk.processen.was_submitted(rij.id, "k")
        assert not await werk.processen.was_submitted(new_id(), "k")


async def test_a_decision_alone_is_recorded_and_goes_after_its_bewaartermijn(postgres: Winkel, db: Database) -> None:
    facts = {"postcode": "3811LA", "aantal_vergunningen_op_adres": 0, "eigenaar": "eigen", "bewijs": False}
    taken = await postgres.do(
        lambda werk, motor: motor.decide(werk, "parkeervergunning_toekennen", facts, datetime(2026, 11, 24, tzinfo=UTC))
    )
    async with db.connection() as connection:
        rows = await connection.fetch("select id, proces_id, vervalt_op from beslissing")
    assert [tuple(row) for row in rows] == [(taken.id, None, date(2033, 11, 24))]


@pytest.mark.parametrize("same_button", [True, False])
async def test_of_two_who_submit_at_once_one_wins(postgres: Winkel, db: Database, same_button: bool) -> None:
    """The second waits for the first to commit, and then meets what that one did."""
    stand = await postgres.start("parkeervergunning")

    async def submit(key: str) -> Processtand | Conflict:
        try:
            return await postgres.submit(stand, "auto", key, **AUTO)
        except Conflict as late:
            return late

    async with postgres.open() as werk:
        first = await Motor().submit(werk, stand.proces_id, "auto", AUTO, "knop-0", None, NU)
        others = [asyncio.create_task(submit("knop-0" if same_button else f"knop-{n}")) for n in (1, 2, 3)]
        await until_waiting(db, 3)
        assert not any(other.done() for other in others)
    late = await asyncio.gather(*others)

    if same_button:
        assert [one.effecten for one in late if isinstance(one, Processtand)] == [(), (), ()]
    else:
        assert all(isinstance(one, Conflict) for one in late)
    assert (await postgres.stand(stand)).gedaan == first.gedaan
    async with db.connection() as connection:
        assert await connection.fetchval("select volgende from proces where id = $1", stand.proces_id) == 2


async def until_waiting(db: Database, count: int) -> None:
    """Until this many of this database's connections wait for a lock."""
    waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    async with db.connection() as connection:
        for _ in range(1000):
            if await connection.fetchval(waiting) >= count:
                return
            await asyncio.sleep(0.01)
    pytest.fail("nobody waits")


async def test_who_forgot_to_lock_does_not_overwrite(postgres: Winkel) -> None:
    stand = await postgres.start("parkeervergunning")
    async with postgres.open() as werk:
        stale = await werk.processen.get(stand.proces_id)
    await postgres.submit(stand, "auto", **AUTO)
    with pytest.raises(Conflict):
        await postgres.do(lambda werk, _: werk.processen.save(replace(stale, volgende=stale.volgende + 1), NU))
    assert steps(await postgres.stand(stand)) == ["adres", "vergunning"]


async def test_a_step_that_fails_half_way_leaves_nothing(postgres: Winkel) -> None:
    """Step, decisions and state are one transaction."""
    stand = await postgres.start("parkeervergunning")
    stand = await postgres.submit(stand, "auto", **AUTO)
    stand = await postgres.submit(stand, "adres", **ADRES)

    async def submit_and_break(werk: Proceswerk, motor: Motor) -> Sequence[object]:
        await motor.submit(werk, stand.proces_id, "vergunning", VERGUNNING, "knop", None, NU)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await postgres.do(submit_and_break)
    assert await postgres.stand(stand) == replace(stand, effecten=())
    assert (await postgres.submit(stand, "vergunning", "knop", **VERGUNNING)).status == "afgerond"
