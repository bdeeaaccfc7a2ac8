# SPDX-License-Identifier: EUPL-1.2
"""Samenvoegen in PostgreSQL: everything that points at one partij moves to another, and can move back.

`bewijs` holds the whole losing record, the keys of the rows that only changed hands, the rows that changed more than
that (as they were and as they became), and the rows that had no place left. What has been changed or added since is not
undone: a row goes back when it is still where the merge put it, a value when it is still what the merge made of it.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from schakel.kit.errors import Conflict, NotFound
from schakel.kit.ids import new_id
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.relatiebeheer.namens import Namens
from schakel.relatiebeheer.samenvoegen import (
    NietSamen,
    NietTeSplitsen,
    Opdracht,
    Paar,
    Samenvoeging,
    additions,
)
from schakel.storage.logboek import write_line
from schakel.storage.naamdelen import name_parts
from schakel.storage.pool import Connection

Bewijs = dict[str, Any]

#: What only changes hands: table, column, and the key of its rows. A test holds these lists against the foreign keys.
MOVES: tuple[tuple[str, str, str], ...] = (
    ("betrokkene", "partij_id", "id"),
    ("categorie_relatie", "partij_id", "id"),
    ("interactie", "partij_id", "id"),
    ("interactie", "voorgesteld_id", "id"),
    ("partij", "werkte_voor_id", "id"),
    ("partij_identificator", "partij_id", "id"),
    ("rekeningnummer", "partij_id", "id"),
    ("samenvoeging", "winnaar_id", "id"),
    ("sessie", "partij_id", "digest"),
)
#: Pairs of partijen: a pair with the winner himself, or one that he has already, has no place left.
PAIRS: tuple[tuple[str, str, str], ...] = (("vertegenwoordiging", "vertegenwoordigende", "vertegenwoordigde"),)
#: Rows that go with the record they speak of, and come back with it.
GO_ALONG: tuple[tuple[str, str], ...] = (
    ("naamdeel", "partij_id"),
    ("geen_dubbel", "een_id"),
    ("geen_dubbel", "ander_id"),
)
_BETWEEN = {"vertegenwoordiging": ("vertegenwoordigende", "vertegenwoordigde"), "geen_dubbel": ("een_id", "ander_id")}
_MADE_AGAIN = ("naamdeel", "geen_dubbel")
#: Addresses have rules of their own: one standard per soort, one of each, one per referentie.
ADRES = ("digitaal_adres", "partij_id")

_WIRE = {
    "betrokkene": "betrokkenen", "categorie_relatie": "categorieRelaties",
    "partij": "contactpersonen", "partij_identificator": "partijIdentificatoren", "rekeningnummer": "rekeningnummers",
    "vertegenwoordiging": "vertegenwoordigingen", "digitaal_adres": "digitaleAdressen",
}  # fmt: skip

_ADRESSEN = """
with oud as materialized (select * from digitaal_adres where partij_id = $2 for update),
nieuw as (
    update digitaal_adres d set
        partij_id = case when dubbel then null else $1::uuid end,
        is_standaard = d.is_standaard and not dubbel and not exists (
            select from digitaal_adres w where w.partij_id = $1 and w.soort = d.soort and w.is_standaard),
        referentie = case when not dubbel and d.referentie <> '' and exists (
            select from digitaal_adres w
            where w.partij_id = $1 and w.soort = d.soort and w.referentie = d.referentie) then '' else d.referentie end
    from (select o.id, exists (select from digitaal_adres w
              where w.partij_id = $1 and w.soort = o.soort and w.adres = o.adres) as dubbel from oud o) v
    where d.id = v.id returning d.id, d.partij_id, d.is_standaard, d.referentie
)
select o.id,
       json_build_object('partij_id', o.partij_id, 'is_standaard', o.is_standaard, 'referentie', o.referentie) as was,
       json_build_object('partij_id', n.partij_id, 'is_standaard', n.is_standaard, 'referentie', n.referentie) as werd
from oud o join nieuw n using (id) order by o.volgnummer"""

_ADRES_TERUG = """
update digitaal_adres d set
    partij_id = (r.was ->> 'partij_id')::uuid,
    is_standaard = case when d.is_standaard = (r.werd ->> 'is_standaard')::boolean
                        then (r.was ->> 'is_standaard')::boolean else d.is_standaard end,
    referentie = case when d.referentie = r.werd ->> 'referentie' then r.was ->> 'referentie' else d.referentie end
