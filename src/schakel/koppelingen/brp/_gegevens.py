# SPDX-License-Identifier: EUPL-1.2
"""From a BRP answer to klantgegevens: which fields an attribute needs, and what they mean together."""

from collections.abc import Mapping
from datetime import datetime

from schakel.kit.text import clean
from schakel.klantbeeld.gegevens import Adres, Datum, Gegeven, Waarde
from schakel.koppelingen.brp import _wire as wire

_VERBLIJFADRES = "verblijfplaats.verblijfadres"
#: A02: only these paths are asked. Geheimhouding and opschorting come along without asking.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "persoon.naam": ("naam.volledigeNaam",),
    "persoon.geboortedatum": ("geboorte.datum",),
    "persoon.adres": (_VERBLIJFADRES,),
    "persoon.gemeente": ("gemeenteVanInschrijving",),
    "persoon.partner": ("partners.naam.voornamen", "partners.naam.voorvoegsel", "partners.naam.geslachtsnaam"),
    "persoon.geheimhouding": (),
    "persoon.bijzonderheid": (),
}
_BIJZONDERHEDEN = {
    "O": "Deze persoon is overleden",
    "E": "Deze persoon is geëmigreerd",
    "M": "De BRP houdt deze persoon niet meer bij",
    "F": "Deze inschrijving is een fout en telt niet",
    "R": "Deze persoon woont niet in Nederland",
}


def read(persoon: wire.Persoon, attributen: frozenset[str], at: datetime) -> Mapping[str, Gegeven]:
    """The asked attributes that have a value. A register entry made in error has none but that."""
    found = {name: waarde for name, waarde in _values(persoon).items() if name in attributen and waarde is not None}
    in_onderzoek = {
        "persoon.naam": persoon.naam and persoon.naam.in_onderzoek,
        "persoon.geboortedatum": persoon.geboorte and persoon.geboorte.in_onderzoek,
        "persoon.adres": persoon.verblijfplaats and persoon.verblijfplaats.in_onderzoek,
        "persoon.partner": any(partner.in_onderzoek for partner in persoon.partners),
    }
    return {name: Gegeven(waarde, at, bool(in_onderzoek.get(name))) for name, waarde in found.items()}


def _values(persoon: wire.Persoon) -> Mapping[str, Waarde | None]:
    reden = persoon.opschorting_bijhouding.reden if persoon.opschorting_bijhouding else None
    geboren = persoon.geboorte.datum if persoon.geboorte else None
    gemeente = persoon.gemeente_van_inschrijving
    return {
        "persoon.naam": _text(persoon.naam.tekst) if persoon.naam else None,
        "persoon.geboortedatum": datum(geboren) if geboren else None,
        "persoon.adres": adres(persoon.verblijfplaats) if persoon.verblijfplaats else None,
        "persoon.gemeente": _text(gemeente.omschrijving or gemeente.code) if gemeente else None,
        "persoon.partner": _text(", ".join(p.naam.tekst for p in persoon.partners if p.naam)),
        "persoon.geheimhouding": persoon.geheimhouding_persoonsgegevens,
        "persoon.bijzonderheid": _BIJZONDERHEDEN.get(reden.code, _text(reden.omschrijving)) if reden else None,
    }


def datum(given: wire.BrpDatum) -> Datum:
    """Incomplete stays incomplete."""
    match given:
        case wire.VolledigeDatum(datum=day):
            return Datum.of(day)
        case wire.JaarMaandDatum(jaar=jaar, maand=maand):
            return Datum(jaar, maand)
        case wire.JaarDatum(jaar=jaar):
            return Datum(jaar)
        case wire.DatumOnbekend():
            return Datum()


def adres(verblijfplaats: wire.Verblijfplaats) -> Adres | None:
    """Here, abroad, on a spot without address; None when where is unknown."""
    found = verblijfplaats.verblijfadres
    if verblijfplaats.type == "VerblijfplaatsOnbekend" or found is None:
        return None
    if verblijfplaats.type == "VerblijfplaatsBuitenland":
        land = (found.land.omschrijving or "Buitenland") if found.land else "Buitenland"
        return Adres(tuple(clean(regel) for regel in (found.regel1, found.regel2, found.regel3, land) if regel))
    if verblijfplaats.type == "Locatie":
        return Adres((clean(found.locatiebeschrijving),)) if found.locatiebeschrijving else None
    toevoeging = f"-{found.huisnummertoevoeging}" if found.huisnummertoevoeging else ""
    huisnummer = clean(f"{found.huisnummer or ''}{found.huisletter}{toevoeging}")
    straat = clean(found.officiele_straatnaam or found.korte_straatnaam)
    postcode = f"{found.postcode[:4]} {found.postcode[4:].strip()}".strip()
    regels = (f"{straat} {huisnummer}".strip(), f"{postcode} {clean(found.woonplaats)}".strip())
    return Adres(tuple(regel for regel in regels if regel), straat, huisnummer, found.postcode, clean(found.woonplaats))


def _text(value: str) -> str | None:
    return clean(value).strip() or None
