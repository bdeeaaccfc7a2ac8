# SPDX-License-Identifier: EUPL-1.2
"""The HTTP side of the small BRP: one POST, and errors as the specification describes them."""

from datetime import date
from typing import Any, TypeAlias

import msgspec
from litestar import Litestar, Request, Response, post

from schakel.begrippen.bsn import passes_elfproef
from schakel.kit.text import searchable
from schakel.koppelingen.brp.proef.antwoord import answer, is_allowed
from schakel.koppelingen.brp.proef.personen import Ingeschrevene, ingeschrevenen

PAD = "/haalcentraal/api/brp/personen"
Json: TypeAlias = dict[str, Any]
_MAX_BSN = 20
_MAX_FIELDS = 130
_MAX_HITS = 10
RAADPLEEG = "RaadpleegMetBurgerservicenummer"
ZOEK = "ZoekMetGeslachtsnaamEnGeboortedatum"


class Refused(Exception):
    """A question that the specification refuses, with every wrong parameter at once."""

    def __init__(self, params: list[tuple[str, str, str]], code: str = "paramsValidation") -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@post(PAD, status_code=200)
async def personen(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Raadpleeg by bsn, or search by geslachtsnaam and geboortedatum."""
    try:
        vraag = msgspec.json.decode(await request.body())
        if not isinstance(vraag, dict):
            raise Refused([("body", "object", "Waarde is geen object.")])
        body = msgspec.json.encode(_serve(vraag))
        return Response(body, media_type="application/json; charset=utf-8")
    except msgspec.DecodeError:
        return _problem(Refused([("body", "json", "De vraag is geen geldige JSON.")]))
    except Refused as refused:
        return _problem(refused)


def _serve(vraag: Json) -> Json:
    soort = vraag.get("type")
    if soort == RAADPLEEG:
        wrong, fields = _fields(vraag, beperkt=False)
        persons = _raadpleeg(vraag, wrong)
    elif soort == ZOEK:
        wrong, fields = _fields(vraag, beperkt=True)
        persons = _zoek(vraag, wrong)
    else:
        code, why = ("required", "Parameter is verplicht.") if soort is None else ("value", "Dit type bestaat niet.")
        raise Refused([("type", code, why)])
    return {"type": soort, "personen": [answer(person, fields) for person in persons]}


def _fields(vraag: Json, *, beperkt: bool) -> tuple[list[tuple[str, str, str]], list[str]]:
    fields = vraag.get("fields")
    if fields is None:
        return [("fields", "required", "Parameter is verplicht.")], []
    if not isinstance(fields, list) or not fields:
        return [("fields", "minItems", "Array bevat minder dan 1 item.")], []
    if len(fields) > _MAX_FIELDS:
        return [("fields", "maxItems", "Array bevat te veel items.")], []
    wrong = [
        (f"fields[{n}]", "fields", "Deze veldnaam bestaat niet of mag niet worden gevraagd.")
        for n, path in enumerate(fields)
        if not isinstance(path, str) or not is_allowed(path, beperkt=beperkt)
    ]
    return wrong, fields


def _raadpleeg(vraag: Json, wrong: list[tuple[str, str, str]]) -> list[Ingeschrevene]:
    numbers = vraag.get("burgerservicenummer")
    if numbers is None:
        wrong.append(("burgerservicenummer", "required", "Parameter is verplicht."))
    elif not isinstance(numbers, list) or not 1 <= len(numbers) <= _MAX_BSN:
        wrong.append(("burgerservicenummer", "array", "Geef 1 tot en met 20 nummers."))
    else:
        wrong += [
            (f"burgerservicenummer[{n}]", "pattern", "Waarde is geen nummer van 9 cijfers.")
            for n, number in enumerate(numbers)
            if not isinstance(number, str) or not passes_elfproef(number)
        ]
    known = {"type", "fields", "burgerservicenummer", "gemeenteVanInschrijving"}
    _finish(vraag, known, wrong)
    everyone = ingeschrevenen()
    gemeente = vraag.get("gemeenteVanInschrijving")
    found = [everyone[number] for number in dict.fromkeys(numbers or []) if number in everyone]
    return [person for person in found if gemeente in (None, person.gemeente)]


def _zoek(vraag: Json, wrong: list[tuple[str, str, str]]) -> list[Ingeschrevene]:
    for name in ("geslachtsnaam", "geboortedatum"):
        if not isinstance(vraag.get(name), str) or not vraag[name]:
            wrong.append((name, "required", "Parameter is verplicht."))
    naam, geboren = str(vraag.get("geslachtsnaam") or ""), str(vraag.get("geboortedatum") or "")
    if naam.endswith("*") and len(naam) < 4:
        wrong.append(("geslachtsnaam", "pattern", "Een ster mag pas na 3 letters."))
    try:
        date.fromisoformat(geboren or "2000-01-01")
    except ValueError:
        wrong.append(("geboortedatum", "date", "Waarde is geen geldige datum."))
    known = {"type", "fields", "geslachtsnaam", "geboortedatum", "geslacht", "voorvoegsel", "voornamen"}
    _finish(vraag, known | {"gemeenteVanInschrijving", "inclusiefOverledenPersonen"}, wrong)
    return [person for person in ingeschrevenen().values() if _matches(person, vraag, naam, geboren)][:_MAX_HITS]


def _matches(person: Ingeschrevene, vraag: Json, naam: str, geboren: str) -> bool:
    if person.geboortedatum != geboren.replace("-", "") or not _equal(naam, person.geslachtsnaam):
        return False
    if not person.leeft and vraag.get("inclusiefOverledenPersonen") is not True:
        return False
    optional = {
        "voorvoegsel": person.voorvoegsel,
        "voornamen": person.voornamen,
        "geslacht": person.geslacht,
        "gemeenteVanInschrijving": person.gemeente,
    }
    return all(name not in vraag or _equal(str(vraag[name]), value) for name, value in optional.items())


def _equal(asked: str, value: str) -> bool:
    wanted, known = searchable(asked.removesuffix("*")), searchable(value)
    return known.startswith(wanted) if asked.endswith("*") else known == wanted


def _finish(vraag: Json, known: set[str], wrong: list[tuple[str, str, str]]) -> None:
    wrong += [("body", "unknownParam", "Er is een parameter te veel.") for name in vraag if name not in known]
    if wrong:
        raise Refused(wrong)


def _problem(refused: Refused) -> Response[bytes]:
    body = {
        "type": "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.1",
        "title": "Een of meerdere parameters zijn niet correct.",
        "status": 400,
        "detail": "Fouten in " + ", ".join(name.split("[")[0] for name, _, _ in refused.params)[:150],
        "instance": PAD,
        "code": refused.code,
        "invalidParams": [{"name": name, "code": code, "reason": reason} for name, code, reason in refused.params],
    }
    return Response(msgspec.json.encode(body), media_type="application/problem+json", status_code=400)


def create_app() -> Litestar:
    """The ASGI app; keeps nothing and logs nothing."""
    return Litestar(route_handlers=[personen], openapi_config=None, logging_config=None)
