# SPDX-License-Identifier: EUPL-1.2
"""Identificatoren of partijen: a bsn as ciphertext, the others as they are; by themselves or within a partij."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg

from schakel.kit.ids import new_id
from schakel.kit.projection import Resource
from schakel.relatiebeheer.register.identificator import HOOFD, SOORTEN, check_identificator, soort_of
from schakel.relatiebeheer.register.invoer import Invoer, read_invoer
from schakel.relatiebeheer.register.lezen import Fault, read_uuid
from schakel.storage.crypto import Kluis
from schakel.storage.register.write_context import Writing
from schakel.storage.register.write_references import Facts, asked, look_up
from schakel.storage.register.write_rows import Columns, columns, correct, erase, insert

_NAME, _PARTIJ = "partijIdentificatoren", "identificeerdePartij"


def current_identificator(row: asyncpg.Record) -> dict[str, Any]:
    """Type and register follow from the soort; the number itself no rule asks for."""
    objecttype, register = SOORTEN[row["soort"]]
    groep = {"codeSoortObjectId": row["soort"], "codeObjecttype": objecttype, "codeRegister": register}
    return {"partijIdentificator": groep, "subIdentificatorVan": row["sub_id"], _PARTIJ: row["partij_id"]}


def identificator_columns(kluis: Kluis, resource: Resource, values: Mapping[str, Any]) -> Columns:
    """By `blind` it is found: of a bsn the keyed index, of the others the number as bytes."""
    row = columns(resource, {name: value for name, value in values.items() if name != "partijIdentificator"})
    if (groep := values.get("partijIdentificator")) is not None:
        soort, nummer = groep["codeSoortObjectId"], groep["objectId"]
        row |= {"soort": soort, "register": groep["codeRegister"]}
        if soort == "bsn":
            row |= {"nummer": "", "cijfer": kluis.encrypt(nummer), "blind": kluis.blind("bsn", nummer)}
        else:
            row |= {"nummer": nummer, "cijfer": None, "blind": nummer.encode()}
    return row


def check_sub(invoer: Invoer, facts: Facts) -> None:
    """Above a vestiging stands a kvk_nummer."""
    sub = invoer.values.get("subIdentificatorVan")
    if sub is not None and sub in facts and facts[sub].soort != HOOFD:
        invoer.refuse("subIdentificatorVan", "invalid", "Kies de identificator van een kvk_nummer.")


async def check_children(writing: Writing, invoer: Invoer, row: asyncpg.Record) -> None:
    """What has vestigingen under it stays what it is."""
    if row["soort"] != HOOFD or soort_of(invoer) in ("", HOOFD):
        return
    has_children = "select exists (select from partij_identificator where sub_id = $1)"
    if await writing.connection.fetchval(has_children, row["id"]):
        reason = "Er horen vestigingsnummers bij dit nummer, dus de soort kan niet anders worden."
        invoer.refuse("partijIdentificatorCodeSoortObjectId", "invalid", reason)


async def create_identificator(writing: Writing, resource: Resource, invoer: Invoer, facts: Facts) -> UUID:
    check_sub(invoer, facts)
    invoer.check()
    return await insert(writing, resource, identificator_columns(writing.house.kluis, resource, invoer.values))


async def correct_identificator(
    writing: Writing, resource: Resource, row: asyncpg.Record, invoer: Invoer, facts: Facts
) -> None:
    check_sub(invoer, facts)
    await check_children(writing, invoer, row)
    invoer.check()
    changes = identificator_columns(writing.house.kluis, resource, invoer.values)
    await correct(writing, resource, row["id"], changes)


class Nested:
    """The identificatoren within the body of a partij: those with a uuid are kept, the others are new."""

    def __init__(self, writing: Writing, invoer: Invoer) -> None:
        self._writing, self._invoer = writing, invoer
        self._resource = writing.resource("partij-identificatoren")
        self.given: list[Any] = invoer.values.get(_NAME) or []
        self._rows: dict[UUID, asyncpg.Record] = {}
        self._read: list[tuple[UUID | None, Invoer]] = []

    async def read(self, partij_id: UUID | None) -> None:
        """All rules, before anything is written. Without `partij_id` the partij is new."""
        if partij_id is not None:
            rows = await self._writing.connection.fetch(
                "select * from partij_identificator where partij_id = $1 and soort <> 'overig' for update", partij_id
            )
            self._rows = {row["id"]: row for row in rows}
        for n, body in enumerate(self.given):
            prefix = f"{_NAME}.{n}."
            if isinstance(body, Mapping) and body.get(_PARTIJ) is not None:
                self._check_partij(body[_PARTIJ], partij_id)
            uuid = self._uuid(prefix, body) if partij_id is not None else None
            row = self._rows.get(uuid) if uuid else None
            now = current_identificator(row) if row else None
            invoer = read_invoer(
                self._resource, body, partial=row is not None, current=now, prefix=prefix, leave=frozenset({_PARTIJ})
            )
            await self._check(invoer, row)
            self._read.append((uuid, invoer))

    async def _check(self, invoer: Invoer, row: asyncpg.Record | None) -> None:
        """Rules name the fields of an identificator as they do outside a partij."""
        prefix, invoer.prefix = invoer.prefix, ""
        invoer.invalid, earlier = [], invoer.invalid
        if not earlier:
            check_identificator(invoer)
            invoer.prefix = prefix
            check_sub(invoer, await look_up(self._writing, invoer, asked(self._resource, invoer.values)))
            if row is not None:
                await check_children(self._writing, invoer, row)
        self._invoer.invalid += earlier + invoer.invalid

    def _check_partij(self, given: object, partij_id: UUID | None) -> None:
        if partij_id is not None and isinstance(given, Mapping) and given.get("uuid") == str(partij_id):
            return
        reason = "Deze partij wordt vanzelf ingevuld. Laat dit veld weg."
        self._invoer.refuse(f"{_NAME}.{_PARTIJ}", "invalid", reason)

    def _uuid(self, prefix: str, body: object) -> UUID | None:
        if not isinstance(body, Mapping) or body.get("uuid") is None:
            return None
        try:
            uuid = read_uuid(f"{prefix}uuid", body["uuid"])
        except Fault as fault:
            self._invoer.refuse(fault.name, fault.code, fault.reason)
            return None
        if uuid not in self._rows:
            self._invoer.refuse(f"{prefix}uuid", "invalid", "Deze identificator is niet van deze partij.")
        return uuid

    async def write(self, partij_id: UUID) -> None:
        """What is not named goes first, so that its place is free."""
        for gone in self._rows.keys() - {uuid for uuid, _ in self._read}:
            await erase(self._writing, self._resource, gone)
        kluis = self._writing.house.kluis
        for uuid, invoer in self._read:
            row = identificator_columns(kluis, self._resource, invoer.values) | {"partij_id": partij_id}
            if uuid is None:
                await insert(self._writing, self._resource, {"id": new_id(), **row})
            elif set(row) != {"partij_id"}:
                await correct(self._writing, self._resource, uuid, row)
