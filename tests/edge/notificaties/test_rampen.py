# SPDX-License-Identifier: EUPL-1.2
"""kill -9 of the whole of Schakel while it delivers: everything comes across, under its own number."""

import signal
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from schakel.kit.ids import new_id
from tests.edge.notificaties.abonnee import AUTH, Abonnee, abonnee
from tests.edge.rampen.draaiend import Draaiend

pytestmark = pytest.mark.traag
AFGEGEVEN = "notificatie.bezorgd"
TOKEN = {"SCHAKEL_DEMO_TOKEN": "proef", "SCHAKEL_NOTIFICATIES_TOEGESTAAN": "127.0.0.0/8"}
LINES = 40


async def subscribe(schakel: Draaiend, who: Abonnee) -> None:
    kanalen = [{"naam": "partijen", "filters": {}}]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{schakel.port}") as http:
        body = {"callbackUrl": who.url, "auth": AUTH, "kanalen": kanalen}
        headers = {"Authorization": "Token proef"}
        answer = await http.post("/notificaties/api/v1/abonnement", json=body, headers=headers)
        assert answer.status_code == 201, answer.text


async def happen(schakel: Draaiend) -> list[UUID]:
    ids = [new_id() for _ in range(LINES)]
    connection = await schakel.connect()
    for one in ids:
        await connection.execute(
            "insert into gebeurtenis (resource, resource_id, actie) values ('partij', $1, 'update')", one
        )
    await connection.close()
    return ids


async def test_a_death_between_sending_and_recording_sends_the_same_line_again(open_folder: Path) -> None:
    schakel = Draaiend(open_folder / "notificaties", TOKEN)
    async with abonnee() as who:
        try:
            await schakel.start(SCHAKEL_CRASH_AT=f"{AFGEGEVEN}:5")
            await subscribe(schakel, who)
            ids = await happen(schakel)
            assert await schakel.dies() == -signal.SIGKILL
            before = [one.sleutel for one in who.taken]
            assert len(before) > 0

            await schakel.start()
            await who.until(lambda who: len({one.resource_id for one in who.taken}) == LINES, 60)
            await schakel.eventually("(select positie = (select max(id) from gebeurtenis) from abonnement)")
        finally:
            await schakel.stop()
    told = [one.sleutel for one in who.taken]
    assert {one.resource_id for one in who.taken} == set(map(str, ids))
    assert len(set(told)) == LINES, "a line that is sent again keeps its number"
    assert set(told[: len(before)]) & set(told[len(before) :]), "what was not recorded was sent again"
