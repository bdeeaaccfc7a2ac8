# SPDX-License-Identifier: EUPL-1.2
"""A verdeler that is killed at any of its durable steps loses no work and holds no room for nothing."""

import asyncio
import os
import signal
import sys
from datetime import timedelta

import pytest

from tests.edge.verdeling.vloer import Vloer

AT_THE_VERDELER = ("verdeling.gereserveerd", "verdeling.aangeboden", "verdeling.verlopen", "verdeling.hervat")


async def run(vloer: Vloer, minutes: int, crash_at: str = "") -> int | None:
    """A whole day's work of a verdeler in its own process; gives its exit code."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.edge.verdeling.werk_verdeler", vloer.database.url, str(minutes),
        env={**os.environ, "SCHAKEL_CRASH_AT": crash_at},
    )  # fmt: skip
    return await asyncio.wait_for(process.wait(), 60)


@pytest.mark.norm("EO-3")
@pytest.mark.parametrize("crashpoint", AT_THE_VERDELER)
async def test_a_death_of_the_verdeler_loses_nothing(vloer: Vloer, crashpoint: str) -> None:
    (actor,) = await vloer.medewerkers(1)
    vragen = await vloer.vragen(1)
    async with vloer.open_werk() as werk:
        await vloer.werkplek.claim(werk, vragen[0], actor, vloer.nu)
    (call,) = await vloer.vragen(1, "telefoon", age=1)
    await vloer.verdeler.divide()
    await vloer.set_status(call, "afgerond")  # the first can go on, and below there is more than he can take
    vragen += await vloer.vragen(20)
    await vloer.medewerkers(1)

    assert await run(vloer, 0, f"{crashpoint}:1") == -signal.SIGKILL
    assert (await vloer.wrong_sums(), await vloer.ownerless()) == ([], [])

    assert await run(vloer, 0) == 0
    assert (await vloer.wrong_sums(), await vloer.ownerless()) == ([], [])
    assert await vloer.value("select count(*) from werkitem") == len(vragen)
    assert await vloer.value("select sum(bezet) from medewerkerstand") == 200
    assert await vloer.value("select count(*) from verdeelbeslissing where uitkomst = 'aangeboden'") >= 19

    vloer.nu += timedelta(minutes=5)
    assert await run(vloer, 5) == 0
    assert await vloer.value("select count(*) from werkitem where stand = 'aangeboden' and tot <= $1", vloer.nu) == 0
    assert (await vloer.wrong_sums(), await vloer.ownerless()) == ([], [])
