# SPDX-License-Identifier: EUPL-1.2
"""Reads BPMN into a Procesmodel. What it does not know it refuses, naming the element; it never skips."""

import re
from dataclasses import replace
from typing import Any

from schakel.proceslogica.bpmn.model import Knoop, Procesmodel, Soort, Stroom
from schakel.proceslogica.bpmn.schema import against_schema
from schakel.proceslogica.bpmn.uitbreiding import Uitbreiding
from schakel.proceslogica.bpmn.voorwaarde import UnknownExpression, Voorwaarde, understand
from schakel.proceslogica.bpmn.xml import (
    BPMN,
    children,
    clean,
    foreign_attributes,
    open_bpmn,
    shown,
    split,
    text_of,
)
from schakel.proceslogica.dmn.findings import Bevinding, ModelRefused
from schakel.proceslogica.dmn.xml import is_feel

_KNOPEN: dict[str, Soort] = {
    "startEvent": "start",
    "endEvent": "einde",
    "userTask": "stap",
    "receiveTask": "stap",
    "serviceTask": "effect",
    "businessRuleTask": "beslissing",
    "exclusiveGateway": "keuze",
    "parallelGateway": "parallel",
    "eventBasedGateway": "wacht",
}
_INSIDE = frozenset({"incoming", "outgoing", "documentation", "extensionElements"})
_DRAWN = frozenset({"laneSet", "textAnnotation", "association", "documentation", "extensionElements", "group"})
_ROOT = frozenset({"process", "collaboration", "category"})
_NAMES = {
    "scriptTask": "een script",
    "callActivity": "de aanroep van een ander model",
    "subProcess": "een subproces",
    "adHocSubProcess": "een ad-hoc-subproces",
    "transaction": "een transactie",
    "boundaryEvent": "een gebeurtenis op de rand",
    "intermediateCatchEvent": "een tussentijdse gebeurtenis",
    "intermediateThrowEvent": "een tussentijdse gebeurtenis",
    "inclusiveGateway": "een inclusieve poort",
    "complexGateway": "een complexe poort",
    "task": "een taak zonder soort",
    "manualTask": "een handmatige taak",
    "sendTask": "een verzendtaak",
    "timerEventDefinition": "een tijdstip of wachttijd",
    "multiInstanceLoopCharacteristics": "een herhaling per onderdeel (multi-instance)",
    "standardLoopCharacteristics": "een herhaling (loop)",
    "ioSpecification": "een toewijzing van gegevens (io)",
    "script": "een script",
}
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
#: Attributes that we read, or that change nothing; and the only values at which some others change nothing.
_PLAIN = frozenset(
    {"id", "name", "default", "sourceRef", "targetRef", "isExecutable", "isClosed", "processType", "gatewayDirection"}
)
_HARMLESS = {
    "instantiate": ("false",),
    "isForCompensation": ("false",),
    "startQuantity": ("1",),
    "completionQuantity": ("1",),
    "eventGatewayType": ("Exclusive",),
    "parallelMultiple": ("false",),
    "isInterrupting": ("true",),
    "implementation": ("##unspecified", "##WebService"),
}
#: What the standard takes when a file names no language: editors write it out, and our condition still decides.
_STANDARD_LANGUAGE = "http://www.w3.org/1999/XPath"


