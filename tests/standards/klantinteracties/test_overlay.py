# SPDX-License-Identifier: EUPL-1.2
"""What the server takes and gives is in the standard's own description or in our overlay, and nothing else is."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from tests.edge.register.vulling import Lezer
from tests.standards.klantinteracties.officieel import APIS as FILES_BY_PATH
from tests.standards.klantinteracties.officieel import official
from tests.standards.klantinteracties.overlay import apply

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.api.register import fouten
from schakel.api.register.dubbelen import DubbelenApi
from schakel.api.register.parameters import ORDERING
from schakel.kit.projection import Api, Kind, Resource
from schakel.relatiebeheer.register.zoekvraag import ZOEKVRAAG

OFFICIAL = {path: official(file) for path, file in FILES_BY_PATH.items()}
APIS = (KLANTINTERACTIES, CONTACTGEGEVENS)
WHOLE = {api.path: apply(OFFICIAL[api.path], yaml.safe_load(api.overlay)) for api in APIS}
METHODS = ("get", "post", "put", "patch", "delete")
RESOURCES = [(api, resource) for api in APIS for resource in api.resources.values()]


def parameters(api: Api, path: str, method: str = "get") -> dict[str, Any]:
    """Those in the query, by name."""
    found: dict[str, Any] = {}
    for one in WHOLE[api.path]["paths"][path][method].get("parameters", ()):
        if one.get("in") == "query":
            assert one["name"] not in found, f"{path} describes {one['name']} twice"
            found[one["name"]] = one["schema"]
    return found


def resolved(api: Api, schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return WHOLE[api.path]["components"]["schemas"][name] if name else schema


def operations(api: Api) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in WHOLE[api.path]["paths"].items():
        yield from ((path, method, methods[method]) for method in METHODS if method in methods)


@pytest.mark.parametrize(("api", "resource"), RESOURCES, ids=lambda x: getattr(x, "name", ""))
def test_every_parameter_of_a_list_is_described_and_taken(api: Api, resource: Resource) -> None:
    taken = {*resource.by_name, "page", "pageSize"}
    taken |= ({"expand"} if resource.expands else set()) | ({ORDERING} if resource.orders else set())
    described = parameters(api, f"/{resource.name}")
    assert described.keys() == taken
    if resource.orders:
        assert set(described[ORDERING]["enum"]) == {f"{way}{name}" for name in resource.orders for way in ("", "-")}
    if resource.expands:
        for path in (f"/{resource.name}", f"/{resource.name}/{{uuid}}"):
            schema = resolved(api, parameters(api, path)["expand"])
            assert sorted(schema["items"]["enum"]) == sorted(resource.expands)


@pytest.mark.parametrize("api", APIS, ids=lambda api: api.path)
def test_every_path_is_described_and_there(api: Api) -> None:
    objects = {path for name in api.resources for path in (f"/{name}", f"/{name}/{{uuid}}")}
    roads = {f"/{name}" for name in api.roads} | {f"/{name}/_zoek" for name in api.searched}
    if api is KLANTINTERACTIES:
        roads |= {f"/{name}/{{uuid}}/{road}" for name, road in DubbelenApi(None, "").extensions}  # type: ignore[arg-type]
    roads |= {f"/{name}/_bulk" for name in api.bulk}
    assert WHOLE[api.path]["paths"].keys() == objects | roads | {"/schema/overlay.yaml"}


@pytest.mark.parametrize("api", APIS, ids=lambda api: api.path)
def test_the_overlay_changes_nothing_of_the_standard(api: Api) -> None:
    assert _is_within(OFFICIAL[api.path], WHOLE[api.path])


def _is_within(small: Any, large: Any) -> bool:
    match small:
        case dict():
            return all(key in large and _is_within(value, large[key]) for key, value in small.items())
        case list():
            return len(small) <= len(large) and all(map(_is_within, small, large))
    return bool(small == large)


def test_every_error_that_there_is_has_its_status_in_the_closed_list() -> None:
    """By asking each maker of an error for one."""
    makers = [f for _, f in inspect.getmembers(fouten, inspect.isfunction) if f.__module__ == fouten.__name__]
    values: dict[str, Any] = {"invalid": (), "method": "PUT", "allowed": ("GET",), "detail": "", "known": ""}
    made = {
        maker(**{name: values[name] for name in inspect.signature(maker).parameters}).status
        for maker in makers
        if maker is not fouten.of_rules
    } | {409, 412, 429}
    for api in APIS:
        listed = {int(status) for _, _, one in operations(api) for status in one["responses"]}
        assert listed == made | {200, 201, 204}


@pytest.mark.parametrize("api", APIS, ids=lambda api: api.path)
def test_every_write_says_how_it_guards_against_others_and_against_itself(api: Api) -> None:
    guards = {"put": "IfMatch", "patch": "IfMatch", "delete": "IfMatch", "post": "IdempotencyKey"}
    for path, method, one in operations(api):
        guard = guards.get(method)
        if guard and "/_" not in path:
            assert {"$ref": f"#/components/parameters/{guard}"} in one["parameters"], (path, method)
        if method == "get" and path.endswith("{uuid}"):
            assert "ETag" in one["responses"]["200"]["headers"]


def test_the_fields_to_search_by_are_those_in_the_overlay() -> None:
    described = WHOLE[KLANTINTERACTIES.path]["components"]["schemas"]["PartijZoekvraag"]["properties"]
    assert described.keys() == {field.name for field in ZOEKVRAAG.fields}
    for field in ZOEKVRAAG.fields:
        schema = described[field.name]
        assert schema.get("maxLength", 7 if field.pattern else None) == field.max_length
        assert (schema.get("format") == "date") == (field.kind is Kind.DATE)
        assert schema.get("pattern", "") == field.pattern


async def test_anybody_may_read_the_overlay(vast: Lezer) -> None:
    answer = await vast.http.get("schema/overlay.yaml", headers={"Accept": "application/yaml"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/yaml")
    assert answer.content == KLANTINTERACTIES.overlay
    assert (await vast.http.post("schema/overlay.yaml")).status_code == 405
