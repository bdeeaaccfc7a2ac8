# SPDX-License-Identifier: EUPL-1.2
"""Behaviours 1 to 21: partijen, their identificatoren and what is linked to them."""

from tests.conformance.register import (
    ORGANISATIE,
    PERSOON,
    Object,
    Register,
    a_bsn,
    a_number,
    code,
    identificator,
    invalid_in,
    reasons_in,
    ref,
)

IDENTIFICATOREN = "partij-identificatoren"


def kvk_with_vestiging(api: Register, vestiging: str) -> tuple[Object, Object]:
    """A kvk_nummer of an organisatie and a vestigingsnummer under it, of a partij of its own."""
    kvk = api.post(
        IDENTIFICATOREN, identificator("kvk_nummer", a_number(8), identificeerdePartij=ref(api.organisatie()))
    )
    body = identificator("vestigingsnummer", vestiging, subIdentificatorVan=ref(kvk))
    return kvk, api.post(IDENTIFICATOREN, {**body, "identificeerdePartij": ref(api.organisatie())})


def test_behaviour_01_a_new_partij_is_201_with_a_location_no_nummer_and_empty_lists(api: Register) -> None:
    answer = api.send("POST", "partijen", PERSOON)
    made = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, made["url"])
    assert made["nummer"] is None
    lists = ("betrokkenen", "categorieRelaties", "digitaleAdressen", "vertegenwoordigden", "rekeningnummers")
    assert [made[name] for name in (*lists, "partijIdentificatoren")] == [[]] * 6


def test_behaviour_02_an_empty_partij_names_exactly_what_is_required(api: Register) -> None:
    assert api.refused("POST", "partijen", {}) == {("soortPartij", "required"), ("indicatieActief", "required")}


def test_behaviour_03_an_unknown_soort_partij_is_no_choice(api: Register) -> None:
    assert api.refused("POST", "partijen", {**PERSOON, "soortPartij": "gezin"}) == {("soortPartij", "invalid_choice")}


def test_behaviour_04_an_adres_is_checked_in_all_its_parts_and_land_is_suggested(api: Register) -> None:
    adres = {"postcode": "1234AB", "land": "nl", "nummeraanduidingId": "12"}
    answer = api.send("POST", "partijen", {**PERSOON, "bezoekadres": adres})
    assert invalid_in(answer) == {(f"bezoekadres.{name}", "invalid") for name in adres}
    assert "NL" in reasons_in(answer)


def test_behaviour_05_a_full_name_skips_the_parts_that_are_empty(api: Register) -> None:
    contactnaam = {"voorletters": "P", "voornaam": "Phil", "voorvoegselAchternaam": "", "achternaam": "Bozeman"}
    made = api.persoon(partijIdentificatie={"contactnaam": contactnaam})
    assert made["partijIdentificatie"] == {"contactnaam": contactnaam, "volledigeNaam": "Phil Bozeman"}


def test_behaviour_06_a_contactpersoon_works_for_an_organisatie(api: Register) -> None:
    body = {"soortPartij": "contactpersoon", "indicatieActief": True}
    persoon = {"werkteVoorPartij": ref(api.persoon())}
    assert api.refused("POST", "partijen", {**body, "partijIdentificatie": persoon}) == {
        ("partijIdentificatie.werkteVoorPartij.uuid", "invalid")
    }
    bedrijf = api.organisatie(partijIdentificatie={"naam": "Bakkerij"})
    made = api.post("partijen", {**body, "partijIdentificatie": {"werkteVoorPartij": ref(bedrijf)}})
    assert made["partijIdentificatie"]["werkteVoorPartij"]["uuid"] == bedrijf["uuid"]


def test_behaviour_07_a_nested_identificator_is_made_and_points_to_its_partij(api: Register) -> None:
    made = api.persoon(partijIdentificatoren=[identificator("bsn", a_bsn())])
    (nested,) = made["partijIdentificatoren"]
    assert nested["identificeerdePartij"] == {"uuid": made["uuid"], "url": made["url"]}
    assert api.get(f"{IDENTIFICATOREN}/{nested['uuid']}") == nested