from jsonb_to_recordset($1::jsonb) r (id uuid, was jsonb, werd jsonb)
where d.id = r.id and d.partij_id is not distinct from (r.werd ->> 'partij_id')::uuid"""


async def merge(connection: Connection, paar: Paar, opdracht: Opdracht, door: Namens, at: datetime) -> Samenvoeging:
    """In the caller's transaction, with both partijen locked. Raises NietSamen."""
    if beletselen := paar.beletselen(opdracht.middel):
        raise NietSamen(beletselen)
    winnaar, verliezer = opdracht.winnaar_id, opdracht.verliezer_id
    rijen = {one: await _row(connection, one) for one in (winnaar, verliezer)}
    bewijs: Bewijs = {"partij": rijen[verliezer], "verwijderd": [], "verplaatst": {}}
    for table, column in GO_ALONG:
        bewijs["verwijderd"] += await _rows(connection, table, f"{column} = $1", verliezer)
    for table, one, other in PAIRS:
        await _move_pairs(connection, table, (one, other), winnaar, verliezer, bewijs)
    bewijs["adressen"] = [
        {"id": str(row["id"]), "was": json.loads(row["was"]), "werd": json.loads(row["werd"])}
        for row in await connection.fetch(_ADRESSEN, winnaar, verliezer)
    ]
    for table, column, key in MOVES:
        bewijs["verwijderd"] += await _without_place(connection, table, winnaar, verliezer)
        moved = await connection.fetch(
            f"update {table} set {column} = $1 where {column} = $2 and {key}::text <> ($1::uuid)::text returning {key}",
            winnaar, verliezer,
        )  # fmt: skip
        if moved:
            bewijs["verplaatst"][f"{table}.{column}"] = [_text(row[0]) for row in moved]
    bewijs["winnaar"] = await _take_over(connection, rijen[winnaar], rijen[verliezer], bewijs, at)
    await connection.execute("delete from partij where id = $1", verliezer)
    return await _keep(connection, paar, opdracht, door, at, bewijs)


async def _row(connection: Connection, partij_id: UUID) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        await connection.fetchval("select to_jsonb(p) from partij p where id = $1", partij_id)
    )
    return found


async def _rows(connection: Connection, table: str, where: str, *values: object) -> list[dict[str, Any]]:
    """Whole rows, as they are kept in the bewijs."""
    rows = await connection.fetch(f"select to_jsonb(t) as rij from {table} t where {where}", *values)
    return [{"tabel": table, "rij": json.loads(row["rij"])} for row in rows]


async def _without_place(connection: Connection, table: str, winnaar: UUID, verliezer: UUID) -> list[dict[str, Any]]:
    """Of each soort the winner has one identificator; a second one of the house's own soort stays behind."""
    if table != "partij_identificator":
        return []
    where = "partij_id = $2 and soort in (select soort from partij_identificator where partij_id = $1)"
    gone = await _rows(connection, table, where, winnaar, verliezer)
    await connection.execute(f"delete from {table} where {where}", winnaar, verliezer)
    return gone


async def _move_pairs(
    connection: Connection, table: str, columns: tuple[str, str], winnaar: UUID, verliezer: UUID, bewijs: Bewijs
) -> None:
    for own, other in (columns, columns[::-1]):
        where = f"""t.{own} = $2 and (t.{other} = $1 or exists (
            select from {table} w where w.{own} = $1 and w.{other} = t.{other}))"""
        bewijs["verwijderd"] += await _rows(connection, table, where, winnaar, verliezer)
        await connection.execute(f"delete from {table} t where {where}", winnaar, verliezer)
        moved = await connection.fetch(
            f"update {table} set {own} = $1 where {own} = $2 returning id", winnaar, verliezer
        )
        if moved:
            bewijs["verplaatst"][f"{table}.{own}"] = [_text(row[0]) for row in moved]


async def _take_over(
    connection: Connection, winnaar: Mapping[str, Any], verliezer: Mapping[str, Any], bewijs: Bewijs, at: datetime
) -> dict[str, Any]:
    """What the winner had nothing of; an address only when it is his now."""
    taken = additions(winnaar, verliezer)
    moved = {row["id"] for row in bewijs["adressen"] if row["werd"]["partij_id"]}
    if taken.get("voorkeursadres_id") not in moved:
        taken.pop("voorkeursadres_id", None)
    if winnaar["werkte_voor_id"] == verliezer["id"]:
        taken["werkte_voor_id"] = None
    if verliezer["vervalt_op"] > winnaar["vervalt_op"]:
        taken["vervalt_op"] = verliezer["vervalt_op"]
    taken |= {"versie": winnaar["versie"] + 1, "gewijzigd_op": at.isoformat()}
    await _set(connection, winnaar["id"], taken)
    if "zoeknaam" in taken:
        await _rename(connection, winnaar["id"], str(taken["zoeknaam"]))
    werd = await _row(connection, UUID(winnaar["id"]))
    return {"was": {name: winnaar[name] for name in taken}, "werd": {name: werd[name] for name in taken}}


