# SPDX-License-Identifier: EUPL-1.2
"""One decision with its record, each in a transaction of its own, by the model of the parkeervergunning."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

from schakel.kit.settings import Settings
from schakel.proceslogica.motor import Motor
from schakel.proceslogica.voorbeelden import MODELLEN, voorbeeld
from schakel.storage.cluster import cluster
from schakel.storage.migrations import migrate
from schakel.storage.pool import Database
from schakel.storage.werk import open_werk
from tests.bench.figures import Figure
from tests.bench.meters import using

DECISIONS = 3_000
SLEUTEL = "parkeervergunning_toekennen"
FEITEN = {
    "postcode": "3811LA",
    "aantal_vergunningen_op_adres": 0,
    "eigenaar": "lease",
    "bewijs": True,
    "ingangsdatum": "2026-12-01",
}


async def measure(folder: Path) -> list[Figure]:
    async with cluster(Settings(data=folder / "decision")) as running:
        await migrate(running.url)
        database, motor, at = Database(running.url), Motor(), datetime.now(UTC)
        await database.open()
        opened = open_werk(database, "LW")
        async with opened() as werk:
            await motor.upload(werk, {naam: voorbeeld(naam) for naam in MODELLEN["parkeervergunning"]}, at, None)

        async def decide(count: int) -> None:
            for _ in range(count):
                async with opened() as werk:
                    await motor.decide(werk, SLEUTEL, FEITEN, at)

        await decide(200)
        begun = time.perf_counter()
        with using(os.getpid()) as used:
            await decide(DECISIONS)
        took = time.perf_counter() - begun
        await database.close()
    notes = {
        part: round(seconds / DECISIONS * 1000, 3)
        for part, seconds in (("application", used.app), ("database", used.database))
    }
    decided = used.cpu_ms_per(DECISIONS)
    return [
        Figure("decision", "decided and recorded, a commit each", decided, "CPU-ms", 0.5, notes=notes),
        Figure("decision", "one after the other", DECISIONS / took, "decisions/s"),
    ]
