# SPDX-License-Identifier: EUPL-1.2
"""The official OpenAPI files, read; with the statuses that they leave out, for tools that want those in the file."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILES = Path(__file__).parent / "openapi"
#: By the path at which each is mounted.
APIS = {
    "/klantinteracties/api/v1": "klantinteracties-0.9.0.yaml",
    "/contactgegevens/api/v1": "contactgegevens-1.1.1.yaml",
}
VERBS = ("get", "post", "put", "patch", "delete")
#: The files know success only. These are all that we say beside it, each with the error object.
CLOSED = (400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 429)


@cache
def official(file: str) -> dict[str, Any]:
    """As published. Nobody may change what this returns."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load((FILES / file).read_text(encoding="utf-8"), loader)
    return found


def with_errors(file: str) -> dict[str, Any]:
    """The file with the closed list under every operation, and every choice between schemas made by its discriminator.

    The four polymorphic schemas fit each other's objects. OpenAPI says that the discriminator chooses; JSON Schema
    knows no such word and finds an object that fits two of them wrong, so here the choice is said in its words.
    """
    schema: dict[str, Any] = chosen(official(file))
    for path in schema["paths"].values():
        for verb in VERBS:
            if verb in path:
                path[verb]["responses"] |= {str(status): _response(status) for status in CLOSED}
    return schema


def chosen(value: Any) -> Any:
    """The same, with every choice by a discriminator said in words of JSON Schema."""
    match value:
        case {"oneOf": _, "discriminator": {"propertyName": name, "mapping": mapping}}:
            variants = [
                {"allOf": [{"properties": {name: {"enum": [key]}}}, {"$ref": target}]}
                for key, target in mapping.items()
            ]
            return {key: inner for key, inner in value.items() if key not in ("oneOf", "discriminator")} | {
                "anyOf": variants
            }
        case dict():
            return {key: chosen(inner) for key, inner in value.items()}
        case list():
            return [chosen(inner) for inner in value]
    return value


def _response(status: int) -> dict[str, Any]:
    return {"description": "fout", "content": {"application/json": {"schema": error_object(status)}}}


def error_object(status: int) -> dict[str, Any]:
    """The six keys that clients read, and at a 400 what is wrong about each name."""
    texts = {key: {"type": "string", "minLength": 1} for key in ("type", "code", "title", "detail", "instance")}
    schema: dict[str, Any] = {
        "type": "object",
        "required": [*texts, "status"],
        "properties": texts | {"status": {"type": "integer", "enum": [status]}},
    }
    if status == 400:
        keys = ("name", "code", "reason")
        line = {"type": "object", "required": [*keys], "properties": {key: {"type": "string"} for key in keys}}
        schema["required"] = [*schema["required"], "invalidParams"]
        schema["properties"] = schema["properties"] | {"invalidParams": {"type": "array", "minItems": 1, "items": line}}
    return schema
