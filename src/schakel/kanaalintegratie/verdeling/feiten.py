# SPDX-License-Identifier: EUPL-1.2
"""The facts of verdeling: what waits, who is there, and what came out. No name and no address is among them (KI-4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

from schakel.begrippen.kanaal import Kanaal

NEDERLANDS = "nld"
GOED, BEST = 2, 3
"""The niveau that is asked for first, and the highest."""


class Beschikbaarheid(StrEnum):
    """What a medewerker says of himself; only `beschikbaar` gets work offered."""

    BESCHIKBAAR = "beschikbaar"
    PAUZE = "pauze"
    NAWERK = "nawerk"
    AFWEZIG = "afwezig"


@dataclass(frozen=True, slots=True)
class Werkitem:
    """A vraag that waits for a medewerker. `sinds` survives every offer that came back; `niet_naar` gave it back.

    `live`: the klant is there at this moment, on the line or in the chat.

    `productgroep` empty: a vraag zonder product, that anyone of the team may take (NO-1).
    """

    id: UUID
    kanaal: Kanaal
    team: str
    sinds: datetime
    uiterlijk: datetime
    productgroep: str = ""
    taal: str = NEDERLANDS
    spoed: bool = False
    live: bool = False
    eerder: UUID | None = None
    niet_naar: frozenset[UUID] = frozenset()

    @property
    def feiten(self) -> dict[str, object]:
        """All that the decision may look at (KI-4)."""
        return {  # KI-4
            "kanaal": str(self.kanaal),
            "team": self.team,
            "productgroep": self.productgroep,
            "taal": self.taal,
            "spoed": self.spoed,
            "live": self.live,
            "sinds": self.sinds.isoformat(timespec="seconds"),
            "uiterlijk": self.uiterlijk.isoformat(timespec="seconds"),
        }


@dataclass(frozen=True, slots=True)
class InHanden:
    """Work that a medewerker has at hand. `onderbroken`: it was interrupted and holds no room now."""

    id: UUID
    kanaal: Kanaal
    eenheden: int
    onderbrekingen: int = 0
    onderbroken: bool = False
    live: bool = False


@dataclass(frozen=True, slots=True)
class Inzet:
    """A medewerker as verdeling sees him. `kanalen`: how many werkeenheden he takes over each, and holds now.

    `productgroepen`: by niveau; of whom none is known, we take it that he knows the work of his team.
    """

    actor_id: UUID
    team: str
    capaciteit: int
    bezet: int
    kanalen: Mapping[str, tuple[int, int]]
    productgroepen: Mapping[str, int] = field(default_factory=dict)
    talen: frozenset[str] = frozenset({NEDERLANDS})
    werk: tuple[InHanden, ...] = ()
    laatste_op: datetime | None = None

    def niveau(self, productgroep: str) -> int:
        """0 does not know it, 1 knows it, 2 well, 3 best."""
        return self.productgroepen.get(productgroep, 0) if self.productgroepen else GOED

    @property
    def vrij(self) -> int:
        return self.capaciteit - self.bezet

    @property
    def te_hervatten(self) -> dict[str, int]:
        """Werkeenheden per kanaal that interrupted work needs to go on."""
        found: dict[str, int] = {}
        for werk in self.werk:
            if werk.onderbroken:
                found[werk.kanaal] = found.get(werk.kanaal, 0) + werk.eenheden
        return found

    def vrij_voor(self, kanaal: str) -> int:
        """Room for this kanaal alone; none when it is not his."""
        hoogstens, bezet = self.kanalen.get(kanaal, (0, 0))
        return hoogstens - bezet


class Kandidaat(msgspec.Struct, frozen=True):
    """Somebody who could get it: his score, and each criterium that gave points, in words."""

    actor_id: UUID
    score: float
    redenen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Toewijzing:
    """One decision: this work to this medewerker, with what it was weighed against.

    `kandidaten`: the best ten, best first. `afgevallen`: how many could not, per reason in words.
    """

    werkitem: Werkitem
    actor_id: UUID
    eenheden: int
    onderbroken: tuple[UUID, ...]
    kandidaten: tuple[Kandidaat, ...]
    afgevallen: Mapping[str, int]
    voortgang: float
    redenen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hervatting:
    """Interrupted work takes its place again."""

    werkitem_id: UUID
    actor_id: UUID
    eenheden: int


def uiterlijk_van(sinds: datetime, belofte_op: datetime | None, wachttijd: int) -> datetime:
    """Where somebody waits for a person, that is the clock; else the belofte; without one, a day."""
    if wachttijd:
        return sinds + timedelta(seconds=wachttijd)
    return belofte_op if belofte_op is not None and belofte_op > sinds else sinds + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wachtend:
    """A werkitem as it is kept: with the product of the vraag and the belofte that was made for it."""

    id: UUID
    kanaal: Kanaal
    team: str
    product: str
    taal: str
    spoed: bool
    live: bool
    sinds: datetime
    belofte_op: datetime | None
    eerder: UUID | None
    niet_naar: frozenset[UUID]

    def as_werkitem(self, wachttijd: int, productgroepen: Mapping[str, str]) -> Werkitem:
        """`wachttijd`: 0 when nobody waits at the other end."""
        return Werkitem(
            id=self.id,
            kanaal=self.kanaal,
            team=self.team,
            sinds=self.sinds,
            uiterlijk=uiterlijk_van(self.sinds, self.belofte_op, wachttijd),
            productgroep=productgroepen.get(self.product, ""),
            taal=self.taal,
            spoed=self.spoed,
            live=self.live,
            eerder=self.eerder,
            niet_naar=self.niet_naar,
        )
