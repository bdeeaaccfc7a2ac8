# SPDX-License-Identifier: EUPL-1.2
"""Openingstijden: when a kanaal of the gemeente is open, in local time, with lunch breaks and evenings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import MappingProxyType

from schakel.dienstverlening.feestdagen import Kalender
from schakel.kit.clock import AMSTERDAM
from schakel.kit.errors import SchakelError

Blok = tuple[int, int]
"""Open from/until, in minutes after midnight, local."""
Week = tuple[tuple[Blok, ...], ...]

DAGEN = ("ma", "di", "wo", "do", "vr", "za", "zo")
_DAG = timedelta(days=1)
_BLOK = re.compile(r"(\d{1,2})[.:](\d{2})-(\d{1,2})[.:](\d{2})")
_HORIZON_DAYS = 400


class InvalidOpeningstijden(SchakelError):
    """`detail` names the part that cannot be read."""

    title = "Deze openingstijden kunnen wij niet lezen"
    advice = "Schrijf ze zo: ma-vr 8.30-12.00 13.00-17.00; do 18.00-20.00."


def parse_week(text: str) -> Week:
    """From "ma-wo,vr 8.30-17.00; do 8.30-12.00 13.00-20.00" to minutes per day."""
    week: list[list[Blok]] = [[] for _ in DAGEN]
    for part in filter(None, (part.strip() for part in text.split(";"))):
        days, _, times = part.partition(" ")
        blokken = [_blok(match) for match in times.split()]
        for day in _days(days):
            week[day] += blokken
    for blokken in week:
        blokken.sort()
        if any(end > start for (_, end), (start, _) in pairwise(blokken)):
            raise InvalidOpeningstijden("twee tijden op één dag overlappen")
    return tuple(tuple(blokken) for blokken in week)


def _blok(text: str) -> Blok:
    match = _BLOK.fullmatch(text)
    if not match:
        raise InvalidOpeningstijden(f"“{text}” is geen tijd")
    a, b, c, d = map(int, match.groups())
    start, end = a * 60 + b, c * 60 + d
    if max(b, d) > 59 or not start < end <= 24 * 60:
        raise InvalidOpeningstijden(f"“{text}” is geen tijd")
    return start, end


def _days(text: str) -> Iterator[int]:
    try:
        for part in text.split(","):
            first, _, last = part.partition("-")
            yield from range(DAGEN.index(first), DAGEN.index(last or first) + 1)
    except ValueError:
        raise InvalidOpeningstijden(f"“{text}” zijn geen dagen") from None


@dataclass(frozen=True)
class Openingstijden:
    """When people are there. `uitzonderingen` replace a day's hours; an empty one closes that day.

    All moments are aware; lengths are real time, so a night with a clock change counts what it lasted.
    """

    week: Week
    kalender: Kalender = field(default_factory=Kalender)
    uitzonderingen: Mapping[date, tuple[Blok, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def blokken(self, dag: date) -> list[tuple[datetime, datetime]]:
        """The open spells of one day, in UTC, in order."""
        if (minutes := self.uitzonderingen.get(dag)) is None:
            minutes = () if self.kalender.is_vrij(dag) else self.week[dag.weekday()]
        spells = ((_at(dag, start), _at(dag, end)) for start, end in minutes)
        return [(start, end) for start, end in spells if start < end]

    def is_open(self, at: datetime) -> bool:
        """Start included, end not."""
        return any(start <= at < end for start, end in self.blokken(at.astimezone(AMSTERDAM).date()))

    def spells(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every open spell that ends after `since`; raises when there is none for over a year."""
        day, empty = since.astimezone(AMSTERDAM).date(), 0
        while empty < _HORIZON_DAYS:
            blokken = self.blokken(day)
            empty = 0 if blokken else empty + 1
            yield from (spell for spell in blokken if spell[1] > since)
            day += _DAG
        raise InvalidOpeningstijden("er is het komende jaar niemand")

    def next_open(self, at: datetime) -> datetime:
        """`at` itself when open, else the next opening."""
        return max(at, next(self.spells(at))[0])

    def add(self, at: datetime, length: timedelta) -> datetime:
        """The first moment at which `length` of open time has passed since `at`."""
        for start, end in self.spells(at):
            start = max(start, at)
            if length <= end - start:
                return start + length
            length -= end - start
        raise AssertionError  # spells never ends quietly

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much open time lies between two moments."""
        total = timedelta()
        if end <= start:
            return total
        day, last = start.astimezone(AMSTERDAM).date(), end.astimezone(AMSTERDAM).date()
        while day <= last:
            for a, b in self.blokken(day):
                total += max(timedelta(), min(b, end) - max(a, start))
            day += _DAG
        return total

    def end_of(self, dag: date) -> datetime:
        """Closing time of `dag`, or of the first open day after it."""
        for _ in range(_HORIZON_DAYS):
            if blokken := self.blokken(dag):
                return blokken[-1][1]
            dag += _DAG
        raise InvalidOpeningstijden("er is het komende jaar niemand")


def _at(dag: date, minutes: int) -> datetime:
    dag, minutes = (dag + _DAG, 0) if minutes == 24 * 60 else (dag, minutes)
    return datetime(dag.year, dag.month, dag.day, minutes // 60, minutes % 60, tzinfo=AMSTERDAM).astimezone(UTC)
