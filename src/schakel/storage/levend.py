# SPDX-License-Identifier: EUPL-1.2
"""Levend: one connection that listens to the database, and hands each change to every screen that follows."""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import suppress

import asyncpg

from schakel.kanaalintegratie.levend import Gebeurtenis
from schakel.storage.pool import LINE_FAULTS

KANAAL = "schakel_levend"
MAX_KEPT = 2_000
_SILENCE = 15.0  # seconds after which a line is said to be alive
_log = logging.getLogger(__name__)


class SqlLevend:
    """Fills kanaalintegratie's port `Levend`. Follows the database from `run` on.

    An id names the run, so that another process is not taken for this one.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._run = secrets.token_hex(4)
        self._count = 0
        self._kept: deque[Gebeurtenis] = deque(maxlen=MAX_KEPT)
        self._changed = asyncio.Condition()
        self._stopped = False

    async def stop(self) -> None:
        """End every `follow`, so that no open screen holds up the end of the process."""
        async with self._changed:
            self._stopped = True
            self._changed.notify_all()

    async def run(self) -> None:
        """Until cancelled; after a lost connection everybody looks again, because something may have been missed."""
        while True:
            with suppress(*LINE_FAULTS):
                await self._listen()
            _log.warning("verbinding voor levende schermen verbroken")
            await asyncio.sleep(1)

    async def _listen(self) -> None:
        connection = await asyncpg.connect(
            self._url, timeout=10, server_settings={"application_name": "schakel-levend"}
        )
        heard: asyncio.Queue[str] = asyncio.Queue()
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        try:
            await connection.add_listener(KANAAL, lambda *said: heard.put_nowait(str(said[3])))
            await self._tell("")
            gone = asyncio.create_task(lost.wait())
            while not lost.is_set():
                said = asyncio.create_task(heard.get())
                await asyncio.wait((said, gone), return_when=asyncio.FIRST_COMPLETED)
                if said.done():
                    await self._tell(said.result())
                else:
                    said.cancel()
        finally:
            await connection.close(timeout=5)

    async def _tell(self, interactie: str) -> None:
        async with self._changed:
            self._count += 1
            self._kept.append(Gebeurtenis(f"{self._run}-{self._count}", interactie))
            self._changed.notify_all()

    async def follow(self, na: str) -> AsyncGenerator[Gebeurtenis | None, None]:
        """From after `na` on; of another run, or too long ago: first one empty Gebeurtenis."""
        seen = self._place(na)
        if seen is None:
            seen = self._count
            yield Gebeurtenis(f"{self._run}-{seen}", "")
        while not self._stopped:
            async with self._changed:
                if self._count == seen and not self._stopped:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._changed.wait(), _SILENCE)
                fresh = [g for g in self._kept if int(g.id.rpartition("-")[2]) > seen]
            seen = self._count
            if not fresh:
                yield None
            for gebeurtenis in fresh:
                yield gebeurtenis

    def _place(self, na: str) -> int | None:
        run, _, number = na.rpartition("-")
        if run != self._run or not number.isdecimal():
            return None if na else self._count
        oldest = self._count - len(self._kept)
        return int(number) if oldest <= int(number) <= self._count else None