async def _set(connection: Connection, partij_id: str, values: Mapping[str, Any]) -> None:
    names = ", ".join(values)
    await connection.execute(
        f"""update partij set ({names}) = (select {names} from jsonb_populate_record(null::partij, $2::jsonb))
            where id = $1::uuid""",
        partij_id,
        json.dumps(values),
    )


async def _rename(connection: Connection, partij_id: str, zoeknaam: str) -> None:
    await connection.execute("delete from naamdeel where partij_id = $1::uuid", partij_id)
    await connection.execute(
        "insert into naamdeel (deel, partij_id) select deel, $2::uuid from unnest($1::text[]) d (deel)",
        name_parts(zoeknaam), partij_id,
    )  # fmt: skip


def _text(key: object) -> str:
    return key.hex() if isinstance(key, bytes) else str(key)


async def _keep(
    connection: Connection, paar: Paar, opdracht: Opdracht, door: Namens, at: datetime, bewijs: Bewijs
) -> Samenvoeging:
    samenvoeging_id, gelijkenis = new_id(), paar.gelijkenis
    await connection.execute(
        """insert into samenvoeging (id, winnaar_id, samen_met, verliezer_id, reden, middel, gronden, score, wie,
             actor_id, token_id, moment, bewijs, vervalt_op)
           values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)""",
        samenvoeging_id, opdracht.winnaar_id, opdracht.verliezer_id, opdracht.reden, opdracht.middel or "",
        gelijkenis.redenen, gelijkenis.score, door.naam, door.actor_id, door.token_id, at, json.dumps(bewijs),
        vervalt_op("samenvoeging", at),
    )  # fmt: skip
    await _history(connection, (opdracht.winnaar_id, opdracht.verliezer_id), "samenvoeging", door, at)
    await write_line(connection, door.line("samenvoegen", (opdracht.winnaar_id, opdracht.verliezer_id), at))
    return Samenvoeging(
        samenvoeging_id, opdracht.winnaar_id, opdracht.verliezer_id, opdracht.reden, gelijkenis.redenen, door.naam, at,
        count_moved(bewijs), None, paar.een.naam, paar.ander.naam,
    )  # fmt: skip


async def _history(connection: Connection, partijen: Sequence[UUID], soort: str, door: Namens, at: datetime) -> None:
    await connection.execute(
        """insert into wijziging (resource, resource_id, soort, moment, wie, token_id, vervalt_op)
           select 'partijen', id, $2, $3, $4, $5, $6 from unnest($1::uuid[]) p (id)""",
        partijen, soort, at, door.naam, door.token_id, vervalt_op("klantcontact", at),
    )  # fmt: skip


def count_moved(bewijs: Bewijs) -> dict[str, int]:
    """How much moved, by the names that clients know."""
    found: dict[str, int] = {}
    for place, keys in bewijs.get("verplaatst", {}).items():
        if name := _WIRE.get(place.partition(".")[0]):
            found[name] = found.get(name, 0) + len(keys)
    adressen = sum(1 for row in bewijs.get("adressen", ()) if row["werd"]["partij_id"])
    return found | ({"digitaleAdressen": adressen} if adressen else {})


async def unmerge(connection: Connection, verliezer_id: UUID, reden: str, door: Namens, at: datetime) -> Samenvoeging:
    """In the caller's transaction. Raises NotFound, NietTeSplitsen or Conflict."""
    row = await connection.fetchrow(
        "select * from samenvoeging where verliezer_id = $1 and gesplitst_op is null for update", verliezer_id
    )
    if row is None:
        raise NotFound
    if row["winnaar_id"] != row["samen_met"]:
        raise NietTeSplitsen("Deze klant is later nog eens samengevoegd. Maak die samenvoeging eerst ongedaan.")
    await connection.execute("select from partij where id = $1 for update", row["winnaar_id"])
    bewijs: Bewijs = json.loads(row["bewijs"])
    try:
        await _restore(connection, bewijs, row["winnaar_id"], verliezer_id, at)
    except (asyncpg.UniqueViolationError, asyncpg.ForeignKeyViolationError):
        raise Conflict("Er staat nu iets anders op de plaats van wat terug moet.") from None
    await connection.execute(  # the record is back; what was kept to bring it back may not outlive it
        "update samenvoeging set gesplitst_op = $2, gesplitst_door = $3, splitsreden = $4, bewijs = '{}' where id = $1",
        row["id"], at, door.naam, reden,
    )  # fmt: skip
    await _history(connection, (row["winnaar_id"], verliezer_id), "herstel", door, at)
    await write_line(connection, door.line("splitsen", (row["winnaar_id"], verliezer_id), at))
    return _samenvoeging(row, bewijs, at)


