# SPDX-License-Identifier: EUPL-1.2
"""Compiles one decision, cell by cell, and says of every cell that is wrong where it is and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from schakel.proceslogica.dmn import xml
from schakel.proceslogica.dmn.feel import Expressie, Scope, compile_expression, parse, used_names
from schakel.proceslogica.dmn.findings import Bevinding
from schakel.proceslogica.dmn.lexer import CellError
from schakel.proceslogica.dmn.table import AGGREGATIONS, POLICIES, SINGLE, InputColumn, OutputColumn, Rij, Tabel
from schakel.proceslogica.dmn.types import Soort, Types
from schakel.proceslogica.dmn.unary import Cel, compile_unary
from schakel.proceslogica.dmn.values import ANY, TYPES, Waarde

T = TypeVar("T")
_NEVER = Cel(lambda value, env: False, "klopt niet")


@dataclass(slots=True)
class Builder:
    """Compiles within one scope. `known`: what the model says of each name."""

    naam: str
    types: Types
    scope: Scope
    known: Mapping[str, Soort]
    found: list[Bevinding] = field(default_factory=list)
    _cells: dict[tuple[str, str], Cel] = field(default_factory=dict)

    def refuse(self, cel: str, melding: str) -> None:
        self.found.append(Bevinding(self.naam, cel, melding[:1].upper() + melding[1:].rstrip(".") + "."))

    def attempt(self, cel: str, step: Callable[[], T]) -> T | None:
        try:
            return step()
        except CellError as fault:
            self.refuse(cel, str(fault))
            return None

    def literal(self, text: str, reference: str) -> Expressie | None:
        soort = self.attempt("", lambda: self.types.resolve(reference)) or Soort()
        formula = self.attempt("formule", lambda: compile_expression(text, self.scope))
        if formula:
            self._output_fits("formule", formula, OutputColumn("", soort.kind), None)
        return formula

    def table(self, raw: xml.Table) -> Tabel | None:
        if not raw.outputs:
            self.refuse("", "de tabel heeft geen uitvoerkolom")
        if raw.hit_policy not in POLICIES:
            self.refuse("", f"de hit policy '{raw.hit_policy[:40]}' bestaat niet")
        if raw.aggregation not in AGGREGATIONS or (raw.aggregation and raw.hit_policy != "COLLECT"):
            self.refuse("", f"de optelling '{raw.aggregation[:40]}' kan hier niet")
        if raw.aggregation and len(raw.outputs) > 1:
            self.refuse("", "een optelling kan alleen met één uitvoerkolom")
        inputs = tuple(self._input(number, column) for number, column in enumerate(raw.inputs, 1))
        names = [column.name for column in raw.outputs]
        if len(names) > 1 and (len(set(names)) < len(names) or "" in names):
            self.refuse("", "elke uitvoerkolom heeft een eigen naam nodig")
        pairs = [self._output(number, column, raw.hit_policy) for number, column in enumerate(raw.outputs, 1)]
        outputs = tuple(column for column, _ in pairs)
        rijen = tuple(self._rij(number, rule, inputs, pairs) for number, rule in enumerate(raw.rules, 1))
        if self.found:
            return None
        return Tabel(self.naam, raw.hit_policy, raw.aggregation, inputs, outputs, rijen)

    def _input(self, number: int, raw: xml.Input) -> InputColumn:
        where = f"kolom {raw.label or number}"
        expression = self.attempt(where, lambda: compile_expression(raw.expression, self.scope))
        soort = self.attempt(where, lambda: self.types.resolve(raw.type)) or Soort()
        own = self.known.get(raw.expression.strip(), Soort())
        found = expression.type if expression else ANY
        if ANY not in (found, soort.kind) and found != soort.kind:
            self.refuse(where, f"de kolom verwacht {TYPES[soort.kind]}, maar de formule geeft {TYPES[found]}")
        kind = soort.kind if found == ANY else found
        allowed = soort.allowed or own.allowed
        if raw.values:
            allowed = self.attempt(f"{where}, toegestane waarden", lambda: compile_unary(raw.values, kind, self.scope))
        return InputColumn(raw.label, expression or Expressie(lambda _: None, ANY), kind, allowed)

    def _output(self, number: int, raw: xml.Output, policy: str) -> tuple[OutputColumn, Cel | None]:
        where = f"kolom {raw.label or number}"
        soort = self.attempt(where, lambda: self.types.resolve(raw.type)) or Soort()
        allowed, order = soort.allowed, tuple[Waarde, ...]()
        if raw.values:
            allowed = self.attempt(f"{where}, waarden", lambda: compile_unary(raw.values, soort.kind, self.scope))
        if allowed and not allowed.ordered:
            order = allowed.constants
        if policy in ("PRIORITY", "OUTPUT ORDER") and not order:
            self.refuse(where, f"bij {policy} hoort een lijst met uitvoerwaarden, de belangrijkste eerst")
        default = None
        if raw.default:
            default = self.attempt(f"{where}, standaardwaarde", lambda: compile_expression(raw.default, self.scope))
        column = OutputColumn(raw.name, soort.kind, order, default)
        if default:
            self._output_fits(f"{where}, standaardwaarde", default, column, allowed)
        return column, allowed

    def _rij(
        self,
        number: int,
        raw: xml.Rule,
        inputs: tuple[InputColumn, ...],
        outputs: list[tuple[OutputColumn, Cel | None]],
    ) -> Rij:
        if len(raw.inputs) != len(inputs) or len(raw.outputs) != len(outputs):
            self.refuse(f"regel {number}", "het aantal cellen past niet bij het aantal kolommen")
            return Rij(number, raw.id, (), (), (), raw.note)
        cells = []
        for column, text in zip(inputs, raw.inputs, strict=True):
            cell = self.attempt(f"regel {number}, kolom {column.label}", lambda: self._cell(text, column.kind))  # noqa: B023
            cells.append(cell or _NEVER)
        results = []
        for place, ((output, allowed), text) in enumerate(zip(outputs, raw.outputs, strict=True), 1):
            where = f"regel {number}, kolom {output.name or place}"
            result = self.attempt(where, lambda: _result(text, self.scope))  # noqa: B023
            if result:
                self._output_fits(where, result, output, allowed)
                results.append(result)
        asks = tuple((place, cell.check) for place, cell in enumerate(cells) if not cell.always)
        return Rij(number, raw.id, tuple(cells), asks, tuple(results), raw.note)

    def _cell(self, text: str, kind: str) -> Cel:
        key = (text, kind)
        if key not in self._cells:
            self._cells[key] = compile_unary(text, kind, self.scope)
        return self._cells[key]

    def _output_fits(self, where: str, result: Expressie, column: OutputColumn, allowed: Cel | None) -> None:
        if column.kind != result.type and ANY not in (column.kind, result.type) and result.type != "null":
            self.refuse(where, f"hier hoort {TYPES[column.kind]}, maar er staat {TYPES[result.type]}")
        elif allowed and allowed.constant and result.constant and not allowed.takes(result.value):
            self.refuse(where, f"deze waarde staat niet bij de toegestane waarden: {allowed.phrase}")


def _result(text: str, scope: Scope) -> Expressie:
    """An output cell; empty or - means: no value."""
    return compile_expression("null" if text in ("", "-") else text, scope)


def outcome_of(decision: xml.Decision, types: Types) -> Soort:
    """The type of what a decision gives, for the decisions that require it. Raises CellError."""
    if decision.table is None:
        return types.resolve(decision.type)
    table = decision.table
    if table.aggregation:
        return Soort("number") if table.aggregation in ("COUNT", "SUM") else Soort()
    if table.hit_policy not in SINGLE:
        return Soort("list")
    if len(table.outputs) == 1:
        soort = types.resolve(table.outputs[0].type)
        return soort if soort.kind != ANY else types.resolve(decision.type)
    return Soort("context", parts={column.name: types.resolve(column.type) for column in table.outputs})


def names_of(expression: str, scope: Scope) -> frozenset[str]:
    """Every name in an expression that compiled before."""
    return used_names(parse(expression, scope.names))
