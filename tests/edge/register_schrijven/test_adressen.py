# SPDX-License-Identifier: EUPL-1.2
"""Digitale adressen: what an adres looks like, one standaard per soort, and never the same adres twice."""

import asyncio
from uuid import UUID

import pytest

from tests.edge.register_schrijven.schrijver import NERGENS, Schrijver, ref

PATH = "digitaleadressen"


@pytest.mark.parametrize(
    ("soort", "adres", "status"),
    [
        ("email", "foo", 400),
        ("email", "foo@voorbeeld.nl", 201),
        ("telefoonnummer", "0800123", 400),
        ("telefoonnummer", "+316", 400),
        ("telefoonnummer", "0612345678\n", 400),
        ("telefoonnummer", "0881234567", 201),
        ("telefoonnummer", "+31612345678", 201),
        ("overig", "foo", 201),
    ],
)
async def test_an_adres_fits_its_soort(api: Schrijver, soort: str, adres: str, status: int) -> None:
    answer = await api.send("POST", PATH, {"adres": adres, "soortDigitaalAdres": soort})
    assert answer.status_code == status
    if status == 400:
        assert [(one["name"], one["code"]) for one in answer.json()["invalidParams"]] == [("adres", "invalid")]


async def test_only_what_the_standard_requires_is_required(api: Schrijver) -> None:
    assert await api.refused("POST", PATH, {}) == {("adres", "required"), ("soortDigitaalAdres", "required")}
    made = await api.post(PATH, {"adres": "foo", "soortDigitaalAdres": "overig"})
    assert (made["verstrektDoorPartij"], made["verstrektDoorBetrokkene"]) == (None, None)


async def test_whoever_gave_it_must_be_there(api: Schrijver) -> None:
    body = {"adres": "foo", "soortDigitaalAdres": "overig", "verstrektDoorPartij": {"uuid": NERGENS}}
    answer = await api.send("POST", PATH, body)
    assert answer.json()["invalidParams"] == [
        {"name": "verstrektDoorPartij.uuid", "code": "invalid", "reason": "Partij object bestaat niet."}
    ]
    body["verstrektDoorPartij"] = {"uuid": "abc"}
    assert await api.refused("POST", PATH, body) == {("verstrektDoorPartij.uuid", "invalid")}


async def test_a_url_is_matched_on_the_uuid_at_its_end(api: Schrijver) -> None:
    partij = await api.persoon()
    body = {"adres": "foo", "soortDigitaalAdres": "overig"}
    elsewhere = {"url": f"http://ergens.intern/klantinteracties/api/v1/partijen/{partij['uuid']}"}
    made = await api.post(PATH, {**body, "verstrektDoorPartij": elsewhere})
    assert made["verstrektDoorPartij"] == {"uuid": partij["uuid"], "url": partij["url"]}


async def test_a_second_standaard_of_a_soort_takes_the_place_of_the_first(api: Schrijver) -> None:
    partij = await api.persoon()
    body = {"adres": "a@voorbeeld.nl", "soortDigitaalAdres": "email", "isStandaardAdres": True}
    assert await api.refused("POST", PATH, body) == {("isStandaardAdres", "invalid")}
    first = await api.adres(partij, isStandaardAdres=True)
    phone = await api.adres(partij, "0612345678", soortDigitaalAdres="telefoonnummer", isStandaardAdres=True)
    second = await api.adres(partij, "b@voorbeeld.nl", isStandaardAdres=True)
    standaard = {
        one["uuid"]: (await api.get(f"{PATH}/{one['uuid']}"))["isStandaardAdres"] for one in (first, phone, second)
    }
    assert standaard == {first["uuid"]: False, phone["uuid"]: True, second["uuid"]: True}
    assert (await api.patch(f"{PATH}/{first['uuid']}", {"isStandaardAdres": True}))["isStandaardAdres"] is True
    assert (await api.get(f"{PATH}/{second['uuid']}"))["isStandaardAdres"] is False


