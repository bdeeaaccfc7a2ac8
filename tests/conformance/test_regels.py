# SPDX-License-Identifier: EUPL-1.2
"""Rules G1 to G18: what every client takes for granted."""

import base64
import hashlib
import hmac
import json
import os
import time
from urllib.parse import quote, urlsplit

import pytest

from tests.conformance.register import KLANTINTERACTIES, PERSOON, K, Register, a_bsn, identificator, ref

CODES = {"codeObjecttype": "zaak", "codeRegister": "open-zaak", "codeSoortObjectId": "uuid"}
ADRES = ("straatnaam", "huisnummertoevoeging", "stad", "adresregel1", "adresregel2", "adresregel3")
TO = "_expand"


def signed(client_id: str, secret: str) -> str:
    """A ZGW token as a client makes it."""
    now = int(time.time())
    claims = {"client_id": client_id, "iss": client_id, "iat": now - 60, "nbf": now - 60, "exp": now + 3600,
              "user_id": "conformance", "user_representation": "Conformance"}  # fmt: skip
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": "HS256"}, claims)]
    mac = hmac.new(secret.encode(), b".".join(parts), hashlib.sha256).digest()
    return b".".join([*parts, base64.urlsafe_b64encode(mac).rstrip(b"=")]).decode()


def test_rule_G01_the_api_is_at_exactly_its_path_without_a_slash_at_the_end(api: Register) -> None:
    partij = api.persoon()
    assert urlsplit(partij["url"]).path == f"{KLANTINTERACTIES}/partijen/{partij['uuid']}"
    assert api.status("GET", "internetaken") == 200


def test_rule_G02_a_token_is_accepted_and_a_signed_one_only_of_a_known_client(api: Register) -> None:
    assert api.status("GET", "partijen") == 200
    unknown = api.send("GET", "partijen", authorization=f"Bearer {signed('nobody', 'x' * 32)}")
    assert (unknown.status_code, unknown.json()["code"]) == (401, "authentication_failed")
    client, secret = (os.environ.get(f"CONFORMANCE_CLIENT_{name}", "") for name in ("ID", "SECRET"))
    if secret:
        assert api.send("GET", "partijen", authorization=f"Bearer {signed(client, secret)}").status_code == 200


def test_rule_G03_answers_and_errors_are_json_and_problem_json_only_on_request(api: Register) -> None:
    for accept, good, wrong in (
        ("*/*", "application/json", "application/json"),
        ("application/json", "application/json", "application/json"),
        ("application/json, application/problem+json", "application/json", "application/problem+json"),
    ):
        assert api.send("GET", "partijen", accept=accept).headers["content-type"] == good
        answer = api.send("POST", "partijen", {}, accept=accept)
        assert answer.headers["content-type"] == wrong
        assert answer.json().keys() == {"type", "code", "title", "status", "detail", "instance", "invalidParams"}


def test_rule_G04_a_page_has_its_four_keys_and_next_begins_with_the_public_address(api: Register) -> None:
    for _ in range(3):
        api.klantcontact()
    first = api.get("klantcontacten?pageSize=2")
    assert list(first) == ["count", "next", "previous", "results"]
    assert isinstance(first["count"], int)
    assert first["next"].startswith(f"{api.base}/klantcontacten?")
    assert first["previous"] is None
    second = api.get(first["next"])
    assert second["previous"].startswith(f"{api.base}/klantcontacten")
    assert not {one["uuid"] for one in first["results"]} & {one["uuid"] for one in second["results"]}


def test_rule_G05_a_page_is_100_unless_more_is_asked_up_to_500_and_past_the_end_is_404(api: Register) -> None:
    for n in range(102):
        api.post("categorieen", {"naam": f"Conformance {n}"})
    assert len(api.get("categorieen")["results"]) == 100
    assert len(api.get("categorieen?pageSize=500")["results"]) >= 102
    assert len(api.get("categorieen?pageSize=7")["results"]) == 7
    assert api.status("GET", "categorieen?pageSize=500&page=99999") == 404


