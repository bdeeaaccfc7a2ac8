# SPDX-License-Identifier: EUPL-1.2
"""Digitale adressen: one standaard per partij and soort, and the same adres of a partij only once."""

from uuid import UUID

import asyncpg

from schakel.kit.ids import new_id
from schakel.kit.projection import Resource
from schakel.relatiebeheer.partijen import searchable_address
from schakel.relatiebeheer.register.invoer import Invoer
from schakel.storage.register.write_context import Writing
from schakel.storage.register.write_references import Facts
from schakel.storage.register.write_rows import Columns, columns, correct, locked


async def create_adres(writing: Writing, resource: Resource, invoer: Invoer, facts: Facts) -> UUID:
    """A new adres, or the one that this partij has already, with what is given now."""
    invoer.check()
    row = _columns(resource, invoer)
    partij_id, soort = row.get("partij_id"), invoer.values["soortDigitaalAdres"]
    if partij_id is not None and row.get("is_standaard"):
        await _make_room(writing, partij_id, soort, None)
    made = {"id": new_id(), "verstrekt_op": writing.at, **row}
    if await _insert(writing, made):
        return UUID(str(made["id"]))
    uuid: UUID = await writing.connection.fetchval(
        "select id from digitaal_adres where partij_id = $1 and soort = $2 and adres = $3",
        partij_id,
        soort,
        row["adres"],
    )
    found = await locked(writing, resource, uuid)
    changes = {column: value for column, value in row.items() if value != found[column] and value is not None}
    await correct(writing, resource, uuid, changes)
    return uuid


async def _insert(writing: Writing, row: Columns) -> bool:
    """False when this partij has it already; whoever else adds it at this moment is waited for."""
    places = ", ".join(f"${n}" for n in range(1, len(row) + 1))
    made = await writing.connection.fetchval(
        f"""insert into digitaal_adres ({", ".join(row)}) values ({places})
            on conflict (partij_id, soort, adres) where partij_id is not null and not zoals_gegeven
            do nothing returning true""",
        *row.values(),
    )
    return made is not None


async def correct_adres(
    writing: Writing, resource: Resource, row: asyncpg.Record, invoer: Invoer, facts: Facts
) -> None:
    invoer.check()
    changes = _columns(resource, invoer)
    partij_id = invoer.merged("verstrektDoorPartij")
    if partij_id is None:
        changes["is_standaard"] = False
    elif invoer.merged("isStandaardAdres"):
        await _make_room(writing, partij_id, str(invoer.merged("soortDigitaalAdres")), row["id"])
    if row["partij_id"] is not None and row["partij_id"] != partij_id:
        await writing.connection.execute(
            "update partij set voorkeursadres_id = null where id = $1 and voorkeursadres_id = $2",
            row["partij_id"],
            row["id"],
        )
    await correct(writing, resource, row["id"], changes)


def _columns(resource: Resource, invoer: Invoer) -> Columns:
    row = columns(resource, invoer.values)
    if "adres" in row:
        row["zoekadres"] = searchable_address(str(row["adres"]))
    return row


async def _make_room(writing: Writing, partij_id: object, soort: str, uuid: UUID | None) -> None:
    """The standaard there was is one no longer. Writers for one partij take turns, so that there is never a second."""
    connection = writing.connection
    await connection.execute("select from partij where id = $1 for no key update", partij_id)
    await connection.execute(
        """update digitaal_adres set is_standaard = false
           where partij_id = $1 and soort = $2 and is_standaard and id is distinct from $3""",
        partij_id,
        soort,
        uuid,
    )
