# SPDX-License-Identifier: EUPL-1.2
"""One decision being taken: finds facts and required outcomes when a rule asks, and remembers which."""

from collections.abc import Mapping

from schakel.proceslogica.dmn.findings import BeslissingOnmogelijk, FeitOngeldig, FeitOntbreekt
from schakel.proceslogica.dmn.graph import Graph, Knoop
from schakel.proceslogica.dmn.outcome import Geraakt, Reden
from schakel.proceslogica.dmn.types import Soort
from schakel.proceslogica.dmn.values import ANY, TYPES, Waarde, to_value

MAX_WEIGHT = 100_000
_OPEN = Soort()


class Gang:
    """The environment of one `decide`."""

    __slots__ = ("_facts", "_graph", "_known", "geraakt", "redenen", "used")

    def __init__(self, graph: Graph, facts: Mapping[str, object]) -> None:
        self._graph = graph
        self._facts = facts
        self._known: dict[str, Waarde] = {}
        self.used: dict[str, Waarde] = {}
        self.geraakt: list[Geraakt] = []
        self.redenen: list[Reden] = []

    def decide(self, knoop: Knoop) -> Waarde:
        if knoop.tabel:
            outcome, geraakt, redenen = knoop.tabel.run(self)
            self.geraakt.append(geraakt)
            self.redenen += redenen
        elif knoop.formule:
            outcome = knoop.formule.run(self)
            self.redenen.append(
                Reden(knoop.raw.name, 0, "", (f"formule: {knoop.formule.text}",), knoop.raw.description)
            )
        else:  # a graph holds compiled decisions only
            raise AssertionError(knoop.raw.id)
        if isinstance(outcome, str | list | tuple | dict) and _weight(outcome, MAX_WEIGHT) < 0:
            raise BeslissingOnmogelijk(f"De uitkomst van '{knoop.raw.name}' is te groot.")
        return outcome

    def look_up(self, name: str) -> Waarde:
        known = self._known
        if name not in known:
            known[name] = self._find(name)
        return known[name]

    def _find(self, name: str) -> Waarde:
        base = name.partition(".")[0]
        if base in self._graph.outcomes:
            if base == name:
                return self.decide(self._graph.decisions[self._graph.outcomes[name]])
            whole, _, part = name.rpartition(".")
            outcome = self.look_up(whole)
            return outcome.get(part) if isinstance(outcome, Mapping) else None
        value = self._fact(name, self._graph.facts.get(name, _OPEN))
        self.used[name] = value
        return value

    def _fact(self, name: str, soort: Soort) -> Waarde:
        raw = self._raw(name)
        try:
            if soort.kind == "list" and isinstance(raw, list | tuple):
                raw = tuple(to_value(one, soort.item) for one in raw)
            value = to_value(raw, soort.kind)
        except ValueError:
            kind = soort.kind if soort.kind != ANY else "een getal, tekst, datum, ja of nee, of een lijst daarvan"
            raise FeitOngeldig(name, TYPES.get(kind, kind)) from None
        if soort.allowed and value is not None and not soort.allowed.check(value, self):
            raise FeitOngeldig(name, f"een waarde die {soort.allowed.phrase}")
        return value

    def _raw(self, name: str) -> object:
        """The fact by its full name, or inside the fact it is a part of. Empty whole: empty part."""
        if name in self._facts:
            return self._facts[name]
        whole, dot, part = name.rpartition(".")
        if not dot:
            raise FeitOntbreekt(name)
        outer = self._raw(whole)
        if outer is None:
            return None
        if not isinstance(outer, Mapping) or part not in outer:
            raise FeitOntbreekt(name)
        return outer[part]


def _weight(value: Waarde, left: int) -> int:
    """What is left of the allowance after counting this value; negative when it is too heavy."""
    match value:
        case str():
            return left - 1 - len(value)
        case Mapping():
            parts = list(value.values())
        case list() | tuple():
            parts = list(value)
        case _:
            return left - 1
    for part in parts:
        if left < 0:
            break
        left = _weight(part, left - 1)
    return left
