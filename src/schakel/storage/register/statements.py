# SPDX-License-Identifier: EUPL-1.2
"""Statements: one for each shape of request, that reads, counts, expands and leaves the line in the logboek at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from schakel.kit.projection import Api, Guard, Parameter, Resource
from schakel.storage.register.render import Expand, Renderer, expand_tree, literal
from schakel.storage.register.where import Binds, Conditions, Names, hidden_keys, hides, partij_ids, standing, visible

#: Values before those of the parameters: what the line in the logboek says, and where to look.
FIXED = 8
WHERE = f"${FIXED}"

# The pseudonym of a partij as regie.logboek makes it: HMAC-SHA256, by the two halves of its key.
_PSEUDONYM = "sha256($2::bytea || sha256($1::bytea || uuid_send(p.id)))"


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL, and which parameters go into it in which order."""

    sql: str
    order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles the reads of one API."""

    api: Api
    base: str
    marker: str

    def one(self, resource: Resource, expand: Sequence[str] | None, lacks: frozenset[Guard], *, log: bool) -> Statement:
        """The JSON of one row by uuid; no row when it is not there."""
        names, renderer = Names(), Renderer(self.api, self.base, self.marker, lacks)
        text = renderer.whole(resource, "r", names, _tree(resource, expand))
        found = f"with r as materialized ({self._row(resource, WHERE if log else '$1', lacks, names)})"
        line = f", line as ({self._line(resource, names, 'from r')})" if log else ""
        return Statement(f"{found}{line} select convert_to({text}, 'UTF8') from r")

    def written(self, resource: Resource, others: Sequence[Resource], lacks: frozenset[Guard], did: str) -> Statement:
        """The JSON of a row that was just written, with rows that were written along; the line says what was done."""
        names, renderer = Names(), Renderer(self.api, self.base, self.marker, lacks)
        shown = []
        for n, one in enumerate([resource, *others]):
            row = "r" if n == 0 else f"({self._row(one, f'${FIXED + n}', lacks, names)})"
            x = names.new()
            shown.append(f"(select convert_to({renderer.whole(one, x, names, None)}, 'UTF8') from {row} {x})")
        found, line = self._row(resource, WHERE, lacks, names), self._line(resource, names, "from r", did)
        return Statement(f"with r as materialized ({found}), line as ({line}) select {', '.join(shown)}")

    def _row(self, resource: Resource, place: str, lacks: frozenset[Guard], names: Names) -> str:
        seen = [f"t.id = {place}::uuid", *standing(resource, "t"), *visible(self.api, resource, "t", lacks, names)]
        return f"select t.* from {resource.table} t where {' and '.join(seen)}"

    def page(
        self,
        resource: Resource,
        parameters: Sequence[Parameter],
        expand: Sequence[str] | None,
        lacks: frozenset[Guard],
        size: int,
        *,
        first: bool,
    ) -> Statement:
        """The rows of one page, newest first, with how many there are in all."""
        names, binds = Names(), Binds(FIXED)
        asked = Conditions(self.api, binds, names).asked(resource, "t", parameters)
        seen = [*standing(resource, "t"), *visible(self.api, resource, "t", lacks, names), *asked]
        where = " and ".join(seen) or "true"
        parts = _parts(resource, parameters, lacks)
        if parts is not None:
            apart = self._hidden(resource, parameters, lacks, binds, names)
            chosen = _by_counts(resource.table, parts, where, size, apart, first=first)
        elif any(p.filter.keyed for p in parameters):
            chosen = _by_key(resource.table, where, size)
        else:
            chosen = _by_walking(resource.table, where, size)
        text = Renderer(self.api, self.base, self.marker, lacks).whole(resource, "r", names, _tree(resource, expand))
        return Statement(
            f"""with {chosen},
