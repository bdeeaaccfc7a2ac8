# SPDX-License-Identifier: EUPL-1.2
"""Verdeelwekker: wakes the verdeler when work starts to wait or room comes free, and every second as a net."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import asyncpg

from schakel.storage.pool import LINE_FAULTS

KANAAL = "schakel_verdeling"
_BREATH = 0.02  # seconds: what comes in together is divided together
_log = logging.getLogger(__name__)


class Verdeelwekker:
    """Listens on a connection of its own; while that is lost, the net does: so many seconds at most."""

    def __init__(self, url: str, net: float = 1.0) -> None:
        self._url, self._net = url, net
        self._woken = asyncio.Event()

    async def wait(self) -> None:
        """Until there may be something to divide."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), self._net)
            await asyncio.sleep(_BREATH)
        self._woken.clear()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Verdeelwekker"]:
        """While the block lasts."""
        running = asyncio.create_task(self._run())
        try:
            yield self
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            with suppress(*LINE_FAULTS):
                await self._listen()
            _log.warning("verbinding van de verdeling verbroken")
            await asyncio.sleep(1)

    async def _listen(self) -> None:
        connection = await asyncpg.connect(
            self._url, timeout=10, server_settings={"application_name": "schakel-verdeling"}
        )
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        try:
            await connection.add_listener(KANAAL, lambda *_: self._woken.set())
            self._woken.set()
            await lost.wait()
        finally:
            await connection.close(timeout=5)
