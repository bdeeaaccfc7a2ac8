# SPDX-License-Identifier: EUPL-1.2
"""Do the figures say what happened, no more and no less?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.feedback import (
    Afronding,
    FeedbackAlreadyGiven,
    Feedbackbeleid,
    decide_uitnodiging,
    read_feedback,
)
from schakel.dienstverlening.meting import Meetpunt, Verkeer, measure, share_text, usage
from schakel.kit.errors import InvalidInput

NU = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
KANALEN = [Kanaal.EMAIL, Kanaal.TELEFOON, Kanaal.BALIE]


def point(promised: int, answered: int | None) -> Meetpunt:
    done = None if answered is None else NU + answered * HOUR
    return Meetpunt(Kanaal.EMAIL, NU + promised * HOUR, done, None if answered is None else HOUR * 2)


@pytest.mark.norm("KR-3", "KI-2")
def test_late_counts_running_does_not_and_few_give_no_percentage() -> None:
    few = [point(-2, -3), point(-2, -1), point(-2, None), point(3, None)]
    [meting] = measure(few, {Kanaal.EMAIL: 85}, NU)
    assert (meting.aantal, meting.binnen, meting.open) == (3, 1, 1)
    assert (meting.deel, meting.gehaald) == (None, None)
    assert meting.tekst == "te weinig voor een percentage: 1 van 3"
    [many] = measure([point(-2, -3)] * 17 + [point(-2, -1)] * 3, {Kanaal.EMAIL: 85}, NU)
    assert (many.deel, many.gehaald, many.mediaan) == (85.0, True, 2 * HOUR)


@pytest.mark.norm("KR-3")
@given(st.lists(st.tuples(st.integers(-9, 9), st.none() | st.integers(-9, 0)), max_size=60))
def test_measuring_adds_up_and_order_does_not_matter(rows: list[tuple[int, int | None]]) -> None:
    points = [point(*row) for row in rows]
    forward, backward = (measure(p, {Kanaal.EMAIL: 85}, NU) for p in (points, points[::-1]))
    assert forward == backward
    assert forward[0].aantal + forward[0].open == len(rows)


def test_a_share_is_never_rounded_up() -> None:
    assert share_text(1999, 2000) == "99,9\N{NARROW NO-BREAK SPACE}%"
    assert share_text(0, 0) == "nog niets te meten"


@pytest.mark.norm("KS-5")
@given(st.lists(st.tuples(st.sampled_from(KANALEN), st.none() | st.sampled_from(KANALEN))))
def test_use_and_switches_equal_the_raw_traffic(rows: list[tuple[Kanaal, Kanaal | None]]) -> None:
    gebruik = usage(Verkeer(kanaal, vanuit) for kanaal, vanuit in rows)
    assert sum(gebruik.aantallen.values()) == gebruik.totaal == len(rows)
    assert sum(gebruik.wissels.values()) == sum(vanuit not in (None, kanaal) for kanaal, vanuit in rows)


def afronding(**changes: object) -> Afronding:
    facts: dict[str, object] = {
        "product": "rijbewijs",
        "uitkomst": "verleend",
        "afgerond_op": NU,
        "kan_antwoorden": True,
    }
    return Afronding(**{**facts, **changes})  # type: ignore[arg-type]


@pytest.mark.norm("NO-10")
@pytest.mark.parametrize(
    ("changes", "vraag"),
    [
        ({}, True),
        ({"uitkomst": "afgewezen"}, False),
        ({"product": "overlijden"}, False),
        ({"kan_antwoorden": False}, False),
        ({"wil_geen_vragen": True}, False),
        ({"laatst_gevraagd": NU - timedelta(days=29)}, False),
        ({"laatst_gevraagd": NU - timedelta(days=30)}, True),
    ],
)
def test_when_we_ask(changes: dict[str, object], vraag: bool) -> None:
    uitnodiging = decide_uitnodiging(afronding(**changes), Feedbackbeleid())
    assert uitnodiging.vraag is vraag
    assert uitnodiging.reden.endswith(".")


@pytest.mark.norm("NO-10")
def test_feedback_may_be_partial_once_and_names_all_faults_at_once() -> None:
    given_back = read_feedback({"gemak": "4", "beantwoord": "nee", "toelichting": " goed\x00 "}, already_given=False)
    assert (given_back.gemak, given_back.vertrouwen, given_back.beantwoord) == (4, None, False)
    assert given_back.toelichting == "goed"
    with pytest.raises(FeedbackAlreadyGiven):
        read_feedback({"gemak": "4"}, already_given=True)
    with pytest.raises(InvalidInput) as fault:
        read_feedback(
            {"gemak": "6", "vertrouwen": "٣", "beantwoord": "x", "toelichting": "a" * 2001}, already_given=False
        )
    assert set(fault.value.fields) == {"gemak", "vertrouwen", "beantwoord", "toelichting"}
    with pytest.raises(InvalidInput):
        read_feedback({}, already_given=False)
