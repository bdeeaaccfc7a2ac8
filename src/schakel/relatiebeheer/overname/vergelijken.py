# SPDX-License-Identifier: EUPL-1.2
"""Vergelijken: the same row in two registers, field by field; what only looks different counts as equal."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from schakel.kit.projection import Field, Kind, Relation, Resource
from schakel.relatiebeheer.overname.lezen import read_moment, read_uuid

_GIVEN_OUT = ("nummer",)  # by us, where the bron has none (behaviour 26 over there, G15 here)
_SPACE = 1 << 256


def normal(resource: Resource, body: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says, without addresses of a server, without what is computed, and with empty as None."""
    found = {field.name: _value(field, body[field.name], body) for field in resource.fields if field.name in body}
    for relation in resource.relations:
        if relation.name in body and is_own(relation):
            value = body[relation.name]
            found[relation.name] = [_id(one) for one in value or ()] if relation.many else _id(value)
    return found


def is_own(relation: Relation) -> bool:
    """A reference of the row itself. What points to it is compared where it stands."""
    if relation.many:
        return relation.shown and relation.through is not None and not relation.read_only and not relation.first
    return relation.shown and relation.here != "id"


def _id(value: Any) -> str | None:
    uuid = read_uuid(value)
    return None if uuid is None else str(uuid)


def _value(field: Field, value: Any, body: Mapping[str, Any]) -> Any:
    match field.kind:
        case Kind.GROUP:
            return _group(field, value, body)
        case Kind.REFERENCE:
            return _id(value)
        case Kind.MOMENT:
            moment = read_moment(value)
            return None if moment is None else moment.isoformat()
        case Kind.MAP:
            return dict(sorted((value or {}).items()))
    return None if value == "" else value


def _group(field: Field, value: Any, body: Mapping[str, Any]) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        return None
    parts = field.fields or tuple(part for variant in field.variants.values() for part in variant)
    found = {
        part.name: _value(part, value[part.name], body) for part in parts if part.name in value and not part.read_only
    }
    return {name: one for name, one in sorted(found.items()) if one is not None} or None


def differences(resource: Resource, theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> tuple[list[str], int]:
    """The fields that differ, and how many numbers we gave out where the bron has none."""
    there, here = normal(resource, theirs), normal(resource, ours)
    given = [name for name in _GIVEN_OUT if name in there and there[name] is None and here.get(name) is not None]
    return [name for name in there if name not in given and there[name] != here.get(name)], len(given)


def fingerprint(resource: Resource, uuid: UUID, body: Mapping[str, Any], of: Mapping[str, Any]) -> int:
    """A row as a number, over the fields that the bron has (`of`) and that both give a value of their own."""
    said = normal(resource, body)
    there = normal(resource, of)
    names = [name for name in there if not (name in _GIVEN_OUT and there[name] is None)]
    line = msgspec.json.encode([str(uuid), [[name, said.get(name)] for name in sorted(names)]])
    return int.from_bytes(hashlib.sha256(line).digest())


def add_up(so_far: bytes, more: int) -> bytes:
    """The afdruk of a whole resource: the sum of its rows, so that their order does not matter."""
    return ((int.from_bytes(so_far) + more) % _SPACE).to_bytes(32)
