# SPDX-License-Identifier: EUPL-1.2
"""Invoer: what a body says, read by the description of its resource; all that is wrong with it, at once.

Keys that the description does not have are ignored. A known field is never ignored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from schakel.kit.projection import Field, Invalid, Kind, Relation, Resource
from schakel.relatiebeheer.register.lezen import Fault, read_reference, read_scalar
from schakel.relatiebeheer.register.poorten import Refused

_ABSENT = object()
EVERYTHING = "nonFieldErrors"


@dataclass(slots=True)
class Invoer:
    """Values by their name on the wire, each in its own type; a reference is a UUID, a group a dict of all its parts.

    `current` is what stands there, for a correction; `prefix` goes before every name in an error.
    """

    values: dict[str, Any] = field(default_factory=dict)
    current: Mapping[str, Any] = field(default_factory=dict)
    partial: bool = False
    prefix: str = ""
    invalid: list[Invalid] = field(default_factory=list)

    def refuse(self, name: str, code: str, reason: str) -> None:
        """One line of invalidParams."""
        self.invalid.append(Invalid(self.prefix + name, code, reason))

    def check(self) -> None:
        """Raises Refused with everything that was found."""
        if self.invalid:
            raise Refused(self.invalid)

    def merged(self, name: str) -> Any:
        """The value as it will be after the write."""
        return self.values[name] if name in self.values else self.current.get(name)

    def touches(self, *names: str) -> bool:
        """One of these was given."""
        return any(name in self.values for name in names)

    def has_faults(self, *names: str) -> bool:
        """One of these was refused already, so that a rule on it would only repeat that."""
        return any(line.name.removeprefix(self.prefix).split(".")[0] in names for line in self.invalid)


def read_invoer(
    resource: Resource,
    body: object,
    *,
    partial: bool = False,
    current: Mapping[str, Any] | None = None,
    prefix: str = "",
    leave: frozenset[str] = frozenset(),
) -> Invoer:
    """Read every field and relation that may be written; `leave` are names that are somebody else's to read."""
    invoer = Invoer(current=current or {}, partial=partial, prefix=prefix)
    if not isinstance(body, Mapping):
        invoer.invalid.append(Invalid(prefix.rstrip(".") or EVERYTHING, "invalid", "Geef een object."))
        return invoer
    for relation in resource.relations:
        if relation.shown and not relation.read_only and relation.name not in leave:
            _read(invoer, relation, body.get(relation.name, _ABSENT), _read_relation)
    for part in resource.fields:
        if not part.read_only and part.name not in leave:
            variants = _variant(resource, part, body, invoer.current) if part.by else part.fields
            _read(invoer, part, body.get(part.name, _ABSENT), _reader(part, variants))
    return invoer


def _reader(part: Field, parts: tuple[Field, ...]) -> "Callable[[Invoer, Any, str, object], object]":
    if part.kind is Kind.GROUP:
        return lambda invoer, _, name, value: read_group(invoer, parts, name, value)
    return lambda _, field, name, value: read_scalar(field, name, value)


def _read(
    invoer: Invoer,
    part: Field | Relation,
    value: object,
    reader: "Callable[[Invoer, Any, str, object], object]",
) -> None:
    if value is _ABSENT:
        if part.required and not invoer.partial:
            invoer.refuse(part.name, "required", "Dit veld is vereist.")
        return
    if value is None:
        if part.nullable:
            invoer.values[part.name] = None
        else:
            invoer.refuse(part.name, "null", "Dit veld mag niet leeg zijn.")
        return
    try:
        read = reader(invoer, part, part.name, value)
        invoer.values[part.name] = None if read == "" and part.nullable else read  # G9: a nummer given as ""
    except Fault as fault:
        invoer.refuse(fault.name, fault.code, fault.reason)


def _read_relation(invoer: Invoer, relation: Relation, name: str, value: object) -> object:
    if not relation.many or relation.first:
        return read_reference(name, value)
    if not isinstance(value, list):
        raise Fault(name, "not_a_list", "Geef een lijst.")
    if relation.inline:
        return value
    found: list[UUID] = []
    for n, one in enumerate(value):
        try:
            found.append(read_reference(f"{name}.{n}", one))
        except Fault as fault:
            invoer.refuse(fault.name, fault.code, fault.reason)
    return list(dict.fromkeys(found))


def read_group(invoer: Invoer, parts: tuple[Field, ...], name: str, value: object) -> dict[str, object]:
    """A group is given as a whole: a part that is not there is empty."""
    if not isinstance(value, Mapping):
        raise Fault(name, "invalid", "Geef een object.")
    group: dict[str, object] = {}
    for part in parts:
        given, inner = value.get(part.name, _ABSENT), f"{name}.{part.name}"
        group[part.name] = "" if part.kind in (Kind.TEXT, Kind.EMAIL, Kind.URI) and not part.nullable else None
        if part.read_only:
            continue
        if given is _ABSENT or given is None:
            if given is _ABSENT and part.required:
                invoer.refuse(inner, "required", "Dit veld is vereist.")
            elif given is None and not part.nullable:
                invoer.refuse(inner, "null", "Dit veld mag niet leeg zijn.")
            continue
        try:
            group[part.name] = _read_part(invoer, part, inner, given)
        except Fault as fault:
            invoer.refuse(fault.name, fault.code, fault.reason)
    return group


def _read_part(invoer: Invoer, part: Field, name: str, value: object) -> object:
    if part.kind is Kind.GROUP:
        return read_group(invoer, part.fields, name, value)
    return read_reference(name, value) if part.kind is Kind.REFERENCE else read_scalar(part, name, value)


def _variant(
    resource: Resource, part: Field, body: Mapping[str, object], current: Mapping[str, object]
) -> tuple[Field, ...]:
    by = next(field.name for field in resource.fields if field.column == part.by)
    chosen = body.get(by, current.get(by))
    return part.variants.get(chosen, ()) if isinstance(chosen, str) else ()
