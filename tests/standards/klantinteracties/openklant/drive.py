# SPDX-License-Identifier: EUPL-1.2
"""Runs under a Python of its own: calls every method of open-klant-client on the server at argv[1], checks what comes
back with plain asserts, and prints as JSON which methods there are and which were called."""

import json
import sys
from collections.abc import Callable
from typing import Any

from openklant_client import OpenKlantClient
from openklant_client.exceptions import BadRequest, NotFound, Unauthorized

RESOURCES = ("partij", "partij_identificator", "digitaal_adres", "klant_contact", "onderwerp_object", "actor",
             "interne_taak", "betrokkene")  # fmt: skip
NOTHING = {"digitaleAdressen": None, "voorkeursDigitaalAdres": None, "rekeningnummers": None,
           "voorkeursRekeningnummer": None, "voorkeurstaal": "nld", "indicatieGeheimhouding": False,
           "indicatieActief": True}  # fmt: skip
NAAM = {"voorletters": "S", "voornaam": "Sanne", "voorvoegselAchternaam": "de", "achternaam": "Wit"}
BSN = {"codeObjecttype": "natuurlijk_persoon", "codeRegister": "brp", "codeSoortObjectId": "bsn",
       "objectId": "999990342"}  # fmt: skip
KVK = {"codeObjecttype": "niet_natuurlijk_persoon", "codeRegister": "hr", "codeSoortObjectId": "kvk_nummer",
       "objectId": "69599084"}  # fmt: skip
ZAAK = {"codeObjecttype": "zaak", "codeRegister": "open-zaak", "codeSoortObjectId": "uuid", "objectId": "z-1"}
CONTACT = {"kanaal": "telefoon", "onderwerp": "Paspoort", "inhoud": "Vraag", "taal": "nld", "vertrouwelijk": False,
           "indicatieContactGelukt": True, "plaatsgevondenOp": "2026-01-31T10:00:00Z"}  # fmt: skip

called: list[str] = []


def public(thing: object) -> set[str]:
    """What a user of this part of the client may call."""
    return {name for name in dir(thing) if not name.startswith("_") and callable(getattr(thing, name))} - {
        "http_client", "process_response"
    }  # fmt: skip


class Noting:
    """Passes every call on, and remembers which it was."""

    def __init__(self, name: str, part: object) -> None:
        self._name, self._part = name, part

    def __getattr__(self, method: str) -> Callable[..., Any]:
        called.append(f"{self._name}.{method}")
        found: Callable[..., Any] = getattr(self._part, method)
        return found


def ref(made: Any) -> dict[str, str]:
    return {"uuid": made["uuid"]}


def partijen(partij: Noting, identificator: Noting) -> tuple[Any, Any]:
    naam = {"contactnaam": NAAM}
    persoon = partij.create_persoon(data={**NOTHING, "soortPartij": "persoon", "partijIdentificatie": naam,
                                          "partijIdentificatoren": [{"partijIdentificator": BSN}]})  # fmt: skip
    bedrijf = partij.create_organisatie(
        data={**NOTHING, "soortPartij": "organisatie", "partijIdentificatie": {"naam": "Bakkerij"}}
    )
    werkt = {"werkteVoorPartij": ref(bedrijf), "contactnaam": None}
    collega = partij.create_contactpersoon(
        data={**NOTHING, "soortPartij": "contactpersoon", "partijIdentificatie": werkt}
    )
    assert persoon["partijIdentificatie"]["volledigeNaam"] == "Sanne de Wit"
    assert collega["partijIdentificatie"]["werkteVoorPartij"]["uuid"] == bedrijf["uuid"]
    asked = {f"partijIdentificator__{key}": value for key, value in BSN.items()}
    page = partij.list(params={**asked, "expand": ["digitaleAdressen", "betrokkenen"]})
    assert [row["uuid"] for row in page["results"]] == [persoon["uuid"]]
    assert page["results"][0]["_expand"] == {"digitaleAdressen": [], "betrokkenen": []}
    assert {row["uuid"] for row in partij.list_iter(params={"pageSize": 1})} >= {p["uuid"] for p in (persoon, bedrijf)}
    notitie = partij.partial_update(persoon["uuid"], data={"soortPartij": "persoon", "interneNotitie": "Belt liever"})
    assert notitie["interneNotitie"] == "Belt liever"
    assert partij.retrieve(persoon["uuid"], params={"expand": ["categorieRelaties"]})["_expand"] == {
        "categorieRelaties": []
    }
    kvk = identificator.create(data={"identificeerdePartij": ref(bedrijf), "partijIdentificator": KVK})
    assert identificator.retrieve(kvk["uuid"])["partijIdentificator"] == KVK
    assert kvk in identificator.list()["results"]
    assert kvk in list(identificator.list_iter())
    return persoon, bedrijf


def contacten(contact: Noting, betrokkene: Noting, persoon: Any) -> tuple[Any, Any]:
    made = contact.create(data=CONTACT)
    body = {"wasPartij": ref(persoon), "hadKlantcontact": ref(made), "rol": "klant", "organisatienaam": "",
            "initiator": True, "bezoekadres": None, "correspondentieadres": None, "contactnaam": NAAM}  # fmt: skip
    klant = betrokkene.create(data=body)
    assert betrokkene.retrieve(klant["uuid"])["volledigeNaam"] == "Sanne de Wit"
    assert klant["uuid"] in [row["uuid"] for row in betrokkene.list()["results"]]
    assert klant["uuid"] in [row["uuid"] for row in betrokkene.list_iter(params={"page": 1})]
    names = ["hadBetrokkenen", "hadBetrokkenen.wasPartij"]
    seen = contact.retrieve(made["uuid"], params={"expand": names})
    assert seen["_expand"]["hadBetrokkenen"][0]["_expand"]["wasPartij"]["uuid"] == persoon["uuid"]
    hers = {"hadBetrokkene__wasPartij__uuid": persoon["uuid"]}
    assert [row["uuid"] for row in contact.list(params=hers)["results"]] == [made["uuid"]]
    assert [row["uuid"] for row in contact.list_iter(params=hers)] == [made["uuid"]]
    return made, klant


