# SPDX-License-Identifier: EUPL-1.2
"""Kennislinks are data, and data that would mislead a medewerker is refused."""

import pytest

from schakel.dienstverlening.kennis import InvalidKennis, kennis, kennis_of, read_kennis
from schakel.dienstverlening.producten import producten

HEAD = "product;titel;url;voor"


def test_a_product_has_its_own_links_first_and_then_what_helps_with_every_question() -> None:
    table = kennis()
    product = next(sleutel for sleutel in producten() if sleutel in table)
    found = kennis_of(product)
    assert [*found] == [*table[product], *table["*"]]
    assert [*kennis_of("")] == [*kennis_of("geen product")] == [*table["*"]]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("bestaat niet;Titel;https://voorbeeld.example;klant", "bestaat niet"),
        ("paspoort;Titel;javascript:alert(1);klant", "https://"),
        ("paspoort;Titel;https://voorbeeld.example;iedereen", "voor wie"),
    ],
)
def test_a_line_that_cannot_be_right_is_refused_with_its_title(line: str, why: str) -> None:
    with pytest.raises(InvalidKennis) as refused:
        read_kennis([HEAD, line], ["paspoort"])
    assert why in refused.value.detail
    assert "Titel" in refused.value.detail
