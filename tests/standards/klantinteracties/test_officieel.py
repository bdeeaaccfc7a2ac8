# SPDX-License-Identifier: EUPL-1.2
"""The official OpenAPI files are the official ones, and every path in them is ours too."""

import hashlib

import pytest
from tests.standards.klantinteracties.officieel import FILES, VERBS, official

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.kit.projection import Api

SUMS = {
    "klantinteracties-0.9.0.yaml": "52ae448e17d4189dc9f29d08754074bad0a41863db5b5d822457e8b77d828798",
    "contactgegevens-1.1.1.yaml": "dc8716393ec717c6678ccf30e677a02077f77fb7f632df567fd13c016c96a90f",
}


def test_the_official_files_are_byte_for_byte_as_published() -> None:
    here = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FILES.glob("*.yaml")}
    assert here == SUMS
    assert all(digest in (FILES / "README.md").read_text(encoding="utf-8") for digest in SUMS.values())


@pytest.mark.parametrize(
    ("file", "api", "operations"),
    [("klantinteracties-0.9.0.yaml", KLANTINTERACTIES, 85), ("contactgegevens-1.1.1.yaml", CONTACTGEGEVENS, 12)],
)
def test_every_resource_and_parameter_of_the_standard_is_described(file: str, api: Api, operations: int) -> None:
    schema = official(file)
    assert sum(len(set(VERBS) & set(path)) for path in schema["paths"].values()) == operations
    assert schema["info"]["version"] == api.version
    lists = {path.strip("/") for path in schema["paths"] if "{" not in path}
    assert lists == {*api.resources, *api.roads}
    for name, resource in api.resources.items():
        there = {one["name"] for one in schema["paths"][f"/{name}"]["get"].get("parameters", [])}
        ours = {one.name for one in resource.filters} | ({"expand"} if resource.expands else set())
        assert there - {"page", "pageSize"} <= ours, name
