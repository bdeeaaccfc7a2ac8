# SPDX-License-Identifier: EUPL-1.2
"""A call is what happened, not in which order or how often the exchange said so."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.begrippen.kanaalsessie import Sessiegebeurtenis, Sessiesoort, Sessiestaat, stand_of

BEGIN = datetime(2026, 11, 25, 10, 2, tzinfo=UTC)


def said(soort: Sessiesoort, second: int, toestel: str = "201", deel: str = "a") -> Sessiegebeurtenis:
    at = BEGIN + timedelta(seconds=second)
    return Sessiegebeurtenis("centrale", "g1", soort, at, deel, "+31612345678", toestel)


RINGS, ANSWERED, HUNG_UP = Sessiesoort.GAAT_OVER, Sessiesoort.AANGENOMEN, Sessiesoort.OPGEHANGEN
WHOLE = (
    said(RINGS, 0),
    said(RINGS, 0, "202", "b"),
    said(ANSWERED, 12),
    said(HUNG_UP, 12, "202", "b"),
    said(Sessiesoort.IN_WACHT, 40),
    said(Sessiesoort.TERUG, 55),
    said(HUNG_UP, 264),
)


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(WHOLE), max_size=5))
def test_order_and_doubles_change_nothing(chance: random.Random, doubles: list[Sessiegebeurtenis]) -> None:
    shuffled = [*WHOLE, *doubles]
    chance.shuffle(shuffled)
    stand = stand_of(shuffled)
    assert stand == stand_of(WHOLE)
    assert (stand.staat, stand.toestellen) == (Sessiestaat.NAWERK, {"201"})
    assert (stand.wachttijd, stand.duur) == (timedelta(seconds=12), timedelta(seconds=252))


@pytest.mark.parametrize(
    ("count", "staat", "toestellen"),
    [
        (1, Sessiestaat.GAAT_OVER, {"201"}),
        (2, Sessiestaat.GAAT_OVER, {"201", "202"}),
        (3, Sessiestaat.VERBONDEN, {"201"}),
        (4, Sessiestaat.VERBONDEN, {"201"}),
        (5, Sessiestaat.IN_WACHT, {"201"}),
        (6, Sessiestaat.VERBONDEN, {"201"}),
        (7, Sessiestaat.NAWERK, {"201"}),
    ],
)
def test_a_call_goes_its_way(count: int, staat: Sessiestaat, toestellen: set[str]) -> None:
    stand = stand_of(WHOLE[:count])
    assert (stand.staat, stand.toestellen) == (staat, toestellen)


def test_who_gives_up_is_missed() -> None:
    stand = stand_of([said(RINGS, 0), said(HUNG_UP, 31)])
    assert (stand.staat, stand.wachttijd, stand.duur) == (Sessiestaat.GEMIST, timedelta(seconds=31), timedelta())


def test_an_end_that_comes_before_its_beginning_waits_for_it() -> None:
    late = [said(HUNG_UP, 60), said(ANSWERED, 10)]
    assert stand_of(late[:1]).staat is Sessiestaat.GAAT_OVER
    assert stand_of(late).staat is Sessiestaat.NAWERK


def test_a_call_put_through_is_of_the_colleague() -> None:
    through = said(Sessiesoort.DOORVERBONDEN, 90, "301", "c")
    assert stand_of([*WHOLE[:3], through]).toestellen == {"301"}
