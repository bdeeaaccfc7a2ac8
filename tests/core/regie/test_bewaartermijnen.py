# SPDX-License-Identifier: EUPL-1.2
"""Every record has its last day at birth."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.regie.bewaartermijnen import BEWAARTERMIJNEN, Bewaartermijn, vervalt_op


@pytest.mark.norm("A04")
@given(st.sampled_from(sorted(BEWAARTERMIJNEN)), st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))
def test_every_soort_ends_after_it_began_and_within_ten_years(soort: str, at: datetime) -> None:
    end = vervalt_op(soort, at.replace(tzinfo=UTC))
    assert at.date() < end
    assert end.year <= at.year + 8


def test_counting_is_in_dutch_days_and_stays_within_the_month() -> None:
    assert vervalt_op("origineel", datetime(2026, 11, 23, 23, 30, tzinfo=UTC)) == date(2027, 11, 24)
    assert Bewaartermijn("", jaren=1).end(date(2024, 2, 29)) == date(2025, 2, 28)
    assert Bewaartermijn("", maanden=1).end(date(2026, 1, 31)) == date(2026, 2, 28)
    assert Bewaartermijn("", maanden=1).end(date(2026, 12, 31)) == date(2027, 1, 31)


def test_what_has_no_term_cannot_be_kept() -> None:
    with pytest.raises(KeyError):
        vervalt_op("lievelingskleur", datetime(2026, 1, 1, tzinfo=UTC))
