# SPDX-License-Identifier: EUPL-1.2
"""Statements: one for each shape of request, that reads, counts, expands and leaves the line in the logboek at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from schakel.kit.projection import Api, Guard, Parameter, Resource, Test
from schakel.storage.register.render import Expand, Renderer, expand_tree, literal
from schakel.storage.register.walk import FIXED, WHERE, Walk, in_parts
from schakel.storage.register.where import (
    Binds,
    Conditions,
    Names,
    hidden_keys,
    hides,
    leading_somewhere,
    partij_ids,
    standing,
    visible,
)

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

    def written(
        self, resource: Resource, others: Sequence[Resource], lacks: frozenset[Guard], did: str, before: str = ""
    ) -> Statement:
        """The JSON of a row that was just written, with rows that were written along; the line says what was done.

        `before` are clauses that write them here and now: who carries the name of a table stands in for it.
        """
        names, renderer = Names(), Renderer(self.api, self.base, self.marker, lacks)
        shown = []
        for n, one in enumerate([resource, *others]):
            row = "r" if n == 0 else f"({self._row(one, f'${FIXED + n}', lacks, names)})"
            x = names.new()
            shown.append(f"(select convert_to({renderer.whole(one, x, names, None)}, 'UTF8') from {row} {x})")
        found, line = self._row(resource, WHERE, lacks, names), self._line(resource, names, "from r", did)
        before = f"{before}, " if before else ""
        return Statement(f"with {before}r as materialized ({found}), line as ({line}) select {', '.join(shown)}")

    def these(self, resource: Resource, expand: Sequence[str], lacks: frozenset[Guard], did: str) -> Statement:
        """The JSON of the rows of these uuids, in the order given."""
        names, renderer = Names(), Renderer(self.api, self.base, self.marker, lacks)
        seen = [*standing(resource, "t"), *visible(self.api, resource, "t", lacks, names)]
        text = renderer.whole(resource, "r", names, _tree(resource, expand))
        return Statement(
            f"""with r as materialized (select t.*, o.zoekplaats from unnest({WHERE}::uuid[]) with ordinality
o (id, zoekplaats) join {resource.table} t on t.id = o.id where {" and ".join(seen) or "true"}),
line as ({self._line(resource, names, "", did)})
select convert_to(coalesce((select string_agg({text}, ',' order by r.zoekplaats) from r), ''), 'UTF8')"""
        )

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
        order: str = "",
    ) -> Statement:
        """The rows of one page, in order, with how many there are in all."""
        names, binds = Names(), Binds(FIXED)
        asked = Conditions(self.api, binds, names).asked(resource, "t", parameters)
        seen = [*standing(resource, "t"), *visible(self.api, resource, "t", lacks, names), *asked]
        where = " and ".join(seen) or "true"
        column = resource.order(order, parameters)
        walk = Walk(resource.table, where, column.lstrip("-"), not column or column.startswith("-"), size)
        parts = _parts(resource, parameters, lacks)
        if parts is not None:
            apart = self._apart(resource, parameters, lacks, binds, names)
            chosen = walk.by_counts(parts, apart, first=first)
        elif any(p.filter.keyed for p in parameters):
            chosen = walk.by_key()
        elif len(parameters) == 1 and parameters[0].filter.test is Test.EXISTS and not resource.always:
            chosen = walk.in_order(self._count_leading(resource, parameters[0], lacks, names))
        else:
            chosen = walk.in_order()
        text = Renderer(self.api, self.base, self.marker, lacks).whole(resource, "r", names, _tree(resource, expand))
        return Statement(
            f"""with {chosen},
r as materialized (select t.* from chosen join {resource.table} t using (volgnummer)),
line as ({self._line(resource, names, "")})
select (select n from counted), convert_to(coalesce((select string_agg({text}, ',' order by {walk.order("r")})
from r), ''), 'UTF8')""",
            tuple(binds.order),
        )

    def _count_leading(self, resource: Resource, parameter: Parameter, lacks: frozenset[Guard], names: Names) -> str:
        """How many rows lead somewhere, or nowhere: never by asking each of them."""
        path = parameter.filter.path
        with_any = f"(select count(*) from ({leading_somewhere(self.api, resource, path, names)}) f)"
        any_of_t = Conditions(self.api, Binds(0), names).asked(resource, "t", [Parameter(parameter.filter, True)])
        for hidden in hides(resource, lacks):
            where = " and ".join([hidden_keys(self.api, resource, "t", hidden, names), *any_of_t])
            with_any += f" - (select count(*) from {resource.table} t where {where})"
        if parameter.value:
            return with_any
        of = in_parts(resource.table, _parts(resource, (), lacks) or ())
        return f"(select coalesce(sum(aantal), 0)::bigint from telling where {of}) - ({with_any})"

    def _apart(
        self, resource: Resource, parameters: Sequence[Parameter], lacks: frozenset[Guard], binds: Binds, names: Names
    ) -> str:
        """The rows in the counts that this caller may not see; empty when the counts leave them out themselves."""
        keys = [hidden_keys(self.api, resource, "t", one, names) for one in hides(resource, lacks) if one.path]
        if not keys:
            return ""
        asked = Conditions(self.api, binds, names).asked(resource, "t", parameters)
        where = " and ".join([*standing(resource, "t"), *asked, f"({' or '.join(keys)})"])
        return f"select t.volgnummer from {resource.table} t where {where}"

    def note(self, resource: Resource, did: str) -> Statement:
        """The line alone, about these partijen."""
        who = f"array(select {_PSEUDONYM} from unnest({WHERE}::uuid[]) p (id))"
        return Statement(self._inserted(resource, who, "", did))

    def _line(self, resource: Resource, names: Names, only_if: str, did: str = "lezen") -> str:
        ways = " union all ".join(partij_ids(self.api, resource, "r", names)) or "select null::uuid"
        who = f"array(select distinct {_PSEUDONYM} from r, lateral ({ways}) p (id) where p.id is not null)"
        return self._inserted(resource, who, only_if, did)

    def _inserted(self, resource: Resource, who: str, only_if: str, did: str) -> str:
        shows = literal("{" + ",".join(f'"{klasse}"' for klasse in resource.shows) + "}")
        return f"""insert into verwerking (moment, wie, functie, doel, activiteit, soort, bronnen, gezien, betrokkenen,
vervalt_op)
select now(), $3::text, $4::text, $5::text, {literal(f"{resource.name} {did}")}, $6::text, '{{Klantregister}}'::text[],
{shows}::text[], {who}, $7::date {only_if}"""


def _tree(resource: Resource, expand: Sequence[str] | None) -> Expand | None:
    if not resource.expands or expand is None:
        return None
    if not expand and not resource.expand_shown:
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
