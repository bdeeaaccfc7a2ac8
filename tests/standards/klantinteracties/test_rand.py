# SPDX-License-Identifier: EUPL-1.2
"""What no client should send is refused at the edge, over real HTTP: a status that says why, and the error object."""

from collections.abc import Iterator

import httpx
import jsonschema_rs
import pytest
from tests.edge.rampen.draaiend import Draaiend
from tests.standards.klantinteracties.officieel import error_object

JSON = {"content-type": "application/json"}
NERGENS = "00000000-0000-4000-8000-000000000000"
HUGE = b'{"onderwerp": "' + b"x" * 10_000_000 + b'"}'


@pytest.fixture
def http(draaiend: Draaiend) -> Iterator[httpx.Client]:
    base = f"http://localhost:{draaiend.port}/klantinteracties/api/v1/"
    with httpx.Client(base_url=base, headers={"Authorization": "Token proef"}, timeout=30) as http:
        yield http


def refused(answer: httpx.Response, status: int) -> set[tuple[str, str]]:
    """With the error object; what is wrong by name and code."""
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"] == "application/json"
    jsonschema_rs.Draft4Validator(error_object(status)).validate(answer.json())
    return {(one["name"], one["code"]) for one in answer.json().get("invalidParams", [])}


def in_pieces() -> Iterator[bytes]:
    """The same size, without saying so beforehand."""
    yield from (HUGE[n : n + 65_536] for n in range(0, len(HUGE), 65_536))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_ten_megabytes_are_too_much_however_they_come(http: httpx.Client, method: str) -> None:
    path = "klantcontacten" if method == "POST" else f"klantcontacten/{NERGENS}"
    for body in (HUGE, in_pieces()):
        refused(http.request(method, path, content=body, headers=JSON), 413)
    assert http.get("klantcontacten").status_code == 200


def test_who_is_not_known_is_told_so_before_his_body_is_read(http: httpx.Client) -> None:
    refused(http.post("klantcontacten", content=HUGE, headers={**JSON, "Authorization": "Token 0"}), 401)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b'"x"', b"1", b"{", b"{} x", b'{"a": NaN}', b'{"nummer": 1e999}', b"\xef\xbb\xbf{}",
        b'{"nummer": ' + b"9" * 5_000 + b"}", b'{"kanaal": "\xff"}', b'{"kanaal": "\\ud800"}', b"[" * 200_000,
        b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}", "{}".encode("utf-16"),
    ],
    ids=[
        "nothing", "null", "list", "text", "number", "open", "more", "NaN", "infinite", "mark", "long_number", "latin",
        "half_a_pair", "never_closed", "deep_list", "utf_16",
    ],
)  # fmt: skip
def test_what_is_no_json_object_is_a_parse_error(http: httpx.Client, body: bytes) -> None:
    answer = http.post("klantcontacten", content=body, headers=JSON)
    assert refused(answer, 400) == {("nonFieldErrors", "parse_error")}
    assert answer.json()["code"] == "parse_error"


@pytest.mark.parametrize("depth", [22, 500, 900])
def test_what_is_nested_deeper_than_anything_here_is_refused(http: httpx.Client, depth: int) -> None:
    body = b'{"a":' * depth + b"1" + b"}" * depth
    (wrong,) = refused(http.post("klantcontacten", content=body, headers=JSON), 400)
    assert wrong[1] == "invalid"


@pytest.mark.parametrize(
    ("body", "name"),
    [(b'{"kanaal": "a\\u0000"}', "kanaal"), (b'{"a\\u0000": 1}', "a"), (b'{"x": [{"y": "\\u0000"}]}', "x.0.y")],
)
def test_nul_is_refused_wherever_it_stands_in_a_body(http: httpx.Client, body: bytes, name: str) -> None:
    answer = http.post("klantcontacten", content=body, headers=JSON)
    assert refused(answer, 400) == {(name, "null_characters_not_allowed")}
    assert b"\\u0000" not in answer.content


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", ""])
def test_another_type_than_json_is_not_read(http: httpx.Client, kind: str) -> None:
    refused(http.post("klantcontacten", content=b"{}", headers={"content-type": kind}), 415)


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("partijen?nummer=%00", ("nummer", "null_characters_not_allowed")),
        ("partijen?%00=1", ("", "null_characters_not_allowed")),
        ("partijen?pageSize=1e3", ("pageSize", "invalid")),
        ("partijen?indicatieActief=ja", ("indicatieActief", "invalid")),
        ("partijen?soortPartij=gezin", ("soortPartij", "invalid_choice")),
        ("internetaken?toegewezenOp=gisteren", ("toegewezenOp", "invalid")),
        ("klantcontacten?plaatsgevondenOp=0001-01-01T00:00:00%2B14:00", ("plaatsgevondenOp", "invalid")),
        ("categorie-relaties?beginDatum=0000-00-00", ("beginDatum", "invalid")),
        ("digitaleadressen?verificatieDatum__gt=10000-01-01", ("verificatieDatum__gt", "invalid")),
        ("klantcontacten?hadBetrokkene__uuid=", ("hadBetrokkene__uuid", "invalid")),
        ("klantcontacten?hadBetrokkene__url=http://[", ("hadBetrokkene__url", "invalid")),
        ("partijen?" + "&".join(f"a{n}=1" for n in range(3_000)), ("nonFieldErrors", "unknown-parameters")),
        (f"partijen/{NERGENS}?page=1", ("nonFieldErrors", "unknown-parameters")),
    ],
)
def test_a_parameter_of_the_wrong_kind_is_named(http: httpx.Client, query: str, wrong: tuple[str, str]) -> None:
    assert refused(http.get(query), 400) == {wrong}


@pytest.mark.parametrize("query", ["page=abc", "page=-1", "page=1.0", f"page={10**30}", "page="])
def test_a_page_that_is_no_page_is_not_there(http: httpx.Client, query: str) -> None:
    refused(http.get(f"partijen?{query}"), 404)


@pytest.mark.parametrize("query", ["nummer=%FF", f"nummer={'9' * 20_000}", "nummer=%ED%A0%80", "nummer=%25_%5C"])
def test_a_strange_text_is_looked_for_and_not_found(http: httpx.Client, query: str) -> None:
    answer = http.get(f"partijen?{query}")
    assert (answer.status_code, answer.json()["count"]) == (200, 0)


@pytest.mark.parametrize("path", ["partijen/%00", "partijen/%FF", "partijen/", f"partijen/{NERGENS}/x", "%2e%2e/x"])
def test_a_path_that_leads_nowhere_is_not_there(http: httpx.Client, path: str) -> None:
    refused(http.get(path), 404)


@pytest.mark.parametrize("value", ["null", "ja", "", "2", "[]"])
def test_a_mistyped_cascade_erases_nothing(http: httpx.Client, value: str) -> None:
    made = http.post("onderwerpobjecten", json={"klantcontact": None, "wasKlantcontact": None}).json()["uuid"]
    answer = http.delete(f"onderwerpobjecten/{made}?cascade={value}")
    assert refused(answer, 400) == {("cascade", "invalid")}
    assert http.get(f"onderwerpobjecten/{made}").status_code == 200
