# SPDX-License-Identifier: EUPL-1.2
"""References: whether what a body points to is there, and what must be known of it; all in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from schakel.kit.projection import Resource
from schakel.relatiebeheer.register.invoer import Invoer
from schakel.storage.register.where import Names, standing, visible
from schakel.storage.register.write_context import Writing

#: Of some resources more must be known than that it is there: its soort, and whose it is.
_FACTS = {
    "partijen": ("t.soort", "null::uuid"),
    "actoren": ("case when t.actief then 'actief' else '' end", "null::uuid"),
    "digitaleadressen": ("t.soort", "t.partij_id"),
    "rekeningnummers": ("''", "t.partij_id"),
    "partij-identificatoren": ("t.soort", "t.partij_id"),
    "klantcontacten": ("t.kanaal", "t.interactie_id"),
}
_NAMES = {
    "partijen": "Partij",
    "actoren": "Actor",
    "digitaleadressen": "Digitaal adres",
    "rekeningnummers": "Rekeningnummer",
    "partij-identificatoren": "Partij identificator",
    "klantcontacten": "Klantcontact",
    "betrokkenen": "Betrokkene",
    "categorieen": "Categorie",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a row that is pointed to. `of` is its partij, or the Interactie of a klantcontact."""

    soort: str
    of: UUID | None


Facts = Mapping[UUID, Fact]


def asked(resource: Resource, values: Mapping[str, Any]) -> dict[str, tuple[str, UUID]]:
    """Every reference that was given, by the name to use in an error."""
    found: dict[str, tuple[str, UUID]] = {}
    for relation in resource.relations:
        value = values.get(relation.name)
        if isinstance(value, UUID):
            found[f"{relation.name}.uuid"] = (relation.resource, value)
        elif isinstance(value, list) and not relation.inline:
            found |= {f"{relation.name}.{n}.uuid": (relation.resource, one) for n, one in enumerate(value)}
    return found


async def look_up(writing: Writing, invoer: Invoer, references: Mapping[str, tuple[str, UUID]]) -> Facts:
    """Refuses what is not there for this writer."""
    by_resource: dict[str, list[UUID]] = {}
    for name, uuid in references.values():
        by_resource.setdefault(name, []).append(uuid)
    if not by_resource:
        return {}
    names = sorted(by_resource)
    sql = " union all ".join(_select(writing, name, n) for n, name in enumerate(names, 1))
    rows = await writing.connection.fetch(sql, *(by_resource[name] for name in names))
    facts = {row["id"]: Fact(row["soort"], row["ander"]) for row in rows}
    for name, (resource, uuid) in references.items():
        if uuid not in facts:
            invoer.refuse(name, "invalid", f"{_NAMES[resource]} object bestaat niet.")
    return facts


def _select(writing: Writing, name: str, place: int) -> str:
    resource, names = writing.resource(name), Names()
    soort, ander = _FACTS.get(name, ("''", "null::uuid"))
    lacks = writing.houder.rechten.lacks
    where = [f"t.id = any(${place}::uuid[])", *standing(resource, "t")]
    where += visible(writing.api, resource, "t", lacks, names)
    return f"select t.id, {soort} as soort, {ander} as ander from {resource.table} t where {' and '.join(where)}"
