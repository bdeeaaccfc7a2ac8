# SPDX-License-Identifier: EUPL-1.2
"""Partijen: what is accepted, what is refused and under which name, and what hangs on a partij."""

from uuid import UUID

from schakel.storage.naamdelen import name_parts
from tests.edge.register_schrijven.schrijver import ANDER_BSN, BSN, HOST, KVK, Schrijver, identificator, ref

PERSOON = {"soortPartij": "persoon", "indicatieActief": True}


async def test_a_minimal_persoon_is_made_with_its_location_and_nothing_in_its_lists(api: Schrijver) -> None:
    answer = await api.send("POST", "partijen", PERSOON)
    partij = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == partij["url"] == f"{HOST}/klantinteracties/api/v1/partijen/{partij['uuid']}"
    assert partij["nummer"] is None
    assert partij["indicatieGeheimhouding"] is None
    assert [partij[name] for name in ("digitaleAdressen", "rekeningnummers", "partijIdentificatoren")] == [[], [], []]


async def test_an_empty_body_names_just_the_two_fields_that_are_required(api: Schrijver) -> None:
    assert await api.refused("POST", "partijen", {}) == {("soortPartij", "required"), ("indicatieActief", "required")}


async def test_a_soort_outside_the_list_is_an_invalid_choice(api: Schrijver) -> None:
    found = await api.refused("POST", "partijen", {**PERSOON, "soortPartij": "gezin"})
    assert found == {("soortPartij", "invalid_choice")}


async def test_every_part_of_a_wrong_adres_is_named_and_the_land_is_proposed(api: Schrijver) -> None:
    adres = {"postcode": "1234AB", "land": "nl", "nummeraanduidingId": "12"}
    answer = await api.send("POST", "partijen", {**PERSOON, "bezoekadres": adres})
    wrong = {one["name"]: one for one in answer.json()["invalidParams"]}
    assert set(wrong) == {f"bezoekadres.{part}" for part in adres}
    assert {one["code"] for one in wrong.values()} == {"invalid"}
    assert "NL" in wrong["bezoekadres.land"]["reason"]


async def test_an_adres_comes_back_as_it_was_given(api: Schrijver) -> None:
    adres = {"straatnaam": "Dam", "huisnummer": 12, "postcode": "1234 AB", "stad": "Lindewaard", "land": "NL"}
    partij = await api.persoon(bezoekadres=adres, correspondentieadres=adres)
    for name in ("bezoekadres", "correspondentieadres"):
        assert {part: partij[name][part] for part in adres} == adres


async def test_the_full_name_skips_what_is_empty_and_is_found_in_the_house(api: Schrijver) -> None:
    naam = {"voornaam": "Phil", "achternaam": "Bozeman"}
    partij = await api.persoon(partijIdentificatie={"contactnaam": naam})
    assert partij["partijIdentificatie"]["volledigeNaam"] == "Phil Bozeman"
    kept = await api.row("select zoeknaam, naam from partij where id = $1", UUID(partij["uuid"]))
    assert kept == {"zoeknaam": "phil bozeman", "naam": "Phil Bozeman"}
    assert set(await api.value("select array_agg(deel) from naamdeel")) == set(name_parts("phil bozeman"))


async def test_nulls_and_empty_texts_that_clients_send_are_accepted(api: Schrijver) -> None:
    empty = {"digitaleAdressen": None, "rekeningnummers": None, "partijIdentificatoren": None, "nummer": ""}
    partij = await api.persoon(
        **empty, voorkeursDigitaalAdres=None, bezoekadres=None, partijIdentificatie={"contactnaam": None}, vreemd=1
    )
    assert partij["partijIdentificatie"]["contactnaam"]["achternaam"] == ""
    assert partij["bezoekadres"]["straatnaam"] == ""
    assert partij["bezoekadres"]["huisnummer"] is None
    organisatie = await api.post(
        "partijen", {"soortPartij": "organisatie", "indicatieActief": True, "partijIdentificatie": {"naam": ""}}
    )
    assert organisatie["partijIdentificatie"] == {"naam": ""}


async def test_a_contactpersoon_works_for_an_organisatie_and_for_nothing_else(api: Schrijver) -> None:
    persoon = await api.persoon()
    firma = await api.post("partijen", {**PERSOON, "soortPartij": "organisatie", "partijIdentificatie": {"naam": "B"}})
    body = {**PERSOON, "soortPartij": "contactpersoon", "partijIdentificatie": {"werkteVoorPartij": ref(persoon)}}
    wrong = {("partijIdentificatie.werkteVoorPartij.uuid", "invalid")}
    assert await api.refused("POST", "partijen", body) == wrong
    body["partijIdentificatie"] = {"werkteVoorPartij": ref(firma), "contactnaam": {"achternaam": "Jansen"}}
    made = await api.post("partijen", body)
    assert made["partijIdentificatie"]["werkteVoorPartij"]["uuid"] == firma["uuid"]


