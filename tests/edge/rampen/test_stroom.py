# SPDX-License-Identifier: EUPL-1.2
"""A stream of 1,000 mails in which the database dies, or everything does; the sender tries again (invariant 1)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from tests.edge.rampen.afzender import Afzender, brief
from tests.edge.rampen.draaiend import Draaiend, draaiend
from tests.edge.rampen.ontvanger import DICHT, LAAT, NOOIT, STRAKS, Ontvanger, ontvanger
from tests.edge.rampen.telling import count

pytestmark = pytest.mark.traag
MAILS = 1_000


@asynccontextmanager
async def with_hop(data: Path) -> AsyncIterator[tuple[Draaiend, Ontvanger]]:
    async with ontvanger() as hop, draaiend(data, SCHAKEL_SMTP_UIT=f"127.0.0.1:{hop.port}") as schakel:
        yield schakel, hop


async def until(afzender: Afzender, acknowledged: int) -> None:
    """The sender heard 250 this often."""
    async with asyncio.timeout(60):
        while len(afzender.acknowledged) < acknowledged:  # noqa: ASYNC110 -- a sender has no event for it
            await asyncio.sleep(0.005)


def kill_database(schakel: Draaiend) -> int:
    """kill -9 of the postmaster and of all that it started, so that no memory is left in order; gives its pid."""
    postmaster = schakel.postmaster()
    for process in (postmaster, *postmaster.children(recursive=True)):
        process.kill()
    return postmaster.pid


async def test_kill_9_of_postgresql_in_the_middle_of_a_thousand_mails(open_folder: Path) -> None:
    async with with_hop(open_folder / "ramp-database") as (schakel, hop):
        afzender = Afzender(schakel.smtp_port, connections=10)
        sending = asyncio.create_task(afzender.send(map(brief, range(MAILS))))
        await until(afzender, MAILS // 3)
        killed, pid = kill_database(schakel), schakel.pid
        await sending
        telling = await count(schakel, afzender, hop, 120)
        telling.hold(MAILS)
        assert schakel.postmaster().pid != killed
        assert psutil.pid_exists(pid)  # Schakel itself lived on
        assert afzender.handed_over > MAILS  # what was under way when it died was handed over again


async def test_kill_9_of_everything_in_the_middle_of_a_thousand_mails(open_folder: Path) -> None:
    async with with_hop(open_folder / "ramp-alles") as (schakel, hop):
        afzender = Afzender(schakel.smtp_port, connections=10)
        sending = asyncio.create_task(afzender.send(map(brief, range(MAILS))))
        for part in (1, 2):
            await until(afzender, part * MAILS // 3)
            await schakel.kill()
            await schakel.start()
        await sending
        (await count(schakel, afzender, hop, 120)).hold(MAILS)


async def test_a_next_hop_that_misbehaves_gets_every_bericht_once_or_a_person_has_it(open_folder: Path) -> None:
    async with with_hop(open_folder / "ramp-ontvanger") as (schakel, hop):
        adressen = [f"{how}.{n}@post.example" for how in (DICHT, STRAKS, NOOIT, LAAT, "gewoon") for n in range(3)]
        await Afzender(schakel.smtp_port).send([brief(n, adres) for n, adres in enumerate(adressen)])
        await schakel.eventually("(select count(*) = 15 from bericht where status in ('bezorgd', 'bij_persoon'))", 90)
        connection = await schakel.connect()
        rows = await connection.fetch(
            """select b.aan, b.status, b.pogingen, b.kenmerk, i.alarm <> '' as alarm,
                      (select string_agg(uitkomst, ' ' order by poging) from bezorging where bericht_id = b.id) as hoe
               from bericht b join interactie i on i.id = b.interactie_id order by b.aan"""
        )
        await connection.close()
    found = {(row["aan"].partition(".")[0], row["status"], row["hoe"], row["alarm"]) for row in rows}
    assert found == {
        (DICHT, "bezorgd", "onbekend bezorgd", False),
        (STRAKS, "bezorgd", "tijdelijk_mislukt bezorgd", False),
        (NOOIT, "bij_persoon", "mislukt", True),
        (LAAT, "bezorgd", "bezorgd", False),
        ("gewoon", "bezorgd", "bezorgd", False),
    }
    twice = {hop.addressees[kenmerk].partition(".")[0] for kenmerk, times in hop.taken.items() if times > 1}
    assert twice == {DICHT}  # with the same Message-ID, so that the other side can see it
    assert hop.doubles == 3 == sum(row["hoe"].startswith("onbekend") for row in rows)
