# SPDX-License-Identifier: EUPL-1.2
"""Bounds: bodies that no client means are refused with a reason, on every write, and leave nothing behind."""

import json
from typing import Any

import pytest

from tests.edge.register_schrijven.schrijver import BSN, K, Schrijver, identificator, ref

PERSOON = {"soortPartij": "persoon", "indicatieActief": True}
_WRITES = ("POST partijen", "POST klantcontacten", "POST maak-klantcontact", "POST internetaken", "PUT", "PATCH")


async def _raw(api: Schrijver, write: str, raw: bytes, content_type: str = "application/json") -> Any:
    method, _, path = write.partition(" ")
    path = path or f"partijen/{(await api.persoon())['uuid']}"
    headers = {"Authorization": "Token alles", "Content-Type": content_type}
    return await api.http.request(method, path, content=raw, headers=headers)


NOTHING = (
    b"", b"{", b"null", b"[]", b'{"a":' * 5_000 + b"1" + b"}" * 5_000, b'{"a":' * 25 + b"1" + b"}" * 25,
    b'{"x\\u0000": 1}', b'{"onbekend": "\\u0000"}', b'{"a": "\xff"}', b'{"a": 1e999}',
)  # fmt: skip
LARGE = (b'{"interneNotitie": "' + b"x" * 10_000_000 + b'"}', b" " * 10_000_000, b"[" * 10_000_000)


@pytest.mark.parametrize("write", _WRITES)
async def test_a_body_that_no_client_means_is_refused_with_the_reason(api: Schrijver, write: str) -> None:
    for raw in LARGE:
        answer = await _raw(api, write, raw)
        assert (answer.status_code, answer.json()["code"]) == (413, "request_too_large")
    for raw in NOTHING:
        answer = await _raw(api, write, raw)
        assert answer.status_code == 400, (raw[:20], answer.text)
        assert answer.json()["invalidParams"], raw[:20]
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "application/x-ndjson", ""):
        assert (await _raw(api, write, b"{}", content_type)).status_code == 415


async def test_every_part_of_maak_klantcontact_takes_any_wrong_value_as_a_400(api: Schrijver) -> None:
    parts = ("klantcontact", "betrokkene", "onderwerpobject", "internetaak", "digitaleAdressen", "actoren")
    for part in parts:
        for value in (True, 3, "x", [[]], [3], [None], ["x"]):
            answer = await api.send("POST", "maak-klantcontact", {"klantcontact": K, part: value})
            assert answer.status_code == 400, (part, value, answer.text)
            assert answer.json()["invalidParams"], (part, value)


async def test_a_refused_write_leaves_nothing_behind(api: Schrijver) -> None:
    body = {**PERSOON, "partijIdentificatoren": [identificator("bsn", BSN), identificator("bsn", BSN)]}
    assert (await api.send("POST", "partijen", body)).status_code == 400
    actor, weg = await api.actor(), await api.actor("Weg", indicatieActief=False)
    taak = {"gevraagdeHandeling": "Bel", "status": "te_verwerken", "toegewezenAanActoren": [ref(actor), ref(weg)]}
    assert (await api.send("POST", "maak-klantcontact", {"klantcontact": K, "internetaak": taak})).status_code == 400
    for table in ("partij", "partij_identificator", "naamdeel", "klantcontact", "interactie", "verkeersregel"):
        assert await api.value(f"select count(*) from {table}") == 0, table
    assert json.loads((await api.send("GET", "partijen")).text)["count"] == 0
