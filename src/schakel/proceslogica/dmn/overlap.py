# SPDX-License-Identifier: EUPL-1.2
"""Overlaps and gaps of a table, found exactly: per column the sample values, per rule a bit for each one it takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from schakel.proceslogica.dmn.domain import Incomparable, samples
from schakel.proceslogica.dmn.explain import show
from schakel.proceslogica.dmn.feel import NOTHING
from schakel.proceslogica.dmn.unary import Cel
from schakel.proceslogica.dmn.values import Waarde

MAX_STEPS = 30_000
MAX_CHECKS = 5_000_000

Voorbeeld = tuple[tuple[str, Waarde], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column as this check sees it. `facts`: every fact its expression rests on, through other decisions too."""

    expression: str
    kind: str
    facts: frozenset[str]
    allowed: Cel | None
    cells: Sequence[Cel]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules (from 0) and facts that both take; `certain` when those facts can surely occur together."""

    first: int
    second: int
    voorbeeld: Voorbeeld
    certain: bool


@dataclass(slots=True)
class _Axis:
    """All columns with one expression: their samples, and per rule the samples it takes as bits."""

    expression: str
    facts: frozenset[str]
    points: list[Waarde]
    masks: list[int]
    unknown: int = 0  # rules, as bits, whose cell computes with facts
    full: int = field(init=False)

    def __post_init__(self) -> None:
        self.full = (1 << len(self.points)) - 1

    def example(self, mask: int) -> Waarde:
        return self.points[(mask & -mask).bit_length() - 1]


@dataclass(slots=True)
class Budget:
    """What one model may cost to check: no upload can keep the machine busy."""

    left: int = MAX_CHECKS

    def spend(self, checks: int) -> None:
        self.left -= checks
        if self.left < 0:
            raise TooLarge


class Raster:
    """The table laid out over its sample values. Raises TooLarge."""

    def __init__(self, columns: Sequence[Column], rules: int, budget: Budget) -> None:
        self.rules = rules
        grouped: dict[str, list[Column]] = {}
        for column in columns:
            grouped.setdefault(" ".join(column.expression.split()), []).append(column)
        self.axes = [_axis(group, rules, budget) for group in grouped.values()]

    def overlaps(self) -> Iterator[Overlap]:
        for second in range(self.rules):
            for first in range(second):
                if all(axis.masks[first] & axis.masks[second] for axis in self.axes):
                    yield self._overlap(first, second)

    def _overlap(self, first: int, second: int) -> Overlap:
        asked = [axis for axis in self.axes if axis.masks[first] & axis.masks[second] != axis.full]
        either = (1 << first) | (1 << second)
        certain = not any(axis.unknown & either for axis in self.axes) and not _dependent(asked)
        return Overlap(
            first,
            second,
            tuple((axis.expression, axis.example(axis.masks[first] & axis.masks[second])) for axis in self.axes),
            certain,
        )

    def never_reached(self) -> Iterator[tuple[int, int]]:
        """Pairs (rule, earlier rule that takes all it takes)."""
        for later in range(self.rules):
            for earlier in range(later):
                bits = 1 << earlier
                if not any(axis.unknown & bits or axis.masks[later] & ~axis.masks[earlier] for axis in self.axes):
                    yield later, earlier
                    break

    def gap(self) -> Voorbeeld | None:
        """Facts that no rule takes, empty facts left out; None when there are none. Raises TooLarge."""
        steps = 0
        covered: set[tuple[int, int]] = set()
        choices = [self._choices(axis) for axis in self.axes]

        def search(place: int, rules: int) -> list[Waarde] | None:
            nonlocal steps
            if not rules:
                return [choices[rest][0][1] for rest in range(place, len(choices))]
            if place == len(choices) or (place, rules) in covered:
                return None
            for takes, point in choices[place]:
                steps += 1
                if steps > MAX_STEPS:
                    raise TooLarge
                found = search(place + 1, rules & takes)
                if found is not None:
                    return [point, *found]
            covered.add((place, rules))
            return None

        if not all(choices):
            return None
        found = search(0, (1 << self.rules) - 1)
        return found if found is None else tuple(zip((axis.expression for axis in self.axes), found, strict=True))

    def _choices(self, axis: _Axis) -> list[tuple[int, Waarde]]:
        """Per different set of rules one value."""
        sets: dict[int, Waarde] = {}
        for place, point in enumerate(axis.points):
            if point is not None:
                takes = sum(1 << rule for rule, mask in enumerate(axis.masks) if mask >> place & 1)
                sets.setdefault(takes | axis.unknown, point)
        return list(sets.items()) or [((1 << self.rules) - 1, None)]


class TooLarge(Exception):
    """Too many combinations to search."""


def _axis(group: Sequence[Column], rules: int, budget: Budget) -> _Axis:
    cells = [[column.cells[rule] for column in group] for rule in range(rules)]
    known = [cell for row in cells for cell in row if cell.constant]
    extra = [column.allowed for column in group if column.allowed and column.allowed.constant]
    unknown = sum(1 << rule for rule, row in enumerate(cells) if not all(cell.constant for cell in row))
    try:
        points = samples(
            group[0].kind,
            [value for cell in [*known, *extra] for value in cell.constants],
            any(cell.ordered for cell in [*known, *extra]),
        )
    except Incomparable:
        points, unknown = [None], (1 << rules) - 1
    budget.spend(len(points) * sum(1 + len(cell.constants) for cell in {id(cell): cell for cell in known}.values()))
    points = [point for point in points if point is None or all(one.check(point, NOTHING) for one in extra)]
    masks, cache = [], dict[tuple[int, ...], int]()
    for row in cells:
        key = tuple(id(cell) for cell in row)
        if key not in cache:
            cache[key] = _mask(row, points)
        masks.append(cache[key])
    if unknown == (1 << rules) - 1 and points == [None]:
        masks = [1] * rules
    return _Axis(group[0].expression, group[0].facts, points, masks, unknown)


def _mask(row: Sequence[Cel], points: Sequence[Waarde]) -> int:
    bits = 0
    for place, point in enumerate(points):
        if all(not cell.constant or cell.always or cell.check(point, NOTHING) for cell in row):
            bits |= 1 << place
    return bits


def _dependent(axes: Sequence[_Axis]) -> bool:
    """Do two columns rest on the same fact, so that not every combination of their values exists?"""
    seen: set[str] = set()
    for axis in axes:
        if any(_related(fact, other) for fact in axis.facts for other in seen):
            return True
        seen |= axis.facts
    return False


def _related(fact: str, other: str) -> bool:
    return fact == other or fact.startswith(other + ".") or other.startswith(fact + ".")


def describe(voorbeeld: Voorbeeld) -> str:
    """ "leeftijd: 18 en inwoning: ja" """
    return " en ".join(f"{expression}: {show(value)}" for expression, value in voorbeeld)
