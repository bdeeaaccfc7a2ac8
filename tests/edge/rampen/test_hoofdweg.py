# SPDX-License-Identifier: EUPL-1.2
"""Killed at every durable step of the way in and out: nothing lost, nothing twice (invariant 1)."""

import asyncio
import signal
from pathlib import Path

import pytest
import pytest_asyncio

from schakel.kit.crashpoints import CRASHPOINTS
from tests.edge.notificaties import test_rampen
from tests.edge.rampen import test_scherm
from tests.edge.rampen.afzender import Afzender, brief
from tests.edge.rampen.draaiend import Draaiend
from tests.edge.rampen.ontvanger import ontvanger
from tests.edge.rampen.telling import Telling, count
from tests.edge.verdeling import test_dood

pytestmark = pytest.mark.traag
MAILS = 12
#: Dies when it comes there for the third time: with work before it and behind it.
ON_THE_ROAD = (
    "inbox.opgeslagen",
    "inbox.geregistreerd",
    "verzending.poging_vastgelegd",
    "verzending.overgedragen",
    "verzending.uitkomst_vastgelegd",
)


async def die_at(crashpoint: str, data: Path) -> Telling:
    """A stream of mails, a death in it, a second start; then count."""
    async with ontvanger() as hop:
        schakel = Draaiend(data, {"SCHAKEL_SMTP_UIT": f"127.0.0.1:{hop.port}"})
        afzender = Afzender(schakel.smtp_port, connections=3)
        try:
            await schakel.start(SCHAKEL_CRASH_AT=f"{crashpoint}:3")
            sending = asyncio.create_task(afzender.send(map(brief, range(MAILS))))
            assert await schakel.dies() == -signal.SIGKILL
            await schakel.start()
            await sending
            return await count(schakel, afzender, hop)
        finally:
            await schakel.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def tellingen(open_folder: Path) -> dict[str, Telling]:
    """Of every crash point, all at once: most of the time is waiting for a dead worker to be taken for dead."""
    points = [name for name in CRASHPOINTS if name in ON_THE_ROAD]
    outcomes = await asyncio.gather(*(die_at(name, open_folder / f"ramp-{name}") for name in points))
    return dict(zip(points, outcomes, strict=True))


@pytest.mark.parametrize("crashpoint", ON_THE_ROAD)
async def test_a_death_at_a_durable_step_loses_and_doubles_nothing(
    tellingen: dict[str, Telling], crashpoint: str
) -> None:
    tellingen[crashpoint].hold(MAILS)


async def test_a_death_between_handing_over_and_recording_is_sent_again_and_counted(
    tellingen: dict[str, Telling],
) -> None:
    telling = tellingen["verzending.overgedragen"]
    assert 1 <= telling.doubles <= telling.onbekend


def test_every_crash_point_is_died_at() -> None:
    died_at = {*ON_THE_ROAD, *test_scherm.AT_A_SCREEN, *test_dood.AT_THE_VERDELER, test_rampen.AFGEGEVEN}
    assert {name for name in CRASHPOINTS if not name.startswith("proef.")} == died_at
