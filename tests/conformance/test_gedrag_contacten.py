# SPDX-License-Identifier: EUPL-1.2
"""Behaviours 22 to 34: digitale adressen, klantcontacten and what comes of them."""

import re

import pytest

from tests.conformance.register import NERGENS, K, Register, invalid_in, reasons_in, ref


def test_behaviour_22_an_adres_is_checked_by_its_soort(api: Register) -> None:
    def given(soort: str, adres: str) -> tuple[int, str]:
        answer = api.send("POST", "digitaleadressen", api.adres_body(soortDigitaalAdres=soort, adres=adres))
        if answer.status_code == 400:
            assert invalid_in(answer) == {("adres", "invalid")}, adres
            return 400, reasons_in(answer)
        return answer.status_code, ""

    assert given("email", "foo")[0] == 400
    special, ordinary = given("telefoonnummer", "0800123"), given("telefoonnummer", "+316")
    assert (special[0], ordinary[0]) == (400, 400)
    assert special[1] != ordinary[1], "a special number deserves a reason of its own"
    assert given("telefoonnummer", "0881234567")[0] == 201
    assert given("overig", "foo")[0] == 201


def test_behaviour_23_one_standard_adres_per_partij_and_soort(api: Register) -> None:
    unowned = api.adres_body(isStandaardAdres=True)
    assert api.refused("POST", "digitaleadressen", unowned) == {("isStandaardAdres", "invalid")}
    partij = api.persoon()
    first, second = api.adres(partij, isStandaardAdres=True), api.adres(partij, isStandaardAdres=True)
    assert api.get(f"digitaleadressen/{first['uuid']}")["isStandaardAdres"] is False
    assert second["isStandaardAdres"] is True


def test_behaviour_24_a_referentie_is_unique_per_partij_and_soort_unless_it_is_empty(api: Register) -> None:
    partij = api.persoon()
    api.adres(partij, referentie="portaal")
    again = api.adres_body(partij, referentie="portaal")
    assert api.refused("POST", "digitaleadressen", again) == {("nonFieldErrors", "unique")}
    assert {api.adres(partij, referentie="").get("referentie", "") for _ in range(2)} == {""}


@pytest.mark.parametrize("uuid", [NERGENS, "abc"])
def test_behaviour_25_a_reference_to_nothing_or_no_uuid_is_invalid(api: Register, uuid: str) -> None:
    answer = api.send("POST", "digitaleadressen", {**api.adres_body(), "verstrektDoorPartij": {"uuid": uuid}})
    assert invalid_in(answer) == {("verstrektDoorPartij.uuid", "invalid")}
    assert uuid != NERGENS or reasons_in(answer) == "Partij object bestaat niet."


def test_behaviour_26_a_klantcontact_needs_four_fields_and_gets_a_nummer(api: Register) -> None:
    assert api.refused("POST", "klantcontacten", {}) == {(name, "required") for name in K}
    made = api.klantcontact()
    assert re.fullmatch("[0-9]{10}", made["nummer"])
    assert made["referentienummer"] is None


def test_behaviour_27_a_contact_that_succeeded_asks_for_no_further_action(api: Register) -> None:
    wrong = {("nonFieldErrors", "no-further-action-when-contact-succesful")}
    both = {"indicatieContactGelukt": True, "verdereActieOndernomen": True}
    assert api.refused("POST", "klantcontacten", {**K, **both}) == wrong
    made = api.klantcontact(indicatieContactGelukt=True)
    assert api.refused("PATCH", f"klantcontacten/{made['uuid']}", {"verdereActieOndernomen": True}) == wrong


def test_behaviour_28_metadata_are_short_texts_and_inhoud_has_a_limit(api: Register) -> None:
    for metadata, fault in (({"a": {}}, "invalid"), ({"a": "x" * 256}, "max_length")):
        assert api.refused("POST", "klantcontacten", {**K, "metadata": metadata}) == {("metadata.a", fault)}
    assert api.refused("POST", "klantcontacten", {**K, "inhoud": "x" * 1001}) == {("inhoud", "max_length")}
    assert api.klantcontact(metadata={"a": "x" * 255})["metadata"] == {"a": "x" * 255}