def test_behaviour_08_the_same_bsn_twice_is_refused_and_leaves_no_partij_behind(api: Register) -> None:
    bsn = a_bsn()
    api.persoon(partijIdentificatoren=[identificator("bsn", bsn)])
    before = api.get("partijen?pageSize=1")["count"]
    answer = api.send("POST", "partijen", {**PERSOON, "partijIdentificatoren": [identificator("bsn", bsn)]})
    assert invalid_in(answer) == {("__all__", "invalid")}
    assert "uniek" in reasons_in(answer)
    assert bsn not in answer.text
    assert api.get("partijen?pageSize=1")["count"] == before


def test_behaviour_09_a_partij_has_one_bsn(api: Register) -> None:
    two = [identificator("bsn", a_bsn()), identificator("bsn", a_bsn())]
    answer = api.send("POST", "partijen", {**PERSOON, "partijIdentificatoren": two})
    assert invalid_in(answer) == {("__all__", "invalid")}
    assert "CodeSoortObjectId" in reasons_in(answer)


def test_behaviour_10_a_nested_identificator_does_not_name_a_partij_itself(api: Register) -> None:
    nested = identificator("bsn", a_bsn(), identificeerdePartij=ref(api.persoon()))
    assert api.refused("POST", "partijen", {**PERSOON, "partijIdentificatoren": [nested]}) == {
        ("partijIdentificatoren.identificeerdePartij", "invalid")
    }


def test_behaviour_11_numbers_are_checked_by_length_and_elfproef(api: Register) -> None:
    for soort, nummer, said in (
        ("bsn", "123456789", "elfproef"), ("bsn", "1234567", "9"), ("rsin", "123456789", "elfproef"),
        ("rsin", "12", "9"), ("kvk_nummer", "1234567", "8"), ("kvk_nummer", "123456789", "8"),
    ):  # fmt: skip
        answer = api.send("POST", IDENTIFICATOREN, identificator(soort, nummer))
        assert invalid_in(answer) == {("partijIdentificatorObjectId", "invalid")}, soort
        assert said in reasons_in(answer), (soort, nummer)
    kvk, _ = kvk_with_vestiging(api, a_number(12))
    short = identificator("vestigingsnummer", "12345678901", subIdentificatorVan=ref(kvk))
    assert api.refused("POST", IDENTIFICATOREN, short) == {("partijIdentificatorObjectId", "invalid")}


def test_behaviour_12_register_objecttype_and_soort_fit_each_other(api: Register) -> None:
    elsewhere = {"partijIdentificator": {**code("bsn", a_bsn()), "codeRegister": "hr"}}
    assert api.refused("POST", IDENTIFICATOREN, elsewhere) == {("partijIdentificatorCodeObjecttype", "invalid")}
    natural = {**code("kvk_nummer", a_number(8)), "codeObjecttype": "natuurlijk_persoon", "codeRegister": "brp"}
    assert api.refused("POST", IDENTIFICATOREN, {"partijIdentificator": natural}) == {
        ("partijIdentificatorCodeSoortObjectId", "invalid")
    }


def test_behaviour_13_an_identificator_has_all_four_keys(api: Register) -> None:
    assert api.refused("POST", IDENTIFICATOREN, {"partijIdentificator": {"codeRegister": "brp"}}) == {
        (f"partijIdentificator.{name}", "required") for name in ("codeObjecttype", "codeSoortObjectId", "objectId")
    }
    assert api.refused("POST", IDENTIFICATOREN, {}) == {("partijIdentificator", "required")}


def test_behaviour_14_a_vestiging_hangs_under_a_kvk_nummer_and_is_unique_there(api: Register) -> None:
    vestiging = a_number(12)
    alone = identificator("vestigingsnummer", vestiging)
    assert api.refused("POST", IDENTIFICATOREN, alone) == {("subIdentificatorVan", "invalid")}
    kvk, made = kvk_with_vestiging(api, vestiging)
    assert made["subIdentificatorVan"]["uuid"] == kvk["uuid"]
    again = {**alone, "subIdentificatorVan": ref(kvk), "identificeerdePartij": ref(api.organisatie())}
    assert {name for name, _ in api.refused("POST", IDENTIFICATOREN, again)} == {"__all__"}
    _, elsewhere = kvk_with_vestiging(api, vestiging)
    assert elsewhere["uuid"] != made["uuid"]