async def test_sixteen_who_all_make_the_standaard_leave_exactly_one(api: Schrijver) -> None:
    partij = await api.persoon()
    bodies = [
        {"verstrektDoorPartij": ref(partij), "adres": f"a{n}@voorbeeld.nl", "soortDigitaalAdres": "email",
         "isStandaardAdres": True}
        for n in range(16)
    ]  # fmt: skip
    answers = await asyncio.gather(*(api.send("POST", PATH, body) for body in bodies))
    assert {answer.status_code for answer in answers} == {201}
    assert await api.value("select count(*) from digitaal_adres where is_standaard") == 1
    assert await api.value("select count(*) from digitaal_adres") == 16


async def test_a_referentie_is_of_one_adres_of_its_soort_and_an_empty_one_of_none(api: Schrijver) -> None:
    partij = await api.persoon()
    await api.adres(partij, referentie="portaalvoorkeur")
    body = {"verstrektDoorPartij": ref(partij), "adres": "b@voorbeeld.nl", "soortDigitaalAdres": "email"}
    assert await api.refused("POST", PATH, {**body, "referentie": "portaalvoorkeur"}) == {("nonFieldErrors", "unique")}
    assert await api.refused("POST", PATH, {**body, "referentie": "met spatie"}) == {("referentie", "invalid")}
    await api.adres(partij, "c@voorbeeld.nl", referentie="")
    await api.adres(partij, "d@voorbeeld.nl", referentie="")


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
async def test_an_adres_keeps_its_own_referentie(api: Schrijver, method: str) -> None:
    partij = await api.persoon()
    adres = await api.adres(partij, referentie="portaalvoorkeur")
    body = {key: value for key, value in adres.items() if key not in ("uuid", "url")}
    changed = await api.patch(f"{PATH}/{adres['uuid']}", {**body, "omschrijving": "werk"}, method)
    assert (changed["referentie"], changed["omschrijving"]) == ("portaalvoorkeur", "werk")


async def test_the_same_adres_of_the_same_partij_is_the_one_there_is_with_what_is_said_now(api: Schrijver) -> None:
    partij = await api.persoon()
    first = await api.adres(partij, omschrijving="werk")
    again = await api.adres(partij, isStandaardAdres=True, referentie="portaal")
    assert again["uuid"] == first["uuid"]
    assert (again["omschrijving"], again["isStandaardAdres"], again["referentie"]) == ("werk", True, "portaal")
    assert await api.value("select count(*) from digitaal_adres") == 1


async def test_many_who_add_the_same_adres_at_once_all_get_the_same_one(api: Schrijver) -> None:
    partij = await api.persoon()
    found = await asyncio.gather(*(api.adres(partij) for _ in range(12)))
    assert len({one["uuid"] for one in found}) == 1
    assert await api.value("select count(*) from digitaal_adres") == 1


async def test_another_soort_asks_for_an_adres_that_fits(api: Schrijver) -> None:
    adres = await api.adres(await api.persoon())
    path = f"{PATH}/{adres['uuid']}"
    assert await api.refused("PATCH", path, {"soortDigitaalAdres": "telefoonnummer"}) == {("adres", "invalid")}
    changed = await api.patch(path, {"soortDigitaalAdres": "telefoonnummer", "adres": "0612345678"})
    assert changed["soortDigitaalAdres"] == "telefoonnummer"


async def test_the_day_of_verification_comes_back_as_that_day(api: Schrijver) -> None:
    adres = await api.adres(await api.persoon(), verificatieDatum="2026-01-31")
    assert adres["verificatieDatum"] == "2026-01-31"
    assert (await api.patch(f"{PATH}/{adres['uuid']}", {"verificatieDatum": None}))["verificatieDatum"] is None


async def test_an_adres_that_goes_to_another_partij_is_nobodys_preference_any_more(api: Schrijver) -> None:
    one, other = await api.persoon(), await api.persoon()
    adres = await api.adres(one)
    await api.patch(f"partijen/{one['uuid']}", {"voorkeursDigitaalAdres": ref(adres)})
    await api.patch(f"{PATH}/{adres['uuid']}", {"verstrektDoorPartij": ref(other)})
    assert (await api.get(f"partijen/{one['uuid']}"))["voorkeursDigitaalAdres"] is None
    assert await api.value("select partij_id from digitaal_adres where id = $1", UUID(adres["uuid"])) == UUID(
        other["uuid"]
    )
