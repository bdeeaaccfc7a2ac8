# SPDX-License-Identifier: EUPL-1.2
"""Bezorging: brings the outbox to every subscriber, each by itself: one that is slow or dead holds up no other."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from schakel.kit import crashpoints
from schakel.kit.clock import Clock
from schakel.kit.errors import SchakelError
from schakel.relatiebeheer.notificaties.abonnement import Abonnement, Bezorger, Outbox
from schakel.relatiebeheer.notificaties.geduld import Geduld
from schakel.relatiebeheer.notificaties.venster import Melding, Venster

crashpoints.register("notificatie.bezorgd", "the subscriber has the line, we have not recorded that")

_log = logging.getLogger(__name__)
_POLL = 0.5  # seconds between two looks at the outbox and at what people changed
_TIDY = 3600.0
_READ = 500


@dataclass(slots=True)
class Bezorging:
    """Run it in every worker: of each abonnement one of them takes charge, and another when that one dies.

    `concurrency` is per subscriber: 150 lines under way carry 100 a second to one that takes 1.5 s for each.
    """

    outbox: Outbox
    bezorger: Bezorger
    clock: Clock
    geduld: Geduld = field(default_factory=Geduld)
    concurrency: int = 150
    window: int = 4000
    _walking: dict[UUID, tuple[int, asyncio.Task[None]]] = field(default_factory=dict)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Until `stop`; then what is on the line is still finished."""
        tidied = 0.0
        loop = asyncio.get_running_loop()
        while not self._stopping.is_set():
            try:
                await self._look(await self.outbox.running())
                if loop.time() - tidied > _TIDY:
                    await self.outbox.tidy(self.clock())
                    tidied = loop.time()
            except SchakelError as lost:
                _log.warning("notificaties wachten: %s", type(lost).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _POLL)
        await asyncio.gather(*(task for _, task in self._walking.values()), return_exceptions=True)
        await self.outbox.close()

    def stop(self) -> None:
        """Start nothing more."""
        self._stopping.set()

    async def _look(self, running: Mapping[UUID, int]) -> None:
        """Take charge of what nobody walks; leave what a person changed, to begin it anew."""
        for abonnement_id, (generatie, task) in list(self._walking.items()):
            if task.done() or running.get(abonnement_id) != generatie:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                del self._walking[abonnement_id]
                await self.outbox.release(abonnement_id)
        for abonnement_id in running.keys() - self._walking.keys():
            abonnement = await self.outbox.claim(abonnement_id)
            if abonnement is not None:
                task = asyncio.create_task(self._walk(abonnement))
                self._walking[abonnement_id] = abonnement.generatie, task

    async def _walk(self, abonnement: Abonnement) -> None:
        venster = Venster(abonnement.aanvraag.kanalen, abonnement.voortgang, self.geduld, self.concurrency, self.window)
        walk = Gang(abonnement, venster, self.outbox, self.bezorger, self.clock, self._stopping)
        try:
            await walk.run()
        except SchakelError as lost:
            _log.warning("abonnement %s wacht: %s", abonnement.id, type(lost).__name__)
        except Exception as fault:  # a mistake of ours in one abonnement must not stop the others
            _log.error("abonnement %s: %s", abonnement.id, type(fault).__name__, exc_info=fault)


@dataclass(slots=True)
class Gang:
    """The walk of one abonnement through the outbox. What goes wrong with the database ends it; it is begun anew."""

    abonnement: Abonnement
    venster: Venster
    outbox: Outbox
    bezorger: Bezorger
    clock: Clock
    stopping: asyncio.Event
    _on_the_line: dict[asyncio.Task[str], Melding] = field(default_factory=dict)
    _answered: list[asyncio.Task[str]] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Until the house stops, the abonnement does, or a person changes it."""
        loop = asyncio.get_running_loop()
        look_at = keep_at = loop.time()
        try:
            while not self.stopping.is_set() and not self.venster.stopped:
                if self.venster.room < _READ:
                    look_at = loop.time() + _POLL
                elif loop.time() >= look_at:
                    look_at = loop.time() + (0 if await self._read() == _READ else _POLL)
                self._start()
                await self._wait((min(look_at, keep_at) if self.venster.changed else look_at) - loop.time())
                if self.venster.changed and (loop.time() >= keep_at or self.venster.stopped):
                    if not await self._keep():
                        return
                    keep_at = loop.time() + _POLL / 2
            await self._finish()
        finally:
            for task in self._on_the_line:
                task.cancel()
            await asyncio.gather(*self._on_the_line, return_exceptions=True)

    async def _read(self) -> int:
        lines = await self.outbox.after(self.venster.read, _READ)
        self.venster.add(lines)
        return len(lines)

    def _start(self) -> None:
        while (melding := self.venster.take(self.clock())) is not None:
            task = asyncio.create_task(self.bezorger.deliver(self.abonnement.aanvraag, melding.gebeurtenis))
            self._on_the_line[task] = melding
            task.add_done_callback(self._note)

    def _note(self, task: asyncio.Task[str]) -> None:
        self._answered.append(task)
        self._news.set()

    async def _wait(self, seconds: float) -> None:
        """For the first answer, or for a clock; then hear every answer that is there."""
        until = self.venster.next_at()
        if until is not None:
            seconds = min(seconds, (until - self.clock()).total_seconds())
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), max(0.005, seconds))
        self._hear()

    def _hear(self) -> None:
        now = self.clock()
        answered, self._answered = self._answered, []
        self._news.clear()
        for task in answered:
            melding = self._on_the_line.pop(task)
            fout = task.result()
            if fout:
                self.venster.failed(melding, fout, now)
            else:
                crashpoints.reached("notificatie.bezorgd")
                self.venster.succeeded(melding, now)

    async def _finish(self) -> None:
        """Hear what is still on the line, and keep it."""
        if self._on_the_line:
            await asyncio.wait(self._on_the_line, timeout=10)
            self._hear()
        if self.venster.changed:
            await self._keep()

    async def _keep(self) -> bool:
        return await self.outbox.keep(self.abonnement, self.venster.progress())
