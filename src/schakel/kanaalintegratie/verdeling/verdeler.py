# SPDX-License-Identifier: EUPL-1.2
"""Verdeler: divides what waits over who is there, one transaction per choice, for as long as it runs.

Several may run at once: who finds work or medewerker taken by another skips it. A round that fails is done again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.openingstijden import Openingstijden
from schakel.kanaalintegratie.overdracht import expire_one as expire_overdracht
from schakel.kanaalintegratie.verdeling.feiten import Hervatting, Toewijzing
from schakel.kanaalintegratie.verdeling.poort import GeenRuimte, OpenVerdeelwerk, VanKracht
from schakel.kanaalintegratie.verdeling.verdelen import Ronde, divide
from schakel.kit import crashpoints
from schakel.kit.clock import Clock

_log = logging.getLogger(__name__)
TOGETHER = 4
"""How many offers are written at once, each in its own transaction."""
PER_WACHTRIJ = 20
"""How much of each wachtrij one round looks at. Within one, who is late first stands in front."""

crashpoints.register("verdeling.gereserveerd", "the room is held and the decision written, and neither is on disk yet")
crashpoints.register("verdeling.aangeboden", "the offer is on disk, no screen has heard of it")
crashpoints.register(
    "verdeling.verlopen",
    "what nobody took or answered in time is back where it was",
)
crashpoints.register("verdeling.hervat", "interrupted work has its room again")


@dataclass(frozen=True, slots=True)
class Verdeler:
    """`productgroepen`: by product. `openingstijden`: of kanalen on which a klant waits for a person."""

    open_werk: OpenVerdeelwerk
    productgroepen: Mapping[str, str]
    openingstijden: Mapping[Kanaal, Openingstijden]
    clock: Clock
    per_wachtrij: int = PER_WACHTRIJ
    hoogstens: int = 50

    async def run(self, wait: Callable[[], Awaitable[None]]) -> None:
        """Until cancelled. `wait` returns when there may be something to divide, and after a second at the latest."""
        while True:
            try:
                while await self.divide():
                    pass
            except Exception as lost:  # whatever it was, the work still waits and the next round sees it
                _log.warning("ronde van de verdeling mislukt: %s", type(lost).__name__)
            await wait()

    async def divide(self) -> int:
        """One round; how many offers were made."""
        await self._expire()
        van_kracht, ronde = await self._decide()
        made = 0
        for some in _together(ronde.toewijzingen):
            made += sum(await asyncio.gather(*(self._offer(toewijzing, van_kracht) for toewijzing in some)))
        for hervatting in ronde.hervattingen:
            await self._resume(hervatting)
        return made

    async def _decide(self) -> tuple[VanKracht, Ronde]:
        at = self.clock()
        async with self.open_werk() as werk:
            van_kracht = await werk.verdelingen.van_kracht()
            inzetten = await werk.verdelingen.inzetten()
            if not inzetten:
                return van_kracht, Ronde((), ())
            teams = sorted({inzet.team for inzet in inzetten})
            rows = await werk.verdelingen.wachtend(teams, self.per_wachtrij)
        regels = van_kracht.regels
        items = [
            row.as_werkitem(regels.kanaal(row.kanaal, live=row.live).wachttijd, self.productgroepen) for row in rows
        ]
        is_open: dict[str, bool] = {kanaal: hours.is_open(at) for kanaal, hours in self.openingstijden.items()}
        return van_kracht, divide(items, inzetten, regels, at, is_open=is_open, hoogstens=self.hoogstens)

    async def _offer(self, toewijzing: Toewijzing, van_kracht: VanKracht) -> bool:
        at = self.clock()
        tot = at + timedelta(seconds=van_kracht.regels.aanbiedtijd)
        try:
            async with self.open_werk() as werk:
                made = await werk.verdelingen.offer_to(toewijzing, van_kracht.versie, tot, at)
                crashpoints.reached("verdeling.gereserveerd")
            crashpoints.reached("verdeling.aangeboden")
        except GeenRuimte:
            return False  # what we saw of his room is old: the next round sees it anew
        return made

    async def _resume(self, hervatting: Hervatting) -> None:
        try:
            async with self.open_werk() as werk:
                if await werk.verdelingen.resume(hervatting, self.clock()):
                    await werk.announce(hervatting.werkitem_id)
            crashpoints.reached("verdeling.hervat")
        except GeenRuimte:
            return  # taken meanwhile: it goes on later

    async def _expire(self) -> None:
        """One by one, so that two verdelers never wait for each other."""
        at = self.clock()
        while await self._expire_one(at):
            pass

    async def _expire_one(self, at: datetime) -> bool:
        async with self.open_werk() as werk:
            van_kracht = await werk.verdelingen.van_kracht()
            back = await werk.verdelingen.expire_one(van_kracht.regels.gemist, at)
            if back is not None:
                await werk.announce(back)
            overdracht = await expire_overdracht(werk, at)
        crashpoints.reached("verdeling.verlopen")
        return back is not None or overdracht is not None


def _together(toewijzingen: Sequence[Toewijzing]) -> Iterator[Sequence[Toewijzing]]:
    """In their order, and never two for one medewerker at once: the second would find him taken."""
    some: list[Toewijzing] = []
    for toewijzing in toewijzingen:
        if len(some) == TOGETHER or any(each.actor_id == toewijzing.actor_id for each in some):
            yield some
            some = []
        some.append(toewijzing)
    if some:
        yield some
