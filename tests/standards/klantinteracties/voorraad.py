# SPDX-License-Identifier: EUPL-1.2
"""Voorraad: a few objects of every resource, and their uuids in place of those that a generator makes up.

A made-up uuid ends every request at 404 or at "bestaat niet". With a real one in its place the rules behind it are met.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import httpx

_IDENTIFICATOR = {
    "codeObjecttype": "niet_natuurlijk_persoon",
    "codeRegister": "hr",
    "codeSoortObjectId": "kvk_nummer",
}
_NUMBERS = itertools.count(10_000_000)
_OTHER = "andere partij"
Bodies = Mapping[str, Callable[[Mapping[str, str]], dict[str, Any]]]

#: In the order in which they need each other.
_BODIES: Bodies = {
    "actoren": lambda _: {"naam": "Team Burgerzaken", "soortActor": "organisatorische_eenheid"},
    "partijen": lambda _: {"soortPartij": "organisatie", "indicatieActief": True},
    _OTHER: lambda _: {"soortPartij": "organisatie", "indicatieActief": True},
    "klantcontacten": lambda _: {
        "kanaal": "telefoon", "onderwerp": "Paspoort", "taal": "nld", "vertrouwelijk": False
    },
    "categorieen": lambda _: {"naam": "Ondernemer"},
    "betrokkenen": lambda ids: {
        "wasPartij": {"uuid": ids["partijen"]},
        "hadKlantcontact": {"uuid": ids["klantcontacten"]},
        "rol": "klant",
        "initiator": True,
    },
    "digitaleadressen": lambda ids: {
        "adres": f"{next(_NUMBERS)}@example.nl",
        "soortDigitaalAdres": "email",
        "verstrektDoorPartij": {"uuid": ids["partijen"]},
        "verstrektDoorBetrokkene": {"uuid": ids["betrokkenen"]},
    },
    "rekeningnummers": lambda ids: {"iban": "NL91ABNA0417164300", "partij": {"uuid": ids["partijen"]}},
    "partij-identificatoren": lambda ids: {
        "identificeerdePartij": {"uuid": ids["partijen"]},
        "partijIdentificator": {**_IDENTIFICATOR, "objectId": str(next(_NUMBERS))},
    },
    "actorklantcontacten": lambda ids: {
        "actor": {"uuid": ids["actoren"]}, "klantcontact": {"uuid": ids["klantcontacten"]}
    },
    "bijlagen": lambda ids: {"wasBijlageVanKlantcontact": {"uuid": ids["klantcontacten"]}},
    "onderwerpobjecten": lambda ids: {"klantcontact": {"uuid": ids["klantcontacten"]}, "wasKlantcontact": None},
    "internetaken": lambda ids: {
        "gevraagdeHandeling": "Bel terug",
        "aanleidinggevendKlantcontact": {"uuid": ids["klantcontacten"]},
        "toegewezenAanActoren": [{"uuid": ids["actoren"]}],
        "status": "te_verwerken",
    },
    "categorie-relaties": lambda ids: {
        "partij": {"uuid": ids["partijen"]}, "categorie": {"uuid": ids["categorieen"]}
    },
    "vertegenwoordigingen": lambda ids: {
        "vertegenwoordigendePartij": {"uuid": ids["partijen"]},
        "vertegenwoordigdePartij": {"uuid": ids[_OTHER]},
    },
}  # fmt: skip
_ROADS: Bodies = {
    "maak-klantcontact": lambda ids: {
        "klantcontact": _BODIES["klantcontacten"](ids),
        "betrokkene": {"wasPartij": {"uuid": ids["partijen"]}, "rol": "klant", "initiator": True},
        "onderwerpobject": {"wasKlantcontact": {"uuid": ids["klantcontacten"]}},
    }
}
_CONTACTGEGEVENS: Bodies = {
    "persoon": lambda _: {"geboortedatum": "1990-01-31", "geslachtsnaam": "Jansen"},
    "organisatie": lambda _: {"handelsnaam": "Bakkerij Jansen"},
}

#: To which resource a reference points, by its name.
_POINTS_TO = {
    "actor": "actoren",
    "toegewezenAanActor": "actoren",
    "toegewezenAanActoren": "actoren",
    "klantcontact": "klantcontacten",
    "wasKlantcontact": "klantcontacten",
    "hadKlantcontact": "klantcontacten",
    "wasBijlageVanKlantcontact": "klantcontacten",
    "aanleidinggevendKlantcontact": "klantcontacten",
    "partij": "partijen",
    "wasPartij": "partijen",
    "identificeerdePartij": "partijen",
    "werkteVoorPartij": "partijen",
    "verstrektDoorPartij": "partijen",
    "vertegenwoordigendePartij": "partijen",
    "vertegenwoordigdePartij": _OTHER,
    "verstrektDoorBetrokkene": "betrokkenen",
    "digitaleAdressen": "digitaleadressen",
    "voorkeursDigitaalAdres": "digitaleadressen",
    "rekeningnummers": "rekeningnummers",
    "voorkeursRekeningnummer": "rekeningnummers",
    "subIdentificatorVan": "partij-identificatoren",
    "categorie": "categorieen",
}


_ERASED_MOST = 4  # of each resource: what is erased must be made again, with all that went along


class Voorraad:
    """What there is to point to. What one request erases is made again before the next."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self._bodies = _CONTACTGEGEVENS if "contactgegevens" in str(http.base_url) else _BODIES
        self._ids: dict[str, str] = {}
        self._given: set[str] = set()
        self._is_whole = True
        self._erased: Counter[str] = Counter()
        self._turn = itertools.count()
        self._done: set[tuple[str, str]] = set()
        for name in self._bodies:
            self._make(name)

    def _make(self, name: str) -> None:
        answer = self._http.post(_path(name), json=self._bodies[name](self._ids))
        assert answer.status_code == 201, (name, answer.text)
        self._ids[name] = answer.json()["uuid"]
        self._given.add(self._ids[name])

    def saw(self, method: str, status: int, answer: object) -> None:
        """Remember every uuid that an answer gave out: those are real, and stay as they are."""
        self._is_whole = self._is_whole and not (method == "DELETE" and status < 300)
        self._remember(answer)

    def _remember(self, answer: object) -> None:
        match answer:
            case dict():
                if isinstance(answer.get("uuid"), str):
                    self._given.add(answer["uuid"])
                for inner in answer.values():
                    self._remember(inner)
            case list():
                for inner in answer:
                    self._remember(inner)

    def in_path(self, method: str, resource: str, uuid: object) -> object:
        """The uuid of an object that is there, in place of one that nobody gave out."""
        if not self._is_made_up(uuid) or resource not in self._bodies:
            return uuid
        if method == "DELETE":
            self._erased[resource] += 1
            if self._erased[resource] > _ERASED_MOST:
                return uuid
        return self._real(resource)

    def good_body(self, method: str, resource: str, body: Any) -> Any:
        """Once for every operation a body that is taken for sure; after that the generator's, with references."""
        if (method, resource) in self._done or not isinstance(body, dict):
            return self.in_body(body)
        self._done.add((method, resource))
        self._make_whole()
        if method == "POST":
            for name in ("actoren", "partijen") if "actoren" in self._bodies else ():
                self._make(name)  # so that no pair is there yet
        return {**self._bodies, **_ROADS}[resource](self._ids)

    def in_body(self, body: Any, name: str = "") -> Any:
        """The body with references to what is there, but for some."""
        match body:
            case dict():
                target = _POINTS_TO.get(name, "")
                return {
                    key: self._real(target) if target and key == "uuid" and self._is_made_up(inner)
                    else self.in_body(inner, key)
                    for key, inner in body.items()
                }  # fmt: skip
            case list():
                return [self.in_body(inner, name) for inner in body]
        return body

    def _is_made_up(self, value: object) -> bool:
        try:
            is_uuid = isinstance(value, str) and len(value) == 36 and bool(UUID(value))
        except ValueError:
            return False
        return is_uuid and value not in self._given and next(self._turn) % 8 > 0

    def _real(self, resource: str) -> str:
        self._make_whole()
        return self._ids[resource]

    def _make_whole(self) -> None:
        if self._is_whole:
            return
        for name in self._bodies:
            if self._http.get(f"{_path(name)}/{self._ids[name]}").status_code == 404:
                self._make(name)
        self._is_whole = True


def _path(name: str) -> str:
    return "partijen" if name == _OTHER else name
