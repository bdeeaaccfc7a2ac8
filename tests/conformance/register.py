# SPDX-License-Identifier: EUPL-1.2
"""Register: a client that knows no server. It remembers what it made and takes that away again."""

import itertools
import random
from dataclasses import dataclass, field
from typing import Any

import httpx

KLANTINTERACTIES, CONTACTGEGEVENS = "/klantinteracties/api/v1", "/contactgegevens/api/v1"
NERGENS = "00000000-0000-4000-8000-000000000000"
K: dict[str, Any] = {"kanaal": "telefoon", "onderwerp": "Paspoort", "taal": "nld", "vertrouwelijk": False}
PERSOON: dict[str, Any] = {"soortPartij": "persoon", "indicatieActief": True}
ORGANISATIE: dict[str, Any] = {"soortPartij": "organisatie", "indicatieActief": True}

Invalid = set[tuple[str, str]]
Object = dict[str, Any]
_TYPES = {"bsn": ("natuurlijk_persoon", "brp"), "vestigingsnummer": ("vestiging", "hr")}
_GONE = (204, 404)


def ref(found: Object | None) -> Object | None:
    """How one object points to another."""
    return None if found is None else {"uuid": found["uuid"]}


def code(soort: str, nummer: str) -> Object:
    """The four keys of an identificator of a partij."""
    objecttype, register = _TYPES.get(soort, ("niet_natuurlijk_persoon", "hr"))
    return {"codeObjecttype": objecttype, "codeRegister": register, "codeSoortObjectId": soort, "objectId": nummer}


def identificator(soort: str, nummer: str, **more: Any) -> Object:
    return {"partijIdentificator": code(soort, nummer), **more}


def a_bsn() -> str:
    """Any number of nine digits that passes the elfproef."""
    while True:
        digits = [9, *(random.randrange(10) for _ in range(7))]
        last = sum(n * digit for n, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
        if last < 10:
            return "".join(map(str, [*digits, last]))


def a_number(length: int) -> str:
    return str(random.randrange(10 ** (length - 1), 10**length))


def invalid_in(answer: httpx.Response) -> Invalid:
    """Every name that is wrong, with its code."""
    assert answer.status_code == 400, f"{answer.status_code} {answer.text[:500]}"
    return {(one["name"], one["code"]) for one in answer.json()["invalidParams"]}


def reasons_in(answer: httpx.Response) -> str:
    return " ".join(one["reason"] for one in answer.json()["invalidParams"])


@dataclass
class Register:
    """One API of a server. A path is given without what all paths begin with."""

    http: httpx.Client
    made: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        return str(self.http.base_url).rstrip("/")

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Any request; the answer as it is. What it made is noted."""
        answer = self.http.request(
            method, path, json=body, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        assert answer.status_code < 500, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        if method == "POST" and answer.status_code == 201:
            self.note(path, answer.json())
        return answer

    def note(self, path: str, made: Object) -> None:
        """What was made, to take away later."""
        parts = {"betrokkene": "betrokkenen", "onderwerpobject": "onderwerpobjecten", "klantcontact": "klantcontacten"}
        if path == "maak-klantcontact":
            self.made += [f"{parts[name]}/{made[name]['uuid']}" for name in parts if made.get(name)]
        else:
            self.made.append(f"{path}/{made['uuid']}")

    def post(self, path: str, body: Any) -> Object:
        return self._good(self.send("POST", path, body), 201)

    def get(self, path: str) -> Object:
        return self._good(self.send("GET", path), 200)

    def put(self, path: str, body: Any) -> Object:
        return self._good(self.send("PUT", path, body), 200)

    def patch(self, path: str, body: Any) -> Object:
        return self._good(self.send("PATCH", path, body), 200)

    def delete(self, path: str) -> None:
        answer = self.send("DELETE", path)
        assert answer.status_code == 204, answer.text

    def refused(self, method: str, path: str, body: Any = None) -> Invalid:
        """What is wrong with it, by name and code."""
        return invalid_in(self.send(method, path, body))

    def status(self, method: str, path: str, body: Any = None) -> int:
        return self.send(method, path, body).status_code

    def found(self, path: str) -> list[str]:
        """The uuids of a list."""
        page = self.get(path)
        uuids = [one["uuid"] for one in page["results"]]
        assert page["count"] == len(uuids) or page["next"], "the count is not that of the list"
        return uuids

    def _good(self, answer: httpx.Response, status: int) -> Object:
        assert answer.status_code == status, f"{answer.request.method} {answer.url}: {answer.text[:500]}"
        found: Object = answer.json()
        return found

    def tidy(self) -> None:
        """Newest first, and again for what was still in use."""
        left = list(reversed(self.made))
        for _ in range(3):
            left = [path for path in left if self.http.delete(path).status_code not in _GONE]
        self.made.clear()
        assert not left, f"could not be taken away: {left}"

    # --- what most tests begin with ------------------------------------------------------------------------------

    def persoon(self, **more: Any) -> Object:
        return self.post("partijen", {**PERSOON, **more})

    def organisatie(self, **more: Any) -> Object:
        return self.post("partijen", {**ORGANISATIE, **more})

    def klantcontact(self, **more: Any) -> Object:
        return self.post("klantcontacten", {**K, **more})

    def betrokkene(self, klantcontact: Object, partij: Object | None = None, **more: Any) -> Object:
        body = {"wasPartij": ref(partij), "hadKlantcontact": ref(klantcontact), "rol": "klant", "initiator": True}
        return self.post("betrokkenen", {**body, **more})

    def adres_body(self, partij: Object | None = None, **more: Any) -> Object:
        adres = f"conformance{next(_numbers)}@example.nl"
        body = {"adres": adres, "soortDigitaalAdres": "email", "verstrektDoorPartij": ref(partij)}
        return {**body, "verstrektDoorBetrokkene": None, **more}

    def adres(self, partij: Object | None = None, **more: Any) -> Object:
        return self.post("digitaleadressen", self.adres_body(partij, **more))

    def actor(self, **more: Any) -> Object:
        return self.post("actoren", {"naam": "Team Conformance", "soortActor": "organisatorische_eenheid", **more})

    def taak_body(self, klantcontact: Object, *actoren: Object, **more: Any) -> Object:
        body = {"gevraagdeHandeling": "Bel terug", "status": "te_verwerken"}
        assigned = {"toegewezenAanActoren": [ref(actor) for actor in actoren]} if actoren else {}
        return {**body, "aanleidinggevendKlantcontact": ref(klantcontact), **assigned, **more}

    def taak(self, klantcontact: Object, *actoren: Object, **more: Any) -> Object:
        return self.post("internetaken", self.taak_body(klantcontact, *actoren, **more))


_numbers = itertools.count(random.randrange(10**9))
