# SPDX-License-Identifier: EUPL-1.2
"""Whether two look like one, and what forbids to join them."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.identiteit.vaststelling import Middel
from schakel.relatiebeheer.dubbelen import Beletsel, Kenmerken, compare, find_beletselen, one_spelling
from schakel.relatiebeheer.samenvoegen import GROEPEN, additions

FATIMA = Kenmerken(uuid4(), "persoon", "Fatima Yılmaz", "fatima yilmaz", date(1990, 4, 12), "1234AB", "12")

KENMERKEN = st.builds(
    Kenmerken,
    id=st.uuids(),
    soort=st.sampled_from(["persoon", "organisatie"]),
    zoeknaam=st.sampled_from(["", "fatima yilmaz", "fatma yilmaz", "jan de boer"]),
    geboortedatum=st.none() | st.sampled_from([date(1990, 4, 12), date(1970, 1, 1)]),
    postcode=st.sampled_from(["", "1234AB"]),
    huisnummer=st.sampled_from(["", "12"]),
    zelfstandig=st.booleans(),
    geheim=st.booleans(),
    nummers=st.dictionaries(st.sampled_from(["bsn", "kvk_nummer", "rsin"]), st.sampled_from(["aa", "bb"])),
    adressen=st.frozensets(st.tuples(st.sampled_from(["email", "telefoonnummer"]), st.sampled_from(["a", "b"]))),
)


def other(**changes: object) -> Kenmerken:
    """A second record of Fatima."""
    return replace(FATIMA, id=uuid4(), **changes)  # type: ignore[arg-type]


def test_name_and_birth_date_make_a_likely_double_and_the_reasons_say_so() -> None:
    found = compare(FATIMA, other(postcode="", huisnummer=""))
    assert found.redenen == ("Naam is gelijk.", "Geboortedatum is gelijk.")
    assert found.is_waarschijnlijk


def test_a_typing_error_in_a_name_still_counts_and_another_name_counts_against() -> None:
    assert "Naam lijkt erop." in compare(FATIMA, other(zoeknaam="fatma yilmaz")).redenen
    familie = compare(
        replace(FATIMA, adressen=frozenset({("email", "thuis@voorbeeld.nl")})),
        other(zoeknaam="kees de vries", geboortedatum=None, adressen=frozenset({("email", "thuis@voorbeeld.nl")})),
    )
    assert "Naam is anders." in familie.redenen
    assert not familie.is_waarschijnlijk


def test_another_birth_date_is_another_person_whatever_else_is_the_same() -> None:
    same = frozenset({("email", "a"), ("telefoonnummer", "b")})
    found = compare(replace(FATIMA, adressen=same), other(geboortedatum=date(1961, 1, 1), adressen=same))
    assert "Geboortedatum is anders." in found.redenen
    assert found.score <= 50


def test_a_telephone_number_is_the_same_with_and_without_its_country() -> None:
    assert one_spelling("0612345678") == one_spelling("+31612345678") == one_spelling("0031612345678")
    assert one_spelling("004912345") == "004912345"


@pytest.mark.norm("RB-1")
@given(KENMERKEN, KENMERKEN, st.none() | st.sampled_from(Middel))
def test_what_is_certainly_two_is_never_joined_whatever_was_established(
    een: Kenmerken, ander: Kenmerken, middel: Middel | None
) -> None:
    found = find_beletselen(een, ander, middel)
    certainly_two = (
        een.zelfstandig
        or ander.zelfstandig
        or een.geheim
        or ander.geheim
        or een.soort != ander.soort
        or any(een.nummers[soort] != ander.nummers[soort] for soort in een.nummers.keys() & ander.nummers.keys())
    )
    unproved = bool(een.nummers) != bool(ander.nummers) and middel is None
    assert bool(found) == (certainly_two or unproved)
    assert set(found) == set(find_beletselen(ander, een, middel))


@given(KENMERKEN, KENMERKEN)
def test_likeness_is_the_same_from_both_sides_and_has_a_reason_for_every_point(
    een: Kenmerken, ander: Kenmerken
) -> None:
    assert compare(een, ander) == compare(ander, een)
    assert bool(compare(een, ander).score) <= bool(compare(een, ander).redenen)


def test_likeness_alone_never_joins_who_was_identified_with_who_was_not() -> None:
    een, ander = replace(FATIMA, nummers={"bsn": "aa"}), other()
    assert find_beletselen(een, ander) == (Beletsel.NIET_VASTGESTELD,)
    assert find_beletselen(een, ander, Middel.LEGITIMATIE) == ()
    assert find_beletselen(FATIMA, FATIMA, Middel.LEGITIMATIE) == (Beletsel.ZELFDE,)


def test_the_winner_keeps_his_own_and_takes_over_whole_groups_of_which_he_has_nothing() -> None:
    leeg: dict[str, object] = {name: "" for groep in GROEPEN for name in groep}
    winnaar = leeg | {"id": "w", "postcode": "1234AB", "naam": "Fatima"}
    verliezer = leeg | {"id": "v", "straat": "Kade", "naam": "Fatma", "geboortedatum": "1990-04-12"}
    assert additions(winnaar, verliezer) == {"geboortedatum": "1990-04-12"}
    assert additions(leeg | {"id": "w"}, leeg | {"id": "v", "werkte_voor_id": "w"}) == {}
