# SPDX-License-Identifier: EUPL-1.2
"""Writes of the register over HTTP, as clients do them: klantcontacten by the thousands, then one by one."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.bench.figures import Figure
from tests.bench.meters import Used, using
from tests.edge.rampen.draaiend import draaiend

BULK, SINGLE, WARM, TOKEN = 30_000, 1_500, 200, "schrijven-van-de-meting"
NAAM = {"voorletters": "A.", "voornaam": "Anna", "voorvoegselAchternaam": "de", "achternaam": "Vries"}


async def measure(folder: Path) -> list[Figure]:
    async with draaiend(folder / "write", SCHAKEL_DEMO_TOKEN=TOKEN) as schakel:
        base = f"http://127.0.0.1:{schakel.port}/klantinteracties/api/v1/"
        headers = {"Authorization": f"Token {TOKEN}"}
        async with httpx.AsyncClient(base_url=base, headers=headers, timeout=300) as http:
            partij = (await http.post("partijen", json=_partij(0))).raise_for_status().json()["uuid"]
            actor = {"naam": "Joris", "soortActor": "medewerker", "indicatieActief": True}
            actor_id = (await http.post("actoren", json=actor)).raise_for_status().json()["uuid"]

            def contact(n: int) -> dict[str, Any]:
                return {**_contact(n, partij), "actoren": [{"uuid": actor_id}]}

            await _bulk(http, [contact(n) for n in range(2_000)])
            lines = [contact(n) for n in range(BULK)]
            with using(schakel.pid) as bulk:
                await _bulk(http, lines)
            partijen = await _singly(http, schakel.pid, "partijen", _partij)
            contacten = await _singly(http, schakel.pid, "maak-klantcontact", lambda n: _contact(n, partij))
    speed = BULK / bulk.wall
    return [
        Figure("write", "klantcontacten with betrokkene and actor, in bulk", speed, "/s", 5_000, at_least=True),
        _figure("a klantcontact in bulk", bulk, BULK, None),
        _figure("POST partij", partijen, SINGLE, 1.0),
        _figure("POST maak-klantcontact with betrokkene", contacten, SINGLE, 1.0),
    ]  # fmt: skip


async def _bulk(http: httpx.AsyncClient, bodies: list[dict[str, Any]]) -> None:
    content = b"\n".join(json.dumps({**body, "uuid": str(uuid4())}).encode() for body in bodies)

    async def parts() -> AsyncIterator[bytes]:
        for place in range(0, len(content), 65_536):
            yield content[place : place + 65_536]

    headers, made = {"Content-Type": "application/x-ndjson"}, 0
    async with http.stream("POST", "klantcontacten/_bulk", content=parts(), headers=headers) as answer:
        async for line in answer.aiter_lines():
            made += '"status":201' in line
    assert made == len(bodies), f"{made} of {len(bodies)}"


async def _singly(http: httpx.AsyncClient, pid: int, path: str, body: Callable[[int], dict[str, Any]]) -> Used:
    for n in range(WARM):
        (await http.post(path, json=body(n))).raise_for_status()
    with using(pid) as used:
        for n in range(SINGLE):
            (await http.post(path, json=body(n))).raise_for_status()
    return used


def _partij(n: int) -> dict[str, Any]:
    naam = {**NAAM, "achternaam": f"Vries{n}"}
    return {"soortPartij": "persoon", "indicatieActief": True, "partijIdentificatie": {"contactnaam": naam}}


def _contact(n: int, partij: str) -> dict[str, Any]:
    return {
        "klantcontact": {
            "kanaal": "telefoon", "onderwerp": f"Paspoort aanvragen {n}", "taal": "nld", "vertrouwelijk": False,
            "inhoud": f"Vroeg hoe lang het duurt, nummer {n}.", "indicatieContactGelukt": True,
        },
        "betrokkene": {"wasPartij": {"uuid": partij}, "rol": "klant", "initiator": True, "contactnaam": NAAM},
    }  # fmt: skip


def _figure(what: str, used: Used, count: int, budget: float | None) -> Figure:
    notes = {"application": used.app / count * 1000, "database": used.database / count * 1000}
    return Figure("write", what, used.cpu_ms_per(count), "CPU-ms", budget, notes=dict(notes))
