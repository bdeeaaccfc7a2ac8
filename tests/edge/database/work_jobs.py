# SPDX-License-Identifier: EUPL-1.2
"""A worker whose job `lang` never ends. Says `bezig` once it has one. With `kort` it ends its loop in the middle."""

import asyncio
import sys
from datetime import timedelta

from schakel.storage.jobs import Jobs

busy = asyncio.Event()


async def lang(payload: bytes) -> None:
    busy.set()
    await asyncio.sleep(600)


async def main() -> None:
    jobs = Jobs(sys.argv[1], {"lang": lang}, silence=timedelta(seconds=float(sys.argv[2])))
    running = asyncio.create_task(jobs.run())
    await busy.wait()
    sys.stdout.write("bezig\n")
    sys.stdout.flush()
    if "kort" not in sys.argv:
        await running


asyncio.run(main())
