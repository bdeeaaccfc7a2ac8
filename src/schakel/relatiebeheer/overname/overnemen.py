# SPDX-License-Identifier: EUPL-1.2
"""Overnemen: the road of a register that moves in. Start reading here.

Everything is fetched first, then written from oldest to newest, then read a second time and held against what is
here. A page that shifts while it is read gives a row twice, which is kept once, or not at all, which the second
reading finds.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

from schakel.kit.errors import SchakelError
from schakel.kit.projection import Api, Resource
from schakel.relatiebeheer.overname.poorten import Bron, Fase, Opslag, Overnamestand, Pagina

#: What a row points to is written before it. Fetched in the other order, what a row points to is there as well.
VOLGORDE = (
    "actoren", "categorieen", "partijen", "partij-identificatoren", "rekeningnummers", "categorie-relaties",
    "vertegenwoordigingen", "klantcontacten", "betrokkenen", "digitaleadressen", "actorklantcontacten",
    "onderwerpobjecten", "bijlagen", "internetaken", "organisatie", "persoon",
)  # fmt: skip
#: Pages that are asked for at a time: a register that is in use must not notice.
VOORUIT = 4

Progress = Callable[[Fase, str, int, int], None]


async def walk(
    ask: Callable[[int], Awaitable[Pagina | None]], first: int, ahead: int = VOORUIT
) -> AsyncIterator[tuple[int, Pagina]]:
    """The pages in their order, the next few asked for ahead. The address in `next` is not followed: it may lie."""
    pending: deque[asyncio.Task[Pagina | None]] = deque()
    number = asked = first
    try:
        found = await ask(first)
        while found is not None:
            yield number, found
            if found.laatste:
                return
            last = -(-found.aantal // max(len(found.rijen), 1))
            while not pending or (len(pending) < ahead and asked < last):
                asked += 1
                pending.append(asyncio.ensure_future(ask(asked)))
            number += 1
            found = await pending.popleft()
    finally:
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Overnemen:
    """Moves one register in."""

    bron: Bron
    opslag: Opslag
    apis: Sequence[Api]
    progress: Progress

    async def run(self, bron: str, *, bijwerken: bool = False) -> Overnamestand:
        """From where it was to the end; what stops it is kept with it, and it can be started again."""
        stand = await self.opslag.begin(bron, VOLGORDE, bijwerken=bijwerken)
        fase = stand.fase
        try:
            if fase is Fase.HALEN:
                await self._fetch(stand)
            if fase in (Fase.HALEN, Fase.SCHRIJVEN):
                await self.opslag.enter(Fase.SCHRIJVEN)
                await self._write()
                await self.opslag.enter(Fase.CONTROLEREN)
                stand = await self.opslag.begin(bron, VOLGORDE, bijwerken=bijwerken)
            await self._compare(stand)
        except SchakelError as error:
            await self.opslag.stop(" ".join(filter(None, (f"{error.title}.", error.detail))))
            raise
        return await self.opslag.finish()

    def _resources(self) -> list[tuple[Api, Resource]]:
        known = {name: (api, resource) for api in self.apis for name, resource in api.resources.items()}
        return [known[name] for name in VOLGORDE]

    async def _fetch(self, stand: Overnamestand) -> None:
        for api, resource in reversed(self._resources()):
            so_far = stand.of(resource.name)
            if so_far.klaar:
                continue
            laatste = False
            async for number, pagina in walk(self._asking(api, resource), so_far.pagina + 1):
                laatste = pagina.laatste
                kept = await self.opslag.keep(resource.name, number, pagina, laatste=laatste)
                self.progress(Fase.HALEN, resource.name, kept, pagina.aantal)
            if not laatste:  # the bron does not know this resource, or it shrank below the page we were at
                await self.opslag.keep(resource.name, so_far.pagina, Pagina(0, True, ()), laatste=True)

    def _asking(self, api: Api, resource: Resource) -> Callable[[int], Awaitable[Pagina | None]]:
        return lambda number: self.bron.page(api, resource.name, number)

    async def _write(self) -> None:
        for again in (False, True):
            for api, resource in self._resources():
                done = 0
                while written := await self.opslag.write(api, resource, again=again):
                    done += written
                    self.progress(Fase.SCHRIJVEN, resource.name, done, 0)
        await self.opslag.settle()

    async def _compare(self, stand: Overnamestand) -> None:
        for api, resource in self._resources():
            held = stand.of(resource.name).vergeleken
            async for number, pagina in walk(self._asking(api, resource), stand.of(resource.name).controlepagina + 1):
                held += await self.opslag.compare(api, resource, number, pagina)
                self.progress(Fase.CONTROLEREN, resource.name, held, pagina.aantal)
        await self.opslag.settle()
