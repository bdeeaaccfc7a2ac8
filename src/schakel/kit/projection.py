# SPDX-License-Identifier: EUPL-1.2
"""Projection: how a resource of an API is described, once; SQL, validation and the answer follow from it.

A description names tables and columns, but holds no SQL: storage compiles it, an API fills it and reads from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What a value looks like on the wire."""

    UUID = "uuid"
    TEXT = "text"
    BOOL = "bool"
    INT = "int"
    DATE = "date"
    MOMENT = "moment"
    URI = "uri"
    EMAIL = "email"
    MAP = "map"
    GROUP = "group"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a resource. Without `column` a group has its parts in columns of the row itself.

    `omitted`: left out of an answer when empty, because the standard's own pattern forbids an empty text.
    `variants`: the parts of a group, by the value of the column `by`. A reference is to a row of `resource`.
    """

    name: str
    kind: Kind = Kind.TEXT
    column: str = ""
    required: bool = False
    nullable: bool = False
    read_only: bool = False
    max_length: int | None = None
    min_length: int | None = None
    pattern: str = ""
    choices: tuple[str, ...] = ()
    omitted: bool = False
    default: object = None
    fields: tuple["Field", ...] = ()
    resource: str = ""
    by: str = ""
    variants: Mapping[str, tuple["Field", ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Through:
    """A table between two: `here` points to this side, `there` to the other; `order` is a column of it."""

    table: str
    here: str
    there: str
    order: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of another resource that belong to a row: those whose `there` equals its `here`.

    `shown` false is a way for filters only. `inline` gives the whole object in place of its uuid and url, which
    `extra` fields may join. `first` takes one of many, and leaves the name out when there is none.
    """

    name: str
    resource: str
    here: str = "id"
    there: str = "id"
    many: bool = False
    through: Through | None = None
    shown: bool = True
    inline: bool = False
    first: bool = False
    required: bool = False
    nullable: bool = False
    read_only: bool = False
    extra: tuple[Field, ...] = ()


class Test(StrEnum):
    """How a parameter is held against a column."""

    __test__ = False  # for pytest: not a class of tests

    EQUALS = "="
    CONTAINS = "contains"
    BEFORE = "<"
    UNTIL = "<="
    AFTER = ">"
    SINCE = ">="
    ONE_OF = "one of"
    EXISTS = "exists"
    PRESENT = "present"

    @property
    def is_range(self) -> bool:
        """Before or after something."""
        return self in (Test.BEFORE, Test.UNTIL, Test.AFTER, Test.SINCE)


@dataclass(frozen=True, slots=True)
class Filter:
    """A query parameter. All that go by the same `path` of relations mean the same row at its end.

    `keyed`: few rows fit one value, so that they are all looked up and counted at once. `url` reads the uuid at the
    end of a url; `codes` are values that stand for several stored ones; `secret` is looked up by its blind index.
    """

    name: str
    column: str
    kind: Kind = Kind.TEXT
    test: Test = Test.EQUALS
    path: tuple[str, ...] = ()
    keyed: bool = True
    url: bool = False
    secret: bool = False
    choices: tuple[str, ...] = ()
    codes: Mapping[str, tuple[str, ...]] | None = None


class Guard(StrEnum):
    """What a caller may lack, and then does not see."""

    VERTROUWELIJK = "vertrouwelijk"
    GEHEIM = "geheim"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows whose `column` is true, here or at the end of `path`, are not there for who lacks the guard.

    With `fields` the row is there, and those are empty. `part`: these rows are counted apart, under this name.
    """

    guard: Guard
    column: str
    path: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True)
class Resource:
    """One resource: `name` is its path on the wire.

    `always` maps columns to the value that every row of it has (None: any but null, a tuple: one of these).
    `partijen` are the paths to whom it is about, for the logboek; () is itself. `shows` are the gegevensklassen in it.
    The maintained counts are kept in `parts`; `counted` gives for a filter the part that each value has.
    `orders`: by which columns a list can be sorted, by the names that are asked. `expand_shown` false: there is no
    `_expand` in an answer unless it was asked for, because the standard has none here.
    """

    name: str
    table: str
    fields: tuple[Field, ...]
    relations: tuple[Relation, ...] = ()
    filters: tuple[Filter, ...] = ()
    expands: tuple[str, ...] = ()
    expand_shown: bool = True
    orders: Mapping[str, str] = field(default_factory=dict)
    always: Mapping[str, object] = field(default_factory=dict)
    hidden: tuple[Hidden, ...] = ()
    partijen: tuple[tuple[str, ...], ...] = ()
    shows: tuple[str, ...] = ()
    parts: tuple[str, ...] = ("",)
    counted: Mapping[str, Mapping[object, str]] = field(default_factory=dict)

    def relation(self, name: str) -> Relation:
        """The relation of this name."""
        return next(relation for relation in self.relations if relation.name == name)

    @cached_property
    def by_name(self) -> Mapping[str, Filter]:
        """The filters by their names."""
        return {one.name: one for one in self.filters}

    def order(self, asked: str, parameters: Sequence["Parameter"]) -> str:
        """The column to sort by, with - when descending: as asked, else that of a range, else none."""
        if asked:
            return ("-" if asked.startswith("-") else "") + self.orders[asked.removeprefix("-")]
        ranges = (p.filter.column for p in parameters if p.filter.test.is_range and not p.filter.path)
        return next((f"-{column}" for column in ranges if column in self.orders.values()), "")


@dataclass(frozen=True, slots=True)
class Api:
    """A standard: its path, its version, its resources by name, and the roads where one only posts.

    `parameters` are those of a write, by method and resource. `searched` are resources that are searched by POST.
    `overlay` describes what is ours in it, beside the standard's own description.
    A list is an array of all where it is not `paged`. `bulk`: which resources take many lines at once, and the road
    whose body each of these lines is.
    """

    path: str
    version: str
    resources: Mapping[str, Resource]
    roads: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    overlay: bytes = b""
    parameters: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    paged: bool = True
    bulk: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A filter with the value that was asked, checked and in its own type."""

    filter: Filter
    value: object


@dataclass(frozen=True, slots=True)
class Invalid:
    """One line of `invalidParams`."""

    name: str
    code: str
    reason: str
