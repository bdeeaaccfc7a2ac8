# SPDX-License-Identifier: EUPL-1.2
"""Defects 1 to 11 of the best known server, done right."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conformance.register import (
    ORGANISATIE,
    PERSOON,
    K,
    Register,
    a_bsn,
    a_number,
    identificator,
    reasons_in,
    ref,
)


def test_defect_01_expand_is_complete_for_every_row_of_a_list(api: Register) -> None:
    partij = api.persoon()
    for _ in range(20):
        api.betrokkene(api.klantcontact(), partij)
    names = "hadBetrokkenen,hadBetrokkenen.wasPartij"
    page = api.get(f"klantcontacten?hadBetrokkene__wasPartij__uuid={partij['uuid']}&expand={names}")
    shown = [row["_expand"]["hadBetrokkenen"][0]["_expand"]["wasPartij"]["uuid"] for row in page["results"]]
    assert shown == [partij["uuid"]] * 20
    new = api.get(f"partijen/{api.persoon()['uuid']}?expand=digitaleAdressen,betrokkenen")
    assert new["_expand"] == {"digitaleAdressen": [], "betrokkenen": []}


def test_defect_02_the_four_keys_of_a_filter_mean_one_identificator(api: Register) -> None:
    bsn, kvk = a_bsn(), a_number(8)
    both = [identificator("bsn", bsn), identificator("kvk_nummer", kvk)]
    partij = api.persoon(partijIdentificatoren=both)
    asked = "partijen?partijIdentificator__codeSoortObjectId={}&partijIdentificator__objectId={}"
    assert api.found(asked.format("bsn", kvk)) == []
    assert api.found(asked.format("bsn", bsn)) == api.found(asked.format("kvk_nummer", kvk)) == [partij["uuid"]]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_defect_03_an_adres_may_keep_its_own_referentie(api: Register, method: str) -> None:
    adres = api.adres(api.persoon(), referentie="portaal", omschrijving="Thuis")
    answer = api.send(method, f"digitaleadressen/{adres['uuid']}", {**adres, "omschrijving": "Werk"})
    assert (answer.status_code, answer.json().get("omschrijving")) == (200, "Werk"), answer.text


def test_defect_04_sixteen_standard_adressen_at_once_leave_one_and_no_server_error(api: Register) -> None:
    partij = api.persoon()
    bodies = [api.adres_body(partij, isStandaardAdres=True) for _ in range(16)]
    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda body: api.status("POST", "digitaleadressen", body), bodies))
    assert set(statuses) <= {201, 400, 409}
    assert 201 in statuses
    standard = f"digitaleadressen?verstrektDoorPartij__uuid={partij['uuid']}&isStandaardAdres=true"
    assert len(api.found(standard)) == 1


def test_defect_05_a_patch_of_the_name_is_applied_and_a_new_soort_brings_its_name(api: Register) -> None:
    partij = api.organisatie(partijIdentificatie={"naam": "A"})
    path = f"partijen/{partij['uuid']}"
    assert api.patch(path, {"partijIdentificatie": {"naam": "B"}})["partijIdentificatie"] == {"naam": "B"}
    assert api.refused("PATCH", path, {"soortPartij": "persoon"}) == {("partijIdentificatie", "required")}
    assert api.get(path)["partijIdentificatie"] == {"naam": "B"}


def test_defect_06_an_adres_needs_only_what_the_official_file_says(api: Register) -> None:
    made = api.post("digitaleadressen", {"adres": "info@example.nl", "soortDigitaalAdres": "email"})
    assert (made["verstrektDoorPartij"], made["verstrektDoorBetrokkene"]) == (None, None)
    assert api.refused("POST", "digitaleadressen", {}) == {("adres", "required"), ("soortDigitaalAdres", "required")}


def test_defect_07_an_adres_fits_its_soort_also_when_only_the_soort_changes(api: Register) -> None:
    path = f"digitaleadressen/{api.adres()['uuid']}"
    assert api.refused("PATCH", path, {"soortDigitaalAdres": "telefoonnummer"}) == {("adres", "invalid")}


def test_defect_08_the_adres_of_another_partij_is_not_moved_by_the_way(api: Register) -> None:
    partij = api.persoon()
    adres = api.adres(partij)
    wrong = {("digitaleAdressen.0.uuid", "invalid")}
    assert api.refused("POST", "partijen", {**PERSOON, "digitaleAdressen": [ref(adres)]}) == wrong
    assert api.get(f"digitaleadressen/{adres['uuid']}")["verstrektDoorPartij"]["uuid"] == partij["uuid"]


def test_defect_09_the_same_adres_again_is_the_adres_that_is_there(api: Register) -> None:
    partij = api.persoon()
    first = api.adres(partij)
    again = api.adres(partij, adres=first["adres"])
    assert again["uuid"] == first["uuid"]
    assert api.found(f"digitaleadressen?verstrektDoorPartij__uuid={partij['uuid']}") == [first["uuid"]]


def test_defect_10_no_work_for_who_is_not_active_or_for_nobody(api: Register) -> None:
    contact, inactive = api.klantcontact(), api.actor(indicatieActief=False)
    for name, given in (("toegewezenAanActoren.0.uuid", [ref(inactive)]), ("toegewezenAanActoren", [])):
        body = api.taak_body(contact, toegewezenAanActoren=given)
        assert {where for where, _ in api.refused("POST", "internetaken", body)} == {name}


def test_defect_10_a_language_exists_and_an_iban_has_the_right_check_digits(api: Register) -> None:
    assert api.refused("POST", "klantcontacten", {**K, "taal": "zzz"}) == {("taal", "invalid")}
    assert api.refused("POST", "rekeningnummers", {"iban": "NL91ABNA0417164301"}) == {("iban", "invalid")}
    assert api.post("rekeningnummers", {"iban": "NL91ABNA0417164300"})["iban"] == "NL91ABNA0417164300"


def test_defect_11_errors_are_finished_dutch_sentences_with_the_names_of_the_standard(api: Register) -> None:
    title = api.send("DELETE", "partijen").json()["title"]
    assert "DELETE" in title
    assert "{" not in title
    body = {**ORGANISATIE, "interneNotitie": 3, "nummer": [], "indicatieGeheimhouding": "x", "voorkeurstaal": "zzz"}
    answer = api.send("POST", "partijen", body)
    assert {one["name"] for one in answer.json()["invalidParams"]} == body.keys() - ORGANISATIE.keys()
    said = reasons_in(answer).lower()
    assert not any(word in said for word in ("not a ", "valid string", "must be", "this field", "_"))