r as materialized (select t.* from chosen join {resource.table} t using (volgnummer)),
line as ({self._line(resource, names, "")})
select (select n from counted), convert_to(coalesce((select string_agg({text}, ',' order by r.volgnummer desc)
from r), ''), 'UTF8')""",
            tuple(binds.order),
        )

    def _hidden(
        self, resource: Resource, parameters: Sequence[Parameter], lacks: frozenset[Guard], binds: Binds, names: Names
    ) -> str:
        """How many of the rows in the counts this caller may not see; empty when the counts say it themselves."""
        keys = [hidden_keys(self.api, resource, "t", one, names) for one in hides(resource, lacks) if one.path]
        if not keys:
            return ""
        asked = Conditions(self.api, binds, names).asked(resource, "t", parameters)
        where = " and ".join([*standing(resource, "t"), *asked, f"({' or '.join(keys)})"])
        return f"(select count(*) from {resource.table} t where {where})"

    def _line(self, resource: Resource, names: Names, only_if: str, did: str = "lezen") -> str:
        ways = " union all ".join(partij_ids(self.api, resource, "r", names)) or "select null::uuid"
        who = f"array(select distinct {_PSEUDONYM} from r, lateral ({ways}) p (id) where p.id is not null)"
        shows = literal("{" + ",".join(f'"{klasse}"' for klasse in resource.shows) + "}")
        return f"""insert into verwerking (moment, wie, functie, doel, activiteit, soort, bronnen, gezien, betrokkenen,
vervalt_op)
select now(), $3::text, $4::text, $5::text, {literal(f"{resource.name} {did}")}, $6::text, '{{Klantregister}}'::text[],
{shows}::text[], {who}, $7::date {only_if}"""


def _tree(resource: Resource, expand: Sequence[str] | None) -> Expand | None:
    if not resource.expands or expand is None:
        return None
    tree = expand_tree(expand)
    return None if expand and not tree else tree


def _parts(resource: Resource, parameters: Sequence[Parameter], lacks: frozenset[Guard]) -> tuple[str, ...] | None:
    """The parts of the maintained counts that are exactly the rows asked for; None when there are none such."""
    apart = {hidden.part for hidden in hides(resource, lacks) if hidden.part}
    parts = [part for part in resource.parts if part not in apart]
    for parameter in parameters:
        counted = resource.counted.get(parameter.filter.name)
        if counted is None or parameter.value not in counted:
            return None
        parts = [part for part in parts if part == counted[parameter.value]]
    return tuple(parts)


def _by_counts(table: str, parts: Sequence[str], where: str, size: int, apart: str, *, first: bool) -> str:
    """Deep pages too: whole blocks are passed by adding up their counts, the rest by walking one block.

    With rows counted `apart` a block does not say how many of its rows are seen; then the way there is walked.
    """
    of = f"tabel = {literal(table)} and deel in ({', '.join(map(literal, parts)) or 'null'})"
    walk = f"select t.volgnummer from {table} t where {where}"
    if first or apart:
        less = f" - {apart}" if apart else ""
        return f"""counted (n) as (select coalesce(sum(aantal), 0)::bigint{less} from telling where {of}),
chosen as materialized ({walk} order by t.volgnummer desc offset {WHERE}::bigint limit {size})"""
    return f"""blok as materialized (select blok, sum(aantal)::bigint as n,
sum(sum(aantal)) over (order by blok desc)::bigint as passed from telling where {of} group by blok),
counted (n) as (select coalesce(sum(n), 0)::bigint from blok),
place as materialized (select blok, {WHERE}::bigint - passed + n as skip from blok where passed > {WHERE}::bigint
order by blok desc limit 1),
chosen as materialized ({walk} and t.volgnummer < ((select blok from place) + 1) << 12
order by t.volgnummer desc offset (select skip from place) limit {size})"""


def _by_key(table: str, where: str, size: int) -> str:
    """All that fit a key are few: found once, counted and cut."""
    return f"""found as materialized (select t.volgnummer from {table} t where {where}),
counted (n) as (select count(*) from found),
chosen as materialized (select volgnummer from found order by volgnummer desc offset {WHERE}::bigint limit {size})"""


def _by_walking(table: str, where: str, size: int) -> str:
    """Many fit: the page is walked in order, and the count costs by its hits."""
    return f"""counted (n) as (select count(*) from {table} t where {where}),
chosen as materialized (select t.volgnummer from {table} t where {where}
order by t.volgnummer desc offset {WHERE}::bigint limit {size})"""
