# SPDX-License-Identifier: EUPL-1.2
"""What moving in costs: lines per second from a stand-in for Open Klant on this machine, both readings included."""

import os
from pathlib import Path

import asyncpg

from schakel.kit.settings import Settings
from schakel.storage.cluster import cluster
from schakel.storage.migrations import migrate
from schakel.storage.pool import Database
from tests.bench.figures import Figure
from tests.bench.meters import using
from tests.edge.overname.conftest import Verhuizer, furnish
from tests.edge.overname.inboedel import inboedel
from tests.edge.overname.open_klant import OpenKlant


async def measure(folder: Path, contacten: int = 20_000) -> list[Figure]:
    """Klantcontacten, each with its betrokkene, half of them with an actor."""
    async with cluster(Settings(data=folder / "overname")) as running:
        admin = await asyncpg.connect(running.admin_url)
        await admin.execute("create database overname owner schakel")
        await admin.close()
        url = running.url.rpartition("/")[0] + "/overname"
        await migrate(url)
        database = Database(url, min_size=1, max_size=4)
        await database.open()
        await furnish(database)
        klant = OpenKlant(inboedel(contacten, partijen=contacten // 5))
        with using(os.getpid()) as used:
            stand = await Verhuizer(database).move(klant)
        await database.close()
    if stand.aantal_verschillen:
        raise RuntimeError("what moved in is not equal")
    lines = sum(one.hier for one in stand.resources)
    notes: dict[str, object] = {"lines": lines, "seconds": round(used.wall, 1)}
    return [
        Figure("overname", "read, written, read again and compared", lines / used.wall, "lines/s", notes=notes),
        Figure("overname", "the same, the stand-in included", used.cpu_ms_per(lines), "CPU-ms per line"),
    ]
