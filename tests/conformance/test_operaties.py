# SPDX-License-Identifier: EUPL-1.2
"""Every operation of both official files is asked once, in a life of each resource from POST to DELETE."""

from collections.abc import Callable, Mapping

from tests.conformance.antwoorden import Antwoorden, operations
from tests.conformance.register import PERSOON, K, Object, Register, a_number, identificator, ref

CODE = {"objectId": "1", "codeObjecttype": "zaak", "codeRegister": "open-zaak", "codeSoortObjectId": "uuid"}
#: A body that makes one, and what to change about it.
Lives = Mapping[str, tuple[Callable[[Register], Object], Object]]
LIVES: Lives = {
    "actoren": (lambda _: {"naam": "Loket", "soortActor": "organisatorische_eenheid"}, {"naam": "Balie"}),
    "actorklantcontacten": (
        lambda api: {"actor": ref(api.actor()), "klantcontact": ref(api.klantcontact())}, {}
    ),
    "betrokkenen": (
        lambda api: {"hadKlantcontact": ref(api.klantcontact()), "rol": "klant", "initiator": True},
        {"organisatienaam": "Bakkerij"},
    ),
    "bijlagen": (
        lambda api: {"wasBijlageVanKlantcontact": ref(api.klantcontact())},
        {"bijlageidentificator": CODE},
    ),
    "categorie-relaties": (
        lambda api: {"partij": ref(api.persoon()), "categorie": ref(api.post("categorieen", {"naam": "Ondernemer"}))},
        {"eindDatum": "2030-01-31"},
    ),
    "categorieen": (lambda _: {"naam": "Ondernemer"}, {"naam": "Bedrijf"}),
    "digitaleadressen": (lambda api: api.adres_body(api.persoon()), {"omschrijving": "Thuis"}),
    "internetaken": (lambda api: api.taak_body(api.klantcontact(), api.actor()), {"toelichting": "Na vijf uur"}),
    "klantcontacten": (lambda _: K, {"inhoud": "Wil een paspoort"}),
    "onderwerpobjecten": (
        lambda api: {"klantcontact": ref(api.klantcontact()), "wasKlantcontact": None},
        {"onderwerpobjectidentificator": CODE},
    ),
    "partij-identificatoren": (
        lambda _: identificator("kvk_nummer", a_number(8)), {"anderePartijIdentificator": "lid 12"}
    ),
    "partijen": (lambda _: PERSOON, {"interneNotitie": "Belt liever"}),
    "rekeningnummers": (lambda _: {"iban": "NL91ABNA0417164300"}, {"bic": "ABNANL2A"}),
    "vertegenwoordigingen": (
        lambda api: {
            "vertegenwoordigendePartij": ref(api.persoon()), "vertegenwoordigdePartij": ref(api.organisatie())
        },
        {},
    ),
}  # fmt: skip
CONTACTGEGEVENS: Lives = {
    "persoon": (lambda _: {"geboortedatum": "1990-01-31", "geslachtsnaam": "Jansen"}, {"voornamen": "Jan Piet"}),
    "organisatie": (lambda _: {"handelsnaam": "Bakkerij"}, {"opheffingsdatum": "2026-01-31"}),
}


def _different(wanted: Object, seen: Object) -> Object:
    return {key: (value, seen.get(key)) for key, value in wanted.items() if seen.get(key) != value}


def _live(api: Register, resource: str, body: Object, change: Object) -> None:
    made = api.post(resource, body)
    path = f"{resource}/{made['uuid']}"
    assert made["url"] == f"{api.base}/{path}"
    assert api.get(resource)["results"][0]["uuid"] == made["uuid"]
    seen = api.get(path)
    assert _different(made, seen) == {}
    put = api.put(path, {**body, **change})
    assert _different({**made, **change}, put).keys() <= {"toegewezenOp"}  # who is named again is assigned again
    for changed in (api.patch(path, change), api.get(path)):
        assert _different(put, changed) == {}
    api.delete(path)
    assert api.status("GET", path) == 404


def test_every_operation_works_and_answers_as_the_official_files_say(
    api: Register, contactgegevens: Register, antwoorden: Antwoorden
) -> None:
    counts = {name: api.get(name)["count"] for name in LIVES}
    for register, lives in ((api, LIVES), (contactgegevens, CONTACTGEGEVENS)):
        for resource, (body, change) in lives.items():
            _live(register, resource, dict(body(register)), change)
    api.post("maak-klantcontact", {"klantcontact": K})
    assert sorted(set(operations()) - antwoorden.asked) == [], "these were never asked"
    assert len(set(operations())) == 97
    api.tidy()
    assert {name: api.get(name)["count"] for name in LIVES} == counts, "something stayed behind"
