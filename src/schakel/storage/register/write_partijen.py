# SPDX-License-Identifier: EUPL-1.2
"""Partijen: with their name to be found by, what is linked to them, and their identificatoren."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg

from schakel.kit.errors import Forbidden
from schakel.kit.ids import new_id
from schakel.kit.projection import Guard, Resource
from schakel.kit.text import searchable
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.relatiebeheer.register.invoer import Invoer
from schakel.relatiebeheer.register.naam import volledige_naam
from schakel.storage.naamdelen import name_parts
from schakel.storage.register.write_context import Writing
from schakel.storage.register.write_identificatoren import Nested
from schakel.storage.register.write_references import Fact, Facts, look_up
from schakel.storage.register.write_rows import Columns, columns, correct
from schakel.storage.register.write_together import Insert, insert_of, insert_together

_NAAMDEEL = "insert into naamdeel (deel, partij_id) select deel, $2::uuid from unnest($1::text[]) d (deel)"
_WERKGEVER = "partijIdentificatie.werkteVoorPartij.uuid"

#: What hangs on a partij by its own column: the name on the wire, the table, and the column of the preferred one.
_LINKED = {
    "digitaleAdressen": ("digitaleadressen", "voorkeursadres_id"),
    "rekeningnummers": ("rekeningnummers", "voorkeursrekening_id"),
}
_PREFERRED = {"voorkeursDigitaalAdres": "voorkeursadres_id", "voorkeursRekeningnummer": "voorkeursrekening_id"}


async def create_partij(writing: Writing, resource: Resource, invoer: Invoer, facts: Facts) -> UUID:
    """The partij with all that the body nests; nothing of it is there when one part is refused."""
    nested = Nested(writing, invoer)
    if nested.given:
        await nested.read(None)
    await _check_werkgever(writing, invoer)
    _check_linked(invoer, facts, None)
    invoer.check()
    partij_id = new_id()
    row = _new_row(writing, resource, invoer, partij_id)
    voorkeur = {column: row.pop(column) for _, column in _LINKED.values() if row.get(column) is not None}
    await insert_together(writing.connection, _inserts(row))
    await _link(writing, partij_id, invoer, {})
    if voorkeur:
        await _prefer(writing, partij_id, voorkeur)
    if nested.given:
        await nested.write(partij_id)
    return partij_id


async def plain_partij(writing: Writing, resource: Resource, invoer: Invoer) -> tuple[UUID, Sequence[Insert]]:
    """A partij of which nothing is linked or nested."""
    await _check_werkgever(writing, invoer)
    invoer.check()
    partij_id = new_id()
    return partij_id, _inserts(_new_row(writing, resource, invoer, partij_id))


def is_plain(body: Mapping[str, Any]) -> bool:
    """One statement makes all of it."""
    return not any(body.get(name) for name in ("partijIdentificatoren", *_LINKED, *_PREFERRED))


def _new_row(writing: Writing, resource: Resource, invoer: Invoer, partij_id: UUID) -> Columns:
    at = writing.at
    row = {"id": partij_id, "taal": "", "geheim_bekend": False} | _partij_columns(resource, invoer.values)
    row |= {"aangemaakt_op": at, "gewijzigd_op": at, "vervalt_op": vervalt_op("partij", at), "zelfstandig": False}
    return row | naam_columns(str(invoer.values["soortPartij"]), invoer.values.get("partijIdentificatie"))


def _inserts(row: Columns) -> Sequence[Insert]:
    """The partij, and the parts of its name."""
    delen = "(deel, partij_id) select deel, {}::uuid from unnest({}::text[]) d (deel)"
    return insert_of("partij", [row]), Insert("naamdeel", delen, (row["id"], name_parts(str(row["zoeknaam"]))))


async def _prefer(writing: Writing, partij_id: UUID, voorkeur: Columns) -> None:
    changes = ", ".join(f"{column} = ${n}" for n, column in enumerate(voorkeur, 2))
    await writing.connection.execute(f"update partij set {changes} where id = $1", partij_id, *voorkeur.values())


async def current_links(writing: Writing, partij_id: UUID) -> dict[str, list[UUID]]:
    """The adressen and rekeningnummers that are linked to a partij now."""
    row = await writing.connection.fetchrow(
        """select array(select id from digitaal_adres where partij_id = $1 order by volgnummer) as adressen,
                  array(select id from rekeningnummer where partij_id = $1 order by volgnummer) as rekeningen""",
        partij_id,
    )
    assert row is not None  # a select without from
    return {"digitaleAdressen": row["adressen"], "rekeningnummers": row["rekeningen"]}


async def correct_partij(
    writing: Writing, resource: Resource, row: asyncpg.Record, invoer: Invoer, facts: Facts
) -> None:
    partij_id: UUID = row["id"]
    if row["geheim"] and Guard.GEHEIM in writing.houder.rechten.lacks:
        raise Forbidden  # who is not shown the adres would write it away
    nested = Nested(writing, invoer) if invoer.values.get("partijIdentificatoren") is not None else None
    if nested is not None:
        await nested.read(partij_id)
    await _check_werkgever(writing, invoer)
    _check_linked(invoer, facts, partij_id)
    invoer.check()
    changes = _partij_columns(resource, invoer.values)
    soort = str(invoer.merged("soortPartij"))
    if "partijIdentificatie" in invoer.values or soort != row["soort"]:
        changes |= naam_columns(soort, invoer.values.get("partijIdentificatie"))
    changes |= _lost_voorkeur(row, invoer)
    await _link(writing, partij_id, invoer, invoer.current)
    await correct(writing, resource, partij_id, changes | {"gewijzigd_op": writing.at, "versie": row["versie"] + 1})
    if changes.get("zoeknaam", row["zoeknaam"]) != row["zoeknaam"]:
        await writing.connection.execute("delete from naamdeel where partij_id = $1", partij_id)
        await writing.connection.execute(_NAAMDEEL, name_parts(str(changes["zoeknaam"])), partij_id)
    if nested is not None:
        await nested.write(partij_id)


def _partij_columns(resource: Resource, values: Mapping[str, Any]) -> Columns:
    return columns(resource, {name: value for name, value in values.items() if name != "partijIdentificatie"})


def naam_columns(soort: str, identificatie: Mapping[str, Any] | None) -> Columns:
    """All of it, so that nothing of another soort stays behind."""
    given = identificatie or {}
    contactnaam: Mapping[str, str] = given.get("contactnaam") or {}
    naam = given.get("naam", "") if soort == "organisatie" else volledige_naam(contactnaam)
    return {
        "voorletters": contactnaam.get("voorletters", ""),
        "voornaam": contactnaam.get("voornaam", ""),
        "voorvoegsel": contactnaam.get("voorvoegselAchternaam", ""),
        "achternaam": contactnaam.get("achternaam", ""),
        "naam": naam,
        "zoeknaam": searchable(naam),
        "werkte_voor_id": given.get("werkteVoorPartij"),
    }


async def _check_werkgever(writing: Writing, invoer: Invoer) -> None:
    """A contactpersoon works for an organisatie."""
    werkgever = (invoer.values.get("partijIdentificatie") or {}).get("werkteVoorPartij")
    if werkgever is None:
        return
    found = (await look_up(writing, invoer, {_WERKGEVER: ("partijen", werkgever)})).get(werkgever)
    if found is not None and found.soort != "organisatie":
        invoer.refuse(_WERKGEVER, "invalid", "Een contactpersoon werkt voor een organisatie. Dit is er geen.")


def _check_linked(invoer: Invoer, facts: Facts, partij_id: UUID | None) -> None:
    """What is another partij's is not moved by the way."""
    for name in _LINKED:
        for n, uuid in enumerate(invoer.values.get(name) or ()):
            if facts.get(uuid, Fact("", None)).of not in (None, partij_id):
                invoer.refuse(f"{name}.{n}.uuid", "invalid", "Dit hoort bij een andere partij.")


def _lost_voorkeur(row: asyncpg.Record, invoer: Invoer) -> Columns:
    """What is no longer linked is no longer preferred."""
    return {
        column: None
        for name, (_, column) in _LINKED.items()
        if name in invoer.values
        and row[column] is not None
        and row[column] not in (invoer.values[name] or ())
        and column not in _given_columns(invoer)
    }


def _given_columns(invoer: Invoer) -> set[str]:
    return {column for name, column in _PREFERRED.items() if name in invoer.values}


async def _link(writing: Writing, partij_id: UUID, invoer: Invoer, linked: Mapping[str, Sequence[UUID]]) -> None:
    """Exactly those that are given; what is not given any more stays, of nobody."""
    for name, (resource, _) in _LINKED.items():
        if name not in invoer.values:
            continue
        given, now = set(invoer.values[name] or ()), set(linked.get(name, ()))
        for uuid in now - given:
            lost: Columns = {"partij_id": None} | ({"is_standaard": False} if name == "digitaleAdressen" else {})
            await correct(writing, writing.resource(resource), uuid, lost)
        for uuid in [one for one in invoer.values[name] or () if one not in now]:
            await correct(writing, writing.resource(resource), uuid, {"partij_id": partij_id})