async def _restore(connection: Connection, bewijs: Bewijs, winnaar: UUID, verliezer: UUID, at: datetime) -> None:
    await _revive(connection, bewijs["partij"])
    await _give_back(connection, str(winnaar), bewijs["winnaar"], at)
    for place, keys in bewijs["verplaatst"].items():
        table, _, column = place.partition(".")
        key = "encode(digest, 'hex')" if table == "sessie" else "id"
        await connection.execute(
            f"update {table} set {column} = $2 where {column} = $1 and {key} = any($3::text[]::{_kind(table)}[])",
            winnaar, verliezer, keys,
        )  # fmt: skip
    await connection.execute(_ADRES_TERUG, json.dumps(bewijs["adressen"]))
    for gone in bewijs["verwijderd"]:
        await _insert(connection, gone["tabel"], gone["rij"])
    await _point_again(connection, bewijs["partij"])


def _kind(table: str) -> str:
    return "text" if table == "sessie" else "uuid"


_POINTS = {"voorkeursadres_id": "digitaal_adres", "voorkeursrekening_id": "rekeningnummer", "werkte_voor_id": "partij"}


async def _revive(connection: Connection, partij: Mapping[str, Any]) -> None:
    """First without what it points at: that may have gone since."""
    await _insert(connection, "partij", {name: value for name, value in partij.items() if name not in _POINTS})


async def _point_again(connection: Connection, partij: Mapping[str, Any]) -> None:
    for column, table in _POINTS.items():
        await connection.execute(
            f"update partij set {column} = (select id from {table} where id = $2::uuid) where id = $1::uuid",
            partij["id"], partij[column],
        )  # fmt: skip


async def _insert(connection: Connection, table: str, row: Mapping[str, Any]) -> None:
    """A row as it was; a column that came since gets its default. Not when a partij it speaks of is gone."""
    names, kept = ", ".join(row), _BETWEEN.get(table, ())
    there = " and ".join(["true", *(f"exists (select from partij where id = r.{column})" for column in kept)])
    again = "on conflict do nothing" if table in _MADE_AGAIN else ""
    await connection.execute(
        f"""insert into {table} ({names}) select {names} from jsonb_populate_record(null::{table}, $1::jsonb) r
            where {there} {again}""",
        json.dumps(row),
    )


async def _give_back(
    connection: Connection, winnaar: str, changed: Mapping[str, Mapping[str, Any]], at: datetime
) -> None:
    """What the winner took over he loses again, unless somebody changed it since."""
    now = await _row(connection, UUID(winnaar))
    untouched = now["versie"] == changed["werd"]["versie"]
    back = {name: was for name, was in changed["was"].items() if now[name] == changed["werd"][name]}
    if not untouched:
        back |= {"versie": now["versie"] + 1, "gewijzigd_op": at.isoformat()}
    await _set(connection, winnaar, back)
    if "zoeknaam" in back:
        await _rename(connection, winnaar, str(back["zoeknaam"]))


_RECENT = """
select s.*, coalesce(w.naam, '') as winnaar_naam,
       coalesce(v.naam, s.bewijs -> 'partij' ->> 'naam', '') as verliezer_naam
from samenvoeging s left join partij w on w.id = s.winnaar_id left join partij v on v.id = s.verliezer_id
order by s.volgnummer desc limit $1"""


async def recent(connection: Connection, limit: int) -> list[Samenvoeging]:
    """Newest first."""
    rows = await connection.fetch(_RECENT, limit)
    return [
        _samenvoeging(row, json.loads(row["bewijs"]), row["gesplitst_op"], row["winnaar_naam"], row["verliezer_naam"])
        for row in rows
    ]


def _samenvoeging(
    row: asyncpg.Record, bewijs: Bewijs, gesplitst_op: datetime | None, winnaar: str = "", verliezer: str = ""
) -> Samenvoeging:
    return Samenvoeging(
        row["id"], row["winnaar_id"], row["verliezer_id"], row["reden"], tuple(row["gronden"]), row["wie"],
        row["moment"], count_moved(bewijs), gesplitst_op, winnaar, verliezer,
    )  # fmt: skip
