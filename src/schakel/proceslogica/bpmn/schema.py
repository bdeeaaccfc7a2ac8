# SPDX-License-Identifier: EUPL-1.2
"""Is a file BPMN 2.0? It is held against the schema of the OMG, which SpiffWorkflow carries."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnValidator

from schakel.proceslogica.bpmn.xml import shown
from schakel.proceslogica.dmn.findings import Bevinding

MAX_FINDINGS = 20


def against_schema(root: Any) -> Iterator[Bevinding]:
    """Where a model leaves the standard: elements and attributes that it does not know, or not there."""
    schema = _schema()
    if schema.validate(root):
        return
    for fault in list(schema.error_log)[:MAX_FINDINGS]:
        place = root.xpath(fault.path, namespaces={name: uri for name, uri in root.nsmap.items() if name})
        element = shown(place[0]) if place else "bestand"
        yield Bevinding(
            element, "", f"dit staat niet zo in de norm BPMN 2.0 (rond regel {fault.line} van het bestand)."
        )


@cache
def _schema() -> Any:
    return BpmnValidator().validator