async def test_identificatoren_within_a_partij_are_all_or_nothing(api: Schrijver) -> None:
    partij = await api.persoon(partijIdentificatoren=[identificator("bsn", BSN)])
    made = partij["partijIdentificatoren"][0]
    assert made["identificeerdePartij"]["uuid"] == partij["uuid"]
    assert made["partijIdentificator"]["objectId"] == BSN
    again = {**PERSOON, "partijIdentificatoren": [identificator("bsn", BSN)]}
    assert await api.refused("POST", "partijen", again) == {("__all__", "invalid")}
    assert await api.value("select count(*) from partij") == 1
    two = {**PERSOON, "partijIdentificatoren": [identificator("bsn", ANDER_BSN), identificator("bsn", "999991905")]}
    answer = await api.send("POST", "partijen", two)
    assert answer.json()["invalidParams"][0]["name"] == "__all__"
    assert "`CodeSoortObjectId` moet uniek zijn" in answer.json()["invalidParams"][0]["reason"]


async def test_the_partij_of_a_nested_identificator_is_not_for_the_client_to_say(api: Schrijver) -> None:
    other = await api.persoon()
    body = {**PERSOON, "partijIdentificatoren": [identificator("bsn", BSN, identificeerdePartij=ref(other))]}
    assert await api.refused("POST", "partijen", body) == {("partijIdentificatoren.identificeerdePartij", "invalid")}


async def test_patch_keeps_the_identificatoren_that_are_named_deletes_the_rest_and_adds_the_new(api: Schrijver) -> None:
    partij = await api.persoon(partijIdentificatoren=[identificator("bsn", BSN), identificator("kvk_nummer", KVK)])
    by = {one["partijIdentificator"]["codeSoortObjectId"]: one for one in partij["partijIdentificatoren"]}
    body = {"partijIdentificatoren": [{"uuid": by["bsn"]["uuid"]}, identificator("rsin", "999990342")]}
    changed = await api.patch(f"partijen/{partij['uuid']}", body)
    now = {one["partijIdentificator"]["codeSoortObjectId"]: one["uuid"] for one in changed["partijIdentificatoren"]}
    assert set(now) == {"bsn", "rsin"}
    assert now["bsn"] == by["bsn"]["uuid"]
    assert await api.gone(f"partij-identificatoren/{by['kvk_nummer']['uuid']}")
    stranger = {"partijIdentificatoren": [{"uuid": by["kvk_nummer"]["uuid"]}]}
    wrong = ("partijIdentificatoren.0.uuid", "invalid")
    assert wrong in await api.refused("PATCH", f"partijen/{partij['uuid']}", stranger)


async def test_another_naam_is_applied_also_without_the_soort(api: Schrijver) -> None:
    firma = await api.post("partijen", {**PERSOON, "soortPartij": "organisatie", "partijIdentificatie": {"naam": "A"}})
    changed = await api.patch(f"partijen/{firma['uuid']}", {"partijIdentificatie": {"naam": "B"}})
    assert changed["partijIdentificatie"]["naam"] == "B"


async def test_another_soort_without_another_identificatie_is_refused(api: Schrijver) -> None:
    firma = await api.post("partijen", {**PERSOON, "soortPartij": "organisatie", "partijIdentificatie": {"naam": "A"}})
    path = f"partijen/{firma['uuid']}"
    assert await api.refused("PATCH", path, {"soortPartij": "persoon"}) == {("partijIdentificatie", "required")}
    assert (await api.get(path))["partijIdentificatie"]["naam"] == "A"


async def test_put_makes_an_organisatie_of_a_persoon_and_leaves_nothing_of_the_persoon(api: Schrijver) -> None:
    naam = {"contactnaam": {"voornaam": "Phil", "achternaam": "Bozeman"}}
    partij = await api.persoon(partijIdentificatie=naam)
    changed = await api.put(
        f"partijen/{partij['uuid']}",
        {"soortPartij": "organisatie", "indicatieActief": True, "partijIdentificatie": {"naam": "Bakkerij"}},
    )
    assert changed["partijIdentificatie"] == {"naam": "Bakkerij"}
    kept = await api.row("select voornaam, achternaam, naam, zoeknaam from partij where id = $1", UUID(partij["uuid"]))
    assert kept == {"voornaam": "", "achternaam": "", "naam": "Bakkerij", "zoeknaam": "bakkerij"}
    assert set(await api.value("select array_agg(deel) from naamdeel")) == set(name_parts("bakkerij"))


