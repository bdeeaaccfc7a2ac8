# SPDX-License-Identifier: EUPL-1.2
"""Killed right after what a person did at a screen was kept: he presses again, and it has happened once."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from uuid import UUID

import pytest

from schakel.begrippen.gespreksbijdrage import Bijlage
from schakel.begrippen.kanaal import Kanaal
from tests.edge.rampen.afzender import brief
from tests.edge.stad import Stad

pytestmark = pytest.mark.traag
AT_A_SCREEN = (
    *("verzoek.ingediend", "stap.gezet", "registratie.geteld", "wisselcode.geteld"),
    *("bestand.beoordeeld", "telefoon.vastgelegd", "telefoon.afgehandeld"),
)
INVOER = {
    "kenteken": "xx 123 x",
    "eigenaar": "eigen",
    "adres": "Markt 1",
    "postcode": "3811 la",
    "ingangsdatum": "1-12-2026",
}


async def at_screen(stad: Stad, folder: Path, crashpoint: str, *action: str) -> int:
    """The exit code of a process in which somebody does this."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.edge.rampen.scherm", str(folder), stad.url, *action,
        env={**os.environ, "SCHAKEL_CRASH_AT": crashpoint}, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, said = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode in (0, -signal.SIGKILL), said.decode()
    return process.returncode


async def press_twice(stad: Stad, folder: Path, crashpoint: str, *action: str) -> None:
    """Once with a death right after it was kept, and again because nobody saw that it was."""
    assert await at_screen(stad, folder, crashpoint, *action) == -signal.SIGKILL
    assert await at_screen(stad, folder, "", *action) == 0


async def test_a_verzoek_is_handed_in_once(stad: Stad, open_folder: Path) -> None:
    diensten = stad.diensten
    async with diensten.open_werk() as werk:
        interactie_id = await diensten.behandelingen.begin(
            werk, "parkeervergunning", Kanaal.WEBFORMULIER, diensten.clock(), partij_id=await stad.partij()
        )
        await diensten.behandelingen.save(werk, interactie_id, INVOER, Kanaal.WEBFORMULIER, diensten.clock())
    await press_twice(stad, open_folder, "verzoek.ingediend", "hand_in", str(interactie_id))
    assert await stad.value("select status from verzoek where interactie_id = $1", interactie_id) != "concept"
    assert await count(stad, "klantcontact where interactie_id = $1", interactie_id) == 1
    decided = "beslissing b join proces p on p.id = b.proces_id where p.interactie_id = $1"
    assert await count(stad, f"{decided} and b.sleutel = 'parkeervergunning_toekennen'", interactie_id) == 1
    assert await unsent(stad, interactie_id) == 0


async def test_a_step_is_taken_once_and_its_answer_goes_out_once(stad: Stad, open_folder: Path) -> None:
    huis, mail = stad.huis, brief(1)
    envelop: dict[str, object] = {"mail_from": mail.afzender, "rcpt_to": ["info@lindewaard.example"]}
    envelop["received_at"] = huis.diensten.clock().isoformat()
    origineel_id = await huis.inbox.store(Kanaal.EMAIL, mail.inhoud, envelop, huis.diensten.clock())
    ontvangen = await huis.inbox.register(origineel_id)
    assert ontvangen is not None
    await press_twice(stad, open_folder, "stap.gezet", "answer", str(ontvangen.interactie_id))
    answers = "bericht where interactie_id = $1 and berichttype = 'antwoord'"
    assert await count(stad, answers, ontvangen.interactie_id) == 1
    steps = "processtap s join proces p on p.id = s.proces_id where p.interactie_id = $1"
    assert await count(stad, steps, ontvangen.interactie_id) == 1
    assert await unsent(stad, ontvangen.interactie_id) == 0


async def test_an_anonymous_contact_is_counted_and_leaves_nobody_behind(stad: Stad, open_folder: Path) -> None:
    before = [await count(stad, table) for table in ("verkeersregel", "klantcontact", "origineel")]
    assert await at_screen(stad, open_folder, "registratie.geteld", "count_contact") == -signal.SIGKILL
    after = [await count(stad, table) for table in ("verkeersregel", "klantcontact", "origineel")]
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 0, 0]


async def test_a_try_of_a_wisselcode_counts_although_nobody_heard_the_outcome(stad: Stad, open_folder: Path) -> None:
    await press_twice(stad, open_folder, "wisselcode.geteld", "try_code")
    assert await stad.value("select sum(aantal) from pogingteller") == 2


async def test_a_bijlage_is_judged_once(stad: Stad, open_folder: Path) -> None:
    async with stad.diensten.open_werk() as werk:
        interactie_id = await stad.diensten.behandelingen.begin(
            werk, "parkeervergunning", Kanaal.WEBFORMULIER, stad.diensten.clock(), partij_id=await stad.partij()
        )
        bijlage = ("bewijs", Bijlage("a.pdf", "application/pdf", b"%PDF"))
        at = stad.diensten.clock()
        await stad.diensten.behandelingen.save(werk, interactie_id, {}, Kanaal.WEBFORMULIER, at, bijlagen=[bijlage])
        bijlage_id = await werk.connection.fetchval("update bijlage set controle = 'wacht' returning id")  # type: ignore[attr-defined]
    await press_twice(stad, open_folder, "bestand.beoordeeld", "control_file", str(bijlage_id))
    assert await stad.value("select controle from bijlage") == "zonder"


async def test_what_the_exchange_said_is_kept_once_and_a_call_is_finished_once(stad: Stad, open_folder: Path) -> None:
    at = stad.diensten.clock().isoformat()
    await press_twice(stad, open_folder, "telefoon.vastgelegd", "hear", at)
    assert await count(stad, "sessiegebeurtenis") == 1
    sessie_id = await stad.value("select id from kanaalsessie")
    await press_twice(stad, open_folder, "telefoon.afgehandeld", "finish_call", str(sessie_id))
    assert await count(stad, "kanaalsessie where klaar_op is not null") == 1


async def count(stad: Stad, what: str, *arguments: object) -> int:
    return int(await stad.value(f"select count(*) from {what}", *arguments))


async def unsent(stad: Stad, interactie_id: UUID) -> int:
    """Berichten that nothing will send and nobody knows of; all that must go have their job in the queue."""
    return await count(
        stad,
        """bericht b where interactie_id = $1 and status <> 'bij_persoon'
           and not exists (select from pgqueuer q where q.entrypoint = 'verzend' and q.payload = uuid_send(b.id))""",
        interactie_id,
    )