def adressen(adres: Noting, persoon: Any, klant: Any) -> None:
    body = {"adres": "sanne@example.nl", "soortDigitaalAdres": "email", "omschrijving": "Thuis",
            "verstrektDoorPartij": ref(persoon), "verstrektDoorBetrokkene": ref(klant)}  # fmt: skip
    made = adres.create(data=body)
    assert adres.partial_update(made["uuid"], data={"isStandaardAdres": True})["isStandaardAdres"] is True
    assert adres.retrieve(made["uuid"])["adres"] == body["adres"]
    hers = {"verstrektDoorPartij__uuid": persoon["uuid"]}
    assert [row["uuid"] for row in adres.list(params=hers)["results"]] == [made["uuid"]]
    assert [row["uuid"] for row in adres.list_iter(params=hers)] == [made["uuid"]]
    assert adres.delete(made["uuid"]).status_code == 204


def werk(actor: Noting, taak: Noting, onderwerp: Noting, contact: Any) -> None:
    email = {"objectId": "a@lindewaard.example", "codeObjecttype": "mdw", "codeRegister": "msei",
             "codeSoortObjectId": "email"}  # fmt: skip
    body = {"naam": "Joris", "soortActor": "medewerker", "indicatieActief": True, "actoridentificator": email}
    joris = actor.create(data=body)
    assert actor.retrieve(joris["uuid"])["actoridentificator"] == email
    asked = {"actoridentificatorObjectId": email["objectId"]}
    assert [row["uuid"] for row in actor.list(params=asked)["results"]] == [joris["uuid"]]
    assert [row["uuid"] for row in actor.list_iter(params=asked)] == [joris["uuid"]]
    body = {"nummer": "", "gevraagdeHandeling": "Bel terug", "aanleidinggevendKlantcontact": ref(contact),
            "toegewezenAanActor": ref(joris), "toelichting": "", "status": "te_verwerken"}  # fmt: skip
    made = taak.create(data=body)
    assert taak.retrieve(made["uuid"])["toegewezenAanActor"]["uuid"] == joris["uuid"]
    hers = {"toegewezenAanActor__uuid": joris["uuid"]}
    assert [row["uuid"] for row in taak.list(params=hers)["results"]] == [made["uuid"]]
    assert [row["uuid"] for row in taak.list_iter(params=hers)] == [made["uuid"]]
    about = {"klantcontact": ref(contact), "wasKlantcontact": None, "onderwerpobjectidentificator": ZAAK}
    zaak = onderwerp.create(data=about)
    assert onderwerp.retrieve(zaak["uuid"])["onderwerpobjectidentificator"] == ZAAK
    asked = {"onderwerpobjectidentificatorObjectId": ZAAK["objectId"]}
    assert [row["uuid"] for row in onderwerp.list(params=asked)["results"]] == [zaak["uuid"]]
    assert [row["uuid"] for row in onderwerp.list_iter(params=asked)] == [zaak["uuid"]]


def fouten(base: str, client: OpenKlantClient) -> None:
    """Every error comes as the exception that the client has for it."""
    for exception, call in (
        (BadRequest, lambda: client.partij.create_persoon(data={})),
        (NotFound, lambda: client.partij.retrieve("00000000-0000-4000-8000-000000000000")),
        (Unauthorized, lambda: OpenKlantClient(base, token="0").partij.list()),
    ):
        try:
            call()
        except exception:
            continue
        raise AssertionError(f"{exception.__name__} was not raised")


def main(base: str, token: str) -> None:
    client = OpenKlantClient(base, token=token)
    parts = {name: Noting(name, getattr(client, name)) for name in RESOURCES}
    persoon, _ = partijen(parts["partij"], parts["partij_identificator"])
    contact, klant = contacten(parts["klant_contact"], parts["betrokkene"], persoon)
    adressen(parts["digitaal_adres"], persoon, klant)
    werk(parts["actor"], parts["interne_taak"], parts["onderwerp_object"], contact)
    made = Noting("methods", client.methods).maak_klant_contact(
        data={"klantcontact": CONTACT, "betrokkene": {"wasPartij": ref(persoon), "rol": "klant", "initiator": True},
              "onderwerpobject": {"wasKlantcontact": None, "onderwerpobjectidentificator": ZAAK}}
    )  # fmt: skip
    assert made["betrokkene"]["hadKlantcontact"]["uuid"] == made["klantcontact"]["uuid"]
    assert made["onderwerpobject"]["klantcontact"]["uuid"] == made["klantcontact"]["uuid"]
    fouten(base, client)
    there = {f"{name}.{method}" for name in RESOURCES for method in public(getattr(client, name))}
    there |= {f"methods.{name}" for name in public(client.methods)}
    sys.stdout.write(json.dumps({"there": sorted(there), "called": sorted(set(called))}))


if __name__ == "__main__":
    main(*sys.argv[1:3])
