# SPDX-License-Identifier: EUPL-1.2
"""The werkvoorraad with 100,000 open items, and what a first visit brings over the line."""

import gzip
import re
import statistics
import time
from pathlib import Path

import httpx

from tests.bench.bezoek import bezoek
from tests.bench.figures import Figure
from tests.bench.meters import using
from tests.edge.rampen.draaiend import Draaiend, draaiend

OPEN_ITEMS, VIEWS = 100_000, 200
_ASSETS = re.compile(r"""<(?:link|script|img)\b[^>]*?(?:href|src)="(/[^"#?]+)[^"]*"[^>]*>""")
_FILL = """
with nieuw as (
  insert into partij (id, soort, zelfstandig, naam, aangemaakt_op, gewijzigd_op, vervalt_op)
  select gen_random_uuid(), 'persoon', true, 'Inwoner ' || n, now(), now(), current_date + 1
  from generate_series(1, $1) n
  returning id)
insert into interactie (id, nummer, onderwerp, product, status, team, partij_id, begonnen_kanaal, begonnen_op,
  laatste_op, belofte_op, vervalt_op, regiehouder)
select gen_random_uuid(), 'LW-B-' || row_number() over (), 'Vraag over de container', 'parkeervergunning', 'open',
  'kcc', id, 'e-mail', now() - random() * interval '30 days', now(), now() + (random() - 0.3) * interval '30 days',
  current_date + 400, case when random() < 0.01 then (select id from actor where account = 'samira') end
from nieuw"""


async def measure(folder: Path) -> list[Figure]:
    async with draaiend(folder / "screens", SCHAKEL_DEMO="ja") as schakel:
        connection = await schakel.connect()
        await connection.execute("set statement_timeout = 0")
        await connection.execute(_FILL, OPEN_ITEMS, timeout=300)
        await connection.execute("analyze")
        await connection.close()
        async with bezoek(schakel, "samira") as client:
            team = await _view(schakel, client, "/werk?lijst=team", f"werkvoorraad of a team, {OPEN_ITEMS:,} open")
            mine = await _view(schakel, client, "/werk?lijst=mij", f"werkvoorraad of a medewerker, {OPEN_ITEMS:,} open")
            desk = await _load(client, "/werk", "the desk")
        async with bezoek(schakel) as client:
            start = await _load(client, "/", "the start page")
    return [*team, *mine, *desk, *start]


async def _view(schakel: Draaiend, client: httpx.AsyncClient, path: str, what: str) -> list[Figure]:
    for _ in range(20):
        (await client.get(path)).raise_for_status()
    times = []
    with using(schakel.pid) as used:
        for _ in range(VIEWS):
            begun = time.perf_counter()
            await client.get(path)
            times.append((time.perf_counter() - begun) * 1000)
    return [
        Figure("screens", what, used.cpu_ms_per(VIEWS), "CPU-ms", 20),
        Figure("screens", f"{what}: median over HTTP", statistics.median(times), "ms"),
    ]


async def _load(client: httpx.AsyncClient, path: str, what: str) -> list[Figure]:
    """As a browser with an empty cache loads it: the page and what it names, and then a page more."""
    page = await client.get(path)
    page.raise_for_status()
    html, parts = _packed(page), {}
    for name in dict.fromkeys(_ASSETS.findall(page.text)):
        if name.startswith("/assets/"):
            parts[name.rpartition("/")[2]] = _packed(await client.get(name))
    notes = {"page": round(html, 1), **{name: round(size, 1) for name, size in parts.items()}}
    return [
        Figure("screens", f"{what}: first load", html + sum(parts.values()), "KB gz", 100, notes=notes),
        Figure("screens", f"{what}: next load", html, "KB gz", 25),
    ]


def _packed(answer: httpx.Response) -> float:
    """KB as sent: what is packed already is not packed again."""
    content = answer.content
    return min(len(content), len(gzip.compress(content, 6))) / 1024
