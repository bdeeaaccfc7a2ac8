# SPDX-License-Identifier: EUPL-1.2
"""Kanaalsessie: one call, put together from what a telephone exchange says, in whatever order and however often.

Pure: the same set of Sessiegebeurtenissen gives the same stand, so a double or late one changes nothing it should not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Sessiesoort(StrEnum):
    """What can happen, in the order in which it does when two happen at the same moment."""

    GAAT_OVER = "gaat_over"
    AANGENOMEN = "aangenomen"
    IN_WACHT = "in_wacht"
    TERUG = "terug"
    DOORVERBONDEN = "doorverbonden"
    OPGEHANGEN = "opgehangen"


class Sessiestaat(StrEnum):
    """GEMIST: it rang, and nobody spoke. NAWERK: spoken and over, not written down yet."""

    GAAT_OVER = "gaat_over"
    VERBONDEN = "verbonden"
    IN_WACHT = "in_wacht"
    NAWERK = "nawerk"
    GEMIST = "gemist"


@dataclass(frozen=True, slots=True)
class Sessiegebeurtenis:
    """`account` and `sleutel`: the exchange and its name of the call. `deel`: a leg of it; empty: the whole call.

    `nummer`: of the other side, E.164 or empty when withheld. `toestel`: of ours, where it rings or is spoken.
    """

    account: str
    sleutel: str
    soort: Sessiesoort
    tijdstip: datetime
    deel: str = ""
    nummer: str = ""
    toestel: str = ""


@dataclass(frozen=True, slots=True)
class Sessiestand:
    """How the call stands. `toestellen`: where it rings now, or the one where it is spoken."""

    staat: Sessiestaat
    nummer: str
    toestellen: frozenset[str]
    begonnen_op: datetime
    verbonden_op: datetime | None
    beeindigd_op: datetime | None

    @property
    def wachttijd(self) -> timedelta:
        """Until somebody spoke, or the caller gave up."""
        return (self.verbonden_op or self.beeindigd_op or self.begonnen_op) - self.begonnen_op

    @property
    def duur(self) -> timedelta:
        """How long was spoken; nothing while it goes on."""
        if self.verbonden_op is None or self.beeindigd_op is None:
            return timedelta()
        return self.beeindigd_op - self.verbonden_op


def stand_of(gebeurtenissen: Iterable[Sessiegebeurtenis]) -> Sessiestand:
    """At least one Sessiegebeurtenis of one call; their order does not matter."""
    order = list(Sessiesoort)
    known = sorted(set(gebeurtenissen), key=lambda g: (g.tijdstip, order.index(g.soort), g.deel, g.toestel))
    spoken = [g for g in known if g.soort in (Sessiesoort.AANGENOMEN, Sessiesoort.DOORVERBONDEN)]
    ended = _end_of(known)
    verbonden_op = next((g.tijdstip for g in known if g.soort is Sessiesoort.AANGENOMEN), None)
    rang = any(g.soort is Sessiesoort.GAAT_OVER for g in known)
    if ended is not None and (verbonden_op or rang):
        staat = Sessiestaat.NAWERK if verbonden_op else Sessiestaat.GEMIST
    elif verbonden_op is None:  # of an end alone we do not know yet what it ended
        staat = Sessiestaat.GAAT_OVER
    else:
        held = [g.soort for g in known if g.soort in (*_WAITING, Sessiesoort.DOORVERBONDEN)]
        staat = Sessiestaat.IN_WACHT if held and held[-1] is Sessiesoort.IN_WACHT else Sessiestaat.VERBONDEN
    places = [next((g for g in reversed(spoken) if g.toestel), known[0])] if spoken else known
    return Sessiestand(
        staat=staat,
        nummer=next((g.nummer for g in known if g.nummer), ""),
        toestellen=frozenset(g.toestel for g in places if g.toestel),
        begonnen_op=known[0].tijdstip,
        verbonden_op=verbonden_op,
        beeindigd_op=ended,
    )


_WAITING = (Sessiesoort.IN_WACHT, Sessiesoort.TERUG)


def _end_of(known: list[Sessiegebeurtenis]) -> datetime | None:
    """When the whole call hung up, or the last of its delen; one deel that rang elsewhere ends nothing."""
    hung_up = {g.deel: g.tijdstip for g in known if g.soort is Sessiesoort.OPGEHANGEN}
    if "" in hung_up:
        return hung_up[""]
    delen = {g.deel for g in known}
    return max(hung_up.values()) if hung_up and delen <= hung_up.keys() else None
