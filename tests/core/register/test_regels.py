# SPDX-License-Identifier: EUPL-1.2
"""Rules between fields, and how a body is read by the description of its resource."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from schakel.kit.projection import Field, Kind, Relation, Resource
from schakel.relatiebeheer.register.identificator import check_identificator
from schakel.relatiebeheer.register.invoer import Invoer, read_invoer
from schakel.relatiebeheer.register.poorten import Refused
from schakel.relatiebeheer.register.regels import (
    afgehandeld_op,
    assigned,
    check_digitaal_adres,
    check_interne_taak,
    check_klantcontact,
    check_partij,
)

A, B = UUID(int=1), UUID(int=2)
NU = datetime(2026, 3, 4, tzinfo=UTC)
_ADRES = (Field("stad", max_length=3), Field("huisnummer", Kind.INT, nullable=True))
DING = Resource(
    "dingen",
    "ding",
    fields=(
        Field("naam", column="naam", required=True, max_length=5),
        Field("nummer", column="nummer", nullable=True),
        Field("adres", Kind.GROUP, nullable=True, fields=_ADRES),
        Field("soort", column="soort", choices=("a", "b")),
        Field("meer", Kind.GROUP, by="soort", variants={"a": (Field("x", required=True),), "b": (Field("y"),)}),
        Field("van_ons", read_only=True),
    ),
    relations=(
        Relation("eigenaar", "mensen", here="eigenaar_id", nullable=True),
        Relation("delen", "delen", there="ding_id", many=True),
    ),
)  # fmt: skip


def _names(invoer: Invoer) -> set[tuple[str, str]]:
    return {(one.name, one.code) for one in invoer.invalid}


def test_everything_that_is_wrong_is_found_at_once() -> None:
    body: dict[str, Any] = {
        "naam": "te lang", "adres": {"stad": "lang", "huisnummer": 0}, "soort": "a", "meer": {},
        "eigenaar": {"uuid": "x"}, "delen": [{"uuid": str(A)}, {}, 3],
    }  # fmt: skip
    found = read_invoer(DING, body)
    assert _names(found) == {
        ("naam", "max_length"), ("adres.stad", "max_length"), ("adres.huisnummer", "min_value"), ("meer.x", "required"),
        ("eigenaar.uuid", "invalid"), ("delen.1.uuid", "required"), ("delen.2", "invalid"),
    }  # fmt: skip
    with pytest.raises(Refused) as raised:
        found.check()
    assert len(raised.value.invalid) == 7


def test_a_correction_asks_for_nothing_and_reads_a_variant_by_what_is_there() -> None:
    found = read_invoer(DING, {"meer": {"y": "z"}}, partial=True, current={"soort": "b"})
    assert (found.invalid, found.values) == ([], {"meer": {"y": "z"}})


def test_a_group_is_whole_and_an_empty_nummer_is_none() -> None:
    found = read_invoer(DING, {"naam": "x", "nummer": "", "adres": {}, "van_ons": 3, "vreemd": 4})
    assert found.values == {"naam": "x", "nummer": None, "adres": {"stad": "", "huisnummer": None}}


@pytest.mark.parametrize("body", [None, [], "x", 3])
def test_what_is_no_object_is_refused_under_its_own_name(body: object) -> None:
    assert _names(read_invoer(DING, body)) == {("nonFieldErrors", "invalid")}
    assert _names(read_invoer(DING, body, prefix="ding.")) == {("ding", "invalid")}


def test_a_reference_may_come_as_a_url_and_twice_the_same_is_once() -> None:
    body = {"naam": "x", "eigenaar": {"url": f"https://x/mensen/{A}"}, "delen": [{"uuid": str(B)}, {"uuid": str(B)}]}
    assert read_invoer(DING, body).values["eigenaar"] == A
    assert read_invoer(DING, body).values["delen"] == [B]


def test_a_rule_looks_at_what_will_be_there() -> None:
    invoer = Invoer({"verdereActieOndernomen": True}, {"indicatieContactGelukt": True})
    check_klantcontact(invoer)
    assert [code for _, code in _names(invoer)] == ["no-further-action-when-contact-succesful"]
    untouched = Invoer({"inhoud": "x"}, {"indicatieContactGelukt": True, "verdereActieOndernomen": True})
    check_klantcontact(untouched)
    assert untouched.invalid == []


def test_what_was_refused_already_is_not_refused_again_by_a_rule() -> None:
    invoer = Invoer({"soortDigitaalAdres": "email"})
    invoer.refuse("adres", "max_length", "")
    check_digitaal_adres(invoer)
    assert _names(invoer) == {("adres", "max_length")}


def test_actoren_keep_their_order_and_their_names() -> None:
    invoer = Invoer({"toegewezenAanActoren": [B, A], "status": "verwerkt"})
    check_interne_taak(invoer)
    assert invoer.invalid == []
    assert list((assigned(invoer) or {}).items()) == [
        ("toegewezenAanActoren.0.uuid", B), ("toegewezenAanActoren.1.uuid", A)
    ]  # fmt: skip
    assert assigned(Invoer({"toegewezenAanActor": A})) == {"toegewezenAanActor.uuid": A}
    assert assigned(Invoer()) is None


def test_a_taak_was_done_when_it_says_so_or_when_it_was_known_or_now() -> None:
    earlier = datetime(2025, 1, 1, tzinfo=UTC)
    assert afgehandeld_op(Invoer({"status": "verwerkt"}), NU) == NU
    assert afgehandeld_op(Invoer({"status": "verwerkt", "afgehandeldOp": earlier}), NU) == earlier
    assert afgehandeld_op(Invoer({}, {"status": "verwerkt", "afgehandeldOp": earlier}), NU) == earlier
    assert afgehandeld_op(Invoer({"status": "te_verwerken"}, {"afgehandeldOp": earlier}), NU) is None


def test_put_may_change_the_soort_without_an_identificatie_and_patch_may_not() -> None:
    for partial, refused in ((True, {("partijIdentificatie", "required")}), (False, set())):
        invoer = Invoer({"soortPartij": "persoon"}, {"soortPartij": "organisatie"}, partial)
        check_partij(invoer)
        assert _names(invoer) == refused


def test_an_identificator_fits_its_register_before_its_number_is_looked_at() -> None:
    groep = {"codeSoortObjectId": "bsn", "codeObjecttype": "natuurlijk_persoon", "codeRegister": "hr", "objectId": "1"}
    invoer = Invoer({"partijIdentificator": groep})
    check_identificator(invoer)
    assert _names(invoer) == {("partijIdentificatorCodeObjecttype", "invalid")}
