# SPDX-License-Identifier: EUPL-1.2
"""The requirements graph: which decision needs which facts and decisions, without circles; then every table checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from schakel.proceslogica.dmn import xml
from schakel.proceslogica.dmn.build import Builder, names_of, outcome_of
from schakel.proceslogica.dmn.feel import Expressie, Scope
from schakel.proceslogica.dmn.findings import Bevinding, ModelRefused
from schakel.proceslogica.dmn.lexer import MAX_NAME, CellError
from schakel.proceslogica.dmn.overlap import Budget, Column
from schakel.proceslogica.dmn.rules import check_rules
from schakel.proceslogica.dmn.table import Tabel
from schakel.proceslogica.dmn.types import Soort, Types
from schakel.proceslogica.dmn.values import ANY

MAX_CHAIN = 10
_RESERVED = frozenset({"true", "false", "null", "and", "or", "not", "-"})


@dataclass(frozen=True, slots=True)
class Knoop:
    """A compiled decision: a table or a formula."""

    raw: xml.Decision
    tabel: Tabel | None
    formule: Expressie | None


@dataclass(frozen=True, slots=True)
class Graph:
    """All decisions by id, what every name stands for, and what the beheerder should know."""

    decisions: Mapping[str, Knoop]
    facts: Mapping[str, Soort]
    outcomes: Mapping[str, str]
    waarschuwingen: tuple[Bevinding, ...]


class _Linker:
    def __init__(self, model: xml.Model) -> None:
        self.model = model
        self.types = Types(model.items)
        self.inputs = {data.id: data for data in model.inputs}
        self.decisions = {decision.id: decision for decision in model.decisions}
        self.budget = Budget()
        self.found: list[Bevinding] = []
        self.warnings: list[Bevinding] = []
        self.soorten: dict[str, Soort] = {}
        self.facts_of: dict[str, frozenset[str]] = {}

    def refuse(self, element: str, melding: str) -> None:
        self.found.append(Bevinding(element, "", melding))

    def check_names(self) -> None:
        seen: set[str] = set()
        named = [(data.name, data.name) for data in self.model.inputs]
        named += [(decision.variable, decision.name) for decision in self.model.decisions]
        for name, element in named:
            if name in seen:
                self.refuse(element, f"De naam '{name}' komt twee keer voor.")
            if not name or len(name) > MAX_NAME or "." in name or not (name[0].isalpha() or name[0] == "_"):
                self.refuse(
                    element, f"Een naam begint met een letter, is hoogstens {MAX_NAME} tekens en heeft geen punt."
                )
            if name in _RESERVED:
                self.refuse(element, f"De naam '{name}' is een woord van de regeltaal. Kies een andere naam.")
            seen.add(name)
        if len(self.decisions) < len(self.model.decisions) or len(self.inputs) < len(self.model.inputs):
            self.refuse(self.model.name, "Een id komt twee keer voor.")

    def resolve_types(self) -> None:
        for data in self.model.inputs:
            self.soorten[data.name] = self._soort(data.name, lambda: self.types.resolve(data.type))  # noqa: B023
        for decision in self.model.decisions:
            self.soorten[decision.variable] = self._soort(decision.name, lambda: outcome_of(decision, self.types))  # noqa: B023

    def _soort(self, element: str, resolve: "object") -> Soort:
        try:
            found: Soort = resolve()  # type: ignore[operator]
            return found
        except CellError as fault:
            self.refuse(element, f"{fault}.")
            return Soort()

    def order(self) -> Iterator[xml.Decision]:
        """Required ones first. Refuses circles, chains that are too long and requirements that are not there."""
        length: dict[str, int] = {}  # of the longest chain that ends in a decision

        def visit(decision: xml.Decision, chain: tuple[str, ...]) -> Iterator[xml.Decision]:
            if decision.id in length:
                return
            if decision.id in chain:
                names = " → ".join(
                    self.decisions[one].name for one in (*chain[chain.index(decision.id) :], decision.id)
                )
                self.refuse(decision.name, f"Deze beslissingen vereisen elkaar in een kring: {names}.")
                return
            for required in decision.decisions:
                if required in self.decisions:
                    yield from visit(self.decisions[required], (*chain, decision.id))
                else:
                    self.refuse(decision.name, f"De vereiste beslissing '{required[:60]}' bestaat niet.")
            if decision.id not in length:
                length[decision.id] = 1 + max((length.get(one, 0) for one in decision.decisions), default=0)
                yield decision
            if length[decision.id] > MAX_CHAIN:
                self.refuse(decision.name, f"Er staan meer dan {MAX_CHAIN} beslissingen na elkaar.")

        for decision in self.model.decisions:
            yield from visit(decision, ())

    def scope(self, decision: xml.Decision) -> Scope:
        """What this decision may name: what it requires, and nothing else."""
        names = [self.decisions[one].variable for one in decision.decisions if one in self.decisions]
        for one in decision.inputs:
            if one in self.inputs:
                names.append(self.inputs[one].name)
            else:
                self.refuse(decision.name, f"Het vereiste gegeven '{one[:60]}' bestaat niet.")
        known = {full: soort for name in names for full, soort in self.soorten[name].named(name)}
        return Scope({full: soort.kind for full, soort in known.items()}, {n for n, s in known.items() if s.open})

    def build(self, decision: xml.Decision) -> Knoop:
        scope = self.scope(decision)
        known = {full: soort for name, soort in self.soorten.items() for full, soort in soort.named(name)}
        builder = Builder(decision.name, self.types, scope, known)
        tabel = formule = None
        if decision.table:
            tabel = builder.table(decision.table)
        elif decision.literal is not None:
            formule = builder.literal(decision.literal, decision.type)
            if formule and self.soorten[decision.variable].kind == ANY:
                self.soorten[decision.variable] = Soort(formule.type)
        self.found += builder.found
        self._remember_facts(decision, tabel, scope)
        if tabel and decision.table:
            self._check_rules(decision.table, tabel, scope)
        return Knoop(decision, tabel, formule)

    def _remember_facts(self, decision: xml.Decision, tabel: Tabel | None, scope: Scope) -> None:
        required = [self.facts_of.get(self.decisions[one].variable, frozenset()) for one in decision.decisions
                    if one in self.decisions]  # fmt: skip
        own = frozenset(self.inputs[one].name for one in decision.inputs if one in self.inputs)
        self.facts_of[decision.variable] = own.union(*required)

    def _check_rules(self, raw: xml.Table, tabel: Tabel, scope: Scope) -> None:
        columns = []
        for place, (column, text) in enumerate(zip(tabel.inputs, raw.inputs, strict=True)):
            facts: set[str] = set()
            for name in names_of(text.expression, scope):
                facts |= self.facts_of.get(name.partition(".")[0], {name})
            cells = [rij.cellen[place] for rij in tabel.rijen]
            columns.append(Column(text.expression, column.kind, frozenset(facts), column.allowed, cells))
        refused, warned = check_rules(tabel, columns, self.budget)
        self.found += refused
        self.warnings += warned


def link(model: xml.Model) -> Graph:
    """Raises ModelRefused with everything that is wrong."""
    linker = _Linker(model)
    linker.check_names()
    linker.resolve_types()
    if linker.found:
        raise ModelRefused(linker.found)
    ordered = list(linker.order())
    if linker.found:
        raise ModelRefused(linker.found)
    knopen = {decision.id: linker.build(decision) for decision in ordered}
    if linker.found:
        raise ModelRefused(linker.found[:100])
    facts = {full: soort for data in model.inputs for full, soort in linker.soorten[data.name].named(data.name)}
    return Graph(
        {decision.id: knopen[decision.id] for decision in model.decisions},
        facts,
        {decision.variable: decision.id for decision in model.decisions},
        tuple(linker.warnings),
    )
