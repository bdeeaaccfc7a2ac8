# SPDX-License-Identifier: EUPL-1.2
"""Values that cannot be wrong and do not leak."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.begrippen.bsn import Bsn, InvalidBsn, contains_bsn, passes_elfproef
from schakel.kit.ids import new_id
from schakel.kit.text import clean, searchable


@given(st.text(max_size=12))
def test_only_nine_digits_that_pass_the_elfproef_are_a_bsn(digits: str) -> None:
    if passes_elfproef(digits):
        assert digits not in repr(Bsn(digits)) + str(Bsn(digits))
        assert Bsn(digits).masked.count("•") == 6
    else:
        with pytest.raises(InvalidBsn) as refused:
            Bsn(digits)
        assert str(refused.value) == InvalidBsn.title  # whatever was typed, the same words


@pytest.mark.parametrize("text", ["mijn bsn is 999993653.", "999 993 653", "9999.93.653", "nr 999-993-653 dus"])
def test_a_bsn_in_an_outgoing_text_is_seen(text: str) -> None:
    assert contains_bsn(text)


@pytest.mark.parametrize("text", ["telefoon 0612345678", "zaak 123456789012", "999993654", ""])
def test_other_digits_are_not(text: str) -> None:
    assert not contains_bsn(text)


@given(st.text())
def test_clean_text_can_always_be_stored(text: str) -> None:
    assert "\x00" not in clean(text)
    clean(text).encode("utf-8")


def test_names_meet_without_accents() -> None:
    assert searchable("Yılmaz-Đurić") == searchable("yilmaz djuric".replace("dj", "d"))
    assert searchable("Van der Véér") == "van der veer"


def test_ids_sort_by_time() -> None:
    ids = [new_id() for _ in range(3)]
    assert [i.version for i in ids] == [7, 7, 7]
