# SPDX-License-Identifier: EUPL-1.2
"""References: whether what a body points to is there, and what must be known of it; all in one statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from schakel.kit.projection import Guard, Resource
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
_SHAPES: dict[tuple[str, frozenset[Guard], tuple[str, ...]], str] = {}  # as many as there are sets of resources


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a row that is pointed to. `of` is its partij, or the Interactie of a klantcontact."""

    soort: str
    of: UUID | None


Facts = Mapping[UUID, Fact]
#: The resource and uuid of what is pointed to, by the name to use in an error.
References = dict[str, tuple[str, UUID]]


def asked(resource: Resource, values: Mapping[str, Any]) -> References:
    """Every reference that was given."""
    found: References = {}
    for relation in resource.relations:
        value = values.get(relation.name)
        if isinstance(value, UUID):
            found[f"{relation.name}.uuid"] = (relation.resource, value)
        elif isinstance(value, list) and not relation.inline:
            found |= {f"{relation.name}.{n}.uuid": (relation.resource, one) for n, one in enumerate(value)}
    return found


async def look_up(writing: Writing, invoer: Invoer, references: References) -> Facts:
    """Refuses what is not there for this writer."""
    facts = await facts_of(writing, references.values())
    refuse_missing(invoer, references, facts)
    return facts


async def facts_of(writing: Writing, targets: Iterable[tuple[str, UUID]]) -> Facts:
    """What is known of all of these; what is not there for this writer is not in it."""
    by_resource: dict[str, set[UUID]] = {}
    for name, uuid in targets:
        by_resource.setdefault(name, set()).add(uuid)
    if not by_resource:
        return {}
    names = tuple(sorted(by_resource))
    rows = await writing.connection.fetch(_sql(writing, names), *(list(by_resource[name]) for name in names))
    return {row["id"]: Fact(row["soort"], row["ander"]) for row in rows}


def refuse_missing(invoer: Invoer, references: References, facts: Facts) -> None:
    """A line of invalidParams for each that is not there."""
    for name, (resource, uuid) in references.items():
        if uuid not in facts:
            invoer.refuse(name, "invalid", f"{_NAMES[resource]} object bestaat niet.")


def _sql(writing: Writing, names: tuple[str, ...]) -> str:
    shape = (writing.api.path, writing.houder.rechten.lacks, names)
    if shape not in _SHAPES:
        _SHAPES[shape] = " union all ".join(_select(writing, name, n) for n, name in enumerate(names, 1))
    return _SHAPES[shape]


def _select(writing: Writing, name: str, place: int) -> str:
    resource, names = writing.resource(name), Names()
    soort, ander = _FACTS.get(name, ("''", "null::uuid"))
    lacks = writing.houder.rechten.lacks
    where = [f"t.id = any(${place}::uuid[])", *standing(resource, "t")]
    where += visible(writing.api, resource, "t", lacks, names)
    return f"select t.id, {soort} as soort, {ander} as ander from {resource.table} t where {' and '.join(where)}"
