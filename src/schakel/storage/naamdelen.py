# SPDX-License-Identifier: EUPL-1.2
"""Naamdelen: by which parts a name is found, and who share them with what was typed; fast among a million names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from schakel.kanaalintegratie.gelijkenis import telling
from schakel.storage.pool import Connection

#: Errors and beginnings are looked for in so many signs; the rest only ranks.
_HEAD, _BEGIN = 7, 4
#: A part that so many names share is common: such lists are laid side by side, shorter ones looked up one by one.
_COMMON = 400
#: So many per part are looked at when words need not come together.
_LOOSE = 1_000
#: Places between two ways of finding; more than a word has parts.
_PLACES = 100

_SIZES = f"""
select v.deel, (select count(*) from (select from naamdeel n where n.deel = v.deel limit {_COMMON}) s) as aantal
from unnest($1::text[]) v (deel)"""

_IN = "d.partij_id in (select partij_id from naamdeel where deel = any (${}))"
_LOOKED_UP = "(select true from naamdeel n where n.partij_id = d.partij_id and n.deel = any (${}) limit 1)"

_LOOSELY = f"""
select partij_id from (
    select n.partij_id, v.woord from unnest($1::text[], $2::int[]) v (deel, woord),
    lateral (select n.partij_id from naamdeel n where n.deel = v.deel limit {_LOOSE}) n) r
group by partij_id order by count(distinct woord) desc, count(*) desc limit $3"""


def name_parts(zoeknaam: str) -> list[str]:
    """By what a name is found: each telling word, that word with one sign less, and its beginnings.

    Two words with one typing error between them always share a part; that is why no extension is needed.
    """
    found: set[str] = set()
    for word in telling(zoeknaam.split()):
        found |= _with_errors(word) | {_beginning(word, n) for n in range(2, min(len(word), _BEGIN) + 1)}
    return sorted(found)


def _with_errors(word: str) -> set[str]:
    head = word[:_HEAD]
    return {head} | ({head[:n] + head[n + 1 :] for n in range(len(head))} if len(head) > 2 else set())


def _beginning(word: str, length: int) -> str:
    return f"^{word[:length]}"


@dataclass(frozen=True, slots=True)
class _List:
    """Names that have one of these parts."""

    delen: tuple[str, ...]
    size: int


async def sharing(connection: Connection, words: Sequence[str], enough: int, most: int | None) -> Mapping[UUID, int]:
    """Partijen whose names share parts with every word, as typed first; when nobody does, those who share some.

    Each with its place; a place may be shared. One letter alone only ranks. `most` per way, the best ones.
    """
    asked = list(dict.fromkeys(word for word in telling(words) if len(word) > 1))
    if not asked:
        return {}
    near = {word: sorted(_with_errors(word) | {_beginning(word, _BEGIN)}) for word in asked}
    parts = sorted({part for parts in near.values() for part in parts})
    sizes = {row["deel"]: row["aantal"] for row in await connection.fetch(_SIZES, parts)}
    found: dict[UUID, int] = {}
    for way, lists in enumerate(_ways(asked, near, sizes)):
        if len(found) < enough and all(one.size for one in lists):
            rows = await _sharing_all(connection, sorted(lists, key=lambda one: one.size), most)
            found = {row["partij_id"]: way * _PLACES - row["delen"] for row in rows} | found
    if found or len(asked) == 1:
        return found
    typed = [(part, n) for n, word in enumerate(asked) for part in near[word]]
    rows = await connection.fetch(_LOOSELY, [part for part, _ in typed], [n for _, n in typed], most)
    return {row["partij_id"]: place for place, row in enumerate(rows)}


def _ways(words: Sequence[str], near: dict[str, list[str]], sizes: dict[str, int]) -> Iterator[list[_List]]:
    """Every word as it was typed; then one of them with an error in it or more to come."""

    def named(delen: Sequence[str]) -> _List:
        return _List(tuple(delen), sum(sizes[deel] for deel in delen))

    exact = [named([word[:_HEAD]]) for word in words]
    yield exact
    for n, word in enumerate(words):
        yield [*exact[:n], named(near[word]), *exact[n + 1 :]]


async def _sharing_all(connection: Connection, lists: Sequence[_List], most: int | None) -> Sequence[asyncpg.Record]:
    """Who is in all lists, shortest first, with how many parts are shared in the first."""
    common, alone = lists[0].size >= _COMMON, len(lists) == 1
    where = " and ".join((_IN if common else _LOOKED_UP).format(place) for place in range(4, 3 + len(lists)))
    sql = f"""with d as materialized (
select partij_id, count(*) as delen from unnest($1::text[]) v (deel), lateral (
select partij_id from naamdeel n where n.deel = v.deel limit $2) n group by partij_id)
select partij_id, delen from d where {where or "true"} order by delen desc limit $3"""
    return await connection.fetch(sql, lists[0].delen, most if alone else None, most, *(one.delen for one in lists[1:]))
