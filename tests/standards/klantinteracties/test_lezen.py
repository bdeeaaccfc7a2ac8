# SPDX-License-Identifier: EUPL-1.2
"""Reading as the standard and its clients have it: pages, expand, errors and headers."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from tests.edge.register.vulling import HOST, Lezer

from schakel.api.klantinteracties.api import KLANTINTERACTIES

BASE = HOST + KLANTINTERACTIES.path
RESOURCES = sorted(KLANTINTERACTIES.resources)


def wrong(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["name"], one["code"]) for one in answer["invalidParams"]]


def urls_in(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for key, inner in value.items():
                if key == "url":
                    yield inner
                yield from urls_in(inner)
        case list():
            for inner in value:
                yield from urls_in(inner)


@pytest.mark.parametrize("name", RESOURCES)
async def test_a_list_is_counted_newest_first_and_the_same_as_its_objects(vast: Lezer, name: str) -> None:
    page = await vast.json(name)
    assert list(page) == ["count", "next", "previous", "results"]
    assert page["count"] == len(page["results"]) > 0
    assert (page["next"], page["previous"]) == (None, None)
    resource = KLANTINTERACTIES.resources[name]
    async with vast.db.connection() as connection:
        order = await connection.fetch(f"select id::text from {resource.table} order by volgnummer desc")
    shown = [row["uuid"] for row in page["results"]]
    assert shown == [row["id"] for row in order if row["id"] in shown]
    for row in page["results"]:
        assert row == await vast.json(f"{name}/{row['uuid']}")
        assert row["url"] == f"{BASE}/{name}/{row['uuid']}"
        assert all(url.startswith(BASE) for url in urls_in(row))
        assert ("_expand" in row) == bool(resource.expands and resource.expand_shown)


async def test_pages_link_to_each_other_on_the_public_address(lezer: Lezer) -> None:
    first = await lezer.json("klantcontacten?pageSize=1&kanaal=telefoon&expand=hadBetrokkenen")
    query = "expand=hadBetrokkenen&kanaal=telefoon&pageSize=1"
    assert first["next"] is None
    both = await lezer.json("klantcontacten?pageSize=1")
    assert (both["next"], both["previous"]) == (f"{BASE}/klantcontacten?page=2&pageSize=1", None)
    middle = await lezer.json("klantcontacten?pageSize=1&page=2")
    assert middle["next"] == f"{BASE}/klantcontacten?page=3&pageSize=1"
    assert middle["previous"] == f"{BASE}/klantcontacten?pageSize=1"
    await lezer.vulling.klantcontact(lezer.db, "nog_een", None)
    again = await lezer.json(f"klantcontacten?{query}")
    assert again["next"] == f"{BASE}/klantcontacten?expand=hadBetrokkenen&kanaal=telefoon&page=2&pageSize=1"


async def test_page_sizes_are_clamped_and_a_page_past_the_end_is_not_there(lezer: Lezer) -> None:
    async with lezer.db.connection() as connection:
        await connection.execute(
            "insert into categorie select gen_random_uuid(), n, 'c' from generate_series(10, 700) n"
        )
    for asked, given in (("", 100), ("pageSize=0", 100), ("pageSize=-3", 100), ("pageSize=9999999999999999999", 500),
                         ("pageSize=", 100), ("pageSize=7", 7)):  # fmt: skip
        assert len((await lezer.json(f"categorieen?{asked}"))["results"]) == given, asked
    for page in ("8", "0", "-1", "x", "1e3", "99999999999999999999999", "", "٣"):
        past = await lezer.get(f"categorieen?page={page}")
        assert (past.status_code, past.json()["detail"]) == (404, "Ongeldige pagina."), page
    assert (await lezer.json("actorklantcontacten?actor__uuid=00000000-0000-4000-8000-000000000000"))["count"] == 0


async def test_expand_is_complete_for_every_row_in_both_spellings(lezer: Lezer) -> None:
    fatima = str(lezer.vulling.ids["fatima"])
    for n in range(20):
        await lezer.vulling.klantcontact(lezer.db, f"vaak{n}", lezer.vulling.ids["fatima"])
    comma = await lezer.json("klantcontacten?expand=hadBetrokkenen,hadBetrokkenen.wasPartij,omvatteBijlagen")
    assert comma == await lezer.json(
        "klantcontacten?expand=omvatteBijlagen&expand=hadBetrokkenen&expand=hadBetrokkenen.wasPartij"
    )
    same = 0
    for row in comma["results"]:
        assert set(row["_expand"]) == {"hadBetrokkenen", "omvatteBijlagen"}
        for betrokkene in row["_expand"]["hadBetrokkenen"]:
            partij = betrokkene["_expand"]["wasPartij"]
            assert (partij is None) == (betrokkene["wasPartij"] is None)
            same += partij is not None and partij["uuid"] == fatima
    assert same == 22


@pytest.mark.parametrize("name", [name for name in RESOURCES if KLANTINTERACTIES.resources[name].expands])
async def test_expand_of_everything_holds_what_the_objects_themselves_say(vast: Lezer, name: str) -> None:
    expands = KLANTINTERACTIES.resources[name].expands
    for row in (await vast.json(f"{name}?expand={','.join(expands)}"))["results"]:
        top = [path for path in expands if "." not in path]
        assert set(row["_expand"]) == set(top)
        for key in top:
            included = row["_expand"][key]
            many = included if isinstance(included, list) else [included] if included else []
            references = row[key] if isinstance(row[key], list) else [row[key]] if row[key] else []
            assert [one["uuid"] for one in many] == [one["uuid"] for one in references]
            for one in many:
                alone = await vast.json(one["url"].replace(HOST, "http://intern"))
                assert {k: v for k, v in one.items() if k != "_expand"} == {
                    k: v for k, v in alone.items() if k != "_expand"
                }


async def test_expand_without_anything_to_include_is_empty_but_there(vast: Lezer) -> None:
    firma = vast.vulling.ids["firma"]
    included = (await vast.json(f"partijen/{firma}?expand=digitaleAdressen,betrokkenen"))["_expand"]
    assert included == {"betrokkenen": [], "digitaleAdressen": []}
    adres = await vast.json(f"digitaleadressen/{vast.vulling.ids['email']}?expand=verstrektDoorBetrokkene")
    assert adres["_expand"] == {"verstrektDoorBetrokkene": None}
    alone = await vast.json(f"partijen/{firma}?expand=betrokkenen.hadKlantcontact")
    assert "_expand" not in alone


@pytest.mark.parametrize("expand", ["foo", "*", "betrokkenen,foo", "digitaleadressen"])
async def test_an_expand_that_is_not_there_is_said(vast: Lezer, expand: str) -> None:
    for path in ("partijen", f"partijen/{vast.vulling.ids['fatima']}"):
        answer = await vast.get(f"{path}?expand={expand}")
        assert (answer.status_code, wrong(answer.json())) == (400, [("expand", "invalid_choice")])


async def test_all_that_is_wrong_with_a_question_is_said_at_once(vast: Lezer) -> None:
    answer = await vast.get(
        "klantcontacten?foo=bar&soort=1&hadBetrokkene__uuid=abc&hadBetrokkene__url=abc&vertrouwelijk=misschien"
        "&plaatsgevondenOp=gisteren&expand=alles&pageSize=veel"
    )
    said = answer.json()
    assert said["invalidParams"][0]["reason"] == "Onbekende query parameters: foo, soort"
    assert wrong(said) == [
        ("nonFieldErrors", "unknown-parameters"),
        ("hadBetrokkene__url", "invalid"),
        ("hadBetrokkene__uuid", "invalid"),
        ("plaatsgevondenOp", "invalid"),
        ("vertrouwelijk", "invalid"),
        ("expand", "invalid_choice"),
        ("pageSize", "invalid"),
    ]
    assert set(said) == {"type", "code", "title", "status", "detail", "instance", "invalidParams"}
    one = await vast.get(f"partijen/{vast.vulling.ids['fatima']}?page=1")
    assert wrong(one.json()) == [("nonFieldErrors", "unknown-parameters")]


@pytest.mark.parametrize(
    ("query", "name", "code"),
    [
        ("internetaken?status=klaar", "status", "invalid_choice"),
        ("partijen?soortPartij=gezin", "soortPartij", "invalid_choice"),
        ("partijen?indicatieActief=", "indicatieActief", "invalid"),
        ("partijen?vertegenwoordigdePartij__uuid=", "vertegenwoordigdePartij__uuid", "invalid"),
        ("digitaleadressen?verificatieDatum__gt=2026-13-01", "verificatieDatum__gt", "invalid"),
        ("partij-identificatoren?partijIdentificatorCodeRegister=kvk", "partijIdentificatorCodeRegister",
         "invalid_choice"),
        ("actoren?naam=a%00b", "naam", "null_characters_not_allowed"),
    ],
)  # fmt: skip
async def test_a_value_that_cannot_be_is_refused_by_name(vast: Lezer, query: str, name: str, code: str) -> None:
    answer = await vast.get(query)
    assert (answer.status_code, wrong(answer.json())) == (400, [(name, code)])


async def test_errors_are_json_unless_the_caller_asks_for_problems(vast: Lezer) -> None:
    missing = "partijen/00000000-0000-4000-8000-000000000000"
    plain = await vast.get(missing)
    problem = await vast.get(missing, Accept="application/problem+json, application/json")
    assert plain.status_code == problem.status_code == 404
    assert plain.headers["content-type"] == "application/json"
    assert problem.headers["content-type"] == "application/problem+json"
    assert (await vast.get(missing, Accept="*/*")).headers["content-type"] == "application/json"
    assert plain.json()["code"] == "not_found"
    assert plain.json()["type"] == f"{HOST}/ref/fouten/NotFound/"
    assert plain.json()["instance"].startswith("urn:uuid:")


async def test_who_asks_where_and_how_each_have_their_own_answer(vast: Lezer) -> None:
    nobody = await vast.http.get("partijen")
    assert (nobody.status_code, nobody.json()["code"]) == (401, "not_authenticated")
    for header in ("Token nooit", "Token", "Basic YWJj", "Bearer a.b.c", "Bearer é"):
        refused = await vast.http.get("partijen", headers={"Authorization": header.encode()})
        assert (refused.status_code, refused.json()["code"]) == (401, "authentication_failed"), header
    for path in ("partijen/", "partij", "partijen/abc", "partijen/a/b", f"partijen/{quote('/')}"):
        assert (await vast.get(path)).status_code == 404, path
    html = await vast.get("partijen", Accept="text/html")
    assert (html.status_code, html.json()["code"]) == (406, "not_acceptable")
    auth = {"Authorization": "Token alles"}
    method = await vast.http.delete("partijen", headers=auth)
    assert (method.status_code, method.json()["title"]) == (405, 'Methode "DELETE" niet toegestaan.')
    assert method.headers["allow"] == "GET, POST"
    assert (await vast.http.get("maak-klantcontact", headers=auth)).status_code == 405
    text = await vast.http.post("partijen", content="hallo", headers={**auth, "Content-Type": "text/plain"})
    assert (text.status_code, text.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("body", [b"{", b"", b"[]", b'"a"', b"null", b"[" * 5_000, b'{"a": "\xff"}'])
async def test_a_body_that_is_no_object_is_said_to_be_none(vast: Lezer, body: bytes) -> None:
    headers = {"Authorization": "Token alles", "Content-Type": "application/json"}
    answer = await vast.http.post("partijen", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


async def test_a_body_has_bounds(vast: Lezer) -> None:
    headers = {"Authorization": "Token alles"}
    large = await vast.http.post("partijen", json={"interneNotitie": "x" * 10_000_000}, headers=headers)
    assert (large.status_code, large.json()["status"]) == (413, 413)
    nul = await vast.http.post("partijen", json={"a": {"b": ["\0"]}, "c\0": 1}, headers=headers)
    assert wrong(nul.json()) == [("a.b.0", "null_characters_not_allowed"), ("c", "null_characters_not_allowed")]
    deep: dict[str, Any] = {}
    for _ in range(50):
        deep = {"a": deep}
    assert (await vast.http.post("partijen", json=deep, headers=headers)).status_code == 400


async def test_the_root_names_every_resource(vast: Lezer) -> None:
    for path in ("", "http://intern" + KLANTINTERACTIES.path):
        root = await vast.json(path)
        assert root == {name: f"{BASE}/{name}" for name in sorted([*RESOURCES, "maak-klantcontact"])}


async def test_every_answer_says_its_version_and_head_is_get_without_a_body(lezer: Lezer) -> None:
    fatima = f"partijen/{lezer.vulling.ids['fatima']}"
    for path in ("partijen", fatima, "niets", "partijen?foo=1"):
        assert (await lezer.get(path)).headers["api-version"] == "0.9.0"
    got = await lezer.get(fatima)
    head = await lezer.http.head(fatima, headers={"Authorization": "Token alles"})
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", got.headers["etag"])
    expanded = await lezer.get(f"{fatima}?expand=digitaleAdressen")
    assert expanded.headers["etag"] == got.headers["etag"]
    async with lezer.db.connection() as connection:
        await connection.execute("update partij set interne_notitie = 'nieuw'")
    assert (await lezer.get(fatima)).headers["etag"] != got.headers["etag"]
