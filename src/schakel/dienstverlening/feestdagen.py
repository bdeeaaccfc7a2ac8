# SPDX-License-Identifier: EUPL-1.2
"""Feestdagen and werkdagen: which days count (Algemene termijnenwet art. 3, and the gemeente's own choices).

Twenty lines instead of the package `holidays`: that costs 45 MB of memory and half a second of CPU in every process.
The package is the oracle in the tests.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

_DAG = timedelta(days=1)


class Bevrijdingsdag(StrEnum):
    """When 5 mei is a day off: a choice of every employer."""

    LUSTRUM = "lustrum"
    ALTIJD = "altijd"
    NOOIT = "nooit"


def easter(year: int) -> date:
    """Eerste Paasdag, Gregorian (the anonymous algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def koningsdag(year: int) -> date:
    """27 april, or the day before when that is a Sunday."""
    day = date(year, 4, 27)
    return day - _DAG if day.weekday() == 6 else day


@cache
def feestdagen(year: int) -> dict[date, str]:
    """Every feestdag of the Algemene termijnenwet art. 3, Goede Vrijdag and 5 mei always included."""
    pasen = easter(year)
    return {
        date(year, 1, 1): "Nieuwjaarsdag",
        pasen - 2 * _DAG: "Goede Vrijdag",
        pasen + _DAG: "Tweede Paasdag",
        koningsdag(year): "Koningsdag",
        date(year, 5, 5): "Bevrijdingsdag",
        pasen + 39 * _DAG: "Hemelvaartsdag",
        pasen + 50 * _DAG: "Tweede Pinksterdag",
        date(year, 12, 25): "Eerste Kerstdag",
        date(year, 12, 26): "Tweede Kerstdag",
    }


@cache
def _days_off(year: int, bevrijdingsdag: Bevrijdingsdag, goede_vrijdag: bool) -> frozenset[date]:
    off = set(feestdagen(year))
    if not goede_vrijdag:
        off.discard(easter(year) - 2 * _DAG)
    works = bevrijdingsdag is Bevrijdingsdag.NOOIT or (bevrijdingsdag is Bevrijdingsdag.LUSTRUM and year % 5 != 0)
    if works and feestdagen(year)[date(year, 5, 5)] == "Bevrijdingsdag":  # Hemelvaart can fall on 5 mei
        off.discard(date(year, 5, 5))
    return frozenset(off)


@dataclass(frozen=True, slots=True)
class Kalender:
    """Which days the gemeente works. `gesloten`: its own closing days, on top of weekends and feestdagen."""

    gesloten: frozenset[date] = frozenset()
    bevrijdingsdag: Bevrijdingsdag = Bevrijdingsdag.LUSTRUM
    goede_vrijdag: bool = False

    def is_vrij(self, dag: date) -> bool:
        """A feestdag as this gemeente keeps it, or a closing day of its own; weekends not counted."""
        return dag in _days_off(dag.year, self.bevrijdingsdag, self.goede_vrijdag) or dag in self.gesloten

    def is_werkdag(self, dag: date) -> bool:
        """Monday to Friday and not free."""
        return dag.weekday() < 5 and not self.is_vrij(dag)

    def add_werkdagen(self, dag: date, count: int) -> date:
        """The count-th werkdag after `dag`; with zero, `dag` itself or the first werkdag after it."""
        while count > 0 or not self.is_werkdag(dag):
            dag += _DAG
            count -= self.is_werkdag(dag)
        return dag

    def count_werkdagen(self, after: date, until: date) -> int:
        """Werkdagen in (after, until]; negative when `until` lies before `after`."""
        if until < after:
            return -self.count_werkdagen(until, after)
        return sum(self.is_werkdag(after + n * _DAG) for n in range(1, (until - after).days + 1))


def shift_end(dag: date) -> date:
    """An end in the weekend or on a feestdag moves to the next day that is neither (Algemene termijnenwet art. 1)."""
    while dag.weekday() >= 5 or dag in feestdagen(dag.year):  # W39
        dag += _DAG
    return dag
