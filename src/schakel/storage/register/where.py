# SPDX-License-Identifier: EUPL-1.2
"""Where: which rows are asked for, and which of them are there for this caller.

A key is looked up from its far end, one level at a time (`= any (array (...))`): the plan does not depend on what the
planner believes about a value it has not seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from schakel.kit.projection import Api, Filter, Guard, Hidden, Kind, Parameter, Relation, Resource, Test
from schakel.storage.register.columns import sought

_TYPES = {Kind.UUID: "uuid", Kind.BOOL: "boolean", Kind.DATE: "date", Kind.MOMENT: "timestamptz"}


@dataclass(slots=True)
class Names:
    """New names for rows, one after another."""

    used: int = 0

    def new(self) -> str:
        """Not used before in this statement."""
        self.used += 1
        return f"x{self.used}"


@dataclass(slots=True)
class Binds:
    """The places of the values in a statement, after `first` others; the order of the values is that of binding."""

    first: int
    order: list[int] = field(default_factory=list)

    def place(self, index: int, kind: str) -> str:
        """The place of the value of this parameter."""
        self.order.append(index)
        return f"${self.first + len(self.order)}::{kind}"


def standing(resource: Resource, row: str) -> list[str]:
    """What makes a row one of this resource, for everybody."""
    return [_standing(f"{row}.{column}", value) for column, value in resource.always.items()]


def _standing(column: str, value: object) -> str:
    match value:
        case True:
            return column
        case False:
            return f"not {column}"
        case None:
            return f"{column} is not null"
        case tuple():
            return f"{column} in ({', '.join(repr(one) for one in value)})"
    raise TypeError(f"no such condition: {value!r}")


def hides(resource: Resource, lacks: frozenset[Guard]) -> list[Hidden]:
    """What keeps whole rows from this caller."""
    return [hidden for hidden in resource.hidden if hidden.guard in lacks and not hidden.fields]


def visible(api: Api, resource: Resource, row: str, lacks: frozenset[Guard], names: Names) -> Iterator[str]:
    """What takes away the rows that this caller may not see.

    A subselect for each row, and no join: a page is walked in order, and has few rows.
    """
    for hidden in hides(resource, lacks):
        if hidden.path:
            yield f"({_at_end(api, resource, row, hidden.path, hidden.column, names)}) is not true"
        else:
            yield f"not {row}.{hidden.column}"


def _at_end(api: Api, resource: Resource, row: str, path: Sequence[str], column: str, names: Names) -> str:
    relation, x = resource.relation(path[0]), names.new()
    other = api.resources[relation.resource]
    value = f"({_at_end(api, other, x, path[1:], column, names)})" if path[1:] else f"{x}.{column}"
    return f"select {value} from {other.table} {x} where {x}.{relation.there} = {row}.{relation.here}"


def hidden_keys(api: Api, resource: Resource, row: str, hidden: Hidden, names: Names) -> str:
    """The same from the other end: the rows that are hidden, which are few."""
    return _from_end(api, resource, row, hidden.path, hidden.column, names)


def _from_end(api: Api, resource: Resource, row: str, path: Sequence[str], column: str, names: Names) -> str:
    if not path:
        return f"{row}.{column}"
    relation, x = resource.relation(path[0]), names.new()
    other = api.resources[relation.resource]
    inner = _from_end(api, other, x, path[1:], column, names)
    return f"{row}.{relation.here} = any (array(select {x}.{relation.there} from {other.table} {x} where {inner}))"


def leading_somewhere(api: Api, resource: Resource, path: Sequence[str], names: Names) -> str:
    """The keys of the rows from which this way leads somewhere, read off an index at its far end."""
    relation, x = resource.relation(path[0]), names.new()
    other = api.resources[relation.resource]
    there = f"{x}.{relation.there}"
    where = [f"{there} is not null", *standing(other, x)]
    for name in path[1:]:
        where += _leads(api, other.relation(name), x, names)
    return f"select distinct {there} from {other.table} {x} where {' and '.join(where)}"


def _leads(api: Api, relation: Relation, row: str, names: Names) -> Iterator[str]:
    """The row is there, for a foreign key says so; unless it is one of the few that are not of the resource."""
    other, y = api.resources[relation.resource], names.new()
    here = f"{row}.{relation.here}"
    yield f"{here} is not null"
    for column, value in other.always.items():
        few = _standing(f"{y}.{column}", not value)
        yield f"not exists (select from {other.table} {y} where {y}.{relation.there} = {here} and {few})"


@dataclass(slots=True)
class _Node:
    """Parameters about one row, and about the rows it leads to."""

    own: list[tuple[int, Parameter]] = field(default_factory=list)
    further: dict[str, "_Node"] = field(default_factory=dict)

    def keyed(self) -> bool:
        return any(p.filter.keyed for _, p in self.own) or any(node.keyed() for node in self.further.values())


@dataclass(frozen=True, slots=True)
class Conditions:
    """Compiles parameters; those by one path mean one and the same row at its end."""

    api: Api
    binds: Binds
    names: Names

    def asked(self, resource: Resource, row: str, parameters: Sequence[Parameter]) -> list[str]:
        """One condition for each way that the parameters go."""
        top, apart = _Node(), []
        for index, parameter in enumerate(parameters):
            if parameter.value == "":  # nothing is known by an empty name, and it never means everything
                apart.append("false")
            elif parameter.filter.test is Test.EXISTS:
                found = self._exists(resource, row, parameter.filter.path)
                apart.append(found if parameter.value else f"not {found}")
            else:
                node = top
                for name in parameter.filter.path:
                    node = node.further.setdefault(name, _Node())
                node.own.append((index, parameter))
        return [*apart, *self._node(resource, row, top)]

    def _exists(self, resource: Resource, row: str, path: Sequence[str]) -> str:
        relation, x = resource.relation(path[0]), self.names.new()
        other = self.api.resources[relation.resource]
        where = [f"{x}.{relation.there} = {row}.{relation.here}", *standing(other, x)]
        if path[1:]:
            where.append(self._exists(other, x, path[1:]))
        return f"exists (select from {other.table} {x} where {' and '.join(where)})"

    def _node(self, resource: Resource, row: str, node: _Node) -> list[str]:
        own = [self._holds(resource, row, index, parameter) for index, parameter in node.own]
        return own + [self._further(resource, row, name, deeper) for name, deeper in node.further.items()]

    def _further(self, resource: Resource, row: str, name: str, node: _Node) -> str:
        relation, x = resource.relation(name), self.names.new()
        other = self.api.resources[relation.resource]
        where = self._node(other, x, node)
        here = f"{row}.{relation.here}"
        if relation.through is None:
            return self._linked(node, here, other.table, x, f"{x}.{relation.there}", where)
        way, v = relation.through, self.names.new()
        linked = self._linked(node, f"{v}.{way.there}", other.table, x, f"{x}.{relation.there}", where)
        return self._linked(node, here, way.table, v, f"{v}.{way.here}", [linked])

    def _linked(self, node: _Node, here: str, table: str, x: str, there: str, where: list[str]) -> str:
        if node.keyed():
            return f"{here} = any (array(select {there} from {table} {x} where {' and '.join(where)}))"
        return f"exists (select from {table} {x} where {' and '.join([f'{there} = {here}', *where])})"

    def _holds(self, resource: Resource, row: str, index: int, parameter: Parameter) -> str:
        asked = parameter.filter
        if "." in asked.column:
            group, _, part = asked.column.partition(".")
            return f"{row}.{group} @> jsonb_build_object('{part}', {self.binds.place(index, 'text')})"
        column = sought(resource.table, asked.column, row)
        if asked.test is Test.PRESENT:
            return f"{row}.{asked.column} is {'not null' if parameter.value else 'null'}"
        if asked.secret:
            return f"{column} = any ({self.binds.place(index, 'bytea[]')})"
        if asked.codes is not None or asked.test is Test.ONE_OF:
            return f"{column} = any ({self.binds.place(index, 'text[]')})"
        place = self.binds.place(index, _TYPES.get(asked.kind, "text"))
        if asked.test is Test.CONTAINS:
            return f"{column} ilike {place} and {column} <> ''"
        if asked.test is Test.EQUALS and asked.kind is Kind.TEXT and asked.keyed:
            return f"{column} = {place} and {column} <> ''"  # said again, for the partial indexes
        return f"{column} {asked.test} {place}"


def partij_ids(api: Api, resource: Resource, row: str, names: Names) -> Iterator[str]:
    """For each way to whom a row is about: a select of their ids."""
    for path in resource.partijen:
        yield _ids(api, resource, row, path, names)


def _ids(api: Api, resource: Resource, row: str, path: Sequence[str], names: Names) -> str:
    if not path:
        return f"select {row}.id"
    relation = resource.relation(path[0])
    if len(path) == 1:
        return f"select {row}.{relation.here}"
    other, x = api.resources[relation.resource], names.new()
    inner = _ids(api, other, x, path[1:], names)
    bound = f"{x}.{relation.there} = {row}.{relation.here}"
    if inner.startswith(f"select {x}.") and " from " not in inner:
        return f"{inner} from {other.table} {x} where {bound}"
    return f"select y.id from {other.table} {x}, lateral ({inner}) y (id) where {bound}"


def argument(parameter: Parameter) -> object:
    """The value as the statement takes it."""
    asked: Filter = parameter.filter
    value = parameter.value
    if asked.codes is not None:
        return list(asked.codes.get(str(value), ()))
    if asked.test is Test.ONE_OF:
        return str(value).split(",")
    if asked.test is Test.CONTAINS:
        text = str(value)
        for sign in ("\\", "%", "_"):
            text = text.replace(sign, "\\" + sign)
        return f"%{text}%"
    return value
