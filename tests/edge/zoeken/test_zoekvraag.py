# SPDX-License-Identifier: EUPL-1.2
"""What was typed in the one box, taken apart."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.kanaalintegratie.lezen import Zoekvraag
from schakel.kanaalintegratie.zoekvraag import e164, parse_zoekvraag

TODAY = date(2026, 11, 24)
BORN = date(1994, 3, 3)


SPELLINGS = (
    *("3-3-1994", "03-03-1994", "3/3/1994", "3.3.1994", "3 3 1994", "3 maart 1994", "3 mrt 94", "3mrt1994"),
    *("03031994", "1994-03-03", "3/3/94", "geb. 3 Maart 1994"),
)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_birth_date_in_any_dutch_spelling(typed: str) -> None:
    assert parse_zoekvraag(f"jansen {typed}", TODAY).vraag == Zoekvraag(woorden="jansen", geboortedatum=BORN)


@pytest.mark.parametrize(
    ("typed", "vraag"),
    [
        ("yilmas 3811lw 14", Zoekvraag(woorden="yilmas", postcode="3811LW", huisnummer="14")),
        ("3811 LW, 14-2 de Boer", Zoekvraag(woorden="de Boer", postcode="3811LW", huisnummer="14-2")),
        ("14 3811 LW", Zoekvraag(postcode="3811LW", huisnummer="14")),
        ("1234 de Vries", Zoekvraag(woorden="de Vries", huisnummer="1234")),
        ("van der Berg 3-3-1994", Zoekvraag(woorden="van der Berg", geboortedatum=BORN)),
        ("mevrouw Yılmaz", Zoekvraag(woorden="Yılmaz")),
        ("06 12 34 41 27", Zoekvraag(adres="+31612344127")),
        ("+31 6 12344127 jan", Zoekvraag(woorden="jan", adres="+31612344127")),
        ("0031612344127", Zoekvraag(adres="+31612344127")),
        ("Aylin.Yilmaz@Post.Example", Zoekvraag(adres="aylin.yilmaz@post.example")),
        ("lw-2026-10012", Zoekvraag(nummer="LW-2026-10012")),
        ("LW 2026-10012", Zoekvraag(nummer="LW-2026-10012")),
        ("in 't Veld", Zoekvraag(woorden="in 't Veld")),
        ("bakker", Zoekvraag(woorden="bakker")),  # six signs of a Wisselcode, and a name
        ("a", Zoekvraag()),
        ("", Zoekvraag()),
    ],
)
def test_a_mix_in_any_order(typed: str, vraag: Zoekvraag) -> None:
    assert parse_zoekvraag(typed, TODAY).vraag == vraag


@pytest.mark.parametrize("typed", ["7KQ-4M2", "7kq-4m2", "7KQ4M2", " 7kq 4m2 "])
def test_a_wisselcode_is_no_question_for_a_klant(typed: str) -> None:
    found = parse_zoekvraag(typed, TODAY)
    assert found.wisselcode == "7KQ-4M2"
    assert found.is_leeg


def test_a_day_that_cannot_be_is_said_and_not_searched() -> None:
    found = parse_zoekvraag("jansen 31-2-1990", TODAY)
    assert found.vraag == Zoekvraag(woorden="jansen")
    assert ("dag die niet kan", "31-2-1990") in [(deel.soort, deel.tekst) for deel in found.delen]
    assert parse_zoekvraag("1-1-2030", TODAY).vraag == Zoekvraag()  # nobody is born tomorrow


def test_each_part_can_be_left_out() -> None:
    zonder = dict(parse_zoekvraag("yilmas 3-3-1994 3811LW 14", TODAY).zonder)
    assert zonder["naam"] == "3-3-1994 3811 LW 14"
    assert zonder["geboortedatum"] == "3811 LW 14 yilmas"


@given(st.text(max_size=300))
def test_nothing_that_is_typed_breaks_it_and_its_own_words_say_the_same(typed: str) -> None:
    found = parse_zoekvraag(typed, TODAY)
    again = parse_zoekvraag(" ".join(deel.tekst for deel in found.delen if deel.soort != "dag die niet kan"), TODAY)
    assert again.vraag.geboortedatum == found.vraag.geboortedatum
    assert again.vraag.postcode == found.vraag.postcode


NUMBERS = (
    *(("06-12344127", "+31612344127"), ("(010) 123 45 67", "+31101234567"), ("+4930123456", "+4930123456")),
    *(("14 0199", ""), ("112", ""), ("hallo", "")),
)


@pytest.mark.parametrize(("typed", "kept"), NUMBERS)
def test_a_number_in_the_form_in_which_we_keep_it(typed: str, kept: str) -> None:
    assert e164(typed) == kept


def test_a_house_number_alone_is_no_question() -> None:
    assert parse_zoekvraag("14", TODAY).is_leeg
    assert [soort for soort, _ in parse_zoekvraag("jansen 14", TODAY).zonder] == ["huisnummer"]
