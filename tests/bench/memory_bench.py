# SPDX-License-Identifier: EUPL-1.2
"""Memory with the demo, its database included: just started, and after somebody worked in it."""

from pathlib import Path

from tests.bench.bezoek import bezoek
from tests.bench.figures import Figure
from tests.bench.meters import memory
from tests.edge.rampen.afzender import Afzender, brief
from tests.edge.rampen.draaiend import draaiend

PAGES = ("/", "/werk", "/werk?lijst=team", "/zoeken?q=yilmaz", "/balie", "/beheer", "/proefpostbus")
ROUNDS, MAILS = 20, 200


async def measure(folder: Path) -> list[Figure]:
    async with draaiend(folder / "memory", SCHAKEL_DEMO="ja") as schakel:
        started = memory(schakel.pid)
        async with bezoek(schakel, "samira") as client:
            for page in PAGES * ROUNDS:
                await client.get(page)
        await Afzender(schakel.smtp_port, connections=5).send(map(brief, range(MAILS)))
        await schakel.eventually("(select count(*) = 0 from pgqueuer where execute_after < now())")
        worked = memory(schakel.pid)
    notes = {"application": round(worked.app), "database": round(worked.database), "sum of RSS": round(worked.rss)}
    busy = f"PSS, demo, after {len(PAGES) * ROUNDS} pages and {MAILS} mails"
    return [
        Figure("memory", "PSS, demo, just started", started.pss, "MB", 300),
        Figure("memory", busy, worked.pss, "MB", 300, notes=notes),
        Figure("memory", "of which the application", worked.app, "MB"),
        Figure("memory", "of which PostgreSQL", worked.database, "MB"),
    ]
