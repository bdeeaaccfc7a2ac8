# SPDX-License-Identifier: EUPL-1.2
"""Together: new rows of several tables, kept in one statement, or by the hundreds at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from schakel.storage.pool import Connection
from schakel.storage.register.write_rows import Columns

#: New rows by their table, in the order of what they point to. All rows of one table have the same columns.
Rows = dict[str, list[Columns]]


@dataclass(frozen=True, slots=True)
class Volgnummer:
    """The next number of a sequence: behind a prefix, or else ten digits long."""

    sequence: str
    prefix: str = ""

    def spell(self, number: int) -> str:
        return f"{self.prefix}{number}" if self.prefix else f"{number:010d}"


@dataclass(frozen=True, slots=True)
class Insert:
    """New rows of one table. `text` follows its name, with a {} where each of the values goes."""

    table: str
    text: str
    values: tuple[object, ...]


def insert_of(table: str, rows: Sequence[Columns]) -> Insert:
    """These rows of one table."""
    values: list[object] = []
    numbered = []
    for row in rows:
        for name, value in row.items():
            if isinstance(value, Volgnummer):
                numbered.append((name, value.sequence, bool(value.prefix)))
                values += [value.prefix] if value.prefix else []
            else:
                values.append(value)
    return Insert(table, _text(tuple(rows[0]), tuple(numbered), len(rows)), tuple(values))


@lru_cache(maxsize=1000)
def _text(names: tuple[str, ...], numbered: tuple[tuple[str, str, bool], ...], count: int) -> str:
    places = dict.fromkeys(names, "{}")
    for name, sequence, behind in numbered:
        places[name] = (
            f"{{}}::text || nextval('{sequence}')" if behind else f"lpad(nextval('{sequence}')::text, 10, '0')"
        )
    return f"({', '.join(names)}) values " + ", ".join([f"({', '.join(places.values())})"] * count)


def shape_of(inserts: Sequence[Insert]) -> tuple[tuple[str, str], ...]:
    """What of them is in the SQL."""
    return tuple((one.table, one.text) for one in inserts)


@lru_cache(maxsize=1000)
def clauses(shape: tuple[tuple[str, str], ...], first: int) -> str:
    """One clause of a `with` for each table, by its name: what reads that table further on, reads the new rows."""
    found = []
    for table, text in shape:
        last = first + text.count("{}")
        places = text.format(*(f"${n}" for n in range(first, last)))
        found.append(f"{table} as (insert into {table} {places} returning *)")
        first = last
    return ", ".join(found)


def values_of(inserts: Sequence[Insert]) -> list[object]:
    """All values, in the order of their places."""
    return [value for one in inserts for value in one.values]


async def insert_together(connection: Connection, inserts: Sequence[Insert]) -> None:
    """All of it in one statement."""
    await connection.execute(f"with {clauses(shape_of(inserts), 1)} select 1", *values_of(inserts))


async def copy_together(connection: Connection, lots: Sequence[Rows]) -> None:
    """All of it, table by table; each lot keeps its place in the order."""
    await _number(connection, lots)
    for table in dict.fromkeys(table for rows in lots for table in rows):
        by_names: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
        for rows in lots:
            for row in rows.get(table, ()):
                by_names.setdefault(tuple(row), []).append(tuple(row.values()))
        for names, records in by_names.items():
            await connection.copy_records_to_table(table, columns=names, records=records)


async def _number(connection: Connection, lots: Sequence[Rows]) -> None:
    """Numbers are given out by the hundreds too."""
    wanted: dict[str, list[tuple[Columns, str, Volgnummer]]] = {}
    for row in (row for rows in lots for several in rows.values() for row in several):
        for name, value in row.items():
            if isinstance(value, Volgnummer):
                wanted.setdefault(value.sequence, []).append((row, name, value))
    for sequence, places in wanted.items():
        numbers = await connection.fetchval(
            "select array(select nextval($1::regclass) from generate_series(1, $2))", sequence, len(places)
        )
        for number, (row, name, volgnummer) in zip(numbers, places, strict=True):
            row[name] = volgnummer.spell(number)


def merged(*several: Mapping[str, list[Columns]]) -> Rows:
    """Rows of several makers, as one."""
    found: Rows = {}
    for rows in several:
        for table, more in rows.items():
            found.setdefault(table, []).extend(more)
    return found
