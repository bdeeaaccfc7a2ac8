# SPDX-License-Identifier: EUPL-1.2
"""Render: a row as the text of a JSON object, put together by PostgreSQL.

`concat` writes its arguments one after another and leaves out what is null: three times as fast here as building
json values, and a name that may be left out is simply a piece that is null.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schakel.kit.projection import Api, Field, Guard, Kind, Relation, Resource
from schakel.storage.register.columns import shown
from schakel.storage.register.where import Names, standing, visible

_MOST = 60  # PostgreSQL takes 100 arguments at most
Expand = Mapping[str, "Expand"]
Pieces = list[str]


def literal(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def concat(pieces: Sequence[str]) -> str:
    """One expression; neighbours that are literals become one."""
    merged: Pieces = []
    for piece in pieces:
        if merged and _is_literal(piece) and _is_literal(merged[-1]):
            merged[-1] = merged[-1][:-1] + piece[1:]
        else:
            merged.append(piece)
    while len(merged) > _MOST:
        merged = [f"concat({', '.join(merged[i : i + _MOST])})" for i in range(0, len(merged), _MOST)]
    return f"concat({', '.join(merged)})"


def _is_literal(piece: str) -> bool:
    return piece.startswith("'") and piece.endswith("'") and "'" not in piece[1:-1].replace("''", "")


def expand_tree(paths: Sequence[str]) -> Expand:
    """`a`, `a.b` as a tree; `a.b` without `a` asks for nothing."""
    return {
        path: expand_tree([longer[len(path) + 1 :] for longer in paths if longer.startswith(path + ".")])
        for path in dict.fromkeys(paths)
        if "." not in path
    }


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders the resources of one API for who lacks these guards. `base` is where the API is, to the outside."""

    api: Api
    base: str
    marker: str
    lacks: frozenset[Guard]

    def whole(self, resource: Resource, row: str, names: Names, expand: Expand | None) -> str:
        """The object of this row, with `_expand` where the resource knows it (None: without)."""
        pieces = [*self._head(resource.name, f"{row}.id")]
        for field in resource.fields:
            pieces += self._masked(resource, field.name, row, self._field(resource, field, row), _empty(field))
        for relation in resource.relations:
            if relation.shown:
                value = self._relation(resource, relation, row, names)
                pieces += self._masked(resource, relation.name, row, value, f',"{relation.name}":null')
        if expand is not None:
            pieces += self._expanded(resource, row, names, expand)
        return concat([*pieces, "'}'"])

    def _head(self, name: str, uuid: str) -> Pieces:
        return [literal('{"uuid":"'), uuid, literal(f'","url":"{self.base}/{name}/'), uuid, literal('"')]

    def _reference(self, name: str, uuid: str) -> str:
        return concat([*self._head(name, uuid), "'}'"])

    def _masked(self, resource: Resource, name: str, row: str, pieces: Pieces, empty: str) -> Pieces:
        for hidden in resource.hidden:
            if hidden.guard in self.lacks and name in hidden.fields:
                return [f"case when {row}.{hidden.column} then {literal(empty)} else {concat(pieces)} end"]
        return pieces

    def _field(self, resource: Resource, field: Field, row: str) -> Pieces:
        if field.omitted:
            column = f"{row}.{field.column}"
            given = (
                f"{column} is not null" if field.kind is Kind.GROUP else f"{self._column(resource, field, row)} <> ''"
            )
            value = concat([literal(f',"{field.name}":'), *self._value(resource, field, row)])
            return [f"case when {given} then {value} end"]
        return [literal(f',"{field.name}":'), *self._value(resource, field, row)]

    def _column(self, resource: Resource, field: Field, row: str) -> str:
        return shown(resource.table, field.column, row, self.marker)

    def _value(self, resource: Resource, field: Field, row: str) -> Pieces:
        if field.kind is Kind.GROUP:
            return self._group(resource, field, row)
        value = self._column(resource, field, row)
        match field.kind:
            case Kind.REFERENCE:
                return (
                    [f"coalesce({self._reference(field.resource, value)}, 'null')"]
                    if not field.nullable
                    else [f"case when {value} is null then 'null' else {self._reference(field.resource, value)} end"]
                )
            case Kind.BOOL:
                return [f"case {value} when true then 'true' when false then 'false' else 'null' end"]
            case Kind.UUID:
                return ["'\"'", value, "'\"'"]
            case Kind.INT | Kind.MAP:
                return [f"coalesce({value}::text, 'null')"]
        if field.choices and not field.nullable:
            return ["'\"'", value, "'\"'"]  # a word of a closed list needs no escapes
        nullable = field.nullable or field.kind in (Kind.DATE, Kind.MOMENT)
        return [f"coalesce(to_json({value})::text, 'null')" if nullable else f"to_json({value})"]

    def _group(self, resource: Resource, field: Field, row: str) -> Pieces:
        if field.column:
            return [f"coalesce({row}.{field.column}::text, {literal(_empty(field).partition(':')[2])})"]
        if field.variants:
            cases = " ".join(
                f"when {literal(value)} then {concat(self._parts(resource, parts, row))}"
                for value, parts in field.variants.items()
            )
            return [f"case {row}.{field.by} {cases} end"]
        return self._parts(resource, field.fields, row)

    def _parts(self, resource: Resource, parts: Sequence[Field], row: str) -> Pieces:
        pieces: Pieces = []
        for part in sorted(parts, key=lambda part: part.omitted):  # the first one has no comma and must be there
            pieces += self._field(resource, part, row)
        return [literal("{" + pieces[0][2:-1].replace("''", "'")), *pieces[1:], "'}'"]

    def _relation(self, resource: Resource, relation: Relation, row: str, names: Names) -> Pieces:
        if not relation.many:
            return [literal(f',"{relation.name}":'), self._single(relation, row, names)]
        if relation.first:
            return [self._first(relation, row, names)]
        return [literal(f',"{relation.name}":['), self._many(relation, row, names), "']'"]

    def _single(self, relation: Relation, row: str, names: Names) -> str:
        """The uuid and url of one row; null when it is not there for an API at all."""
        other, uuid = self.api.resources[relation.resource], f"{row}.{relation.here}"
        if not other.always and not relation.extra:
            return f"case when {uuid} is null then 'null' else {self._reference(other.name, uuid)} end"
        x = names.new()
        there = " and ".join([f"{x}.{relation.there} = {uuid}", *standing(other, x)])
        return f"coalesce((select {self._short(relation, x)} from {other.table} {x} where {there}), 'null')"

    def _short(self, relation: Relation, row: str) -> str:
        other = self.api.resources[relation.resource]
        extra = [piece for field in relation.extra for piece in self._field(other, field, row)]
        return concat([*self._head(other.name, f"{row}.id"), *extra, "'}'"])

    def _rows(self, relation: Relation, row: str, names: Names) -> tuple[str, str, str]:
        """The rows at the other end: their name, what to select from, and their order."""
        other, x = self.api.resources[relation.resource], names.new()
        seen = [*standing(other, x), *visible(self.api, other, x, self.lacks, names)]
        if relation.through is None:
            where = [f"{x}.{relation.there} = {row}.{relation.here}", *seen]
            return x, f"{other.table} {x} where {' and '.join(where)}", f"{x}.volgnummer"
        way, v = relation.through, names.new()
        where = [f"{v}.{way.here} = {row}.{relation.here}", *seen]
        joined = f"{way.table} {v} join {other.table} {x} on {x}.{relation.there} = {v}.{way.there}"
        return x, f"{joined} where {' and '.join(where)}", f"{v}.{way.order}"

    def _many(self, relation: Relation, row: str, names: Names) -> str:
        x, rows, order = self._rows(relation, row, names)
        other = self.api.resources[relation.resource]
        value = self.whole(other, x, names, None) if relation.inline else self._short(relation, x)
        return f"(select string_agg({value}, ',' order by {order}) from {rows})"

    def _first(self, relation: Relation, row: str, names: Names) -> str:
        x, rows, order = self._rows(relation, row, names)
        value = concat([literal(f',"{relation.name}":'), self._short(relation, x)])
        return f"(select {value} from {rows} order by {order} limit 1)"

    def _expanded(self, resource: Resource, row: str, names: Names, expand: Expand) -> Pieces:
        pieces: Pieces = [literal(',"_expand":{')]
        for n, (name, deeper) in enumerate(expand.items()):
            pieces.append(literal(f'{"," if n else ""}"{name}":'))
            pieces += self._included(resource.relation(name), row, names, deeper or None)
        return [*pieces, "'}'"]

    def _included(self, relation: Relation, row: str, names: Names, deeper: Expand | None) -> Pieces:
        x, rows, order = self._rows(relation, row, names)
        value = self.whole(self.api.resources[relation.resource], x, names, deeper)
        if relation.many:
            return ["'['", f"(select string_agg({value}, ',' order by {order}) from {rows})", "']'"]
        return [f"coalesce((select {value} from {rows}), 'null')"]


def _empty(field: Field) -> str:
    """The field with nothing in it."""
    return f',"{field.name}":{_nothing(field)}'


def _nothing(field: Field) -> str:
    if field.kind is Kind.GROUP and field.fields:
        return "{" + ",".join(_members(field.fields)) + "}"
    return "null" if field.kind is not Kind.TEXT or field.nullable else '""'


def _members(parts: Sequence[Field]) -> Iterator[str]:
    return (f'"{part.name}":{_nothing(part)}' for part in parts if not part.omitted)