def test_behaviour_15_a_kvk_nummer_with_vestigingen_cannot_go_or_become_something_else(api: Register) -> None:
    kvk, _ = kvk_with_vestiging(api, a_number(12))
    path = f"{IDENTIFICATOREN}/{kvk['uuid']}"
    assert api.refused("DELETE", path) == {("nonFieldErrors", "invalid")}
    assert api.refused("PATCH", path, identificator("rsin", a_bsn())) == {
        ("partijIdentificatorCodeSoortObjectId", "invalid")
    }


def test_behaviour_16_a_vestiging_is_found_by_its_own_kvk_nummer(api: Register) -> None:
    vestiging = a_number(12)
    (kvk, one), (_, other) = kvk_with_vestiging(api, vestiging), kvk_with_vestiging(api, vestiging)
    alone = f"partijen?partijIdentificator__objectId={vestiging}"
    assert api.found(alone) == [other["identificeerdePartij"]["uuid"], one["identificeerdePartij"]["uuid"]]
    nummer = kvk["partijIdentificator"]["objectId"]
    assert api.found(f"{alone}&subIdentificatorVan__objectId={nummer}") == [one["identificeerdePartij"]["uuid"]]


def test_behaviour_17_a_patch_keeps_named_identificatoren_drops_others_and_makes_new_ones(api: Register) -> None:
    two = [identificator("kvk_nummer", a_number(8)), identificator("rsin", a_bsn())]
    made = api.organisatie(partijIdentificatoren=two)
    kept, dropped = made["partijIdentificatoren"]
    new = identificator("bsn", a_bsn())
    changed = api.patch(f"partijen/{made['uuid']}", {"partijIdentificatoren": [kept, new]})
    uuids = {one["uuid"] for one in changed["partijIdentificatoren"]}
    assert kept["uuid"] in uuids
    assert dropped["uuid"] not in uuids
    assert len(uuids) == 2
    assert api.status("GET", f"{IDENTIFICATOREN}/{dropped['uuid']}") == 404


def test_behaviour_18_a_persoon_that_becomes_an_organisatie_leaves_no_name_behind(api: Register) -> None:
    made = api.persoon(partijIdentificatie={"contactnaam": {"voornaam": "Phil", "achternaam": "Bozeman"}})
    body = {**ORGANISATIE, "partijIdentificatie": {"naam": "Bozeman BV"}}
    assert api.put(f"partijen/{made['uuid']}", body)["partijIdentificatie"] == {"naam": "Bozeman BV"}
    assert "Phil" not in api.send("GET", f"partijen/{made['uuid']}").text


def test_behaviour_19_the_preferred_adres_is_one_of_the_linked_ones(api: Register) -> None:
    adres, partij = api.adres(), api.persoon()
    wrong = {("voorkeursDigitaalAdres", "invalid")}
    apart = {**PERSOON, "digitaleAdressen": [], "voorkeursDigitaalAdres": ref(adres)}
    assert api.refused("POST", "partijen", apart) == wrong
    path = f"partijen/{partij['uuid']}"
    assert api.refused("PATCH", path, {"voorkeursDigitaalAdres": ref(adres)}) == wrong
    linked = api.patch(path, {"digitaleAdressen": [ref(adres)], "voorkeursDigitaalAdres": ref(adres)})
    assert linked["voorkeursDigitaalAdres"]["uuid"] == adres["uuid"]


def test_behaviour_20_an_adres_that_a_put_leaves_out_is_unlinked_and_stays(api: Register) -> None:
    partij = api.persoon()
    adres = api.adres(partij)
    changed = api.put(f"partijen/{partij['uuid']}", {**PERSOON, "digitaleAdressen": []})
    assert changed["digitaleAdressen"] == []
    assert api.get(f"digitaleadressen/{adres['uuid']}")["verstrektDoorPartij"] is None


def test_behaviour_21_deleting_the_preferred_adres_leaves_the_partij_without_one(api: Register) -> None:
    adres = api.adres()
    partij = api.persoon(digitaleAdressen=[ref(adres)], voorkeursDigitaalAdres=ref(adres))
    api.delete(f"digitaleadressen/{adres['uuid']}")
    assert api.get(f"partijen/{partij['uuid']}")["voorkeursDigitaalAdres"] is None
