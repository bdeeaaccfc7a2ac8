# SPDX-License-Identifier: EUPL-1.2
"""What ontvangst asks of dienstverlening: what is this about, and what may we promise?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from schakel.begrippen.kanaal import Kanaal


@dataclass(frozen=True, slots=True)
class Vraagduiding:
    """What a text seems to be about. `product` empty: a vraag zonder product, counted too (NO-1)."""

    product: str
    productnaam: str
    soort: str
    formeel: bool
    spoed: bool
    team: str
    reden: str


@dataclass(frozen=True, slots=True)
class Toezegging:
    """The belofte of the serviceformule: a moment, and the same in words for the klant."""

    uiterlijk: datetime
    tekst: str
    klok: str


class Dienst(Protocol):
    """Rules of dienstverlening, pure."""

    def interpret(self, onderwerp: str, tekst: str, product: str = "") -> Vraagduiding: ...
    def promise(self, duiding: Vraagduiding, kanaal: Kanaal, at: datetime) -> Toezegging: ...
    def bewaren_tot(self, soort: str, at: datetime) -> datetime: ...
    def text_for(self, sjabloon: str, waarden: dict[str, str]) -> tuple[str, str]:
        """Subject and body at B1."""
        ...