class _Reader:
    """Collects what is wrong while it reads, so that the beheerder hears everything at once."""

    def __init__(self) -> None:
        self.found: list[Bevinding] = []
        self.knopen: dict[str, Knoop] = {}
        self.stromen: list[Stroom] = []
        self.defaults: dict[str, str] = {}

    def refuse(self, element: str, melding: str, cel: str = "") -> None:
        self.found.append(Bevinding(element, cel, melding))

    def proces(self, node: Any) -> Procesmodel:
        sleutel, naam = self._id(node), clean(node.get("name"))
        if node.get("isExecutable") == "false":
            self.refuse(shown(node), "dit proces staat op niet uitvoerbaar.")
        self._attributes(node)
        for part in node:
            self._part(part)
        extra = Uitbreiding(node, shown(node), self.refuse, {"fase", "feit"})
        stromen = tuple(replace(one, standaard=self.defaults.get(one.van) == one.id) for one in self.stromen)
        for id in self.defaults.keys() - {stroom.van for stroom in stromen if stroom.standaard}:
            self.refuse(self.knopen[id].aanduiding, "de standaardpijl vertrekt niet van dit onderdeel.", "default")
        return Procesmodel(sleutel, naam or sleutel, self.knopen, stromen, tuple(extra.fasen()), extra.feiten())

    def _part(self, part: Any) -> None:
        namespace, kind = split(part)
        if namespace != BPMN:
            self.refuse(shown(part), f"het onderdeel '{kind}' is niet bekend.")
        elif kind == "sequenceFlow":
            self._stroom(part)
        elif kind in _KNOPEN:
            self._knoop(part, _KNOPEN[kind])
        elif kind not in _DRAWN:
            self.refuse(shown(part), f"{_NAMES.get(kind, f'het onderdeel {kind}')} wordt niet ondersteund.")

    def _knoop(self, node: Any, soort: Soort) -> None:
        element, id = shown(node), self._id(node)
        self._attributes(node)
        for part in node:
            namespace, kind = split(part)
            if namespace != BPMN or kind not in _INSIDE:
                self.refuse(element, f"{_NAMES.get(kind, f'het onderdeel {kind}')} wordt niet ondersteund.")
        if id in self.knopen:
            self.refuse(element, "deze id komt twee keer voor.")
        if node.get("default"):
            self.defaults[id] = node.get("default")
        self.knopen[id] = self._filled(node, element, Knoop(id, clean(node.get("name")), soort))

    def _filled(self, node: Any, element: str, bare: Knoop) -> Knoop:
        wanted = {"stap": {"stap", "veld"}, "effect": {"effect"}, "beslissing": {"beslissing"}}.get(bare.soort, set())
        extra = Uitbreiding(node, element, self.refuse, wanted | {"uitkomst"})
        stap, fase, later, effect, beslissing = None, "", False, None, ""
        match bare.soort:
            case "stap":
                stap, fase, later = extra.stap(bare.id, bare.naam, text_of(node, "documentation"))
            case "effect":
                effect = extra.effect()
            case "beslissing":
                beslissing = extra.beslissing()
        uitkomst = extra.uitkomst()
        return Knoop(bare.id, bare.naam, bare.soort, stap, fase, later, effect, beslissing, uitkomst)

    def _stroom(self, node: Any) -> None:
        element, id = shown(node), self._id(node)
        self._attributes(node)
        voorwaarde: Voorwaarde | None = None
        for part in node:
            namespace, kind = split(part)
            if (namespace, kind) == (BPMN, "conditionExpression"):
                voorwaarde = self._voorwaarde(part, element)
            elif (namespace, kind) != (BPMN, "documentation"):
                self.refuse(element, f"het onderdeel '{kind}' wordt op een pijl niet ondersteund.")
        van, naar = node.get("sourceRef", ""), node.get("targetRef", "")
        if any(stroom.id == id for stroom in self.stromen):
            self.refuse(element, "deze id komt twee keer voor.")
        self.stromen.append(Stroom(id, clean(node.get("name")), van, naar, voorwaarde))

    def _voorwaarde(self, node: Any, element: str) -> Voorwaarde | None:
        if not is_feel(node.get("language")):
            self.refuse(element, "de voorwaarde is in een andere taal dan FEEL geschreven.", "voorwaarde")
        if len(node):
            self.refuse(element, "in een voorwaarde staat alleen tekst.", "voorwaarde")
        try:
            return understand((node.text or "").strip().removeprefix("=").strip())
        except UnknownExpression as problem:
            self.refuse(element, f"{problem}.", "voorwaarde")
            return None

    def _id(self, node: Any) -> str:
        id = str(node.get("id") or "")
        if not _ID.fullmatch(id):
            self.refuse(shown(node), "de id ontbreekt of heeft andere tekens dan letters, cijfers, _ en -.")
        return id

    def _attributes(self, node: Any) -> None:
        for name in foreign_attributes(node):
            self.refuse(shown(node), f"het kenmerk '{name}' van een ander programma wordt niet ondersteund.", name)
        for name, value in node.attrib.items():
            if not name.startswith("{") and name not in _PLAIN and value not in _HARMLESS.get(name, ()):
                self.refuse(shown(node), f"'{name}' wordt niet ondersteund.", name)


def read_bpmn(xml: bytes) -> Procesmodel:
    """Raises ModelRefused with everything that was found."""
    root = open_bpmn(xml)
    reader = _Reader()
    processes = children(root, "process")
    if root.get("expressionLanguage") != _STANDARD_LANGUAGE and not is_feel(root.get("expressionLanguage")):
        reader.refuse(shown(root), "de regels zijn in een andere taal dan FEEL geschreven.", "expressionLanguage")
    for part in root:
        namespace, kind = split(part)
        if namespace == BPMN and kind not in _ROOT:
            reader.refuse(shown(part), f"{_NAMES.get(kind, f'het onderdeel {kind}')} wordt niet ondersteund.")
    if len(processes) != 1:
        reader.refuse("bestand", "in een bestand staat precies één proces.")
        raise ModelRefused(reader.found)
    model = reader.proces(processes[0])
    if found := reader.found or list(against_schema(root)):
        raise ModelRefused(found)
    return model
