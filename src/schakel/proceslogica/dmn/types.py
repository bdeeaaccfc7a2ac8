# SPDX-License-Identifier: EUPL-1.2
"""What kind of value each name of a model has: FEEL's own types and the item definitions of the model."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from schakel.proceslogica.dmn.feel import Scope
from schakel.proceslogica.dmn.lexer import CellError
from schakel.proceslogica.dmn.unary import Cel, compile_unary
from schakel.proceslogica.dmn.values import ANY, TYPES
from schakel.proceslogica.dmn.xml import ItemDefinition

_ALIASES = {
    "datetime": "date and time",
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "any": ANY,
    "": ANY,
    "integer": "number",
    "long": "number",
    "double": "number",
    "decimal": "number",
}
_EMPTY = Scope({})


@dataclass(frozen=True, slots=True)
class Soort:
    """A type as the model means it. `item`: of a list, the kind of its items. `parts`: of a composed value."""

    kind: str = ANY
    item: str = ANY
    allowed: Cel | None = None
    parts: Mapping[str, "Soort"] = field(default_factory=dict)

    def named(self, name: str) -> Iterator[tuple[str, "Soort"]]:
        """This value and all its parts by full name: klant, klant.leeftijd."""
        yield name, self
        for part, soort in self.parts.items():
            yield from soort.named(f"{name}.{part}")

    @property
    def open(self) -> bool:
        """May it have parts that the model does not describe?"""
        return self.kind in (ANY, "context") and not self.parts


class Types:
    """Resolves type references. Raises CellError for what the model does not define."""

    def __init__(self, items: list[ItemDefinition]) -> None:
        self._items = {item.name: item for item in items}
        self._known: dict[str, Soort] = {}

    def resolve(self, reference: str, depth: int = 0) -> Soort:
        name = reference.strip()
        name = _ALIASES.get(name.removeprefix("feel:"), name.removeprefix("feel:"))
        if name in TYPES:
            return Soort(name)
        if name not in self._items:
            raise CellError(f"het type '{name[:60]}' bestaat niet in dit model")
        if depth > 10:
            raise CellError(f"het type '{name[:60]}' verwijst naar zichzelf")
        if name not in self._known:
            self._known[name] = self._build(self._items[name], depth)
        return self._known[name]

    def _build(self, item: ItemDefinition, depth: int) -> Soort:
        if item.components:
            soort = Soort("context", parts={part.name: self._build(part, depth + 1) for part in item.components})
        else:
            soort = self.resolve(item.type, depth + 1)
        if item.values:
            allowed = compile_unary(item.values, soort.kind, _EMPTY)
            soort = Soort(soort.kind, soort.item, allowed, soort.parts)
        return Soort("list", soort.kind) if item.collection else soort
