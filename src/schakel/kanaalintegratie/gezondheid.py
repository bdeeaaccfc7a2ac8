# SPDX-License-Identifier: EUPL-1.2
"""Gezondheid: the state of every part, in words a beheerder can act on."""

from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum

import msgspec


class Staat(StrEnum):
    """GOED; LET_OP: work is waiting for a person; FOUT: this part does not do its job."""

    GOED = "goed"
    LET_OP = "let_op"
    FOUT = "fout"


class Deel(msgspec.Struct, frozen=True):
    """One part of the house."""

    naam: str
    staat: Staat
    toelichting: str
    cijfers: dict[str, int] = {}


Controle = Callable[[], Awaitable[Deel]]


class Gezondheid(msgspec.Struct, frozen=True):
    """The whole: as bad as its worst part."""

    staat: Staat
    delen: Sequence[Deel]


async def examine(controles: Sequence[Controle]) -> Gezondheid:
    """Ask every part; none is left out when another fails."""
    delen = [await controle() for controle in controles]
    order = list(Staat)
    return Gezondheid(max((d.staat for d in delen), key=order.index, default=Staat.GOED), delen)
