# SPDX-License-Identifier: EUPL-1.2
"""Roads: how each resource is made, corrected and erased. What is not named goes the plain road of a row."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

import asyncpg

from schakel.kit.clock import AMSTERDAM
from schakel.kit.projection import Field, Resource
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.relatiebeheer.register.invoer import Invoer
from schakel.storage.register import write_adressen, write_identificatoren, write_klantcontacten, write_taken
from schakel.storage.register.write_context import Writing
from schakel.storage.register.write_partijen import correct_partij, create_partij
from schakel.storage.register.write_references import Facts
from schakel.storage.register.write_rows import Columns, columns, correct, erase, insert

Create: TypeAlias = Callable[[Writing, Resource, Invoer, Facts], Awaitable[UUID]]
Correct: TypeAlias = Callable[[Writing, Resource, asyncpg.Record, Invoer, Facts], Awaitable[None]]
Erase: TypeAlias = Callable[[Writing, Resource, asyncpg.Record], Awaitable[None]]

#: What a new row has of itself, where the body says nothing.
_BORN: Mapping[str, Callable[[datetime], Columns]] = {
    "categorie-relaties": lambda at: {"begin_datum": at.astimezone(AMSTERDAM).date()},
    "persoon": lambda at: {"vervalt_op": vervalt_op("partij", at)},
    "organisatie": lambda at: {"vervalt_op": vervalt_op("partij", at)},
    "categorieen": lambda at: {"naam": ""},
}


async def create_row(writing: Writing, resource: Resource, invoer: Invoer, facts: Facts) -> UUID:
    """A row with what was given."""
    invoer.check()
    born = _BORN.get(resource.name)
    return await insert(writing, resource, (born(writing.at) if born else {}) | columns(resource, invoer.values))


async def correct_row(writing: Writing, resource: Resource, row: asyncpg.Record, invoer: Invoer, facts: Facts) -> None:
    """What was given replaces what was there; what only belongs to another soort goes with it."""
    invoer.check()
    changes = columns(resource, invoer.values)
    changes |= {field.column: None for field in resource.fields if _belongs_to_another(field, row, changes)}
    await correct(writing, resource, row["id"], changes)


def _belongs_to_another(field: Field, row: asyncpg.Record, changes: Columns) -> bool:
    is_variant = bool(field.by and field.column) and field.column not in changes
    return is_variant and changes.get(field.by, row[field.by]) != row[field.by]


async def erase_row(writing: Writing, resource: Resource, row: asyncpg.Record) -> None:
    """Gone, with what the database takes along."""
    await erase(writing, resource, row["id"])


CREATE: Mapping[str, Create] = {
    "partijen": create_partij,
    "partij-identificatoren": write_identificatoren.create_identificator,
    "digitaleadressen": write_adressen.create_adres,
    "klantcontacten": write_klantcontacten.create_klantcontact,
    "betrokkenen": write_klantcontacten.create_betrokkene,
    "actorklantcontacten": write_klantcontacten.create_actorklantcontact,
    "internetaken": write_taken.create_taak,
}
CORRECT: Mapping[str, Correct] = {
    "partijen": correct_partij,
    "partij-identificatoren": write_identificatoren.correct_identificator,
    "digitaleadressen": write_adressen.correct_adres,
    "klantcontacten": write_klantcontacten.correct_klantcontact,
    "betrokkenen": write_klantcontacten.correct_betrokkene,
    "internetaken": write_taken.correct_taak,
}
ERASE: Mapping[str, Erase] = {
    "klantcontacten": write_klantcontacten.erase_klantcontact,
    "betrokkenen": write_klantcontacten.erase_betrokkene,
    "internetaken": write_taken.erase_taak,
}
#: What is locked before the row itself.
HOLD: Mapping[str, Callable[[Writing, UUID], Awaitable[None]]] = {"internetaken": write_taken.hold_taak}
