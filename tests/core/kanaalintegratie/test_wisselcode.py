# SPDX-License-Identifier: EUPL-1.2
"""Wisselcodes as people read and type them."""

from hypothesis import given
from hypothesis import strategies as st

from schakel.kanaalintegratie.wisselcode import TEKENS, digest_wisselcode, new_wisselcode, normalise_wisselcode


def test_a_code_has_six_of_29_signs_that_are_not_confused() -> None:
    assert len(set(TEKENS)) == 29
    assert not set(TEKENS) & set("0O1IL5S")
    assert len({new_wisselcode() for _ in range(200)}) == 200


@given(st.sampled_from(["{}", " {} ", "{}\n"]), st.booleans())
def test_a_code_is_recognised_however_it_is_typed(form: str, lower: bool) -> None:
    code = new_wisselcode()
    typed = form.format(code.lower() if lower else code)
    assert normalise_wisselcode(typed) == code.replace("-", "")


@given(st.text())
def test_whatever_is_typed_gives_a_code_or_nothing(typed: str) -> None:
    code = normalise_wisselcode(typed)
    assert code is None or (len(code) == 6 and set(code) <= set(TEKENS))


def test_what_is_stored_depends_on_the_key_and_does_not_hold_the_code() -> None:
    assert digest_wisselcode("7KQ4M2", b"a") != digest_wisselcode("7KQ4M2", b"b")
    assert b"7KQ4M2" not in digest_wisselcode("7KQ4M2", b"a")
