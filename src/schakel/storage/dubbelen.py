# SPDX-License-Identifier: EUPL-1.2
"""Dubbelen in PostgreSQL: who shares a fact with whom, found by index; fills relatiebeheer's port `Dubbelregister`."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from schakel.kit.errors import NotFound
from schakel.relatiebeheer.dubbelen import Kenmerken, compare
from schakel.relatiebeheer.namens import Namens
from schakel.relatiebeheer.samenvoegen import MEEST, Opdracht, Paar, Samenvoeging
from schakel.storage.logboek import write_line
from schakel.storage.pool import Connection, Database
from schakel.storage.samenvoegen import merge, recent, unmerge

_KENMERKEN = """
select p.id, p.soort, p.naam, p.zoeknaam, p.geboortedatum, p.postcode, p.huisnummer, p.zelfstandig, p.geheim,
       (select json_object_agg(n.soort, encode(n.blind, 'hex')) from partij_identificator n
        where n.partij_id = p.id and n.soort <> 'overig') as nummers,
       array(select array[d.soort, d.zoekadres] from digitaal_adres d where d.partij_id = p.id) as adressen
from partij p where p.id = any($1::uuid[])"""

# A fact that very many share (a front desk's own number, the first of January) says nothing, and is cut off.
_CANDIDATES = f"""
with z as materialized (select * from partij where id = $1),
gevonden as (
    (select p.id from z join partij p on p.zoeknaam = z.zoeknaam
     where p.zoeknaam <> '' and not p.zelfstandig and not p.geheim
       and (p.geboortedatum = z.geboortedatum or z.geboortedatum is null or p.geboortedatum is null) limit {MEEST})
    union
    (select p.id from z join partij p on p.geboortedatum = z.geboortedatum where not p.zelfstandig limit {4 * MEEST})
    union
    (select p.id from z join partij p on p.postcode = z.postcode and p.huisnummer = z.huisnummer
     where z.postcode <> '' and p.postcode <> '' and not p.zelfstandig limit {MEEST})
    union
    (select d.partij_id from digitaal_adres o, lateral (values (o.zoekadres),
         (case when o.zoekadres like '+31%' then '0' || substr(o.zoekadres, 4)
               when o.zoekadres like '0%' then '+31' || substr(o.zoekadres, 2) end)) v (adres)
     join digitaal_adres d on d.zoekadres = v.adres where o.partij_id = $1 and d.partij_id is not null limit {MEEST})
)
select g.id from gevonden g
where g.id <> $1
  and not exists (select from geen_dubbel n where n.een_id = least($1, g.id) and n.ander_id = greatest($1, g.id))"""

_GROUPS = """
(select array_agg(id order by id) from partij
 where not zelfstandig and not geheim and zoeknaam <> '' and geboortedatum is not null
 group by zoeknaam, geboortedatum having count(*) > 1 limit $1)
union
(select array_agg(id order by id) from partij
 where not zelfstandig and not geheim and zoeknaam <> '' and geboortedatum is not null
 group by geboortedatum, left(zoeknaam, 4) having count(*) > 1 limit $1)
union
(select array_agg(id order by id) from partij
 where not zelfstandig and not geheim and zoeknaam <> '' and postcode <> '' and huisnummer <> ''
 group by zoeknaam, postcode, huisnummer having count(*) > 1 limit $1)
union
(select array_agg(distinct partij_id) from digitaal_adres where partij_id is not null
 group by zoekadres having count(distinct partij_id) > 1 limit $1)"""
_MOST_GROUPS = 1_000


class SqlDubbelregister:
    """Fills relatiebeheer's port `Dubbelregister`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def candidates(self, partij_id: UUID) -> tuple[Kenmerken, Sequence[Kenmerken]]:
        async with self._database.connection() as connection:
            ids = [row["id"] for row in await connection.fetch(_CANDIDATES, partij_id)]
            found = await read_kenmerken(connection, [partij_id, *ids])
        own = found.pop(partij_id, None)
        if own is None:
            raise NotFound
        return own, [one for one in found.values() if not (one.geheim or one.zelfstandig)]

    async def groups(self) -> Sequence[Sequence[Kenmerken]]:
        async with self._database.connection() as connection:
            groups = [row[0] for row in await connection.fetch(_GROUPS, _MOST_GROUPS)]
            found = await read_kenmerken(connection, list({one for group in groups for one in group}))
        open_ones = {one.id: one for one in found.values() if not (one.zelfstandig or one.geheim)}
        return [[open_ones[one] for one in group if one in open_ones] for group in groups]

    async def two(self, een: UUID, ander: UUID) -> Paar:
        async with self._database.connection() as connection:
            return await read_paar(connection, een, ander)

    async def differing(self) -> frozenset[tuple[UUID, UUID]]:
        async with self._database.connection() as connection:
            rows = await connection.fetch("select een_id, ander_id from geen_dubbel")
        return frozenset((row["een_id"], row["ander_id"]) for row in rows)

    async def declare_two(self, een: UUID, ander: UUID, door: Namens, at: datetime) -> None:
        low, high = sorted((een, ander))
        async with self._database.transaction() as connection:
            try:
                await connection.execute(
                    """insert into geen_dubbel (een_id, ander_id, wie, moment) values ($1, $2, $3, $4)
                       on conflict do nothing""",
                    low, high, door.naam, at,
                )  # fmt: skip
            except asyncpg.ForeignKeyViolationError:
                raise NotFound from None
            await write_line(connection, door.line("geen dubbelen", (een, ander), at))

    async def merge(self, opdracht: Opdracht, door: Namens, at: datetime) -> Samenvoeging:
        async with self._database.transaction() as connection:
            paar = await read_paar(connection, opdracht.winnaar_id, opdracht.verliezer_id, lock=True)
            return await merge(connection, paar, opdracht, door, at)

    async def unmerge(self, verliezer_id: UUID, reden: str, door: Namens, at: datetime) -> Samenvoeging:
        async with self._database.transaction() as connection:
            return await unmerge(connection, verliezer_id, reden, door, at)

    async def recent(self, limit: int) -> Sequence[Samenvoeging]:
        async with self._database.connection() as connection:
            return await recent(connection, limit)

    async def successor(self, verliezer_id: UUID) -> UUID | None:
        async with self._database.connection() as connection:
            found: UUID | None = await connection.fetchval(
                "select winnaar_id from samenvoeging where verliezer_id = $1 and gesplitst_op is null", verliezer_id
            )
        return found


async def read_kenmerken(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, Kenmerken]:
    """What is compared of each of these that is there."""
    return {row["id"]: _kenmerken(row) for row in await connection.fetch(_KENMERKEN, ids)}


async def read_paar(connection: Connection, een: UUID, ander: UUID, *, lock: bool = False) -> Paar:
    """Both, or NotFound; locked in one order whoever asks, so that two merges never wait for each other."""
    if lock:
        await connection.execute("select from partij where id = any($1::uuid[]) order by id for update", [een, ander])
    found = await read_kenmerken(connection, [een, ander])
    if een not in found or ander not in found:
        raise NotFound
    return Paar(found[een], found[ander], compare(found[een], found[ander]))


def _kenmerken(row: asyncpg.Record) -> Kenmerken:
    return Kenmerken(
        row["id"],
        row["soort"],
        row["naam"],
        row["zoeknaam"],
        row["geboortedatum"],
        row["postcode"],
        row["huisnummer"],
        row["zelfstandig"],
        row["geheim"],
        json.loads(row["nummers"]) if row["nummers"] else {},
        frozenset((soort, adres) for soort, adres in row["adressen"]),
    )