async def test_what_is_preferred_must_be_linked(api: Schrijver) -> None:
    loose = await api.adres(None)
    path = "partijen"
    wrong = {("voorkeursDigitaalAdres", "invalid")}
    assert await api.refused("POST", path, {**PERSOON, "voorkeursDigitaalAdres": ref(loose)}) == wrong
    body = {"digitaleAdressen": [ref(loose)], "voorkeursDigitaalAdres": ref(loose)}
    partij = await api.persoon(**body)
    assert partij["voorkeursDigitaalAdres"]["uuid"] == loose["uuid"]
    assert [one["uuid"] for one in partij["digitaleAdressen"]] == [loose["uuid"]]
    other = await api.adres(None, "b@voorbeeld.nl")
    path = f"partijen/{partij['uuid']}"
    assert await api.refused("PATCH", path, {"voorkeursDigitaalAdres": ref(other)}) == wrong
    own = await api.adres(partij, "c@voorbeeld.nl")
    changed = await api.patch(path, {"voorkeursDigitaalAdres": ref(own)})
    assert changed["voorkeursDigitaalAdres"]["uuid"] == own["uuid"]


async def test_an_adres_that_put_leaves_out_is_unlinked_and_not_deleted(api: Schrijver) -> None:
    partij = await api.persoon()
    adres = await api.adres(partij, isStandaardAdres=True)
    await api.patch(f"partijen/{partij['uuid']}", {"voorkeursDigitaalAdres": ref(adres)})
    changed = await api.put(f"partijen/{partij['uuid']}", {**PERSOON, "digitaleAdressen": []})
    assert changed["digitaleAdressen"] == []
    assert changed["voorkeursDigitaalAdres"] is None
    loose = await api.get(f"digitaleadressen/{adres['uuid']}")
    assert (loose["verstrektDoorPartij"], loose["isStandaardAdres"]) == (None, False)


async def test_put_without_the_lists_leaves_what_is_linked(api: Schrijver) -> None:
    partij = await api.persoon(partijIdentificatoren=[identificator("bsn", BSN)])
    await api.adres(partij)
    changed = await api.put(f"partijen/{partij['uuid']}", PERSOON)
    assert (len(changed["digitaleAdressen"]), len(changed["partijIdentificatoren"])) == (1, 1)


async def test_an_adres_of_another_partij_is_not_moved_by_the_way(api: Schrijver) -> None:
    owner = await api.persoon()
    adres = await api.adres(owner)
    wrong = await api.refused("POST", "partijen", {**PERSOON, "digitaleAdressen": [ref(adres)]})
    assert wrong == {("digitaleAdressen.0.uuid", "invalid")}
    assert (await api.get(f"digitaleadressen/{adres['uuid']}"))["verstrektDoorPartij"]["uuid"] == owner["uuid"]


async def test_deleting_the_preferred_adres_leaves_the_partij_without_one(api: Schrijver) -> None:
    partij = await api.persoon()
    adres = await api.adres(partij)
    await api.patch(f"partijen/{partij['uuid']}", {"voorkeursDigitaalAdres": ref(adres)})
    await api.delete(f"digitaleadressen/{adres['uuid']}")
    assert (await api.get(f"partijen/{partij['uuid']}"))["voorkeursDigitaalAdres"] is None


async def test_a_partij_goes_with_what_is_its_own_and_the_klantcontact_stays(api: Schrijver) -> None:
    partij = await api.persoon(partijIdentificatoren=[identificator("bsn", BSN)])
    adres, contact = await api.adres(partij), await api.klantcontact()
    betrokkene = await api.post(
        "betrokkenen",
        {"wasPartij": ref(partij), "hadKlantcontact": ref(contact), "rol": "klant", "initiator": True},
    )
    await api.delete(f"partijen/{partij['uuid']}")
    for path in (
        f"partijen/{partij['uuid']}",
        f"digitaleadressen/{adres['uuid']}",
        f"betrokkenen/{betrokkene['uuid']}",
        f"partij-identificatoren/{partij['partijIdentificatoren'][0]['uuid']}",
    ):
        assert await api.gone(path), path
    assert (await api.get(f"klantcontacten/{contact['uuid']}"))["hadBetrokkenen"] == []


async def test_who_is_not_shown_a_secret_adres_cannot_write_it_away(api: Schrijver) -> None:
    partij = await api.persoon(indicatieGeheimhouding=True, bezoekadres={"straatnaam": "Verborgen"})
    answer = await api.send("PUT", f"partijen/{partij['uuid']}", {**PERSOON, "bezoekadres": None}, token="kaal")
    assert answer.status_code == 403
    assert (await api.get(f"partijen/{partij['uuid']}"))["bezoekadres"]["straatnaam"] == "Verborgen"