def test_rule_G06_a_list_is_newest_first(api: Register) -> None:
    contact, actor = api.klantcontact(), api.actor()
    made = [api.taak(contact, actor)["uuid"] for _ in range(3)]
    assert api.found(f"internetaken?klantcontact__uuid={contact['uuid']}") == made[::-1]


def test_rule_G07_expand_comes_in_two_spellings_and_every_key_that_was_asked_is_there(api: Register) -> None:
    contact = api.klantcontact()
    betrokkene = api.betrokkene(contact, api.persoon())
    names = "hadBetrokkenen", "hadBetrokkenen.wasPartij", "omvatteBijlagen", "leiddeTotInterneTaken"
    path = f"klantcontacten/{contact['uuid']}"
    comma = api.get(f"{path}?expand={','.join(names)}")
    assert comma == api.get(f"{path}?{'&'.join(f'expand={name}' for name in names)}")
    assert comma[TO].keys() == {"hadBetrokkenen", "omvatteBijlagen", "leiddeTotInterneTaken"}
    assert comma[TO]["omvatteBijlagen"] == comma[TO]["leiddeTotInterneTaken"] == []
    (expanded,) = comma[TO]["hadBetrokkenen"]
    assert (expanded["uuid"], expanded[TO]["wasPartij"]["soortPartij"]) == (betrokkene["uuid"], "persoon")
    assert TO in api.get(path)


def test_rule_G08_misspelled_keys_are_ignored_and_known_ones_never(api: Register) -> None:
    made = api.klantcontact(onderwerobject={"uuid": 1}, klantnaam="Jansen")
    assert "klantnaam" not in made
    assert api.persoon(correspondentieAdres={"x": 1})["correspondentieadres"]["straatnaam"] == ""
    assert api.refused("POST", "partijen", {**PERSOON, "correspondentieadres": 3}) == {
        ("correspondentieadres", "invalid")
    }


def test_rule_G09_empty_input_is_nothing_given_and_is_shown_as_empty_objects(api: Register) -> None:
    nothing = dict.fromkeys(
        ("digitaleAdressen", "rekeningnummers", "voorkeursDigitaalAdres", "voorkeursRekeningnummer")
    )
    partij = api.persoon(**nothing, bezoekadres=None, partijIdentificatie={"contactnaam": None})
    assert partij["partijIdentificatie"]["volledigeNaam"] == ""
    assert {partij["bezoekadres"][name] for name in ADRES} == {""}
    assert partij["bezoekadres"]["huisnummer"] is None
    assert api.organisatie(partijIdentificatie={"naam": ""})["partijIdentificatie"] == {"naam": ""}
    actor = api.actor()
    assert actor["actoridentificator"] == dict.fromkeys((*CODES, "objectId"), "")
    contact = api.klantcontact()
    taak = api.taak(contact, actor, nummer="")
    assert len(taak["nummer"]) == 10
    betrokkene = api.betrokkene(contact, contactnaam=None, bezoekadres=None, organisatienaam="")
    assert set(betrokkene["contactnaam"].values()) == {""}


def test_rule_G10_a_reference_is_by_uuid_and_a_url_filter_by_the_uuid_at_its_end(api: Register) -> None:
    partij, contact = api.persoon(), api.klantcontact()
    made = api.betrokkene(contact, {"uuid": partij["uuid"]})
    assert made["wasPartij"] == {"uuid": partij["uuid"], "url": partij["url"]}
    elsewhere = f"https://elders.example/klantinteracties/api/v1/partijen/{partij['uuid']}"
    for url in (partij["url"], elsewhere):
        assert api.found(f"betrokkenen?wasPartij__url={quote(url, safe='')}&pageSize=100") == [made["uuid"]]
    body = {"wasPartij": {**partij, "url": elsewhere}, "hadKlantcontact": ref(contact), "rol": "klant"}
    assert api.post("betrokkenen", {**body, "initiator": False})["wasPartij"]["uuid"] == partij["uuid"]


@pytest.mark.parametrize("name", ["partijIdentificator__objectId", "partijIdentificator__codeSoortObjectId=bsn&nummer"])
def test_rule_G11_an_empty_filter_does_not_give_everybody(api: Register, name: str) -> None:
    api.persoon(partijIdentificatoren=[identificator("bsn", a_bsn())])
    answer = api.send("GET", f"partijen?{name}=")
    assert answer.status_code == 400 or answer.json()["count"] == 0


