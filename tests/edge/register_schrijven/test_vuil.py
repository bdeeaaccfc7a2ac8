# SPDX-License-Identifier: EUPL-1.2
"""Bad input: always a 400 with the name of the field, never a fault of the server, never half a write."""

import json
from typing import Any

import pytest

from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.kit.projection import Field, Kind, Resource
from tests.edge.register_schrijven.schrijver import K, Schrijver

DEEP: Any = json.loads("[" * 15 + "]" * 15)
WRONG = (None, True, 0, -1, 1.5, 10**30, "", "x\x00", "abc", "9" * 5000, [], [[]], [None], {}, {"uuid": 3}, DEEP)
RESOURCES = [*KLANTINTERACTIES.resources.values()]


def _good(field: Field) -> Any:
    """A value that fits, so that only the one under test is wrong."""
    if field.choices:
        return field.choices[0]
    return {Kind.BOOL: False, Kind.DATE: "2026-01-01"}.get(field.kind, "nld" if field.name == "taal" else "x")


def _basis(resource: Resource) -> dict[str, Any]:
    return {field.name: _good(field) for field in resource.fields if field.required and field.kind is not Kind.GROUP}


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda r: r.name)
async def test_every_field_of_every_resource_takes_any_wrong_value_as_a_400(api: Schrijver, resource: Resource) -> None:
    names = [*(f.name for f in resource.fields), *(r.name for r in resource.relations if r.shown)]
    for name in names:
        for value in WRONG:
            answer = await api.send("POST", resource.name, {**_basis(resource), name: value})
            assert answer.status_code in (201, 400, 409), (name, value, answer.text)
            if answer.status_code == 400:
                assert answer.json()["invalidParams"], (name, value)


@pytest.mark.parametrize(
    "group", ["bezoekadres", "correspondentieadres", "partijIdentificatie", "partijIdentificatoren"]
)
@pytest.mark.parametrize("value", WRONG, ids=lambda v: str(v)[:20])
async def test_parts_of_groups_take_any_wrong_value_as_a_400(api: Schrijver, group: str, value: Any) -> None:
    parts = ("straatnaam", "huisnummer", "postcode", "land", "contactnaam", "naam", "werkteVoorPartij", "uuid")
    parts += ("partijIdentificator", "subIdentificatorVan", "identificeerdePartij", "anderePartijIdentificator")
    for soort in ("persoon", "organisatie", "contactpersoon"):
        for part in parts:
            inner: Any = {part: value}
            body = {"soortPartij": soort, "indicatieActief": True, group: [inner] if group[-2:] == "en" else inner}
            answer = await api.send("POST", "partijen", body)
            assert answer.status_code in (201, 400), (part, answer.text)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("plaatsgevondenOp", "0001-01-01T00:00:00+14:00"),
        ("plaatsgevondenOp", "9999-12-31T23:59:59-14:00"),
        ("plaatsgevondenOp", "2026-02-30T00:00:00Z"),
        ("plaatsgevondenOp", "2026-W01"),
        ("plaatsgevondenOp", 1700000000),
        ("hoofdOnderwerpType", "javascript:alert(1)"),
        ("metadata", ["a"]),
    ],
)
async def test_a_value_of_the_right_type_that_cannot_be_is_named(api: Schrijver, name: str, value: Any) -> None:
    found = await api.refused("POST", "klantcontacten", {**K, name: value})
    assert {refused.split(".")[0] for refused, _ in found} == {name}
    assert await api.value("select count(*) from interactie") == 0


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "2026-01-31 12:00", "2026-01-31T12:00:00.123456789Z"]
)
async def test_any_moment_there_is_can_be_kept(api: Schrijver, moment: str) -> None:
    made = await api.klantcontact(plaatsgevondenOp=moment)
    assert made["plaatsgevondenOp"]


async def test_a_body_that_is_no_object_or_has_half_a_character_is_refused(api: Schrijver) -> None:
    headers = {"Authorization": "Token alles", "Content-Type": "application/json"}
    for raw in (b"[]", b"3", b"null", b"{", b'"x"', b"\xff", json.dumps({**K, "inhoud": "\ud800"}).encode()):
        answer = await api.http.post("klantcontacten", content=raw, headers=headers)
        assert answer.status_code == 400, raw


async def test_unknown_keys_and_what_only_the_server_may_say_are_ignored(api: Schrijver) -> None:
    made = await api.klantcontact(klantnaam="x", onderwerobject={}, uuid="abc", url=3, hadBetrokkenen="x")
    assert made["hadBetrokkenen"] == []
