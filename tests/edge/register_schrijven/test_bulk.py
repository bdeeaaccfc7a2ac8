# SPDX-License-Identifier: EUPL-1.2
"""Bulk: each line is one klantcontact with all that the house keeps of it, answered once it is kept, made once."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import uuid4

import pytest

from schakel.api.register.bulk import MAX_LINE
from tests.edge.register_schrijven.schrijver import BSN, NERGENS, K, Schrijver, identificator, ref

PATH = "klantcontacten/_bulk"
TABLES = ("klantcontact", "interactie", "gespreksbijdrage", "verkeersregel", "betrokkene", "actor_klantcontact")


def _line(n: int = 0, **more: Any) -> dict[str, Any]:
    return {"klantcontact": {**K, "onderwerp": f"Onderwerp {n}", "inhoud": f"Inhoud {n}"}, **more}


async def _bulk(
    api: Schrijver, lines: Sequence[Any], token: str = "alles", status: int = 200, **headers: str
) -> list[dict[str, Any]]:
    body = b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines)
    headers = {"Authorization": f"Token {token}", "Content-Type": "application/x-ndjson", **headers}
    answer = await api.http.post(PATH, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    return [json.loads(line) for line in answer.text.splitlines()] if status == 200 else [answer.json()]


async def _counts(api: Schrijver) -> dict[str, int]:
    return {table: await api.value(f"select count(*) from {table}") for table in TABLES}


async def test_every_good_line_is_there_and_a_bad_one_stops_nothing(api: Schrijver) -> None:
    partij = await api.persoon(partijIdentificatoren=[identificator("bsn", BSN)])
    actor, links = await api.actor(), {"wasPartij": ref(partij), "rol": "klant", "initiator": True}
    lines: list[Any] = [_line(n, betrokkene=links, actoren=[ref(actor)]) for n in range(1201)]
    lines[3], lines[700] = {"klantcontact": {**K, "kanaal": ""}}, b"{"
    lines[1100] = _line(1100, betrokkene={**links, "wasPartij": {"uuid": NERGENS}})
    answers = await _bulk(api, lines)
    assert [one["regel"] for one in answers] == list(range(1, 1202))
    refused = {
        one["regel"]: {(i["name"], i["code"]) for i in one["invalidParams"]} for one in answers if "uuid" not in one
    }
    assert refused == {
        4: {("klantcontact.kanaal", "blank")},
        701: {("nonFieldErrors", "parse_error")},
        1101: {("betrokkene.wasPartij.uuid", "invalid")},
    }
    assert Counter(one["status"] for one in answers) == {201: 1198, 400: 3}
    assert await _counts(api) == dict.fromkeys(TABLES, 1198)
    seen = await api.get(answers[1200]["url"].partition("/api/v1/")[2])
    assert (seen["onderwerp"], len(seen["hadBetrokkenActoren"])) == ("Onderwerp 1200", 1)
    page = await api.get(f"klantcontacten?hadBetrokkene__wasPartij__uuid={partij['uuid']}&pageSize=1")
    assert page["count"] == 1198


async def test_a_line_leaves_exactly_what_a_single_post_leaves(api: Schrijver) -> None:
    partij, actor = await api.persoon(), await api.actor()
    naam = {"voorletters": "A.", "voornaam": "", "voorvoegselAchternaam": "de", "achternaam": "Wit"}
    body = {
        "klantcontact": {
            **K, "inhoud": "Vraag", "reactie": "Antwoord", "metadata": {"a": "b"}, "indicatieContactGelukt": False,
            "plaatsgevondenOp": "2026-01-31T14:05:00+01:00",
        },
        "betrokkene": {
            "wasPartij": ref(partij), "rol": "klant", "initiator": True, "contactnaam": naam,
            "bezoekadres": {"straatnaam": "Kade", "huisnummer": 3, "stad": "Lindewaard"},
        },
        "onderwerpobject": {"onderwerpobjectidentificator": {
            "objectId": "1", "codeObjecttype": "zaak", "codeRegister": "oz", "codeSoortObjectId": "uuid"}},
        "actoren": [ref(actor)],
    }  # fmt: skip
    await api.post("maak-klantcontact", body)
    assert (await _bulk(api, [body]))[0]["status"] == 201
    ours = "'id', 'volgnummer', 'nummer', 'interactie_id', 'klantcontact_id'"
    for table in (*TABLES, "onderwerpobject"):
        kept = await api.value(f"select count(distinct to_jsonb(t) - array[{ours}]) from {table} t")
        assert (await api.value(f"select count(*) from {table}"), kept) in {(2, 1), (4, 2)}, table
    nummers = "select count(distinct nummer) = 2 and min(length(nummer)) = 10 from klantcontact"
    assert await api.value(nummers) is True


async def test_lines_that_are_sent_again_are_found_and_not_made_twice(api: Schrijver) -> None:
    lines = [_line(n, uuid=str(uuid4())) for n in range(20)]
    first, again = await _bulk(api, lines), await _bulk(api, [*lines, _line(20, uuid=str(uuid4()))])
    assert Counter(one["status"] for one in first) == {201: 20}
    assert Counter(one["status"] for one in again) == {200: 20, 201: 1}
    assert [one["uuid"] for one in again[:20]] == [line["uuid"] for line in lines]
    assert [one["url"] for one in again[:20]] == [one["url"] for one in first]
    assert (await _counts(api))["interactie"] == 21


async def test_two_who_send_the_same_lines_at_the_same_moment_make_them_once(api: Schrijver) -> None:
    lines = [_line(n, uuid=str(uuid4())) for n in range(400)]
    answers = await asyncio.gather(_bulk(api, lines), _bulk(api, lines[::-1]), _bulk(api, lines))
    assert {one["status"] for several in answers for one in several} <= {200, 201}
    made = Counter(one["uuid"] for several in answers for one in several if one["status"] == 201)
    assert (set(made), set(made.values())) == ({line["uuid"] for line in lines}, {1})
    assert (await _counts(api))["interactie"] == 400


async def test_the_same_uuid_twice_in_one_lot_is_one_klantcontact(api: Schrijver) -> None:
    line = _line(uuid=str(uuid4()))
    assert [one["status"] for one in await _bulk(api, [{**line, "klantcontact": {}}, line, line])] == [400, 201, 200]


async def test_one_that_the_database_refuses_leaves_the_others(api: Schrijver) -> None:
    twice = {"klantcontact": {**K, "referentienummer": "123"}}
    answers = await _bulk(api, [_line(1), twice, _line(2), twice])
    assert [one["status"] for one in answers] == [201, 201, 201, 400]
    assert answers[3]["invalidParams"][0]["name"] == "referentienummer"
    assert (await _counts(api))["klantcontact"] == 3


async def test_a_line_may_bring_a_taak_and_adressen(api: Schrijver) -> None:
    actor = await api.actor()
    taak = {"gevraagdeHandeling": "Bel", "status": "te_verwerken", "toegewezenAanActoren": [ref(actor)]}
    adres = {"adres": "a@voorbeeld.nl", "soortDigitaalAdres": "email", "verstrektDoorPartij": None}
    betrokkene = {"rol": "klant", "initiator": True}
    whole = _line(1, internetaak=taak, betrokkene=betrokkene, digitaleAdressen=[adres])
    wrong = _line(2, internetaak={**taak, "toegewezenAanActoren": []})
    answers = await _bulk(api, [whole, wrong, _line(3)])
    assert [one["status"] for one in answers] == [201, 400, 201]
    assert await api.value("select count(*) from interne_taak t join klantcontact k on k.id = t.klantcontact_id") == 1
    assert await api.value("select count(*) from digitaal_adres where betrokkene_id is not null") == 1
    assert await api.value("select array_agg(status order by status) from interactie") == ["afgerond", "open"]


async def test_what_may_not_be_read_may_not_be_written_nor_found(api: Schrijver) -> None:
    secret = {"klantcontact": {**K, "vertrouwelijk": True}, "uuid": str(uuid4())}
    assert [one["status"] for one in await _bulk(api, [secret, _line()], token="kaal")] == [403, 201]
    assert (await _bulk(api, [secret]))[0]["status"] == 201
    open_one = _line(uuid=secret["uuid"])
    assert [one["status"] for one in await _bulk(api, [open_one, _line()], token="kaal")] == [409, 201]


async def test_a_lot_leaves_one_line_in_the_logboek_with_the_pseudonyms_of_whom_it_is_about(api: Schrijver) -> None:
    partijen = [await api.persoon() for _ in range(3)]
    names = await api.value("select array_agg(betrokkenen[1] order by id) from verwerking")
    lines = [
        _line(n, betrokkene={"wasPartij": ref(partijen[n % 3]), "rol": "klant", "initiator": True}) for n in range(501)
    ]
    await _bulk(api, lines)
    async with api.db.connection() as connection:
        rows = await connection.fetch(
            "select betrokkenen, wie, doel from verwerking where activiteit = 'klantcontacten aanmaken' order by id"
        )
    assert [len(row["betrokkenen"]) for row in rows] == [3, 1]
    assert set(rows[0]["betrokkenen"]) == set(names)
    assert {(row["wie"], row["doel"]) for row in rows} == {("KISS", "vraag")}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"[1]", "parse_error"),
        (b"\xff", "parse_error"),
        (b'{"klantcontact": {"onderwerp": "x\\u0000"}}', "null_characters_not_allowed"),
        (b'{"a":' * 30 + b"1" + b"}" * 30, "invalid"),
        (b'{"a":' * 20_000, "parse_error"),
        (b'{"klantcontact": {"inhoud": "' + b"x" * MAX_LINE + b'"}}', "max_length"),
        (b'{"uuid": 3, "klantcontact": {}}', "invalid"),
        (b'{"klantcontact": []}', "invalid"),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_a_line_that_is_nothing_is_said_to_be_so(api: Schrijver, raw: bytes, code: str) -> None:
    answers = await _bulk(api, [b"", raw, json.dumps(_line()).encode()])
    assert [(one["regel"], one["status"]) for one in answers] == [(2, 400), (3, 201)]
    assert code in {one["code"] for one in answers[0]["invalidParams"]}


async def test_a_lot_is_kept_and_answered_while_the_rest_is_still_to_come(api: Schrijver) -> None:
    sent: list[bytes] = []
    answered = asyncio.Event()
    lines = [json.dumps(_line(n)).encode() + b"\n" for n in range(1500)]

    async def chunks() -> AsyncIterator[bytes]:
        for place in range(0, 500, 250):
            yield b"".join(lines[place : place + 250])
        await answered.wait()  # this client sends no more before he has heard
        assert b"".join(sent).count(b'"status":201') == 500
        assert await api.value("select count(*) from klantcontact") == 500
        yield b"".join(lines[500:])

    body = chunks()

    async def receive() -> dict[str, Any]:
        part = await anext(body, None)
        return {"type": "http.request", "body": part or b"", "more_body": part is not None}

    async def send(message: Any) -> None:
        sent.append(message.get("body", b""))
        if message.get("body"):
            answered.set()

    headers = [(b"authorization", b"Token alles"), (b"content-type", b"application/x-ndjson")]
    path = f"/klantinteracties/api/v1/{PATH}"
    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": headers, "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http",
        "server": ("x", 80), "client": ("x", 1),
    }  # fmt: skip
    async with asyncio.timeout(30):
        await api.http._transport.app(scope, receive, send)  # type: ignore[attr-defined]
    assert b"".join(sent).count(b'"status":201') == 1500


async def test_what_this_road_does_not_do_is_refused_at_the_door(api: Schrijver) -> None:
    answers = [
        await _bulk(api, [_line()], status=415, **{"Content-Type": "application/json"}),
        await _bulk(api, [_line()], status=400, **{"Idempotency-Key": "a"}),
        await _bulk(api, [_line()], status=401, token="onbekend"),
    ]
    assert [one["status"] for (one,) in answers] == [415, 400, 401]
    assert (await api.send("GET", PATH)).status_code == 405
    assert (await api.send("POST", "actoren/_bulk", {})).status_code == 405
    assert (await api.send("POST", f"{PATH}?x=1", {})).status_code == 400
    assert await api.value("select count(*) from klantcontact") == 0
