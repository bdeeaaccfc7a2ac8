# SPDX-License-Identifier: EUPL-1.2
"""People needed: against figures from tables, against a simulation of the same queue, and against common sense."""

import heapq
import random
from datetime import UTC, datetime, timedelta
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.dienstverlening.bezetting import (
    Drukte,
    Termijnwerk,
    by_deadline,
    erlang_c,
    expect,
    inverse_erlang_b,
    needed,
)
from schakel.dienstverlening.openingstijden import Openingstijden, parse_week

TWENTY = timedelta(seconds=20)


def drukte(per_uur: float, minutes: float, geduld: float | None = None) -> Drukte:
    return Drukte(per_uur, timedelta(minutes=minutes), None if geduld is None else timedelta(minutes=geduld))


@pytest.mark.parametrize(
    ("mensen", "last", "blocked"), [(1, 1, 0.5), (2, 1, 0.2), (10, 5, 0.018385), (100, 90, 0.026957)]
)
def test_erlang_b_is_that_of_the_tables(mensen: int, last: float, blocked: float) -> None:
    assert 1 / inverse_erlang_b(mensen, last) == pytest.approx(blocked, abs=2e-5)


@pytest.mark.parametrize(
    ("mensen", "last", "waits"), [(1, 0.5, 0.5), (2, 1, 1 / 3), (10, 5, 0.036105), (14, 10, 0.174132)]
)
def test_erlang_c_is_that_of_the_tables(mensen: int, last: float, waits: float) -> None:
    assert erlang_c(mensen, last) == pytest.approx(waits, abs=2e-5)


def test_a_hundred_calls_an_hour_of_three_minutes_is_the_textbook_case() -> None:
    found = expect(drukte(100, 3), 7, TWENTY)
    assert found.binnen == pytest.approx(0.7405, abs=1e-3)
    assert found.wachttijd == pytest.approx(29.2, abs=0.1)


def simulated(day: Drukte, mensen: int, binnen: float, seed: int) -> tuple[float, float]:
    """Share served in time and share that hung up, of 60,000 who came."""
    chance, now, free = random.Random(seed), 0.0, [0.0] * mensen
    assert day.geduld is not None
    served = left = 0
    count = 60_000
    for _ in range(count):
        now += chance.expovariate(day.per_uur / 3600)
        wait = max(free[0] - now, 0.0)
        if wait > chance.expovariate(1 / day.geduld.total_seconds()):
            left += 1
            continue
        heapq.heapreplace(free, now + wait + chance.expovariate(1 / day.duur.total_seconds()))
        served += wait <= binnen
    return served / count, left / count


@pytest.mark.parametrize(("per_uur", "minutes", "geduld", "mensen"), [(90, 4, 3, 6), (90, 4, 3, 5), (24, 10, 2, 4)])
def test_erlang_a_is_what_a_simulation_of_that_queue_gives(
    per_uur: float, minutes: float, geduld: float, mensen: int
) -> None:
    day = drukte(per_uur, minutes, geduld)
    found, (within, left) = expect(day, mensen, TWENTY), simulated(day, mensen, 20, seed=mensen)
    assert (found.binnen, found.opgehangen) == (pytest.approx(within, abs=0.015), pytest.approx(left, abs=0.015))


def test_who_never_hangs_up_makes_erlang_a_the_same_as_erlang_c() -> None:
    patient, never = expect(drukte(80, 4, 60 * 24 * 90), 7, TWENTY), expect(drukte(80, 4), 7, TWENTY)
    assert patient.binnen == pytest.approx(never.binnen, abs=1e-3)
    assert patient.wachttijd == pytest.approx(never.wachttijd, rel=1e-2)


@settings(max_examples=60)
@given(st.floats(1, 400), st.floats(1, 20), st.floats(0.5, 20) | st.none(), st.integers(1, 60))
def test_one_more_never_makes_it_worse_and_shares_stay_shares(
    per_uur: float, minutes: float, geduld: float | None, mensen: int
) -> None:
    day = drukte(per_uur, minutes, geduld)
    one, more = expect(day, mensen, TWENTY), expect(day, mensen + 1, TWENTY)
    assert more.binnen >= one.binnen - 1e-9
    assert more.wachttijd <= one.wachttijd + 1e-6 or one.wachttijd == inf
    for found in (one, more):
        assert all(0 <= share <= 1 for share in (found.binnen, found.opgehangen, found.bezet))


@settings(max_examples=40)
@given(st.floats(1, 300), st.floats(1, 15), st.floats(0.5, 10) | st.none(), st.floats(0.5, 0.95))
def test_the_number_needed_is_enough_and_one_fewer_is_not(
    per_uur: float, minutes: float, geduld: float | None, deel: float
) -> None:
    day = drukte(per_uur, minutes, geduld)
    found = needed(day, TWENTY, deel)
    assert found is not None
    assert found.binnen >= deel
    assert found.mensen == 1 or expect(day, found.mensen - 1, TWENTY).binnen < deel


def test_mail_needs_who_can_do_what_is_due_before_each_moment() -> None:
    hours = Openingstijden(parse_week("ma-vr 9.00-17.00"))
    at = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)  # Wednesday, 9.00 in Amsterdam
    today = [Termijnwerk(at + timedelta(hours=4), timedelta(minutes=30))] * 16
    later = [Termijnwerk(at + timedelta(days=1), timedelta(minutes=30))] * 10
    late = [Termijnwerk(at - timedelta(hours=1), timedelta(minutes=30))] * 2
    assert by_deadline([*later, *today], hours, at).nodig == pytest.approx(2.0)
    found = by_deadline([*later, *today, *late], hours, at)
    assert (found.nodig, found.te_laat) == (pytest.approx(2.25), 2)
    assert found.knelt_op == at + timedelta(hours=4)
    assert by_deadline([], hours, at).nodig == 0
