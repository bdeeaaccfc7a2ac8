# SPDX-License-Identifier: EUPL-1.2
"""A model that passed the check: ready to decide by, and to show. Start reading here: `check`, then `decide`."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from schakel.proceslogica.dmn import xml as source
from schakel.proceslogica.dmn.canon import input_hash
from schakel.proceslogica.dmn.findings import BeslissingOnbekend, Bevinding
from schakel.proceslogica.dmn.graph import Graph, Knoop, link
from schakel.proceslogica.dmn.outcome import Kolom, Regel, Tabelbeeld, Uitkomst
from schakel.proceslogica.dmn.run import Gang


@dataclass(frozen=True, slots=True)
class Definities:
    """`versie` is the content hash of the XML; `waarschuwingen` are gaps and the like."""

    id: str
    naam: str
    versie: str
    waarschuwingen: tuple[Bevinding, ...]
    graph: Graph

    @property
    def sleutels(self) -> tuple[str, ...]:
        """The ids of all decisions."""
        return tuple(self.graph.decisions)

    @property
    def gegevens(self) -> Mapping[str, str]:
        """Every fact that the model can ask, with its FEEL type."""
        return {name: soort.kind for name, soort in self.graph.facts.items()}

    def decide(self, sleutel: str, feiten: Mapping[str, object]) -> Uitkomst:
        """Take one decision. `sleutel` is the id or the name of a decision. Pure: the same facts give the same outcome.

        Raises BeslissingOnbekend, FeitOntbreekt, FeitOngeldig or BeslissingOnmogelijk.
        """
        knoop = self._knoop(sleutel)
        gang = Gang(self.graph, feiten)
        uitkomst = gang.decide(knoop)
        return Uitkomst(
            knoop.raw.id,
            uitkomst,
            tuple(gang.geraakt),
            tuple(gang.redenen),
            gang.used,
            input_hash(gang.used),  # KR-1
            self.versie,
        )

    def tables(self) -> tuple[Tabelbeeld, ...]:
        """Every decision, ready to show, in the order of the model."""
        return tuple(_tabelbeeld(knoop, self.graph) for knoop in self.graph.decisions.values())  # GE-10

    def _knoop(self, sleutel: str) -> Knoop:
        knoop = self.graph.decisions.get(sleutel) or self.graph.decisions.get(self.graph.outcomes.get(sleutel, ""))
        if knoop is None:
            raise BeslissingOnbekend
        return knoop


def check(xml: bytes) -> Definities:
    """Read a model; raises ModelRefused with everything that is wrong with it."""
    model = source.read_model(xml)
    graph = link(model)
    return Definities(model.id, model.name, sha256(xml).hexdigest(), graph.waarschuwingen, graph)


def _tabelbeeld(knoop: Knoop, graph: Graph) -> Tabelbeeld:
    raw, table = knoop.raw, knoop.raw.table
    return Tabelbeeld(
        raw.id,
        raw.name,
        raw.question,
        raw.description,
        table.hit_policy if table else "",
        table.aggregation if table else "",
        tuple(Kolom(each.label, each.expression, each.type, each.values) for each in table.inputs) if table else (),
        tuple(Kolom(each.label or raw.name, "", each.type, each.values) for each in table.outputs) if table else (),
        tuple(
            Regel(rule.id, number, tuple(text or "-" for text in rule.inputs), rule.outputs, rule.note)
            for number, rule in enumerate(table.rules if table else (), 1)
        ),
        tuple(graph.decisions[one].raw.name for one in raw.decisions),
        raw.literal or "",
    )
