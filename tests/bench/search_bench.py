# SPDX-License-Identifier: EUPL-1.2
"""Searching partijen over HTTP among many names: how long it takes, and how often a typing error is overcome."""

import statistics
import time
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from uuid import uuid4

import asyncpg
import httpx

from schakel.kit.text import searchable
from schakel.storage.naamdelen import name_parts
from tests.bench.bevolking import people
from tests.bench.figures import Figure
from tests.bench.meters import using
from tests.edge.rampen.draaiend import draaiend
from tests.edge.zoeken.test_zoeken import with_typo

PEOPLE, SEARCHES, TOP, SEED = 1_000_000, 400, 10, 2026
_TOKEN = "0123456789abcdef0123456789abcdef01234567"
_PATH = f"/klantinteracties/api/v1/partijen/_zoek?pageSize={TOP}"
_WITHOUT = """alter table naamdeel drop constraint naamdeel_pkey, drop constraint naamdeel_partij_id_fkey;
drop index naamdeel_partij"""
_AGAIN = """set maintenance_work_mem = '512MB';
alter table naamdeel add primary key (deel, partij_id),
  add foreign key (partij_id) references partij on delete cascade;
create index naamdeel_partij on naamdeel (partij_id)"""


async def measure(folder: Path, people: int = PEOPLE) -> list[Figure]:
    """The same names every time."""
    async with draaiend(folder / "search", SCHAKEL_DEMO="ja", SCHAKEL_DEMO_TOKEN=_TOKEN) as schakel:
        connection = await schakel.connect()
        await connection.execute("set statement_timeout = 0")
        names = await _fill(connection, people)
        await connection.close()
        headers = {"Authorization": f"Token {_TOKEN}"}
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{schakel.port}", headers=headers) as client:
            rng = Random(SEED)
            asked = rng.sample(names, SEARCHES)
            await _search(client, asked[:20], asked[:20])
            with using(schakel.pid) as used:
                found, times = await _search(client, [with_typo(naam, rng) for naam in asked], asked)
            exact, _ = await _search(client, asked, asked)
    what, p95 = f"search among {people:,} names", statistics.quantiles(times, n=20)[-1]
    return [
        Figure("search", f"{what}, one typing error: p95 over HTTP", p95, "ms", 40),
        Figure("search", f"{what}, one typing error: median over HTTP", statistics.median(times), "ms"),
        Figure("search", f"{what}: CPU each", used.cpu_ms_per(SEARCHES), "CPU-ms"),
        Figure("search", f"{what}, one typing error: name in the first {TOP}", found * 100, "%", 85, at_least=True),
        Figure("search", f"{what}, as written: name in the first {TOP}", exact * 100, "%", 99, at_least=True),
    ]


async def _search(client: httpx.AsyncClient, typed: list[str], meant: list[str]) -> tuple[float, list[float]]:
    """How many of them are found, and the milliseconds of each. Some names are held by hundreds: the name counts."""
    found, times = 0, []
    for text, naam in zip(typed, meant, strict=True):
        begun = time.perf_counter()
        answer = await client.post(_PATH, json={"naam": text})
        times.append((time.perf_counter() - begun) * 1000)
        answer.raise_for_status()
        hits = [hit["partijIdentificatie"]["volledigeNaam"] for hit in answer.json()["results"]]
        found += naam in hits
    return found / len(typed), times


async def _fill(connection: asyncpg.Connection, count: int) -> list[str]:
    """Straight into the tables, with the indexes made afterwards, as one moves in."""
    at, names = datetime.now(UTC), list(people(count, Random(SEED)))
    ids = [uuid4() for _ in names]
    await connection.copy_records_to_table(
        "partij",
        columns=("id", "soort", "zelfstandig", "naam", "zoeknaam", "geboortedatum", "aangemaakt_op", "gewijzigd_op",
                 "vervalt_op"),
        records=((partij_id, "persoon", False, naam, searchable(naam), born, at, at, date(at.year + 9, 1, 1))
                 for partij_id, (naam, born) in zip(ids, names, strict=True)),
        timeout=900,
    )  # fmt: skip
    await connection.execute(_WITHOUT)
    await connection.copy_records_to_table(
        "naamdeel",
        columns=("deel", "partij_id"),
        records=((part, partij_id) for partij_id, (naam, _) in zip(ids, names, strict=True)
                 for part in name_parts(searchable(naam))),
        timeout=900,
    )  # fmt: skip
    await connection.execute(_AGAIN, timeout=900)
    await connection.execute("vacuum analyze", timeout=900)
    return [naam for naam, _ in names]
