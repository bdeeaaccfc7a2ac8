# SPDX-License-Identifier: EUPL-1.2
"""The persons of the small BRP: the official fictitious ones, some of whom live in Lindewaard here."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from schakel.dienstverlening.lindewaard import GEMEENTECODE
from schakel.dienstverlening.lindewaard.personen import Inwoner, official

#: Names of the codes that occur most; the others go by code only.
GEMEENTEN = {
    GEMEENTECODE: "Lindewaard",
    "0014": "Groningen",
    "0034": "Almere",
    "0344": "Utrecht",
    "0363": "Amsterdam",
    "0518": "'s-Gravenhage",
    "0599": "Rotterdam",
    "0935": "Maastricht",
    "1999": "Registratie Niet Ingezetenen (RNI)",
}
LANDEN = {"0000": "Onbekend", "5002": "Frankrijk", "5010": "België", "6030": "Nederland"}
OPSCHORTING = {
    "E": "emigratie",
    "F": "fout",
    "M": "ministerieel besluit",
    "O": "overlijden",
    "R": "pl is aangelegd in de rni",
}
GESLACHTEN = {"M": "man", "V": "vrouw", "O": "onbekend"}


@dataclass(frozen=True, slots=True, repr=False)
class Ingeschrevene:
    """One person list, as in the file: dates JJJJMMDD with 00 for unknown, codes of the national tables."""

    bsn: str
    voornamen: str
    voorvoegsel: str
    geslachtsnaam: str
    geboortedatum: str
    geslacht: str
    straat: str
    huisnummer: str
    huisletter: str
    toevoeging: str
    postcode: str
    woonplaats: str
    gemeente: str
    land: str
    geheim: str
    opschorting: str
    overleden: str
    partner: str

    def __repr__(self) -> str:
        return "Ingeschrevene(•••)"

    @property
    def leeft(self) -> bool:
        return self.opschorting != "O" and not self.overleden

    @property
    def volledige_naam(self) -> str:
        return " ".join(part for part in (self.voornamen, self.voorvoegsel, self.geslachtsnaam) if part)


@cache
def ingeschrevenen() -> Mapping[str, Ingeschrevene]:
    """By bsn. Who lives in Lindewaard has the name, birth date and address of the demo gemeente."""
    text = files("schakel.koppelingen.brp.proef").joinpath("personen.csv").read_text(encoding="utf-8")
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter=";")
    found = {row["bsn"]: Ingeschrevene(**row) for row in rows}
    for inwoner in official():
        if inwoner.bsn in found:
            found[inwoner.bsn] = _moved(found[inwoner.bsn], inwoner)
    return found


def _moved(person: Ingeschrevene, inwoner: Inwoner) -> Ingeschrevene:
    return replace(
        person,
        voornamen=inwoner.voornamen,
        voorvoegsel=inwoner.voorvoegsel,
        geslachtsnaam=inwoner.geslachtsnaam,
        geslacht=inwoner.geslacht,
        geboortedatum=f"{inwoner.geboortedatum:%Y%m%d}",
        straat=inwoner.adres.straat,
        huisnummer=str(inwoner.adres.huisnummer),
        huisletter="",
        toevoeging="",
        postcode=inwoner.adres.postcode,
        woonplaats=inwoner.adres.woonplaats,
        gemeente=GEMEENTECODE,
        land="",
        opschorting="",
        overleden="",
    )
