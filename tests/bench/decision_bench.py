# SPDX-License-Identifier: EUPL-1.2
"""One decision with its record by the model of the parkeervergunning: as a step takes it, and on its own."""

import os
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
from tests.bench.meters import Used, using

DECISIONS, TOGETHER = 3_000, 20
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

        async def decide(count: int, together: int) -> Used:
            with using(os.getpid()) as used:
                for _ in range(count // together):
                    async with opened() as werk:
                        for _ in range(together):
                            await motor.decide(werk, SLEUTEL, FEITEN, at)
            return used

        await decide(200, 1)
        within, alone = await decide(DECISIONS, TOGETHER), await decide(DECISIONS, 1)
        await database.close()
    return [
        _figure("decided and recorded in a unit of work that is open, as a step does", within),
        _figure("decided and recorded in a unit of work of its own, committed", alone),
    ]


def _figure(what: str, used: Used) -> Figure:
    notes = {"application": used.app / DECISIONS * 1000, "database": used.database / DECISIONS * 1000}
    return Figure("decision", what, used.cpu_ms_per(DECISIONS), "CPU-ms", 0.5, notes=dict(notes))
