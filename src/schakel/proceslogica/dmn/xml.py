# SPDX-License-Identifier: EUPL-1.2
"""Reads DMN 1.1 to 1.5 XML into plain rows. No DTD, no entities, nothing from outside, bounded in size."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from schakel.proceslogica.dmn.findings import Bevinding, ModelRefused

MAX_BYTES = 2 * 1024 * 1024
MAX_RULES = 500
MAX_FORMULAS = 400_000
MAX_COLUMNS = 60
MAX_ELEMENTS = 500
MAX_TEXT = 2_000

NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)
_FEEL = re.compile(r"(?:.*[/:])?(?:s-)?feel(?:[/:].*)?", re.IGNORECASE)
_KNOWN = frozenset(
    {"itemDefinition", "inputData", "decision", "knowledgeSource", "textAnnotation", "association", "group"}
    | {"description", "extensionElements", "organizationUnit", "performanceIndicator", "elementCollection"}
)
_UNSUPPORTED = {
    "businessKnowledgeModel": "een kennismodel (business knowledge model)",
    "decisionService": "een decision service",
    "import": "een import van een ander model",
    "invocation": "een aanroep (invocation)",
    "context": "een context",
    "list": "een lijst met formules",
    "relation": "een relatie",
    "functionDefinition": "een eigen functie",
    "conditional": "een als-dan-formule",
    "for": "een herhaling (for)",
    "every": "een herhaling (every)",
    "some": "een herhaling (some)",
    "filter": "een filter",
    "knowledgeRequirement": "een kennismodel",
}
_CELLS = frozenset(
    {"inputExpression", "inputValues", "inputEntry", "outputValues", "outputEntry", "defaultOutputEntry"}
    | {"annotationEntry", "literalExpression", "allowedValues"}
)
#: What may stand in what, besides a description and what is a tool's own. All else is refused, for it might mean a lot.
_INSIDE: dict[str, frozenset[str]] = {
    "itemDefinition": frozenset({"typeRef", "allowedValues", "itemComponent"}),
    "itemComponent": frozenset({"typeRef", "allowedValues", "itemComponent"}),
    "inputData": frozenset({"variable"}),
    "decision": frozenset(
        {"variable", "question", "allowedAnswers", "informationRequirement", "authorityRequirement", "decisionTable"}
        | {"literalExpression", "supportedObjective", "impactedPerformanceIndicator", "decisionMaker", "decisionOwner"}
        | {"usingProcess", "usingTask"}
    ),
    "informationRequirement": frozenset({"requiredDecision", "requiredInput"}),
    "authorityRequirement": frozenset({"requiredDecision", "requiredInput", "requiredAuthority"}),
    "decisionTable": frozenset({"input", "output", "annotation", "rule"}),
    "input": frozenset({"inputExpression", "inputValues"}),
    "output": frozenset({"outputValues", "defaultOutputEntry"}),
    "rule": frozenset({"inputEntry", "outputEntry", "annotationEntry"}),
    **dict.fromkeys(_CELLS, frozenset({"text"})),
}
#: How a place in a table is told to the beheerder: the columns of a rule are counted from left to right.
_PLACES = {"rule": "regel", **dict.fromkeys(("input", "output", "inputEntry", "outputEntry"), "kolom")}
_ANYWHERE = frozenset({"description", "extensionElements"})


@dataclass(frozen=True, slots=True)
class Input:
    id: str
    label: str
    expression: str
    type: str
    values: str


@dataclass(frozen=True, slots=True)
class Output:
    id: str
    name: str
    label: str
    type: str
    values: str
    default: str


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Table:
    hit_policy: str
    aggregation: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    id: str
    name: str
    variable: str
    type: str
    question: str
    description: str
    decisions: tuple[str, ...]
    inputs: tuple[str, ...]
    table: Table | None
    literal: str | None


@dataclass(frozen=True, slots=True)
class InputData:
    id: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    name: str
    type: str
    values: str
    collection: bool
    components: tuple["ItemDefinition", ...] = ()


@dataclass(slots=True)
class Model:
    id: str
    name: str
    items: list[ItemDefinition] = field(default_factory=list)
    inputs: list[InputData] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


class _Reader:
    """Collects what is wrong while it reads, so that the beheerder hears everything at once."""

    def __init__(self) -> None:
        self.found: list[Bevinding] = []
        self.size = 0  # of all cells, in characters

    def refuse(self, element: str, melding: str, cel: str = "") -> None:
        self.found.append(Bevinding(element, cel, melding))

    def item(self, node: Any, depth: int = 0) -> ItemDefinition:
        parts = tuple(self.item(part, depth + 1) for part in _children(node, "itemComponent")) if depth < 5 else ()
        if depth >= 5:
            self.refuse(_name(node), "dit gegeven heeft meer dan vijf lagen onderdelen.")
        values = _text(_child(node, "allowedValues"))
        return ItemDefinition(
            _name(node), _text_of(node, "typeRef"), values, node.get("isCollection") in ("true", "1"), parts
        )

    def input_data(self, node: Any) -> InputData:
        variable = _child(node, "variable")
        name = _clean(variable.get("name")) if variable is not None and variable.get("name") else _name(node)
        return InputData(node.get("id", ""), name, variable.get("typeRef", "") if variable is not None else "")

    def decision(self, node: Any) -> Decision:
        name, variable = _name(node), _child(node, "variable")
        logic = [part for part in _children(node) if _tag(part) in ("decisionTable", "literalExpression")]
        if len(logic) != 1:
            self.refuse(name, "een beslissing heeft precies één beslistabel of één formule.")
        table = next((self.table(part, name) for part in logic if _tag(part) == "decisionTable"), None)
        literal = next((_text(part) for part in logic if _tag(part) == "literalExpression"), None)
        return Decision(
            node.get("id", "") or name,
            name,
            _clean(variable.get("name") or "") or name if variable is not None else name,
            variable.get("typeRef", "") if variable is not None else "",
            _text_of(node, "question"),
            _text_of(node, "description"),
            tuple(self._required(node, "requiredDecision", name)),
            tuple(self._required(node, "requiredInput", name)),
            table,
            literal,
        )

    def languages(self, root: Any) -> None:
        for node in root.iter(tag=etree.Element):
            for name in ("expressionLanguage", "typeLanguage"):
                if not is_feel(node.get(name)):
                    self.refuse(_owner(node), "hier staat een andere taal dan FEEL; alleen FEEL is toegestaan.", name)

    def shape(self, node: Any, element: str, cel: str = "") -> None:
        """Refuse what we would otherwise silently pass over, in this element and all below it."""
        kind, count = _tag(node), dict[str, int]()
        if kind in _CELLS and ((node.text or "").strip() or len(_children(node, "text")) > 1):
            self.refuse(element, "de inhoud van een cel hoort in één 'text'.", cel)
        for part in node.iterchildren(tag=etree.Element):
            inner, place = _tag(part), _PLACES.get(_tag(part), "")
            count[place] = count.get(place, 0) + 1
            here = f"{cel}, {place} {count[place]}".removeprefix(", ") if place else cel
            if inner in _INSIDE.get(kind, ()):
                self.shape(part, element, here)
            elif inner not in _ANYWHERE:
                what = _UNSUPPORTED.get(inner, f"het onderdeel '{etree.QName(part).localname}'")
                self.refuse(element, f"{what} wordt niet ondersteund.", here)

    def _required(self, node: Any, kind: str, name: str) -> Iterator[str]:
        for requirement in _children(node, "informationRequirement"):
            for target in _children(requirement, kind):
                href = target.get("href", "")
                if not href.startswith("#"):
                    self.refuse(name, "een vereiste wijst naar een ander model; dat wordt niet ondersteund.")
                yield href.rpartition("#")[2]

    def table(self, node: Any, name: str) -> Table:
        inputs = tuple(self._input(part) for part in _children(node, "input"))
        outputs = tuple(self._output(part) for part in _children(node, "output"))
        rules = _children(node, "rule")
        if len(rules) > MAX_RULES or len(inputs) + len(outputs) > MAX_COLUMNS:
            self.refuse(name, f"de tabel is te groot: hoogstens {MAX_RULES} regels en {MAX_COLUMNS} kolommen.")
            rules, inputs, outputs = [], inputs[:MAX_COLUMNS], outputs[:MAX_COLUMNS]
        return Table(
            node.get("hitPolicy", "UNIQUE"),
            node.get("aggregation", ""),
            inputs,
            outputs,
            tuple(self._rule(part, number) for number, part in enumerate(rules, 1)),
        )

    def _input(self, node: Any) -> Input:
        expression = _child(node, "inputExpression")
        text = _text(expression)
        label = _clean(node.get("label") or "") or text
        kind = expression.get("typeRef", "") if expression is not None else ""
        return Input(node.get("id", ""), label, text, kind, _text(_child(node, "inputValues")))

    def _output(self, node: Any) -> Output:
        name = _clean(node.get("name") or "")
        return Output(
            node.get("id", ""),
            name,
            _clean(node.get("label") or "") or name,
            node.get("typeRef", ""),
            _text(_child(node, "outputValues")),
            _text(_child(node, "defaultOutputEntry")),
        )

    def _rule(self, node: Any, number: int) -> Rule:
        self.size += sum(len(entry.text or "") for entry in node.iter(tag=etree.Element))
        notes = [_text_of(node, "description"), *(_text(entry) for entry in _children(node, "annotationEntry"))]
        return Rule(
            node.get("id", "") or f"regel-{number}",
            tuple(_text(entry) for entry in _children(node, "inputEntry")),
            tuple(_text(entry) for entry in _children(node, "outputEntry")),
            " ".join(note for note in notes if note),
        )


def read_model(xml: bytes) -> Model:
    """Raises ModelRefused."""
    root = _root(xml)
    reader = _Reader()
    model = Model(root.get("id", ""), _name(root))
    reader.languages(root)
    for node in _children(root):
        kind = _tag(node)
        if kind in _INSIDE:
            reader.shape(node, _name(node))
        if kind in _UNSUPPORTED:
            reader.refuse(_name(node) or kind, f"{_UNSUPPORTED[kind]} wordt niet ondersteund.")
        elif kind == "itemDefinition":
            model.items.append(reader.item(node))
        elif kind == "inputData":
            model.inputs.append(reader.input_data(node))
        elif kind == "decision":
            model.decisions.append(reader.decision(node))
        elif kind not in _KNOWN:
            reader.refuse(_name(node) or kind, f"het onderdeel '{kind}' wordt niet ondersteund.")
    if not model.decisions:
        reader.refuse(model.name, "er staat geen beslissing in dit model.")
    if len(model.decisions) + len(model.inputs) + len(model.items) > MAX_ELEMENTS:
        reader.refuse(model.name, f"het model heeft meer dan {MAX_ELEMENTS} onderdelen.")
    if reader.size > MAX_FORMULAS:
        reader.refuse(model.name, f"het model heeft meer dan {MAX_FORMULAS} tekens aan cellen en formules.")
    if reader.found:
        raise ModelRefused(reader.found)
    return model


def is_feel(language: str | None) -> bool:
    """Also when none is named."""
    return not language or bool(_FEEL.fullmatch(language))


def _owner(node: Any) -> str:
    """The name of the element of the model that this node is part of."""
    while node.getparent() is not None and node.getparent().getparent() is not None:
        node = node.getparent()
    return _name(node)


def _root(xml: bytes) -> Any:
    if len(xml) > MAX_BYTES:
        raise ModelRefused([Bevinding("bestand", "", "het bestand is groter dan 2 MB.")])
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        line = getattr(fault, "lineno", None)
        where = f" (rond regel {line} van het bestand)" if line else ""
        raise ModelRefused([Bevinding("bestand", "", f"dit is geen geldige XML{where}.")]) from None
    if root.getroottree().docinfo.doctype:
        raise ModelRefused([Bevinding("bestand", "", "het bestand heeft een DOCTYPE; dat is niet toegestaan.")])
    qualified = etree.QName(root)
    if qualified.localname != "definitions" or qualified.namespace not in NAMESPACES:
        raise ModelRefused([Bevinding("bestand", "", "dit is geen DMN-model (versie 1.1 tot en met 1.5).")])
    return root


def _tag(node: Any) -> str:
    """The local name of a DMN element; other namespaces (drawing, tools) have none."""
    qualified = etree.QName(node)
    return str(qualified.localname) if qualified.namespace in NAMESPACES else ""


def _children(node: Any, kind: str = "") -> list[Any]:
    return [part for part in node if isinstance(part.tag, str) and (_tag(part) == kind if kind else _tag(part))]


def _child(node: Any, kind: str) -> Any:
    return next(iter(_children(node, kind)), None)


def _text(node: Any) -> str:
    """The text of a cell: in a `text` element, also where the whole is wrapped once more."""
    if node is None:
        return ""
    part = _child(node, "text")
    return (part.text or "").strip()[:MAX_TEXT] if part is not None else ""


def _text_of(node: Any, kind: str) -> str:
    part = _child(node, kind)
    return _clean(part.text or "") if part is not None else ""


def _name(node: Any) -> str:
    return _clean(node.get("name") or node.get("id") or "")


def _clean(text: str) -> str:
    return " ".join(text.split())[:MAX_TEXT]
