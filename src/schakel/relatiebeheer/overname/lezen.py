# SPDX-License-Identifier: EUPL-1.2
"""Lezen: the JSON of a row of another register as values. It refuses nothing: what is not there is empty."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from schakel.kit.projection import Field, Kind, Resource
from schakel.kit.text import clean

_ACTIVE = "indicatieActief"  # a register that does not say so, had no other


def read_values(resource: Resource, body: Mapping[str, Any]) -> dict[str, Any]:
    """Every field and single reference by its name on the wire."""
    found = {field.name: _value(field, body.get(field.name), body) for field in resource.fields}
    for relation in resource.relations:
        if not relation.many and relation.here != "id" and relation.shown:
            found[relation.name] = read_uuid(body.get(relation.name))
    return found


def read_uuid(value: Any) -> UUID | None:
    """Of a reference `{uuid, url}`, or of the uuid itself; None for anything else."""
    given = value.get("uuid") if isinstance(value, Mapping) else value
    try:
        return UUID(given) if isinstance(given, str) else None
    except ValueError:
        return None


def read_moment(value: Any) -> datetime | None:
    """In UTC; None for what is no moment."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment and (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _value(field: Field, value: Any, body: Mapping[str, Any]) -> Any:
    match field.kind:
        case Kind.GROUP:
            return _group(field, value, body)
        case Kind.REFERENCE | Kind.UUID:
            return read_uuid(value)
        case Kind.MOMENT:
            return read_moment(value)
        case Kind.DATE:
            return _date(value)
        case Kind.BOOL:
            return value if isinstance(value, bool) else None if field.nullable else field.name == _ACTIVE
        case Kind.INT:
            return value if isinstance(value, int) and not isinstance(value, bool) else None
        case Kind.MAP:
            return value if isinstance(value, Mapping) else {}
    return _text(value, None if field.nullable else "")


def _text(value: Any, empty: str | None) -> str | None:
    if value is None or value == "":
        return empty
    return clean(value if isinstance(value, str) else str(value))


def _group(field: Field, value: Any, body: Mapping[str, Any]) -> dict[str, Any] | None:
    """All its parts, empty where nothing was given; None when the whole was not."""
    if not isinstance(value, Mapping):
        return None
    parts = field.fields
    if field.variants:
        soort = next((str(body[name]) for name in ("soortPartij", "soortActor") if name in body), "")
        parts = field.variants.get(soort, ())
    return {part.name: _value(part, value.get(part.name), body) for part in parts}
