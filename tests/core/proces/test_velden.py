# SPDX-License-Identifier: EUPL-1.2
"""One answer has one form, however it was typed, and nothing typed is nothing."""

import pytest

from schakel.proceslogica.velden import Veld, canonical, to_fact

AANTAL = Veld("aantal", "Hoeveel?", "getal", verplicht=False)


@pytest.mark.parametrize(
    ("typed", "kept", "fact"),
    [
        ("", "", None),
        (" 10 ", "10", 10),
        ("1,50", "1.5", 1.5),
        ("0,0", "0", 0),
        ("2.0", "2", 2),
        ("1 000", "1000", 1000),
    ],
)
def test_a_number_has_one_form_and_a_cleared_one_is_left_out(typed: str, kept: str, fact: object) -> None:
    assert canonical(AANTAL, typed) == kept
    assert to_fact(AANTAL, typed) == fact
