# SPDX-License-Identifier: EUPL-1.2
"""Antwoorden: every answer is held to the official OpenAPI files, and every operation that was asked is remembered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import jsonschema_rs

from tests.standards.klantinteracties.officieel import APIS, CLOSED, VERBS, official, with_errors


@dataclass
class Antwoorden:
    """What was asked, as (method, path of the official file)."""

    asked: set[tuple[str, str]] = field(default_factory=set)
    _schemas: dict[str, Any] = field(default_factory=dict)
    _checkers: dict[tuple[str, str, str, int], jsonschema_rs.Draft4Validator] = field(default_factory=dict)

    def check(self, answer: httpx.Response) -> None:
        """A status that is known, and a body as its schema has it."""
        method, path = answer.request.method, answer.request.url.path
        mount = next((mount for mount in APIS if path.startswith(mount + "/")), None)
        if mount is None or method.lower() not in VERBS:
            return
        template = re.sub(r"^(/[^/]+)/.+$", r"\1/{uuid}", path.removeprefix(mount))
        operation = official(APIS[mount])["paths"].get(template, {}).get(method.lower())
        if operation is None:
            return
        self.asked.add((method, mount + template))
        answer.read()
        status, where = answer.status_code, f"{method} {path}"
        assert str(status) in operation["responses"] or status in CLOSED, f"{where}: {status} is in no file"
        if answer.content:
            checker = self._checker(mount, template, method.lower(), status)
            wrong = [f"{fault.instance_path}: {fault.message[:300]}" for fault in checker.iter_errors(answer.json())]
            assert not wrong, f"{where} {status}: {wrong}"

    def _checker(self, mount: str, template: str, verb: str, status: int) -> jsonschema_rs.Draft4Validator:
        key = mount, template, verb, status
        if key not in self._checkers:
            schema = self._schemas.setdefault(mount, _nullable(with_errors(APIS[mount])))
            content = schema["paths"][template][verb]["responses"][str(status)].get("content", {})
            body = content.get("application/json", {}).get("schema", {})
            self._checkers[key] = jsonschema_rs.Draft4Validator({**body, "components": schema["components"]})
        return self._checkers[key]


def operations() -> Iterator[tuple[str, str]]:
    """All that the official files have."""
    for mount, file in APIS.items():
        for path, verbs in official(file)["paths"].items():
            yield from ((verb.upper(), mount + path) for verb in VERBS if verb in verbs)


def _nullable(value: Any) -> Any:
    """`nullable` of OpenAPI 3.0 in the words of JSON Schema."""
    if isinstance(value, list):
        return [_nullable(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    found = {key: _nullable(inner) for key, inner in value.items()}
    if found.get("nullable") is True:
        return {"anyOf": [found, {"type": "null"}]}
    return found
