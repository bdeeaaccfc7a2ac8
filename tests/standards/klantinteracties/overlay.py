# SPDX-License-Identifier: EUPL-1.2
"""Overlay: an OpenAPI Overlay 1.0 laid over a description, as far as ours go."""

import copy
import re
from collections.abc import Iterator
from typing import Any

_STEP = re.compile(r"\.([A-Za-z_]+)|\[\*\]|\[((?:'[^']*'(?:,\s*)?)+)\]")


def apply(description: dict[str, Any], overlay: dict[str, Any]) -> dict[str, Any]:
    """A copy with every action done in turn; an action that finds nothing is a mistake."""
    result = copy.deepcopy(description)
    for action in overlay["actions"]:
        found = list(_select(result, action["target"]))
        assert found, f"nothing at {action['target']}"
        for place in found:
            if isinstance(place, list):
                place.append(copy.deepcopy(action["update"]))
            else:
                _merge(place, action["update"])
    return result


def _select(node: Any, target: str) -> Iterator[Any]:
    path = target.strip().removeprefix("$")
    nodes = [node]
    while path:
        step = _STEP.match(path)
        assert step, f"no path that we know: {path}"
        path = path[step.end() :]
        names = [step[1]] if step[1] else re.findall(r"'([^']*)'", step[2] or "")
        nodes = [inner for one in nodes for inner in _inner(one, names)]
    yield from nodes


def _inner(node: Any, names: list[str]) -> Iterator[Any]:
    if isinstance(node, dict):
        yield from (node[name] for name in names or node if name in node)


def _merge(target: dict[str, Any], update: dict[str, Any]) -> None:
    for key, value in update.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        elif isinstance(value, list) and isinstance(target.get(key), list):
            target[key] += copy.deepcopy(value)
        else:
            target[key] = copy.deepcopy(value)
