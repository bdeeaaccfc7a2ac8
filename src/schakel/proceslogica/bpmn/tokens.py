# SPDX-License-Identifier: EUPL-1.2
"""How a proces moves: tokens on arrows. By this one rule the upload check plays a drawing, and an instance walks it.

A token on an arrow says: the knoop at its head has its turn. A parallel poort takes one from each arrow that reaches
it. Behind a wachtpoort every arrow holds a token, and the first step done takes them all.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from schakel.proceslogica.bpmn.model import Knoop, Procesmodel, Stroom

#: The arrow that nobody draws, into the start: where every instance begins.
BEGIN = ("",)


@dataclass(frozen=True, slots=True)
class Zet:
    """A knoop that has its turn, and the tokens that passing it takes away."""

    knoop: Knoop
    taken: frozenset[str]


def moves(model: Procesmodel, tokens: Collection[str]) -> Iterator[Zet]:
    """Every knoop that has its turn, in the order of the drawing."""
    for pijl in tokens:
        knoop = model.doel[pijl]
        if knoop.soort == "parallel":
            into = [stroom.id for stroom in model.erin[knoop.id]]
            if pijl == into[0] and all(each in tokens for each in into):
                yield Zet(knoop, frozenset(into))
        else:
            yield Zet(knoop, model.alternatives.get(pijl, frozenset({pijl})))


def automatic(model: Procesmodel, tokens: Collection[str]) -> Zet | None:
    """The knoop that is passed next without a person: what is automatic goes before what waits."""
    return next((zet for zet in moves(model, tokens) if zet.knoop.soort != "stap"), None)


def roads(model: Procesmodel, knoop: Knoop) -> Iterator[tuple[Stroom, ...]]:
    """The ways on from a knoop: one arrow of a choice, otherwise all arrows at once."""
    out = model.uit[knoop.id]
    yield from ((stroom,) for stroom in out) if knoop.soort == "keuze" else (out,)


def move(model: Procesmodel, tokens: Collection[str], zet: Zet, road: Collection[Stroom]) -> tuple[str, ...]:
    """The tokens after passing a knoop along a road, in the order of the drawing, whatever was done first."""
    left = [pijl for pijl in tokens if pijl not in zet.taken]
    return tuple(sorted([*left, *(stroom.id for stroom in road)], key=model.rang.__getitem__))
