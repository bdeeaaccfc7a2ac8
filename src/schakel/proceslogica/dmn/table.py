# SPDX-License-Identifier: EUPL-1.2
"""A compiled decision table: which rules are hit, and what its hit policy makes of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from schakel.proceslogica.dmn.explain import show
from schakel.proceslogica.dmn.feel import Expressie, Omgeving
from schakel.proceslogica.dmn.findings import BeslissingOnmogelijk, FeitOngeldig
from schakel.proceslogica.dmn.functions import FUNCTIONS
from schakel.proceslogica.dmn.outcome import Geraakt, Reden
from schakel.proceslogica.dmn.unary import Cel, Check
from schakel.proceslogica.dmn.values import Waarde

SINGLE = frozenset({"UNIQUE", "ANY", "FIRST", "PRIORITY"})
POLICIES = SINGLE | {"OUTPUT ORDER", "RULE ORDER", "COLLECT"}
AGGREGATIONS = frozenset({"", "SUM", "MIN", "MAX", "COUNT"})
_UNSET: Any = object()


@dataclass(frozen=True, slots=True)
class InputColumn:
    label: str
    expression: Expressie
    kind: str
    allowed: Cel | None = None


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """`order`: the output values, the most important first."""

    name: str
    kind: str
    order: tuple[Waarde, ...] = ()
    default: Expressie | None = None


@dataclass(frozen=True, slots=True)
class Rij:
    """A compiled rule. `asks`: only the cells that ask something."""

    nummer: int
    id: str
    cellen: tuple[Cel, ...]
    asks: tuple[tuple[int, Check], ...]
    outputs: tuple[Expressie, ...]
    toelichting: str


@dataclass(frozen=True, slots=True)
class Tabel:
    naam: str
    policy: str
    aggregation: str
    inputs: tuple[InputColumn, ...]
    outputs: tuple[OutputColumn, ...]
    rijen: tuple[Rij, ...]

    def run(self, env: Omgeving) -> tuple[Waarde, Geraakt, list[Reden]]:
        """The outcome, the rules hit, and why. A column is computed only when a rule asks for it."""
        values: list[Any] = [_UNSET] * len(self.inputs)
        hits = self._hits(env, values)
        results = [tuple(output.run(env) for output in rij.outputs) for rij in hits]
        if self.policy in ("PRIORITY", "OUTPUT ORDER"):
            hits, results = self._by_priority(hits, results)
        self._refuse_conflict(hits, results)
        outcome = self._outcome(env, results)
        geraakt = Geraakt(self.naam, tuple(rij.nummer for rij in hits), tuple(rij.id for rij in hits))
        return outcome, geraakt, self._reasons(hits, values)

    def _hits(self, env: Omgeving, values: list[Any]) -> list[Rij]:
        hits = []
        for rij in self.rijen:
            for place, check in rij.asks:
                value = values[place]
                if value is _UNSET:
                    value = values[place] = self._value(place, env)
                if not check(value, env):
                    break
            else:
                hits.append(rij)
                if self.policy == "FIRST":
                    break
        return hits

    def _value(self, place: int, env: Omgeving) -> Waarde:
        column = self.inputs[place]
        value = column.expression.run(env)
        if column.allowed and value is not None and not column.allowed.check(value, env):
            raise FeitOngeldig(column.label, f"een waarde die {column.allowed.phrase}")
        return value

    def _by_priority(self, hits: list[Rij], results: list[tuple[Waarde, ...]]) -> tuple[list[Rij], list[Any]]:
        def rank(pair: tuple[Rij, tuple[Waarde, ...]]) -> list[int]:
            return [_place(column.order, value) for column, value in zip(self.outputs, pair[1], strict=True)]

        ordered = sorted(zip(hits, results, strict=True), key=rank)
        return [rij for rij, _ in ordered], [result for _, result in ordered]

    def _refuse_conflict(self, hits: Sequence[Rij], results: Sequence[tuple[Waarde, ...]]) -> None:
        if len(hits) < 2 or self.policy not in ("UNIQUE", "ANY"):
            return
        if self.policy == "ANY" and all(result == results[0] for result in results):
            return
        numbers = " en ".join(str(rij.nummer) for rij in hits)
        raise BeslissingOnmogelijk(f"In '{self.naam}' passen regel {numbers} tegelijk; er mag maar één uitkomst zijn.")

    def _outcome(self, env: Omgeving, results: Sequence[tuple[Waarde, ...]]) -> Waarde:
        if not results and any(column.default for column in self.outputs):
            return self._shape(tuple(column.default.run(env) if column.default else None for column in self.outputs))
        if self.policy in SINGLE:
            return self._shape(results[0]) if results else None
        if self.policy == "COLLECT" and self.aggregation:
            return _AGGREGATE[self.aggregation]([result[0] for result in results])
        return tuple(self._shape(result) for result in results)

    def _shape(self, result: tuple[Waarde, ...]) -> Waarde:
        if len(self.outputs) == 1:
            return result[0]
        return {column.name: value for column, value in zip(self.outputs, result, strict=True)}

    def _reasons(self, hits: Sequence[Rij], values: Sequence[Any]) -> list[Reden]:
        if not hits:
            return [Reden(self.naam, 0, "", (), "Geen enkele regel past; de standaarduitkomst geldt.")]
        shown = ["" if value is _UNSET else show(value) for value in values]
        return [
            Reden(
                self.naam,
                rij.nummer,
                rij.id,
                tuple(
                    f"{column.label}: {cel.phrase}" if cel.always else f"{column.label}: {text}, {cel.phrase}"
                    for column, cel, text in zip(self.inputs, rij.cellen, shown, strict=True)
                ),
                rij.toelichting,
            )
            for rij in hits
        ]


def _place(order: Sequence[Waarde], value: Waarde) -> int:
    for place, one in enumerate(order):
        if type(one) is type(value) and one == value:
            return place
    return len(order)


def _total(name: str) -> Callable[[list[Waarde]], Waarde]:
    return lambda values: FUNCTIONS[name].call((tuple(values),)) if values else None


_AGGREGATE: Mapping[str, Callable[[list[Waarde]], Waarde]] = {
    "SUM": _total("sum"),
    "MIN": _total("min"),
    "MAX": _total("max"),
    "COUNT": lambda values: Decimal(len(values)),
}
