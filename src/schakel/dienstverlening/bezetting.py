# SPDX-License-Identifier: EUPL-1.2
"""Bezetting: how many people are needed to keep a servicelevel, and what one more would do (KI-3).

Where klanten wait for a person: Erlang A, because people hang up; Erlang C is its limit for who never does, and asks
for more than is needed. Mail and letters wait for no one: there the work due before a moment is set against the hours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, inf

from schakel.dienstverlening.openingstijden import Openingstijden

MAX_PEOPLE = 500
_MAX_QUEUE = 20_000


@dataclass(frozen=True, slots=True)
class Drukte:
    """A stretch on one kanaal. `per_uur`: who come in an hour; `duur`: handling one; `geduld`: how long people wait
    before they hang up, on average; None when nobody does.
    """

    per_uur: float
    duur: timedelta
    geduld: timedelta | None = None

    @property
    def last(self) -> float:
        """Offered work in people (erlang)."""
        return self.per_uur * self.duur.total_seconds() / 3600


@dataclass(frozen=True, slots=True)
class Verwachting:
    """What so many people can do. Shares from 0 to 1; `wachttijd` is the mean over all who came, inf when it grows."""

    mensen: int
    binnen: float
    wachttijd: float
    opgehangen: float
    bezet: float


def inverse_erlang_b(mensen: int, last: float) -> float:
    """1 / B, by I(n) = 1 + I(n-1) n / a: no factorial, so nothing overflows before it stops to matter."""
    inverse = 1.0
    for n in range(1, mensen + 1):
        inverse = 1.0 + inverse * n / last
    return inverse


def erlang_c(mensen: int, last: float) -> float:
    """The chance that one must wait when nobody hangs up; 1 when the work outruns the people."""
    if last <= 0:
        return 0.0
    if mensen <= last:
        return 1.0
    blocked = 1.0 / inverse_erlang_b(mensen, last)
    return mensen * blocked / (mensen - last * (1 - blocked))


def expect(drukte: Drukte, mensen: int, binnen: timedelta) -> Verwachting:
    """What these people can do: the share that reaches a person within this time, and the rest of it."""
    if drukte.last <= 0:
        return Verwachting(mensen, 1.0, 0.0, 0.0, 0.0)
    if drukte.geduld is None:
        return _expect_c(drukte, mensen, binnen.total_seconds())
    return _expect_a(drukte, drukte.geduld.total_seconds(), mensen, binnen.total_seconds())


def _expect_c(drukte: Drukte, mensen: int, binnen: float) -> Verwachting:
    last, duur = drukte.last, drukte.duur.total_seconds()
    if mensen <= last:
        return Verwachting(mensen, 0.0, inf, 0.0, 1.0)
    must_wait = erlang_c(mensen, last)
    spare = (mensen - last) / duur
    return Verwachting(mensen, 1 - must_wait * exp(-spare * binnen), must_wait / spare, 0.0, last / mensen)


def _expect_a(drukte: Drukte, geduld: float, mensen: int, binnen: float) -> Verwachting:
    """M/M/n+M: up to n as Erlang B, above it a queue that everybody in it leaves at rate 1 / geduld."""
    arrival, serving, leave = drukte.per_uur / 3600, mensen / drukte.duur.total_seconds(), 1 / geduld
    queue = _queue_chances(arrival, serving, leave)
    below = inverse_erlang_b(mensen, drukte.last) - 1  # fewer than n at work, in units of exactly n and nobody waiting
    total = below + sum(queue)
    waiting = sum(k * chance for k, chance in enumerate(queue)) / total
    left = waiting * leave / arrival
    within = (below + _served_in_time(queue, serving / leave, exp(-leave * binnen))) / total
    busy = arrival * (1 - left) / serving if mensen else 1.0
    return Verwachting(mensen, min(within, 1.0), waiting / arrival, min(left, 1.0), min(busy, 1.0))


def _queue_chances(arrival: float, serving: float, leave: float) -> list[float]:
    """Of k in the queue, in units of k = 0, until they no longer count."""
    chances = [1.0]
    for k in range(1, _MAX_QUEUE):
        chances.append(chances[-1] * arrival / (serving + k * leave))
        if chances[-1] < 1e-12 and arrival < serving + k * leave:
            break
    return chances


def _served_in_time(queue: Sequence[float], ratio: float, x: float) -> float:
    """Who finds k before him waits for k + 1 to go, at rates leave x (ratio + k), ..., leave x ratio. Then
    exp(-leave x wait) has a Beta(ratio, k + 1) distribution, so that he is served in time, not having hung up, with
    chance ratio / (ratio + k + 1) x (1 - I(ratio + 1, k + 1)) in x; I by its sum of positive terms.
    """
    if not ratio:
        return 0.0
    term = x ** (ratio + 1)
    late = term
    found = 0.0
    for k, chance in enumerate(queue):
        found += chance * ratio / (ratio + k + 1) * (1 - min(late, 1.0))
        term *= (1 - x) * (ratio + 1 + k) / (k + 1)
        late += term
    return found


def needed(drukte: Drukte, binnen: timedelta, deel: float) -> Verwachting | None:
    """The fewest people with whom this share (0 to 1) reaches a person in time; None beyond what is reasonable."""
    low, high = 0, 1
    while expect(drukte, high, binnen).binnen < deel:
        low, high = high, high * 2
        if low > MAX_PEOPLE:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if expect(drukte, middle, binnen).binnen >= deel else (middle, high)
    return expect(drukte, high, binnen)


@dataclass(frozen=True, slots=True)
class Termijnwerk:
    """Work that can wait until a moment."""

    uiterlijk: datetime
    duur: timedelta


@dataclass(frozen=True, slots=True)
class Termijnuitkomst:
    """`nodig`: people at it all open time; `knelt_op`: the deadline that asks most. `te_laat`: due already."""

    nodig: float
    knelt_op: datetime | None
    te_laat: int


def by_deadline(werk: Iterable[Termijnwerk], openingstijden: Openingstijden, at: datetime) -> Termijnuitkomst:
    """Earliest first: it fits when for each deadline the work due by then fits in the open time until then."""
    due, needed_most, tightest, late = timedelta(), 0.0, None, 0
    for each in sorted(werk, key=lambda piece: piece.uiterlijk):
        due += each.duur
        time = openingstijden.between(at, each.uiterlijk)
        if time <= timedelta():
            late += 1
        elif due / time > needed_most:
            needed_most, tightest = due / time, each.uiterlijk
    return Termijnuitkomst(needed_most, tightest, late)
