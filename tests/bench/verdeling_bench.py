# SPDX-License-Identifier: EUPL-1.2
"""Verdeling: 500 medewerkers, 10,000 vragen that wait over every kanaal, and work that ends as fast as it is given.

Counted per assignment: from the end of the one before to its commit, with the share of reading and deciding that its
round took. The decision is kept with its ten best candidates each time.
"""

import os
import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from schakel.kanaalintegratie.verdeling.feiten import Toewijzing
from schakel.kanaalintegratie.verdeling.poort import VanKracht
from schakel.kanaalintegratie.verdeling.verdeler import Verdeler
from schakel.kit.settings import Settings
from schakel.storage.cluster import cluster
from schakel.storage.migrations import migrate
from schakel.storage.pool import Database
from tests.bench.figures import Figure
from tests.bench.meters import using
from tests.edge.verdeling.vloer import GROEPEN, Vloer

WAITING, PEOPLE, ROUND = 10_000, 500, 25
KANALEN = ("e-mail", "e-mail", "webformulier", "post", "chat", "telefoon", "whatsapp")


@dataclass(frozen=True, slots=True)
class Timed(Verdeler):
    """The same, and it remembers how long each assignment took."""

    times: list[float] = field(default_factory=list)

    async def _offer(self, toewijzing: Toewijzing, van_kracht: VanKracht) -> bool:
        begun = time.perf_counter()
        made = await Verdeler._offer(self, toewijzing, van_kracht)
        if made:
            self.times.append(time.perf_counter() - begun)
        return made


async def measure(folder: Path, assignments: int = 3_000) -> list[Figure]:
    async with cluster(Settings(data=folder / "verdeling")) as running:
        await migrate(running.url)
        database = Database(running.url)
        await database.open()
        try:
            return await _measure(database, assignments)
        finally:
            await database.close()


async def _measure(database: Database, assignments: int) -> list[Figure]:
    vloer, chance = Vloer(database, datetime.now(UTC)), random.Random(4)
    await vloer.prepare()
    await vloer.medewerkers(PEOPLE)
    for kanaal in KANALEN:
        for product in ("", *GROEPEN):
            await vloer.vragen(WAITING // len(KANALEN) // 3 + 1, kanaal, product=product, age=3_600)
    async with database.connection() as connection:
        await connection.execute("vacuum analyze")
    verdeler = Timed(vloer.open_werk, GROEPEN, {}, lambda: datetime.now(UTC), hoogstens=ROUND)
    while await verdeler.divide():  # until everybody is full
        pass
    verdeler.times.clear()
    rounds: list[float] = []
    with using(os.getpid()) as used:
        while len(verdeler.times) < assignments:
            await _finish(database, chance)
            begun = time.perf_counter()
            made = await verdeler.divide()
            if made:
                rounds += [(time.perf_counter() - begun) / made] * made
    waiting = await vloer.value("select count(*) from werkitem where stand = 'wacht'")
    return _figures(verdeler.times, rounds, used.cpu_ms_per(assignments), {"still waiting": waiting})


async def _finish(database: Database, chance: random.Random) -> None:
    """A few vragen end and as many come in: what the team does all day, not counted."""
    async with database.transaction() as connection:
        held = await connection.fetch("select interactie_id from werkitem where stand <> 'wacht'")
        done: list[UUID] = [row[0] for row in chance.sample(held, min(len(held), ROUND))]
        await connection.execute("update interactie set status = 'afgerond' where id = any($1::uuid[])", done)


def _figures(times: list[float], rounds: list[float], cpu: float, notes: dict[str, object]) -> list[Figure]:
    writes, whole = sorted(times), sorted(rounds)
    return [
        Figure("verdeling", "assignments", len(rounds) / sum(rounds), "per s", 200, at_least=True, notes=notes),
        Figure("verdeling", "one assignment, its share of reading and deciding in", 1000 * _p95(whole), "ms p95", 20),
        Figure("verdeling", "one assignment, its own transaction", 1000 * _p95(writes), "ms p95"),
        Figure("verdeling", "CPU per assignment, with ending the work before it", cpu, "CPU-ms"),
    ]


def _p95(ordered: list[float]) -> float:
    return ordered[int(len(ordered) * 0.95)]
