# SPDX-License-Identifier: EUPL-1.2
"""Every call that a known client makes is answered with what that client reads from it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from tests.conformance.antwoorden import Antwoorden
from tests.conformance.register import KLANTINTERACTIES, Register, a_bsn, a_number, identificator, ref
from tests.edge.rampen.draaiend import Draaiend

CALLS = tomllib.loads((Path(__file__).parent / "aanroepen.toml").read_text(encoding="utf-8"))["call"]
VERBS = {"get": 200, "post": 201, "put": 200, "patch": 200, "delete": 204}
ZAAK = "6b8c1e52-7f14-4f1b-9a53-0a6d1c9f2e10"


@pytest.fixture(scope="module")
def gevuld(draaiend: Draaiend) -> Iterator[tuple[Register, Mapping[str, str]]]:
    """Filled once; the calls that only read come first."""
    base = f"http://localhost:{draaiend.port}{KLANTINTERACTIES}"
    hooks = {"response": [Antwoorden().check]}
    headers = {"Authorization": "Token proef"}
    with httpx.Client(base_url=base, headers=headers, event_hooks=hooks, timeout=60) as http:
        register = Register(http)
        yield register, fill(register)
        register.tidy()


def fill(api: Register) -> Mapping[str, str]:
    """A small register, and what the calls name of it."""
    bsn, kvk, vestiging = a_bsn(), a_number(8), a_number(12)
    naam = {"voorletters": "F", "voornaam": "Fatima", "voorvoegselAchternaam": "", "achternaam": "Yilmaz"}
    persoon = api.persoon(partijIdentificatie={"contactnaam": naam}, partijIdentificatoren=[identificator("bsn", bsn)])
    adres = api.adres(persoon, referentie="portaal")
    api.patch(f"partijen/{persoon['uuid']}", {"voorkeursDigitaalAdres": ref(adres)})
    organisatie = api.organisatie(partijIdentificatie={"naam": "Bakkerij"})
    above = api.post("partij-identificatoren", identificator("kvk_nummer", kvk, identificeerdePartij=ref(organisatie)))
    below = identificator("vestigingsnummer", vestiging, subIdentificatorVan=ref(above))
    bij_vestiging = api.organisatie(partijIdentificatoren=[below])
    email = f"m{a_number(9)}@lindewaard.example"
    code = {"objectId": email, "codeObjecttype": "mdw", "codeRegister": "msei", "codeSoortObjectId": "email"}
    medewerker = api.actor(naam="Joris", soortActor="medewerker", actoridentificator=code)
    contact = api.klantcontact(indicatieContactGelukt=False, inhoud="Vraag over een vergunning")
    zaak = {"objectId": ZAAK, "codeObjecttype": "zaak", "codeRegister": "open-zaak", "codeSoortObjectId": "uuid"}
    api.post("onderwerpobjecten", {"klantcontact": ref(contact), "wasKlantcontact": None,
                                   "onderwerpobjectidentificator": zaak})  # fmt: skip
    betrokkene, taak = api.betrokkene(contact, persoon), api.taak(contact, medewerker, toelichting="Bel na vijf uur")
    api.post("actorklantcontacten", {"actor": ref(medewerker), "klantcontact": ref(contact)})
    ander = api.klantcontact(onderwerp="Antwoord")
    antwoord = api.post("onderwerpobjecten", {"klantcontact": ref(ander), "wasKlantcontact": ref(contact)})
    anoniem = api.betrokkene(ander, contactnaam={"voornaam": "Onbekend"})
    telefoon = f"06{a_number(8)}"
    los = api.adres(None, adres=telefoon, soortDigitaalAdres="telefoonnummer", verstrektDoorBetrokkene=ref(anoniem))
    api.taak(ander, api.actor(), status="verwerkt")
    made = {
        "persoon": persoon, "organisatie": organisatie, "bij_vestiging": bij_vestiging, "adres": adres,
        "los_adres": los, "kvk_identificator": above, "medewerker": medewerker, "afdeling": api.actor(),
        "klantcontact": contact, "ander_contact": ander,
        "betrokkene": betrokkene, "anoniem": anoniem, "taak": taak, "antwoord": antwoord,
    }  # fmt: skip
    values = {
        "bsn": bsn, "kvk": kvk, "vestiging": vestiging, "email": adres["adres"], "telefoon": telefoon,
        "medewerker_email": email, "zaak": ZAAK, "nummer": contact["nummer"], "persoon_url": persoon["url"],
        "nieuwe_bsn": a_bsn(), "nieuwe_kvk": a_number(8), "nieuw_nummer": a_number(10),
    }  # fmt: skip
    return {**{name: one["uuid"] for name, one in made.items()}, **values}


def read(answer: Any, path: str) -> Iterator[Any]:
    """What stands at the end of this path; a list on the way has something in it."""
    name, _, rest = path.partition(".")
    assert name.removesuffix("[]") in answer, f"{path} is not there"
    value = answer[name.removesuffix("[]")]
    assert value != [] or not name.endswith("[]"), f"{path} goes through an empty list"
    for one in value if name.endswith("[]") else [value]:
        if rest:
            yield from read(one, rest)
        else:
            yield one


def _name(call: dict[str, Any]) -> str:
    return f"{'-'.join(call['by'])}-{call['does'].replace(' ', '_')}"


@pytest.mark.parametrize("call", sorted(CALLS, key=lambda call: "get" not in call), ids=_name)
def test_a_client_reads_what_it_needs_when_it(gevuld: tuple[Register, Mapping[str, str]], call: dict[str, Any]) -> None:
    register, values = gevuld
    verb = next(verb for verb in VERBS if verb in call)
    path = re.sub(r"\{(\w+)\}", lambda m: quote(values[m[1]], safe=""), call[verb])
    body = re.sub(r"\{(\w+)\}", lambda m: values[m[1]], call["body"]) if "body" in call else None
    headers = {"content-type": "application/json"} if body else {}
    answer = register.http.request(verb.upper(), path, content=body, headers=headers)
    assert answer.status_code == call.get("status", VERBS[verb]), answer.text
    if verb == "post" and answer.status_code == 201:
        register.note(path, answer.json())
    said = answer.json() if answer.content else {}
    if "finds" in call:
        first = said["results"][0] if "results" in said else said
        assert first["uuid"] == values[call["finds"]]
    for path in call["reads"]:
        list(read(said, path))


def test_every_known_client_is_played() -> None:
    assert {by for call in CALLS for by in call["by"]} == {"KISS", "ITA", "OIP", "OF", "OMC", "GZAC", "ZAC", "OKC"}