def test_rule_G12_codes_are_those_of_today_and_asking_for_older_ones_finds_nothing(api: Register) -> None:
    bsn = a_bsn()
    partij = api.persoon(partijIdentificatoren=[identificator("bsn", bsn)])
    keys = [
        f"partijIdentificator__{key}" for key in ("codeObjecttype", "codeRegister", "codeSoortObjectId", "objectId")
    ]

    def asked(*values: str) -> list[str]:
        return api.found("partijen?" + "&".join(f"{key}={value}" for key, value in zip(keys, values, strict=True)))

    assert asked("natuurlijk_persoon", "brp", "bsn", bsn) == [partij["uuid"]]
    assert asked("inp", "brp", "bsn", bsn) == []


@pytest.mark.parametrize("given", ["nl", "nld"])
def test_rule_G13_a_language_may_have_two_letters_and_is_shown_with_three(api: Register, given: str) -> None:
    assert api.klantcontact(taal=given)["taal"] == "nld"
    assert api.post("maak-klantcontact", {"klantcontact": {**K, "taal": given}})["klantcontact"]["taal"] == "nld"


def test_rule_G14_a_taak_is_assigned_and_shown_in_both_spellings(api: Register) -> None:
    contact, actor = api.klantcontact(), api.actor()
    for taak in (api.taak(contact, actor), api.taak(contact, toegewezenAanActor=ref(actor))):
        assert taak["toegewezenAanActor"]["uuid"] == actor["uuid"]
        assert [one["uuid"] for one in taak["toegewezenAanActoren"]] == [actor["uuid"]]


def test_rule_G15_nummer_and_referentienummer_stand_beside_each_other(api: Register) -> None:
    contact = api.klantcontact()
    taak = api.taak(contact, api.actor())
    assert contact.keys() & {"nummer", "referentienummer"} == taak.keys() & {"nummer", "referentienummer"}
    assert api.found(f"klantcontacten?nummer={contact['nummer']}") == [contact["uuid"]]
    assert api.found(f"internetaken?klantcontact__nummer={contact['nummer']}") == [taak["uuid"]]
    assert api.found(f"internetaken?nummer={taak['nummer']}") == [taak["uuid"]]


def test_rule_G16_the_root_names_every_resource_and_a_wrong_path_is_404(api: Register) -> None:
    root = api.get("")
    assert {name: url for name, url in root.items() if url != f"{api.base}/{name}"} == {}
    assert len(root) == 15
    assert api.status("GET", "klantcontactn") == 404
    assert api.status("GET", "klantcontacten") == 200


def test_rule_G17_a_new_standard_adres_takes_over_and_other_soorten_keep_theirs(api: Register) -> None:
    partij = api.persoon()
    telefoon = api.adres(partij, soortDigitaalAdres="telefoonnummer", adres="0612345678", isStandaardAdres=True)
    first, second = (api.adres(partij, isStandaardAdres=standard) for standard in (True, False))
    assert api.patch(f"digitaleadressen/{second['uuid']}", {"isStandaardAdres": True})["isStandaardAdres"] is True
    hers = f"digitaleadressen?verstrektDoorPartij__uuid={partij['uuid']}&isStandaardAdres"
    assert set(api.found(f"{hers}=true")) == {telefoon["uuid"], second["uuid"]}
    assert api.found(f"{hers}=false") == [first["uuid"]]


def test_rule_G18_headers_name_the_version_the_place_and_what_is_allowed(api: Register) -> None:
    made = api.send("POST", "klantcontacten", K)
    assert made.headers["location"] == made.json()["url"]
    seen = api.send("GET", f"klantcontacten/{made.json()['uuid']}")
    assert {made.headers["api-version"], seen.headers["api-version"]} == {"0.9.0"}
    assert set(seen.headers["allow"].split(", ")) >= {"GET", "PUT", "PATCH", "DELETE"}
    assert set(api.send("GET", "klantcontacten").headers["allow"].split(", ")) >= {"GET", "POST"}
