# SPDX-License-Identifier: EUPL-1.2
"""Inbox: the door of the house. What comes in is stored first, acknowledged next, and registered exactly once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.kanaal import InboundKanaal
from schakel.kanaalintegratie.ontvangst import Bekend, Ontvangen, Ontvangst
from schakel.kanaalintegratie.vindplaats import Vindplaats
from schakel.kanaalintegratie.werk import OpenWerk, Origineel
from schakel.kit import crashpoints
from schakel.kit.clock import Clock
from schakel.kit.ids import new_id

crashpoints.register("inbox.opgeslagen", "the origineel and its job are on disk, the sender does not know it yet")
crashpoints.register("inbox.geregistreerd", "the Interactie is on disk, the job does not know that it is done")
_BEKEND = "bekend"
#: Who waits at a screen registers by himself; the job comes later, for when we died in between.
_NET = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Inbox:
    """For every kanaal that hands over bytes. `kanalen` turn stored bytes back into a Gespreksbijdrage."""

    open_werk: OpenWerk
    kanalen: Mapping[Kanaal, InboundKanaal]
    ontvangst: Ontvangst
    clock: Clock

    async def store(
        self,
        kanaal: Kanaal,
        inhoud: bytes,
        envelop: dict[str, object],
        at: datetime,
        bekend: Bekend | None = None,
        wait: timedelta = timedelta(),
        vindplaats: Vindplaats | None = None,
    ) -> UUID:
        """Keep what came in, with the job that registers it; when this returns it may be acknowledged.

        `vindplaats`: where it was fetched; from there it is taken in once, however often it is offered.
        """
        kept = {**envelop, _BEKEND: msgspec.to_builtins(bekend)} if bekend else envelop
        origineel = Origineel(new_id(), kanaal, kept, inhoud, at, vindplaats)
        async with self.open_werk() as werk:  # invariant 1: on disk before anyone is told OK
            await werk.originelen.add(origineel, wait)
        crashpoints.reached("inbox.opgeslagen")
        return origineel.id

    async def register(self, origineel_id: UUID) -> Ontvangen | None:
        """Register a stored origineel; None when that was done before, or when it is a twin."""
        async with self.open_werk() as werk:
            origineel = await werk.originelen.take(origineel_id)
            if origineel is None:
                return None
            envelop = dict(origineel.envelop)
            bekend = msgspec.convert(envelop.pop(_BEKEND, {}), Bekend)
            bijdrage = self.kanalen[origineel.kanaal].to_gespreksbijdrage(origineel.inhoud, envelop)
            ontvangen = await self.ontvangst.register_origineel(werk, origineel_id, bijdrage, self.clock(), bekend)
        crashpoints.reached("inbox.geregistreerd")
        return ontvangen

    async def take_in(self, kanaal: Kanaal, inhoud: bytes, bekend: Bekend | None = None) -> tuple[UUID, str]:
        """Both at once, for a person who waits: the Interactie and its nummer. Pressed twice, it gives the same."""
        at = self.clock()
        envelop: dict[str, object] = {"received_at": at.isoformat()}
        origineel_id = await self.store(kanaal, inhoud, envelop, at, bekend, _NET)
        await self.register(origineel_id)
        async with self.open_werk() as werk:
            found = await werk.originelen.registered_as(origineel_id)
        assert found is not None, "an origineel is registered, or register raised"
        return found