def test_behaviour_29_a_nummer_is_digits_and_used_once(api: Register) -> None:
    used = api.klantcontact()["nummer"]
    assert api.refused("POST", "klantcontacten", {**K, "nummer": "abc"}) == {("nummer", "invalid")}
    assert api.refused("POST", "klantcontacten", {**K, "nummer": used}) == {("nummer", "unique")}


def test_behaviour_30_a_betrokkene_has_a_known_rol_and_a_klantcontact(api: Register) -> None:
    body = {"rol": "klant", "initiator": True}
    assert api.refused("POST", "betrokkenen", body) == {("hadKlantcontact", "required")}
    body |= {"rol": "x", "hadKlantcontact": ref(api.klantcontact())}
    assert api.refused("POST", "betrokkenen", body) == {("rol", "invalid_choice")}


def test_behaviour_31_maak_klantcontact_makes_all_three_or_nothing(api: Register) -> None:
    partij = api.persoon()
    betrokkene = {"wasPartij": ref(partij), "rol": "klant", "initiator": True}
    onderwerpobject = {"onderwerpobjectidentificator": {"objectId": "1", "codeObjecttype": "zaak"}}
    made = api.post(
        "maak-klantcontact", {"klantcontact": K, "betrokkene": betrokkene, "onderwerpobject": onderwerpobject}
    )
    contact = made["klantcontact"]
    assert made["betrokkene"]["hadKlantcontact"]["uuid"] == contact["uuid"]
    assert made["onderwerpobject"]["klantcontact"]["uuid"] == contact["uuid"]
    seen = api.get(f"klantcontacten/{contact['uuid']}")
    assert [one["uuid"] for one in seen["hadBetrokkenen"]] == [made["betrokkene"]["uuid"]]
    before = api.get("klantcontacten?pageSize=1")["count"]
    faulty = {"klantcontact": K, "betrokkene": {"initiator": True}}
    assert api.refused("POST", "maak-klantcontact", faulty) == {("betrokkene.rol", "required")}
    assert api.get("klantcontacten?pageSize=1")["count"] == before


def test_behaviour_32_a_taak_that_is_done_knows_when_and_forgets_it_when_it_is_opened(api: Register) -> None:
    contact, actor = api.klantcontact(), api.actor()
    made = api.taak(contact, actor, status="verwerkt")
    assert made["afgehandeldOp"] is not None
    reopened = api.patch(f"internetaken/{made['uuid']}", {"status": "te_verwerken"})
    assert reopened["afgehandeldOp"] is None
    too_early = api.taak_body(contact, actor, afgehandeldOp="2026-01-31T12:00:00Z")
    assert api.refused("POST", "internetaken", too_early) == {("afgehandeldOp", "invalid")}


def test_behaviour_33_a_taak_is_given_to_one_actor_or_to_several_in_order(api: Register) -> None:
    contact, actoren = api.klantcontact(), [api.actor() for _ in range(3)]
    for given in ((), actoren[:1]):
        body = api.taak_body(contact, *given, **({"toegewezenAanActor": ref(actoren[1])} if given else {}))
        assert api.refused("POST", "internetaken", body) == {("nonFieldErrors", "invalid")}
    order = [actoren[2], actoren[0], actoren[1]]
    made = api.taak(contact, *order)
    assert [one["uuid"] for one in made["toegewezenAanActoren"]] == [one["uuid"] for one in order]
    assert api.patch(f"internetaken/{made['uuid']}", {"toelichting": "Spoed"})["toelichting"] == "Spoed"


def test_behaviour_34_a_pair_is_there_once_and_nobody_represents_himself(api: Register) -> None:
    twice = {("nonFieldErrors", "unique")}
    pair = {"actor": ref(api.actor()), "klantcontact": ref(api.klantcontact())}
    api.post("actorklantcontacten", pair)
    assert api.refused("POST", "actorklantcontacten", pair) == twice
    one, other = api.persoon(), api.persoon()
    himself = {"vertegenwoordigendePartij": ref(one), "vertegenwoordigdePartij": ref(one)}
    assert api.refused("POST", "vertegenwoordigingen", himself) == {("vertegenwoordigdePartij", "invalid")}
    both = {**himself, "vertegenwoordigdePartij": ref(other)}
    api.post("vertegenwoordigingen", both)
    assert api.refused("POST", "vertegenwoordigingen", both) == twice
