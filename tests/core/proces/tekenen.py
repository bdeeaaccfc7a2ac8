# SPDX-License-Identifier: EUPL-1.2
"""Writes small BPMN drawings for tests: a knoop per word, an arrow per line."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:s="https://schakel.example/bpmn" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="x" id="model">'
)
STAP = '<s:stap voor="klant"/>'
#: In the place of a voorwaarde: this arrow is taken when none holds.
STANDAARD = "anders"


def wrap(body: str, extra: str = "") -> bytes:
    """A file with one proces."""
    box = f"<extensionElements>{extra}</extensionElements>" if extra else ""
    return f'{HEAD}<process id="proef" name="Proef" isExecutable="true">{box}{body}</process></definitions>'.encode()


def knoop(kind: str, id: str, extra: str = "", attributes: str = "", inside: str = "") -> str:
    box = f"<extensionElements>{extra}</extensionElements>" if extra else ""
    return f"<{kind} id={quoteattr(id)} name={quoteattr(id.title())}{attributes}>{box}{inside}</{kind}>"


def stap(id: str, extra: str = STAP) -> str:
    return knoop("userTask", id, extra)


def pijlen(lines: Iterable[tuple[str, str, str]]) -> str:
    """From, to, voorwaarde: `a_b` is the id of the arrow from a to b."""
    return "".join(
        f'<sequenceFlow id="{van}_{naar}" sourceRef="{van}" targetRef="{naar}">{_voorwaarde(tekst)}</sequenceFlow>'
        for van, naar, tekst in lines
    )


def _voorwaarde(tekst: str) -> str:
    if tekst in ("", STANDAARD):
        return ""
    return f'<conditionExpression xsi:type="tFormalExpression">{escape(tekst)}</conditionExpression>'


def a_line(*middle: str, extra: str = "", ids: Iterable[str] = ("iets",)) -> bytes:
    """Start, these knopen one after the other, end."""
    road = ["begin", *ids, "einde"]
    arrows = pijlen((van, naar, "") for van, naar in zip(road, road[1:], strict=False))
    return wrap(knoop("startEvent", "begin") + "".join(middle) + knoop("endEvent", "einde") + arrows, extra)
