# SPDX-License-Identifier: EUPL-1.2
"""Walk: the ways to the rows of one page, and to how many there are in all; each gives `counted` and `chosen`."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Values of a statement before those of the parameters: what the line in the logboek says, and where to look.
FIXED = 8
WHERE = f"${FIXED}"


def in_parts(table: str, parts: Sequence[str]) -> str:
    """The counts of these parts of a table."""
    named = ", ".join(f"'{part}'" for part in parts) or "null"
    return f"tabel = '{table}' and deel in ({named})"


@dataclass(frozen=True, slots=True)
class Walk:
    """Through the rows of `table` (as t) that fit, in the order of `column`; without one, in the order they came."""

    table: str
    where: str
    column: str
    descending: bool
    size: int

    def order(self, row: str) -> str:
        """Each row has a place of its own: pages never overlap."""
        way = " desc" if self.descending else ""
        return ", ".join(f"{row}.{column}{way}" for column in self._columns)

    @property
    def _columns(self) -> Sequence[str]:
        return (self.column, "volgnummer") if self.column else ("volgnummer",)

    def by_counts(self, parts: Sequence[str], apart: str, *, first: bool) -> str:
        """Deep pages too: whole blocks are passed by adding up their counts, the rest by walking one block.

        `apart` selects the rows in those counts that are not there for this caller.
        """
        of = in_parts(self.table, parts)
        if first or self.column:
            less = f" - (select count(*) from ({apart}) a)" if apart else ""
            counted = f"counted (n) as (select coalesce(sum(aantal), 0)::bigint{less} from telling where {of})"
            return f"{counted},\n{self._chosen()}"
        counts = f"select blok, aantal from telling where {of}"
        if apart:
            counts += f" union all select volgnummer >> 12, -1 from ({apart}) a"
        return f"""blok as materialized (select blok, sum(aantal)::bigint as n,
sum(sum(aantal)) over (order by blok desc)::bigint as passed from ({counts}) c group by blok),
counted (n) as (select coalesce(sum(n), 0)::bigint from blok),
place as materialized (select blok, {WHERE}::bigint - passed + n as skip from blok where passed > {WHERE}::bigint
order by blok desc limit 1),
{self._chosen("t.volgnummer < ((select blok from place) + 1) << 12", "(select skip from place)")}"""

    def by_key(self) -> str:
        """All that fit a key are few: found once, counted and cut."""
        columns = ", ".join(f"t.{column}" for column in self._columns)
        return f"""found as materialized (select {columns} from {self.table} t where {self.where}),
counted (n) as (select count(*) from found),
chosen as materialized (select volgnummer from found order by {self.order("found")} offset {WHERE}::bigint
limit {self.size})"""

    def in_order(self, count: str = "") -> str:
        """Many fit: the page is walked in order, and the count costs by its hits; or there is a shorter way to it."""
        count = count or f"(select count(*) from {self.table} t where {self.where})"
        return f"""counted (n) as materialized (select {count}),
{self._chosen("(select n from counted) > 0")}"""

    def _chosen(self, place: str = "", skip: str = f"{WHERE}::bigint") -> str:
        where = f"{self.where} and {place}" if place else self.where
        return f"""chosen as materialized (select t.volgnummer from {self.table} t where {where}
order by {self.order("t")} offset {skip} limit {self.size})"""
