# SPDX-License-Identifier: EUPL-1.2
"""Rows: a row of any resource by its description: values to columns and back, made, corrected with history, erased."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID

import asyncpg

from schakel.kit.clock import AMSTERDAM
from schakel.kit.errors import NotFound
from schakel.kit.ids import new_id
from schakel.kit.projection import Field, Kind, Resource
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.storage.register.where import Names, standing, visible
from schakel.storage.register.write_context import Writing

Columns = dict[str, object]


def _geheimhouding(value: Any) -> Columns:
    return {"geheim": bool(value), "geheim_bekend": value is not None}


def _verified(value: date | None) -> Columns:
    """A day, kept as the moment at which it began here."""
    return {"geverifieerd_op": value and datetime.combine(value, time(), AMSTERDAM)}


#: What a description names that is not simply a column, as the columns that hold it.
_VIRTUAL: Mapping[tuple[str, str], Callable[[Any], Columns]] = {
    ("partij", "geheim_gezegd"): _geheimhouding,
    ("partij", "huisnummer"): lambda value: {"huisnummer": "" if value is None else str(value)},
    ("partij", "postcode"): lambda value: {"postcode": value.replace(" ", "")},
    ("digitaal_adres", "verificatie_datum"): _verified,
}


def columns(resource: Resource, values: Mapping[str, Any]) -> Columns:
    """Column and value of all that was given; a variant without a column of its own is its writer's to keep."""
    found: Columns = {}
    for field in resource.fields:
        if field.name in values and not field.read_only and (field.column or not field.by):
            found |= _of_field(resource.table, field, values[field.name])
    for relation in resource.relations:
        if relation.name in values and not relation.many and relation.here != "id":
            found[relation.here] = values[relation.name]
    return found


def _of_field(table: str, field: Field, value: Any) -> Columns:
    if field.kind is Kind.MAP:
        return {field.column: json.dumps(value)}
    if field.kind is Kind.GROUP and field.column:
        return {field.column: None if value is None else json.dumps(dict(_shown(field, value)))}
    if field.kind is Kind.GROUP:
        given = value or {}
        parts = [_of_field(table, part, given.get(part.name, None if part.nullable else "")) for part in field.fields]
        return {column: part[column] for part in parts for column in part}
    virtual = _VIRTUAL.get((table, field.column))
    return virtual(value) if virtual else {field.column: value}


def _shown(field: Field, group: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """A group in one column is kept as it will be shown: without what may not be empty."""
    parts = field.fields or tuple(part for variant in field.variants.values() for part in variant)
    omitted = {part.name for part in parts if part.omitted}
    return ((name, value) for name, value in group.items() if value not in ("", None) or name not in omitted)


def current(resource: Resource, row: asyncpg.Record) -> dict[str, Any]:
    """A row as the rules know it: single values and references by their name on the wire."""
    found = {field.name: row[field.column] for field in resource.fields if field.column in row}
    return found | {r.name: row[r.here] for r in resource.relations if not r.many and r.here != "id"}


async def insert(writing: Writing, resource: Resource, row: Columns) -> UUID:
    """A new row; `row` may name its own id."""
    row = {"id": new_id(), **row}
    await writing.connection.execute(_insert_sql(resource.table, tuple(row)), *row.values())
    assert isinstance(row["id"], UUID)
    return row["id"]


@lru_cache(maxsize=500)
def _insert_sql(table: str, names: tuple[str, ...]) -> str:
    places = ", ".join(f"${n}" for n in range(1, len(names) + 1))
    return f"insert into {table} ({', '.join(names)}) values ({places})"


async def locked(writing: Writing, resource: Resource, uuid: UUID) -> asyncpg.Record:
    """The row, until the end of the transaction nobody else's to change; NotFound when it is not there for this one."""
    sql = _locked_sql(writing, resource)
    row = await writing.connection.fetchrow(sql, uuid)
    if row is None:
        raise NotFound
    return row


def _locked_sql(writing: Writing, resource: Resource) -> str:
    lacks = writing.houder.rechten.lacks
    hidden = visible(writing.api, resource, "t", lacks, Names())
    where = " and ".join(["t.id = $1", *standing(resource, "t"), *hidden])
    return f"select t.* from {resource.table} t where {where} for update of t"


async def correct(writing: Writing, resource: Resource, uuid: UUID, row: Columns) -> None:
    """Change what was given; what it replaces stays readable as history."""
    if not row:
        return
    await writing.connection.execute(
        _correct_sql(resource.table, tuple(row)), uuid, *_line(writing, resource), *row.values()
    )


def _line(writing: Writing, resource: Resource) -> tuple[object, ...]:
    houder, at = writing.houder, writing.at
    return resource.name, at, houder.wie or houder.naam, houder.token_id, vervalt_op("klantcontact", at)


@lru_cache(maxsize=500)
def _correct_sql(table: str, names: tuple[str, ...]) -> str:
    changes = ", ".join(f"{name} = ${n}" for n, name in enumerate(names, 7))
    return f"""
with vorige as (insert into wijziging (resource, resource_id, soort, moment, wie, token_id, vervalt_op, vorige)
                select $2, t.id, 'correctie', $3, $4, $5, $6, to_jsonb(t) - 'volgnummer' from {table} t where t.id = $1)
update {table} set {changes} where id = $1"""


async def erase(writing: Writing, resource: Resource, uuid: UUID) -> None:
    """The row is gone, and so is what its history said; that it was erased, when and by whom, stays."""
    await writing.connection.execute(
        f"""with weg as (delete from {resource.table} where id = $1),
                 vergeten as (update wijziging set vorige = null where resource = $2 and resource_id = $1)
            insert into wijziging (resource, resource_id, soort, moment, wie, token_id, vervalt_op)
            values ($2, $1, 'verwijdering', $3, $4, $5, $6)""",
        uuid,
        *_line(writing, resource),
    )
