# SPDX-License-Identifier: EUPL-1.2
"""Telefoon: what the exchange tells about calls, kept in the order of the facts and shown to whom it rings for.

A number suggests a klant and never identifies one (invariant 6). An exchange says a thing once and never again, so each
Sessiegebeurtenis is on disk before it is told OK.
"""

from dataclasses import dataclass
from uuid import UUID

from schakel.begrippen.kanaal import Kanaal
from schakel.begrippen.kanaalsessie import Sessiegebeurtenis, Sessiestaat, stand_of
from schakel.kanaalintegratie.kanaalsessies import Telefoonlijst
from schakel.kanaalintegratie.werk import OpenWerk, Verkeersregel
from schakel.kit import crashpoints
from schakel.kit.clock import Clock

crashpoints.register("telefoon.vastgelegd", "what the exchange said is on disk, the exchange does not know it yet")
crashpoints.register("telefoon.afgehandeld", "the call needs nothing more, the medewerker has not seen that")
NIEUWS = "telefoon"


@dataclass(frozen=True, slots=True)
class Telefoon:
    """Takes in what the exchange says."""

    open_werk: OpenWerk
    lijst: Telefoonlijst
    clock: Clock

    async def take(self, gebeurtenis: Sessiegebeurtenis) -> None:
        """Once, however often it is said."""
        at = self.clock()
        async with self.open_werk() as werk:
            sessie_id, known = await werk.kanaalsessies.add(gebeurtenis, at)
            stand = stand_of(known)
            before = await werk.kanaalsessies.set_stand(sessie_id, stand, at)
            if stand.staat is Sessiestaat.GEMIST and before is not Sessiestaat.GEMIST:  # KS-5: who gave up counts too
                await werk.verkeer.add(
                    Verkeersregel(Kanaal.TELEFOON, stand.begonnen_op, "gemist", beeindigd_op=stand.beeindigd_op)
                )
            if before is not stand.staat:
                await werk.tell(NIEUWS)
        crashpoints.reached("telefoon.vastgelegd")

    async def finish(self, sessie_id: UUID, actor_id: UUID, interactie_id: UUID | None = None) -> bool:
        """Written down under this Interactie, or nothing to write down."""
        async with self.open_werk() as werk:
            done = await werk.kanaalsessies.finish(sessie_id, actor_id, interactie_id, self.clock())
            await werk.tell(NIEUWS)
        crashpoints.reached("telefoon.afgehandeld")
        return done
