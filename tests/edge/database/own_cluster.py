# SPDX-License-Identifier: EUPL-1.2
"""Owns the cluster of SCHAKEL_DATA until killed. Says `pid url`, or the title of why not."""

import asyncio
import signal
import sys

from schakel.kit.errors import SchakelError
from schakel.kit.settings import read_settings
from schakel.storage.cluster import cluster


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def main() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    try:
        async with cluster(read_settings()) as running:
            say(f"{running.pid} {running.url}")
            await stop.wait()
    except SchakelError as refused:
        say(refused.title)


asyncio.run(main())
