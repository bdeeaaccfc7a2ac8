# SPDX-License-Identifier: EUPL-1.2
"""Opens BPMN: no DTD, no entities, nothing from outside, bounded in size; says which elements and signs it knows."""

from typing import Any

from lxml import etree

from schakel.proceslogica.dmn.findings import Bevinding, ModelRefused

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
EIGEN = "https://schakel.example/bpmn"
MAX_BYTES = 2 * 1024 * 1024
MAX_ELEMENTS = 5_000
MAX_TEXT = 2_000

#: Attributes of these namespaces are looked at by nobody: they say which editor drew it.
_HARMLESS = frozenset({"http://www.w3.org/2001/XMLSchema-instance", "http://camunda.org/schema/modeler/1.0"})


def open_bpmn(xml: bytes) -> Any:
    """The root element `definitions`. Raises ModelRefused."""
    if len(xml) > MAX_BYTES:
        raise _refused("het bestand is groter dan 2 MB.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        line = getattr(fault, "lineno", None)
        raise _refused(f"dit is geen geldige XML{f' (rond regel {line} van het bestand)' if line else ''}.") from None
    if root.getroottree().docinfo.doctype:
        raise _refused("het bestand heeft een DOCTYPE; dat is niet toegestaan.")
    if split(root) != (BPMN, "definitions"):
        raise _refused("dit is geen BPMN-model (versie 2.0).")
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise _refused(f"het model heeft meer dan {MAX_ELEMENTS} onderdelen.")
    return root


def is_bpmn(xml: bytes) -> bool:
    """A first guess at which of the two kinds of model this is; opening it decides."""
    return BPMN.encode() in xml


def split(node: Any) -> tuple[str, str]:
    """The namespace and the local name of an element."""
    qualified = etree.QName(node)
    return str(qualified.namespace or ""), str(qualified.localname)


def children(node: Any, kind: str = "", namespace: str = BPMN) -> list[Any]:
    return [part for part in node if split(part)[0] == namespace and kind in ("", split(part)[1])]


def own(node: Any, kind: str) -> list[Any]:
    """Our own extension elements of a BPMN element."""
    return [part for box in children(node, "extensionElements") for part in children(box, kind, EIGEN)]


def text_of(node: Any, kind: str) -> str:
    return " ".join(" ".join((part.text or "").split()) for part in children(node, kind))[:MAX_TEXT]


def foreign_attributes(node: Any) -> list[str]:
    """Attributes of a namespace that may carry code (camunda:expression and the like)."""
    names = [etree.QName(name) for name in node.attrib]
    return [str(name.localname) for name in names if name.namespace and name.namespace not in _HARMLESS]


def shown(node: Any) -> str:
    """How a beheerder finds an element back: name and id, or those of what it stands in."""
    while node.getparent() is not None and not (node.get("name") or node.get("id")):
        node = node.getparent()
    naam, id = clean(node.get("name")), clean(node.get("id"))
    return f"{naam} ({id})" if naam and id and naam != id else naam or id or split(node)[1]


def clean(text: str | None) -> str:
    return " ".join((text or "").split())[:MAX_TEXT]


def _refused(melding: str) -> ModelRefused:
    return ModelRefused([Bevinding("bestand", "", melding)])
