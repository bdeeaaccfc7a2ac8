# SPDX-License-Identifier: EUPL-1.2
"""Whatever runs at once, nobody carries more than he can and no work is without a place (invariant 10, EO-3)."""

import asyncio
import random
from contextlib import suppress
from uuid import UUID

import asyncpg
import pytest

from schakel.kanaalintegratie.verdeling.feiten import Beschikbaarheid
from schakel.kanaalintegratie.verdeling.regels import standaardregels
from schakel.kit.errors import Conflict
from tests.edge.verdeling.vloer import Vloer

REGELS = standaardregels()
KANALEN = ("e-mail", "chat", "telefoon", "post")


class Drukte:
    """Everything that people do to work, at random, while verdelers run beside it."""

    def __init__(self, vloer: Vloer, people: list[UUID], vragen: list[UUID], seed: int) -> None:
        self.vloer, self.people, self.vragen, self.chance = vloer, people, vragen, random.Random(seed)
        self.assigned = 0

    async def somebody(self, steps: int) -> None:
        deeds = (self._accept, self._accept, self._finish, self._give_back, self._claim, self._pause, self._resize)
        for _ in range(steps):
            with suppress(Conflict, asyncpg.DeadlockDetectedError):  # of two that wait for each other one is ended
                await self.chance.choice(deeds)()

    async def divider(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            with suppress(Conflict):  # as in `run`: the next round sees it anew
                self.assigned += await self.vloer.verdeler.divide()
            await asyncio.sleep(0)

    async def watcher(self, stop: asyncio.Event) -> int:
        """Each look sees one moment of the database as a whole."""
        looks = 0
        while not stop.is_set():
            assert await self.vloer.wrong_sums() == []
            looks += 1
        return looks

    async def _held(self, stand: str) -> tuple[UUID, UUID] | None:
        rows = await self.vloer.rows(
            "select interactie_id, actor_id from werkitem where stand = $1 order by random() limit 1", stand
        )
        return (rows[0]["interactie_id"], rows[0]["actor_id"]) if rows else None  # type: ignore[return-value]

    async def _accept(self) -> None:
        if found := await self._held("aangeboden"):
            async with self.vloer.open_werk() as werk:
                await werk.verdelingen.accept(*found, self.vloer.nu)

    async def _give_back(self) -> None:
        if found := await self._held("aangeboden"):
            async with self.vloer.open_werk() as werk:
                await werk.verdelingen.give_back(*found, "Nu even niet", self.vloer.nu)

    async def _finish(self) -> None:
        if found := await self._held("in_handen"):
            await self.vloer.set_status(found[0], self.chance.choice(("afgerond", "wacht_op_klant")))

    async def _claim(self) -> None:
        async with self.vloer.open_werk() as werk:
            vraag, actor = self.chance.choice(self.vragen), self.chance.choice(self.people)
            await self.vloer.werkplek.claim(werk, vraag, actor, self.vloer.nu)

    async def _pause(self) -> None:
        actor, how = self.chance.choice(self.people), self.chance.choice(list(Beschikbaarheid))
        async with self.vloer.open_werk() as werk:
            await werk.verdelingen.announce_as(actor, how, REGELS, self.vloer.nu)
        async with self.vloer.open_werk() as werk:
            await werk.verdelingen.announce_as(actor, Beschikbaarheid.BESCHIKBAAR, REGELS, self.vloer.nu)

    async def _resize(self) -> None:
        async with self.vloer.database.connection() as connection:
            await connection.execute(
                "update medewerkerstand set gewenst = $2 where actor_id = $1",
                self.chance.choice(self.people),
                self.chance.choice((50, 100)),
            )


@pytest.mark.traag
async def test_a_thousand_assignments_amid_everything_people_do_never_exceed_a_capaciteit(vloer: Vloer) -> None:
    people = await vloer.medewerkers(25)
    vragen = [vraag for kanaal in KANALEN for vraag in await vloer.vragen(500, kanaal)]
    drukte, stop = Drukte(vloer, people, vragen, seed=1), asyncio.Event()
    running = [asyncio.create_task(drukte.divider(stop)) for _ in range(3)]
    looking = asyncio.create_task(drukte.watcher(stop))
    try:
        while drukte.assigned < 1_000:
            await asyncio.gather(*(drukte.somebody(20) for _ in range(5)))
    finally:
        stop.set()
    await asyncio.gather(*running)
    assert await looking > 10
    assert (await vloer.wrong_sums(), await vloer.ownerless()) == ([], [])


async def test_a_thousand_writers_that_look_at_nothing_are_stopped_by_the_database(vloer: Vloer) -> None:
    people = await vloer.medewerkers(4)
    vragen = await vloer.vragen(1_000)
    refused: set[str | None] = set()

    async def grab(vraag: UUID, actor: UUID) -> bool:
        async with vloer.database.connection() as connection:
            try:
                await connection.execute(
                    """update werkitem set stand = 'in_handen', actor_id = $2, eenheden = 10
                       where interactie_id = $1""",
                    vraag,
                    actor,
                )
            except asyncpg.CheckViolationError as refusal:
                refused.add(refusal.constraint_name)
                return False
        return True

    got = await asyncio.gather(*(grab(vraag, people[n % 4]) for n, vraag in enumerate(vragen)))
    assert (sum(got), refused) == (4 * 10, {"nooit_boven_capaciteit"})
    assert await vloer.wrong_sums() == []
