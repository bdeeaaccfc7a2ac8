# SPDX-License-Identifier: EUPL-1.2
"""Identificatoren of partijen: a closed set of soorten, each number once, a bsn never readable in the database."""

from uuid import UUID

import pytest

from tests.edge.register_schrijven.schrijver import ANDER_KVK, BSN, KVK, VESTIGING, Schrijver, identificator, ref

PATH = "partij-identificatoren"


@pytest.mark.parametrize(
    ("soort", "nummer"),
    [
        ("bsn", "123456789"),
        ("bsn", "1234567"),
        ("bsn", "99999034２"),
        ("rsin", "123456789"),
        ("kvk_nummer", "123"),
        ("vestigingsnummer", "9876"),
    ],
)
async def test_a_wrong_number_is_named_and_never_repeated(api: Schrijver, soort: str, nummer: str) -> None:
    answer = await api.send("POST", PATH, identificator(soort, nummer))
    wrong = answer.json()["invalidParams"]
    assert ("partijIdentificatorObjectId", "invalid") in {(one["name"], one["code"]) for one in wrong}
    assert nummer not in answer.text


async def test_a_code_that_does_not_fit_the_others_is_named(api: Schrijver) -> None:
    body = identificator("bsn", BSN)
    body["partijIdentificator"]["codeRegister"] = "hr"
    assert await api.refused("POST", PATH, body) == {("partijIdentificatorCodeObjecttype", "invalid")}
    body = identificator("kvk_nummer", KVK)
    body["partijIdentificator"] |= {"codeObjecttype": "natuurlijk_persoon", "codeRegister": "brp"}
    assert await api.refused("POST", PATH, body) == {("partijIdentificatorCodeSoortObjectId", "invalid")}


async def test_each_part_that_is_missing_is_required(api: Schrijver) -> None:
    partial = {"partijIdentificator": {"codeRegister": "brp"}}
    names = {"codeObjecttype", "codeSoortObjectId", "objectId"}
    assert await api.refused("POST", PATH, partial) == {(f"partijIdentificator.{name}", "required") for name in names}
    assert await api.refused("POST", PATH, {}) == {("partijIdentificator", "required")}


async def test_a_vestiging_hangs_under_a_kvk_nummer_also_one_without_a_partij(api: Schrijver) -> None:
    body = identificator("vestigingsnummer", VESTIGING)
    assert await api.refused("POST", PATH, body) == {("subIdentificatorVan", "invalid")}
    kvk = await api.post(PATH, identificator("kvk_nummer", KVK, identificeerdePartij=None))
    ander = await api.post(PATH, identificator("kvk_nummer", ANDER_KVK))
    made = await api.post(PATH, {**body, "subIdentificatorVan": ref(kvk)})
    assert made["subIdentificatorVan"]["uuid"] == kvk["uuid"]
    assert await api.refused("POST", PATH, {**body, "subIdentificatorVan": ref(kvk)}) == {("__all__", "invalid")}
    await api.post(PATH, {**body, "subIdentificatorVan": ref(ander)})
    bsn = await api.post(PATH, identificator("bsn", BSN))
    wrong = {**identificator("vestigingsnummer", "000000000001"), "subIdentificatorVan": ref(bsn)}
    assert await api.refused("POST", PATH, wrong) == {("subIdentificatorVan", "invalid")}


async def test_a_kvk_nummer_with_vestigingen_stays_and_stays_what_it_is(api: Schrijver) -> None:
    kvk = await api.post(PATH, identificator("kvk_nummer", KVK))
    await api.post(PATH, identificator("vestigingsnummer", VESTIGING, subIdentificatorVan=ref(kvk)))
    path = f"{PATH}/{kvk['uuid']}"
    assert await api.refused("DELETE", path, None) == {("nonFieldErrors", "invalid")}
    changed = identificator("rsin", "999990342")
    assert await api.refused("PUT", path, changed) == {("partijIdentificatorCodeSoortObjectId", "invalid")}
    await api.put(path, identificator("kvk_nummer", ANDER_KVK))


async def test_put_gives_a_kvk_nummer_its_partij(api: Schrijver) -> None:
    kvk = await api.post(PATH, identificator("kvk_nummer", KVK))
    firma = await api.post("partijen", {"soortPartij": "organisatie", "indicatieActief": True})
    body = identificator("kvk_nummer", KVK, identificeerdePartij=ref(firma))
    assert (await api.put(f"{PATH}/{kvk['uuid']}", body))["identificeerdePartij"]["uuid"] == firma["uuid"]
    assert await api.refused("POST", PATH, identificator("kvk_nummer", KVK)) == {("__all__", "invalid")}


async def test_a_bsn_is_nowhere_in_the_database_and_comes_back_whole(api: Schrijver) -> None:
    partij = await api.persoon()
    made = await api.post(PATH, identificator("bsn", BSN, identificeerdePartij=ref(partij)))
    assert made["partijIdentificator"]["objectId"] == BSN
    await api.patch(f"{PATH}/{made['uuid']}", identificator("bsn", BSN))
    for table in ("partij_identificator", "wijziging", "verwerking", "idempotentie"):
        assert await api.value(f"select count(*) from {table} t where t::text like '%' || $1 || '%'", BSN) == 0
    assert await api.value("select vorige->>'soort' from wijziging where resource_id = $1", UUID(made["uuid"])) == "bsn"
