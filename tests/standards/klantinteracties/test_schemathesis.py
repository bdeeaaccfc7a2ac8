# SPDX-License-Identifier: EUPL-1.2
"""Thousands of made-up requests from the official files, good and bad, alone and in chains: never a fault of ours."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import schemathesis
import yaml
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, StopReason
from schemathesis.engine.events import EngineFinished, FatalError, NonFatalError, PhaseFinished, ScenarioFinished
from tests.edge.rampen.draaiend import Draaiend
from tests.standards.klantinteracties.officieel import APIS, CLOSED, VERBS, chosen, official
from tests.standards.klantinteracties.overlay import apply
from tests.standards.klantinteracties.voorraad import Voorraad

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.kit.projection import Api

TOKEN = "proef"
SOORTEN = {"/actoren/{uuid}": "soortActor", "/partijen/{uuid}": "soortPartij"}
CONFIG: dict[str, Any] = {
    "seed": 20260101,
    "headers": {"Authorization": f"Token {TOKEN}"},
    "continue-on-failure": True,
    "generation": {"max-examples": 8, "deterministic": True, "database": "none", "no-shrink": True},
    # The rules go further than the schema can say, so that what fits the schema may still be refused.
    "checks": {
        "positive_data_acceptance": {"enabled": False},
        "negative_data_rejection": {"expected-statuses": [str(status) for status in CLOSED]},
    },
    "phases": {"examples": {"fill-missing": True}},
}


@pytest.mark.traag
@pytest.mark.parametrize("api", [KLANTINTERACTIES, CONTACTGEGEVENS], ids=lambda api: api.path)
async def test_no_request_however_strange_is_answered_outside_the_standard_and_our_overlay(
    draaiend: Draaiend, api: Api
) -> None:
    found = await asyncio.to_thread(_run, f"http://127.0.0.1:{draaiend.port}{api.path}", api)
    assert not found, "\n\n".join(found)


def _run(base: str, api: Api) -> list[str]:
    standard = official(APIS[api.path])
    whole = chosen(apply(standard, yaml.safe_load(api.overlay)))
    for path in ("/schema/overlay.yaml", "/klantcontacten/_bulk"):  # YAML and NDJSON, which the tool cannot make
        whole["paths"].pop(path, None)
    config = SchemathesisConfig.from_dict({**CONFIG, "base-url": base})
    with httpx.Client(base_url=base, headers=CONFIG["headers"], timeout=30) as http, _real(Voorraad(http)):
        schema = schemathesis.openapi.from_dict(whole, config=config)
        found, phases, stopped, worked = [], {}, None, set[str]()
        for event in engine.from_schema(schema).execute():
            match event:
                case ScenarioFinished():
                    found += _failures(event)
                    worked |= set(_worked(event))
                case PhaseFinished():
                    phases[event.phase.name.value] = event.status
                case NonFatalError() | FatalError():
                    found.append(str(getattr(event, "value", None) or getattr(event, "exception", event)))
                case EngineFinished():
                    stopped = event.stop_reason
    ran = {name for name, status in phases.items() if status in (Status.SUCCESS, Status.FAILURE)}
    assert ran >= {"examples", "coverage", "fuzzing", "stateful"}, (phases, found)
    assert stopped is StopReason.COMPLETED
    asked = {f"{verb.upper()} {path}" for path, verbs in standard["paths"].items() for verb in VERBS if verb in verbs}
    assert sorted(asked - worked) == [], "these never succeeded, so that nothing is known of their answers"
    return sorted(set(found))


def _worked(event: ScenarioFinished) -> Iterator[str]:
    for case_id, interaction in event.recorder.interactions.items():
        if interaction.response is not None and interaction.response.status_code < 300:
            yield event.recorder.cases[case_id].value.operation.label


def _failures(event: ScenarioFinished) -> Iterator[str]:
    for case_id, nodes in event.recorder.checks.items():
        for node in nodes:
            if node.failure_info is None:
                continue
            case, failure = event.recorder.cases[case_id].value, node.failure_info.failure
            said = f"{failure.title} {failure.message}"
            if not _is_taken(case, said):
                yield f"{case.operation.label}: {said}\n{node.failure_info.code_sample}"


def _is_taken(case: Any, said: str) -> bool:
    """What the schema of a PATCH forbids and its own words allow: leaving out what is mandatory, and the soort.

    The tool does not know which soort is there, so that to it a key of another soort is wrong; it is an unknown key.
    """
    soort = SOORTEN.get(case.operation.path)
    if case.method.upper() != "PATCH" or soort is None or not isinstance(case.body, dict):
        return False
    leaves_out = re.search(r"Invalid component: Missing required property: \w+$", said, re.MULTILINE)
    return "Schema-violating request accepted" in said and (soort not in case.body or leaves_out is not None)


@contextmanager
def _real(voorraad: Voorraad) -> Iterator[None]:
    """While this lasts, made-up uuids give way to real ones."""

    @schemathesis.hook
    def before_call(context: object, case: Any, kwargs: object) -> None:
        resource = case.operation.path.split("/")[1]
        if isinstance(case.path_parameters, dict) and "uuid" in case.path_parameters:
            made_up = case.path_parameters["uuid"]
            case.path_parameters["uuid"] = voorraad.in_path(case.method.upper(), resource, made_up)
        is_good = case.meta is not None and case.meta.generation.mode.is_positive
        case.body = voorraad.in_body(case.body) if not is_good else voorraad.good_body(case.method, resource, case.body)

    @schemathesis.hook
    def after_call(context: object, case: Any, response: Any) -> None:
        try:
            said = response.json()
        except ValueError:
            said = None
        voorraad.saw(case.method.upper(), response.status_code, said)

    try:
        yield
    finally:
        schemathesis.hooks.unregister_all()
