# SPDX-License-Identifier: EUPL-1.2
"""Searching partijen by POST: nearly the right name is enough, and nothing of a person is in an address."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests.edge.register.vulling import NAME_KEY, NU, Lezer

from schakel.regie.logboek import pseudonym

ZOEK = "partijen/_zoek"
PEOPLE = {
    "sjoerd": ("Sjoerd van der Veen", date(1961, 5, 1), {"postcode": "5678CD", "huisnummer": "12", "toevoeging": "a"}),
    "geheim": ("Sjoukje van der Veen", date(1961, 5, 1), {"postcode": "5678CD", "huisnummer": "14", "geheim": True}),
    "gülşen": ("Gülşen Öztürk-Đurić", date(1990, 2, 28), {}),
    "jansen": ("Jan Jansen", date(1970, 1, 1), {}),
    "weg": ("Sjoerd van der Veen", date(1961, 5, 1), {"actief": False}),
    "balie": ("Sjoerd van der Veen", date(1961, 5, 1), {"zelfstandig": True}),
}


async def town(lezer: Lezer) -> None:
    for name, (naam, born, columns) in PEOPLE.items():
        await lezer.vulling.findable(lezer.db, name, naam, geboortedatum=born, **columns)
    for name, soort, adres in (
        ("sjoerd", "email", "sjoerd@voorbeeld.example"), ("sjoerd", "telefoonnummer", "0612345699"),
        ("geheim", "telefoonnummer", "+31612345700"),
    ):  # fmt: skip
        await lezer.vulling.put(lezer.db, "digitaal_adres", f"{name}.{soort}", partij_id=lezer.vulling.ids[name],
                                soort=soort, adres=adres, zoekadres=adres, verstrekt_op=NU)  # fmt: skip


async def hits(lezer: Lezer, token: str = "alles", **body: Any) -> list[str]:
    """The names that the test gave them, best first."""
    answer = await lezer.post(ZOEK, body, token)
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert page["count"] == len(page["results"])
    names = {str(uuid): name for name, uuid in lezer.vulling.ids.items()}
    return [names[row["uuid"]] for row in page["results"]]


async def test_a_name_is_found_with_a_typing_error_without_prefixes_and_without_accents(lezer: Lezer) -> None:
    await town(lezer)
    for typed in ("Sjoerd van der Veen", "sjoerd veen", "Sjord van de Veen", "Sjoerd Vene", "VEEN, SJOERD", "sjoe vee"):
        assert (await hits(lezer, naam=typed))[0] == "sjoerd", typed
    for typed in ("Gulsen Ozturk", "gülşen öztürk", "Gulsen Duric", "Gulsn Oztruk"):
        assert await hits(lezer, naam=typed) == ["gülşen"], typed
    assert await hits(lezer, naam="van der Veen") == ["sjoerd", "geheim"]
    assert await hits(lezer, naam="Qzxw Qzxw") == []


async def test_facts_must_all_fit(lezer: Lezer) -> None:
    await town(lezer)
    for body, found in (
        ({"geboortedatum": "1961-05-01"}, ["sjoerd", "geheim"]),
        ({"geboortedatum": "1961-05-01", "naam": "sjoukje"}, ["geheim"]),
        ({"geboortedatum": "1970-01-01", "naam": "sjoukje"}, []),
        ({"emailadres": "Sjoerd@Voorbeeld.example"}, ["sjoerd"]),
        ({"telefoonnummer": "+31 6 1234 5699"}, ["sjoerd"]),
        ({"telefoonnummer": "06-12345700"}, ["geheim"]),
        ({"telefoonnummer": "0612345699", "emailadres": "sjoerd@voorbeeld.example"}, ["sjoerd"]),
        ({"telefoonnummer": "0612345700", "emailadres": "sjoerd@voorbeeld.example"}, []),
        ({"postcode": "5678 cd", "huisnummer": 12}, ["sjoerd"]),
        ({"postcode": "5678CD", "huisnummer": "12 A"}, ["sjoerd"]),
        ({"postcode": "5678CD", "huisnummer": "12b"}, []),
        ({"naam": "veen", "huisnummer": 14}, ["geheim"]),
        ({"naam": "jansen", "postcode": None}, ["jansen"]),
    ):
        assert sorted(await hits(lezer, **body)) == sorted(found), body


async def test_who_may_not_see_a_secret_address_does_not_find_anybody_by_it(lezer: Lezer) -> None:
    await town(lezer)
    for body in ({"telefoonnummer": "0612345700"}, {"postcode": "5678CD", "huisnummer": 14},
                 {"naam": "Sjoukje van der Veen", "huisnummer": 14}):  # fmt: skip
        assert await hits(lezer, **body) == ["geheim"]
        assert await hits(lezer, "kaal", **body) == []
    assert await hits(lezer, "kaal", postcode="5678CD") == ["sjoerd"]
    answer = (await lezer.post(ZOEK, {"naam": "Sjoukje van der Veen"}, "kaal")).json()
    assert answer["results"][0]["bezoekadres"]["huisnummer"] is None
    assert (await lezer.post(ZOEK, {"naam": "veen"}, "contacten")).status_code == 403


async def test_a_search_is_paged_and_brings_along_what_is_asked(lezer: Lezer) -> None:
    await town(lezer)
    first = (await lezer.post(f"{ZOEK}?pageSize=1&expand=digitaleAdressen", {"naam": "van der veen"})).json()
    assert (first["count"], len(first["results"]), first["previous"]) == (2, 1, None)
    assert len(first["results"][0]["_expand"]["digitaleAdressen"]) == 2
    assert first["results"][0] == await lezer.json(
        f"partijen/{first['results'][0]['uuid']}?expand=digitaleAdressen"
    )  # the very object that it is elsewhere
    assert "veen" not in first["next"]
    following = first["next"].replace("https://schakel.lindewaard.example", "http://intern")
    second = (await lezer.post(following, {"naam": "van der veen"})).json()
    assert (second["count"], second["next"]) == (2, None)
    assert second["results"][0]["uuid"] != first["results"][0]["uuid"]
    assert (await lezer.post(f"{ZOEK}?page=3&pageSize=1", {"naam": "van der veen"})).status_code == 404


async def test_a_search_leaves_one_line_with_whom_it_showed(lezer: Lezer) -> None:
    await town(lezer)
    for body, shown in (({"naam": "van der veen"}, ("sjoerd", "geheim")), ({"naam": "qzxw"}, ())):
        async with lezer.db.connection() as connection:
            before = await connection.fetchval("select count(*) from verwerking")
            await lezer.post(ZOEK, body)
            assert await connection.fetchval("select count(*) from verwerking") == before + 1
            row = await connection.fetchrow("select * from verwerking order by id desc limit 1")
        assert row["activiteit"] == "partijen zoeken"
        assert set(row["betrokkenen"]) == {pseudonym(NAME_KEY, lezer.vulling.ids[name]) for name in shown}


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [
        ({}, "nonFieldErrors", "required"),
        ({"huisnummer": 12}, "nonFieldErrors", "required"),
        ({"naam": "", "emailadres": None}, "nonFieldErrors", "required"),
        ({"naam": 5}, "naam", "invalid"),
        ({"naam": "x" * 201}, "naam", "max_length"),
        ({"naam": "a\0b"}, "naam", "null_characters_not_allowed"),
        ({"geboortedatum": "1-5-1961"}, "geboortedatum", "invalid"),
        ({"postcode": "12"}, "postcode", "invalid"),
        ({"emailadres": "geen adres"}, "emailadres", "invalid"),
        ({"achternaam": "Veen", "naam": "Veen"}, "nonFieldErrors", "unknown-parameters"),
    ],
)
async def test_a_question_that_is_none_is_refused(vast: Lezer, body: object, name: str, code: str) -> None:
    answer = await vast.post(ZOEK, body)
    assert answer.status_code == 400
    assert [(wrong["name"], wrong["code"]) for wrong in answer.json()["invalidParams"]] == [(name, code)]


async def test_only_a_post_searches_and_only_partijen(vast: Lezer) -> None:
    refused = await vast.get(ZOEK)
    assert (refused.status_code, refused.headers["Allow"]) == (405, "POST")
    assert (await vast.post("klantcontacten/_zoek", {"naam": "x"})).status_code == 405
    assert (await vast.post(f"{ZOEK}?naam=veen", {"naam": "veen"})).status_code == 400
    assert UUID((await vast.json("partijen"))["results"][0]["uuid"])
