# SPDX-License-Identifier: EUPL-1.2
"""The smaller resources: actoren, rekeningnummers, categorieen, vertegenwoordigingen, and both of Contactgegevens."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.kit.clock import AMSTERDAM
from tests.edge.register_schrijven.schrijver import HOST, Schrijver, ref

ADRES = {"straatnaam": "Dam", "huisnummer": 1, "postcode": "1234 AB", "stad": "Lindewaard", "land": "NL"}
CG = f"http://intern:8080{CONTACTGEGEVENS.path}"


async def test_an_actor_without_identificator_shows_an_empty_one(api: Schrijver) -> None:
    assert await api.refused("POST", "actoren", {}) == {("naam", "required"), ("soortActor", "required")}
    actor = await api.actor(medewerkerIdentificatie={"x": 1})
    assert actor["indicatieActief"] is True
    assert actor["actoridentificator"] == {
        "objectId": "", "codeObjecttype": "", "codeRegister": "", "codeSoortObjectId": ""
    }  # fmt: skip


async def test_an_actoridentificatie_is_that_of_its_soort(api: Schrijver) -> None:
    identificatie = {"functie": "Balie", "telefoonnummer": "0612345678", "emailadres": ""}
    actor = await api.actor(actorIdentificatie=identificatie)
    assert actor["actorIdentificatie"] == {"functie": "Balie", "telefoonnummer": "0612345678"}
    body = {"naam": "X", "soortActor": "medewerker", "actorIdentificatie": {"emailadres": "foo"}}
    assert await api.refused("POST", "actoren", body) == {
        ("actorIdentificatie.functie", "required"),
        ("actorIdentificatie.telefoonnummer", "required"),
        ("actorIdentificatie.emailadres", "invalid"),
    }


@pytest.mark.parametrize(
    ("iban", "good"), [("NL91ABNA0417164300", True), ("NL91ABNA0417164301", False), ("abc", False)]
)
async def test_an_iban_is_right_by_its_check_digits(api: Schrijver, iban: str, good: bool) -> None:
    answer = await api.send("POST", "rekeningnummers", {"iban": iban, "bic": ""})
    assert answer.status_code == (201 if good else 400)


async def test_a_rekeningnummer_is_linked_and_preferred_like_an_adres(api: Schrijver) -> None:
    rekening = await api.post("rekeningnummers", {"iban": "NL91ABNA0417164300", "bic": "ABNANL2A"})
    partij = await api.persoon(rekeningnummers=[ref(rekening)], voorkeursRekeningnummer=ref(rekening))
    assert partij["voorkeursRekeningnummer"]["uuid"] == rekening["uuid"]
    changed = await api.patch(f"partijen/{partij['uuid']}", {"rekeningnummers": None})
    assert (changed["rekeningnummers"], changed["voorkeursRekeningnummer"]) == ([], None)


async def test_a_categorie_relatie_begins_today(api: Schrijver) -> None:
    categorie, partij = await api.post("categorieen", {"naam": "ondernemer"}), await api.persoon()
    made = await api.post("categorie-relaties", {"partij": ref(partij), "categorie": ref(categorie)})
    assert made["beginDatum"] == datetime.now(UTC).astimezone(AMSTERDAM).date().isoformat()
    assert made["categorie"]["naam"] == "ondernemer"
    await api.delete(f"categorieen/{categorie['uuid']}")
    assert await api.gone(f"categorie-relaties/{made['uuid']}")


async def test_nobody_stands_in_for_himself_or_twice_for_another(api: Schrijver) -> None:
    one, other = await api.persoon(), await api.persoon()
    path, wrong = "vertegenwoordigingen", {("vertegenwoordigdePartij", "invalid")}
    body = {"vertegenwoordigendePartij": ref(one), "vertegenwoordigdePartij": ref(one)}
    assert await api.refused("POST", path, body) == wrong
    body["vertegenwoordigdePartij"] = ref(other)
    made = await api.post(path, body)
    assert await api.refused("POST", path, body) == {("nonFieldErrors", "unique")}
    assert await api.refused("PATCH", f"{path}/{made['uuid']}", {"vertegenwoordigdePartij": ref(one)}) == wrong


async def test_a_persoon_and_an_organisatie_of_contactgegevens_live_their_whole_life(api: Schrijver) -> None:
    body = {"geboortedatum": "1980-01-01", "geslachtsnaam": "Jansen", "geslacht": "v", "adres": ADRES}
    assert await api.refused("POST", f"{CG}/persoon", {"geslacht": "x"}) == {
        ("geboortedatum", "required"), ("geslachtsnaam", "required"), ("geslacht", "invalid_choice")
    }  # fmt: skip
    persoon = await api.post(f"{CG}/persoon", body)
    assert persoon["url"] == f"{HOST}{CONTACTGEGEVENS.path}/persoon/{persoon['uuid']}"
    assert {part: persoon["adres"][part] for part in ADRES} == ADRES
    path = f"{CG}/persoon/{persoon['uuid']}"
    assert (await api.patch(path, {"adres": None}))["adres"]["straatnaam"] == ""
    await api.put(path, {**body, "overlijdensdatum": "2026-01-01"})
    await api.delete(path)
    assert await api.gone(path)
    made = await api.post(f"{CG}/organisatie", {"handelsnaam": "Bakkerij", "adres": None})
    assert made["handelsnaam"] == "Bakkerij"
    assert await api.value("select vervalt_op is not null from organisatie where id = $1", UUID(made["uuid"]))


@pytest.mark.parametrize("path", ["actoren", "klantcontacten", "partijen", "categorieen", "onderwerpobjecten"])
async def test_what_is_not_there_cannot_be_changed_or_erased(api: Schrijver, path: str) -> None:
    nowhere: dict[str, Any] = {"method": "DELETE", "path": f"{path}/00000000-0000-4000-8000-000000000000"}
    for method in ("DELETE", "PATCH", "PUT"):
        assert (await api.send(**{**nowhere, "method": method}, body={})).status_code == 404


async def test_an_actor_of_another_soort_keeps_nothing_of_the_former(api: Schrijver) -> None:
    team = await api.post(
        "actoren",
        {"naam": "Balie", "soortActor": "organisatorische_eenheid", "actorIdentificatie": {"omschrijving": "Hal"}},
    )
    assert team["actorIdentificatie"]["omschrijving"] == "Hal"
    named = await api.patch(f"actoren/{team['uuid']}", {"naam": "Loket"})
    assert named["actorIdentificatie"] == team["actorIdentificatie"]
    changed = await api.patch(f"actoren/{team['uuid']}", {"soortActor": "medewerker"})
    assert "actorIdentificatie" not in changed
