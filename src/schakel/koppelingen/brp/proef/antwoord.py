# SPDX-License-Identifier: EUPL-1.2
"""How a person list looks on the wire, and how `fields` cuts it down to what was asked."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from schakel.koppelingen.brp.proef.personen import (
    GEMEENTEN,
    GESLACHTEN,
    LANDEN,
    OPSCHORTING,
    Ingeschrevene,
    ingeschrevenen,
)

Json: TypeAlias = dict[str, Any]
_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
#: What a search by name may return; the rest only by bsn.
BEPERKT = ("burgerservicenummer", "geboorte.datum", "geslacht", "leeftijd", "naam", "adressering.adresregel")


@cache
def known_fields() -> frozenset[str]:
    """Every path that the specification knows."""
    return frozenset(files("schakel.koppelingen.brp.proef").joinpath("velden.txt").read_text("utf-8").split())


def is_allowed(path: str, *, beperkt: bool) -> bool:
    """Whether `fields` may name this path."""
    return path in known_fields() and (not beperkt or path == "geboorte" or path.startswith(BEPERKT))


def full(person: Ingeschrevene) -> Json:
    """Everything there is on one person, before `fields`."""
    return _without_empty(
        {
            "burgerservicenummer": person.bsn,
            "naam": {
                "voornamen": person.voornamen,
                "voorvoegsel": person.voorvoegsel,
                "geslachtsnaam": person.geslachtsnaam,
                "voorletters": "".join(f"{name[0]}." for name in person.voornamen.split()),
                "volledigeNaam": person.volledige_naam,
            },
            "geboorte": {"datum": datum(person.geboortedatum)},
            "geslacht": _waarde(person.geslacht, GESLACHTEN),
            "gemeenteVanInschrijving": _waarde(person.gemeente, GEMEENTEN),
            "verblijfplaats": _verblijfplaats(person),
            "adressering": _adressering(person),
            "partners": _partners(person),
            "overlijden": {"datum": datum(person.overleden)},
        }
    )


def automatic(person: Ingeschrevene) -> Json:
    """What always comes along, asked or not."""
    return _without_empty(
        {
            "geheimhoudingPersoonsgegevens": person.geheim not in ("", "0"),
            "opschortingBijhouding": {"reden": _waarde(person.opschorting, OPSCHORTING)},
        }
    )


def answer(person: Ingeschrevene, fields: Sequence[str]) -> Json:
    """One person with the asked fields and no more."""
    return {**_cut(full(person), frozenset(fields), ""), **automatic(person)}


def datum(written: str) -> Json:
    """JJJJMMDD, partly unknown perhaps, as one of the four kinds of date."""
    if not written:
        return {}
    year, month, day = written[:4], written[4:6], written[6:8]
    if len(written) != 8 or year == "0000":
        return {"type": "DatumOnbekend", "langFormaat": "onbekend", "onbekend": True}
    if month == "00" or not 1 <= int(month) <= 12:
        return {"type": "JaarDatum", "langFormaat": str(int(year)), "jaar": int(year)}
    maand = _MAANDEN[int(month) - 1]
    if day == "00":
        return {
            "type": "JaarMaandDatum",
            "langFormaat": f"{maand} {int(year)}",
            "jaar": int(year),
            "maand": int(month),
        }
    return {"type": "Datum", "langFormaat": f"{int(day)} {maand} {int(year)}", "datum": f"{year}-{month}-{day}"}


def _waarde(code: str, tabel: Mapping[str, str]) -> Json:
    return {"code": code, "omschrijving": tabel.get(code, "")} if code else {}


def _huis(person: Ingeschrevene) -> str:
    toevoeging = f"-{person.toevoeging}" if person.toevoeging else ""
    return f"{person.straat} {person.huisnummer}{person.huisletter}{toevoeging}"


def _woonplaats(person: Ingeschrevene) -> str:
    return person.woonplaats or GEMEENTEN.get(person.gemeente, "")


def _verblijfplaats(person: Ingeschrevene) -> Json:
    if person.land:
        return {"type": "VerblijfplaatsBuitenland", "verblijfadres": {"land": _waarde(person.land, LANDEN)}}
    if not person.straat:
        return {"type": "VerblijfplaatsOnbekend"}
    return {
        "type": "Adres",
        "verblijfadres": {
            "officieleStraatnaam": person.straat,
            "korteStraatnaam": person.straat[:24],
            "huisnummer": int(person.huisnummer or 0),
            "huisletter": person.huisletter,
            "huisnummertoevoeging": person.toevoeging,
            "postcode": person.postcode,
            "woonplaats": _woonplaats(person),
        },
    }


def _adressering(person: Ingeschrevene) -> Json:
    if person.land:
        return {"land": _waarde(person.land, LANDEN)}
    if not person.straat:
        return {}
    postcode = f"{person.postcode[:4]} {person.postcode[4:]}".strip()
    return {"adresregel1": _huis(person), "adresregel2": f"{postcode} {_woonplaats(person)}".strip()}


def _partners(person: Ingeschrevene) -> list[Json]:
    partner = ingeschrevenen().get(person.partner)
    if partner is None:
        return []
    naam = {
        "voornamen": partner.voornamen,
        "voorvoegsel": partner.voorvoegsel,
        "geslachtsnaam": partner.geslachtsnaam,
    }
    return [{"burgerservicenummer": partner.bsn, "naam": naam}]


def _without_empty(value: Json) -> Json:
    """A register leaves out what it does not know. False and zero are known."""
    kept: Json = {}
    for key, item in value.items():
        cut = item
        if isinstance(item, dict):
            cut = _without_empty(item)
        elif isinstance(item, list):
            cut = [_without_empty(each) for each in item]
        if cut not in ("", {}, [], None, False):
            kept[key] = cut
    return kept


def _cut(value: Json, fields: frozenset[str], path: str) -> Json:
    """Keeps asked paths; a group keeps its `type` as soon as something of it is kept."""
    kept: Json = {}
    for key, item in value.items():
        here = f"{path}{key}"
        if here in fields:
            kept[key] = item
        elif isinstance(item, dict):
            if inner := _cut(item, fields, f"{here}."):
                kept[key] = inner
        elif isinstance(item, list):
            kept[key] = [_cut(each, fields, f"{here}.") for each in item]
            if not any(kept[key]):
                del kept[key]
    if "type" in value and (kept or any(field.startswith(path) for field in fields)):
        kept["type"] = value["type"]
    return kept
