# SPDX-License-Identifier: EUPL-1.2
"""Mail in: how many a second are durably accepted, how many stand in a werkvoorraad with a proces, and what it costs.

As many connections as Postfix opens to one destination, mails that all differ, from as many senders: each one starts
an Interactie, a proces and an ontvangstbevestiging that goes out to the proefpostbus, all on the same two cores.
"""

import asyncio
import time
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.meters import memory, using
from tests.edge.email.generator import letters
from tests.edge.rampen.afzender import Afzender, Mail, brief
from tests.edge.rampen.draaiend import Draaiend, draaiend

CONNECTIONS = 20
DONE = "(select count(*) = 0 from pgqueuer where execute_after < now() + interval '5 seconds')"


async def measure(folder: Path, mails: int = 2_000) -> list[Figure]:
    async with draaiend(folder / "ontvangst") as schakel:
        await _send(schakel, [brief(n) for n in range(-200, 0)])
        small = await _send(schakel, [brief(n) for n in range(mails)])
        mixed = await _send(schakel, [Mail(adres, raw) for adres, raw in letters(mails, seed=2)])
    async with draaiend(folder / "ontvangst-memory") as schakel:
        flat = await _memory_over(schakel, 5 * mails)
    return [
        Figure("ontvangst", "accepted durably, small mails", small["accepted"], "mails/s", 300, at_least=True),
        Figure("ontvangst", "the same, mails with html and photos", mixed["accepted"], "mails/s", 300, at_least=True),
        Figure("ontvangst", "through to werkvoorraad with proces", small["through"], "mails/s", 80, at_least=True),
        Figure("ontvangst", "the same, mails with html and photos", mixed["through"], "mails/s", 80, at_least=True),
        Figure("ontvangst", "through, confirmed and delivered", small["delivered"], "mails/s"),
        Figure("ontvangst", "CPU per mail to werkvoorraad, application", small["app"], "CPU-ms"),
        Figure("ontvangst", "CPU per mail to werkvoorraad, database", small["database"], "CPU-ms"),
        *flat,
    ]


async def _send(schakel: Draaiend, mails: list[Mail]) -> dict[str, float]:
    count, before, begun = len(mails), await schakel.value("select count(*) from interactie"), time.perf_counter()
    with using(schakel.pid) as used:
        accepting = await Afzender(schakel.smtp_port, CONNECTIONS, seconds=600).send(mails)
        await schakel.eventually(f"(select count(*) >= {before + count} from interactie)", 600)
        through = time.perf_counter() - begun
    await schakel.eventually(DONE, 600)
    return {
        "accepted": count / accepting,
        "through": count / through,
        "delivered": count / (time.perf_counter() - begun),
        "app": used.app / count * 1000,
        "database": used.database / count * 1000,
    }


async def _memory_over(schakel: Draaiend, mails: int) -> list[Figure]:
    """The application's own memory after a tenth of them, and after all."""
    sizes = []
    for part in range(10):
        await _send(schakel, [brief(n) for n in range(part * mails // 10, (part + 1) * mails // 10)])
        await asyncio.sleep(0.5)
        sizes.append(memory(schakel.pid).app)
    grown = sizes[-1] - sizes[0]
    notes = {"MB after each tenth": [round(size) for size in sizes]}
    return [
        Figure("ontvangst", f"memory of the application after {mails} mails", sizes[-1], "MB", notes=notes),
        Figure("ontvangst", f"grown over the last nine tenths of {mails} mails", grown, "MB", 5, notes=notes),
    ]
