# SPDX-License-Identifier: EUPL-1.2
"""Values: what an e-mail address, a telephone number, an IBAN, a language and a moment are."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.kit.projection import Field, Kind
from schakel.relatiebeheer.register.codes import LANDEN, read_taal
from schakel.relatiebeheer.register.lezen import Fault, read_reference, read_scalar
from schakel.relatiebeheer.register.naam import volledige_naam
from schakel.relatiebeheer.register.waarden import is_email, is_iban, is_url, nummer_fault, telefoon_fault

KINDS = [kind for kind in Kind if kind not in (Kind.GROUP, Kind.REFERENCE)]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("a@voorbeeld.nl", True),
        ("a.b+c@sub.voorbeeld.nl", True),
        ("a@gemeente-näme.nl", True),
        ("foo", False),
        ("a@b", False),
        ("@voorbeeld.nl", False),
        ("a@voorbeeld..nl", False),
        ("a@voorbeeld.nl\n", False),
        ("a b@voorbeeld.nl", False),
        ("a@-x.nl", False),
        ("a@1.2.3.4", False),
    ],
)
def test_an_email_address_is_one_that_a_mail_server_could_know(text: str, good: bool) -> None:
    assert is_email(text) is good


@pytest.mark.parametrize("text", ["0612345678", "0201234567", "0881234567", "+31612345678", "0031612345678"])
def test_a_number_of_a_klant_is_a_telephone_number(text: str) -> None:
    assert telefoon_fault(text) == ""


def test_a_special_number_gets_a_message_of_its_own() -> None:
    assert {telefoon_fault(text) for text in ("0800123", "09001234", "140199")} != {telefoon_fault("+316")}
    assert "gewoon" in telefoon_fault("0800123")
    assert "gewoon" not in telefoon_fault("+316")


@given(st.integers(0, 96), st.integers(0, 9_999_999_999))
def test_of_all_check_digits_just_one_makes_an_iban(shift: int, rekening: int) -> None:
    rest = "ABNA" + f"{rekening:010d}"
    good = [digits for digits in range(2, 99) if is_iban(f"NL{digits:02d}{rest}")]
    assert len(good) == 1
    assert not is_iban(f"NL{(good[0] + 1 + shift) % 97:02d}{rest}") or (good[0] + 1 + shift) % 97 == good[0] % 97


@pytest.mark.parametrize(
    ("given_", "read"),
    [
        ("nl", "nld"),
        ("NL", "nld"),
        ("de", "ger"),
        ("deu", "deu"),
        ("fry", "fry"),
        ("qaa", "qaa"),
        ("zzz", None),
        ("x", None),
    ],
)
def test_a_language_is_read_to_three_letters(given_: str, read: str | None) -> None:
    assert read_taal(given_) == read


def test_every_country_has_two_capitals() -> None:
    assert len(LANDEN) == 249
    assert all(len(land) == 2 and land.isupper() for land in LANDEN)


@pytest.mark.parametrize(
    ("soort", "nummer", "good"),
    [
        ("bsn", "999990342", True), ("bsn", "123456789", False), ("bsn", "000000000", False),
        ("rsin", "999990342", True), ("kvk_nummer", "69599084", True), ("kvk_nummer", "6959908x", False),
        ("vestigingsnummer", "000037178598", True),
    ],
)  # fmt: skip
def test_a_number_of_a_register_has_its_length_and_its_proof(soort: str, nummer: str, good: bool) -> None:
    assert (nummer_fault(soort, nummer) == "") is good


def test_a_url_is_a_web_address() -> None:
    assert is_url("https://voorbeeld.nl/a?b=c")
    assert not is_url("javascript:alert(1)")
    assert not is_url("https://a b")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-01-31T12:00:00Z", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("2026-01-31T12:00:00+01:00", datetime(2026, 1, 31, 11, tzinfo=UTC)),
        ("2026-01-31T12:00:00", datetime(2026, 1, 31, 11, tzinfo=UTC)),
        ("2026-07-01 12:00", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("2026-01-31T12:00:00.1234567Z", datetime(2026, 1, 31, 12, 0, 0, 123456, tzinfo=UTC)),
    ],
)
def test_a_moment_without_a_zone_is_dutch_time(text: str, read: datetime) -> None:
    assert read_scalar(Field("plaatsgevondenOp", Kind.MOMENT), "plaatsgevondenOp", text) == read


def _fault(read: Callable[[str, object], object], value: object) -> Fault | None:
    try:
        read("veld", value)
    except Fault as fault:
        return fault
    return None


@given(st.sampled_from(KINDS), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=5,
))  # fmt: skip
def test_any_value_is_read_or_is_a_fault_with_its_name_and_a_reason(kind: Kind, value: object) -> None:
    for read in (partial(read_scalar, Field("veld", kind, max_length=5)), read_reference):
        fault = _fault(read, value)
        assert fault is None or (fault.name.split(".")[0] == "veld" and fault.reason)


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800"])
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.EMAIL, Kind.URI])
def test_what_postgresql_cannot_hold_is_refused(text: str, kind: Kind) -> None:
    with pytest.raises(Fault) as raised:
        read_scalar(Field("veld", kind), "veld", text)
    assert raised.value.code.endswith("characters_not_allowed")


def test_a_key_of_metadata_is_held_to_the_same_as_its_value() -> None:
    with pytest.raises(Fault) as raised:
        read_scalar(Field("metadata", Kind.MAP, max_length=255), "metadata", {"a\x00": "b"})
    assert raised.value.name == "metadata"


def test_a_name_is_put_together_from_what_is_there() -> None:
    parts = {"voorletters": "F.", "voornaam": "", "voorvoegselAchternaam": "van", "achternaam": " Dijk "}
    assert volledige_naam(parts) == "F. van Dijk"
    assert volledige_naam({**parts, "voornaam": "Fatima"}) == "Fatima van Dijk"
    assert volledige_naam(None) == ""
