# SPDX-License-Identifier: EUPL-1.2
"""No bsn leaves in a bericht, however it is typed; and what only looks like one does not stop a bericht."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.begrippen.bsn import contains_bsn, passes_elfproef, without_bsn

BSN = "999993653"


@pytest.mark.parametrize(
    "typed",
    [
        BSN,
        "9999.93.653",
        "999 993 653",
        "99-999-3653",
        f"bsn:{BSN}.",
        f"BSN-{BSN}",
        f"x{BSN}y",
        "9999\u00a093\u00a0653",
    ],
)
def test_a_bsn_is_seen_however_it_is_typed(typed: str) -> None:
    assert contains_bsn(f"Mijn nummer is {typed}, dank u.")


@given(st.integers(min_value=1, max_value=9_999_999))
def test_the_nummer_of_an_interactie_is_no_bsn(volgnummer: int) -> None:
    assert not contains_bsn(f"Uw nummer is LW-2026-{volgnummer}.")


@pytest.mark.parametrize(
    "text",
    ["1-12-2026 12.30 uur", "Bel 06 12 34 56 78", "op 24-11-2026 om 14.02", "NL91 ABNA 0417 1643 00", "999993654"],
)
def test_what_looks_like_one_goes_out(text: str) -> None:
    assert not contains_bsn(text)


@given(st.integers(min_value=10_000_000, max_value=999_999_999))
def test_any_nine_digits_that_pass_are_one(number: int) -> None:
    digits = f"{number:09d}"
    assert contains_bsn(digits) is passes_elfproef(digits)


def test_a_bsn_that_a_klant_wrote_is_not_quoted_back() -> None:
    assert without_bsn(f"Re: {BSN} en LW-2026-10005 en 9999.93.653") == "Re: ••••••••• en LW-2026-10005 en •••••••••"
