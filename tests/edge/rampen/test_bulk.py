# SPDX-License-Identifier: EUPL-1.2
"""kill -9 during a bulk: what was acknowledged is there, and sent again it is there once."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.edge.rampen.draaiend import Draaiend, draaiend

pytestmark = pytest.mark.traag
LINES, TOKEN = 20_000, "bulk-van-een-test"
CONTACT = {"kanaal": "telefoon", "taal": "nld", "vertrouwelijk": False}


class Zender:
    """A client of the bulk, that knows what it sent and what it heard."""

    def __init__(self, lines: Sequence[dict[str, Any]]) -> None:
        self.lines = lines
        self.heard: dict[str, int] = {}
        self.begun = asyncio.Event()

    async def send(self, port: int) -> None:
        """Until the end, or until the connection is lost."""
        headers = {"Authorization": f"Token {TOKEN}", "Content-Type": "application/x-ndjson"}
        path = f"http://127.0.0.1:{port}/klantinteracties/api/v1/klantcontacten/_bulk"
        async with (
            httpx.AsyncClient(timeout=120) as http,
            http.stream("POST", path, content=self._content(), headers=headers) as answer,
        ):
            assert answer.status_code == 200
            async for line in answer.aiter_lines():
                said = json.loads(line)
                if "uuid" in said:
                    self.heard[said["uuid"]] = said["status"]
                if len(self.heard) >= LINES // 10:
                    self.begun.set()

    async def _content(self) -> AsyncIterator[bytes]:
        for line in self.lines:
            yield json.dumps(line).encode() + b"\n"


@pytest.mark.parametrize("killed", ["schakel", "postgresql"])
async def test_kill_9_during_a_bulk_loses_nothing_that_was_acknowledged_and_doubles_nothing(
    open_folder: Path, killed: str
) -> None:
    lines = [{"uuid": str(uuid4()), "klantcontact": {**CONTACT, "onderwerp": f"Vraag {n}"}} for n in range(LINES)]
    async with draaiend(open_folder / f"ramp-bulk-{killed}", SCHAKEL_DEMO_TOKEN=TOKEN) as schakel:
        zender = Zender(lines)
        sending = asyncio.create_task(zender.send(schakel.port))
        await asyncio.wait_for(zender.begun.wait(), 60)
        await _kill(schakel, killed)
        (lost,) = await asyncio.gather(sending, return_exceptions=True)
        # When only the database dies, the lines that it lost are answered 503, and the others go on.
        assert isinstance(lost, httpx.HTTPError) if killed == "schakel" else lost is None, lost
        await schakel.eventually("true")
        made = {uuid for uuid, status in zender.heard.items() if status == 201}
        assert LINES // 10 <= len(made) < LINES
        assert made <= await _there(schakel)
        again = Zender(lines)
        await again.send(schakel.port)
        assert Counter(again.heard.values()).keys() <= {200, 201}
        assert {again.heard[uuid] for uuid in made} == {200}
        assert await _there(schakel) == {line["uuid"] for line in lines}
        assert await schakel.value("select count(*) from interactie") == LINES
        assert await schakel.value("select sum(aantal) from telling where tabel = 'klantcontact'") == LINES


async def _kill(schakel: Draaiend, what: str) -> None:
    if what == "postgresql":
        postmaster = schakel.postmaster()
        for process in (postmaster, *postmaster.children(recursive=True)):
            process.kill()
        return
    await schakel.kill()
    await schakel.start()


async def _there(schakel: Draaiend) -> set[str]:
    found: list[UUID] = await schakel.value("select array_agg(id) from klantcontact")
    return set(map(str, found))
