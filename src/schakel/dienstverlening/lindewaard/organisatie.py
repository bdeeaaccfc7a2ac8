# SPDX-License-Identifier: EUPL-1.2
"""Lindewaard's organisation: teams, medewerkers, opening hours. The first five are the demo accounts."""

from dataclasses import dataclass
from datetime import date

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.feestdagen import Kalender
from schakel.dienstverlening.openingstijden import Openingstijden, parse_week


@dataclass(frozen=True, slots=True)
class Team:
    """`sleutel` as in the table of producten."""

    sleutel: str
    naam: str


@dataclass(frozen=True, slots=True)
class Medewerker:
    """`account` is the login name; `kanalen` are those that he or she takes."""

    account: str
    naam: str
    functie: str
    team: str
    rollen: tuple[str, ...]
    kanalen: tuple[Kanaal, ...]


TEAMS = (
    Team("kcc", "Klantcontactcentrum"),
    Team("burgerzaken", "Burgerzaken"),
    Team("parkeren", "Parkeren"),
    Team("openbare-ruimte", "Openbare ruimte en afval"),
    Team("belastingen", "Belastingen"),
    Team("vergunningen", "Vergunningen en subsidies"),
    Team("sociaal-domein", "Zorg, werk en inkomen"),
    Team("juridisch", "Bezwaar, klachten en privacy"),
)
KCC = "kcc"

_SCHRIFTELIJK = (Kanaal.EMAIL, Kanaal.WEBFORMULIER, Kanaal.POST)
_KCC = (Kanaal.TELEFOON, Kanaal.CHAT, Kanaal.WHATSAPP, Kanaal.EMAIL)
_BALIE = (Kanaal.BALIE, Kanaal.TELEFOON)


def _kcc(account: str, naam: str) -> Medewerker:
    return Medewerker(account, naam, "KCC-medewerker", KCC, ("kcc_medewerker",), _KCC)


def _vak(account: str, naam: str, team: str, functie: str = "Vakspecialist") -> Medewerker:
    return Medewerker(account, naam, functie, team, ("vakspecialist",), _SCHRIFTELIJK)


MEDEWERKERS = (
    _kcc("maud", "Maud Jansen"),
    Medewerker("ruben", "Ruben de Boer", "Baliemedewerker", KCC, ("kcc_medewerker", "baliemedewerker"), _BALIE),
    _vak("femke", "Femke Bakker", "parkeren", "Vakspecialist parkeren"),
    Medewerker("samira", "Samira El Amrani", "Teamleider KCC", KCC, ("teamleider", "kcc_medewerker"), _KCC),
    Medewerker("kees", "Kees Vos", "Functioneel beheerder", KCC, ("beheerder",), ()),
    _kcc("joris", "Joris van Dijk"),
    _kcc("hatice", "Hatice Kaya"),
    _kcc("winston", "Winston Pinas"),
    _kcc("lotte", "Lotte Meijer"),
    Medewerker("ans", "Ans Visser", "Baliemedewerker", "burgerzaken", ("baliemedewerker",), _BALIE),
    Medewerker("bilal", "Bilal Bouali", "Baliemedewerker", "burgerzaken", ("baliemedewerker",), _BALIE),
    _vak("ingrid", "Ingrid Smit", "burgerzaken"),
    _vak("tomasz", "Tomasz Nowak", "burgerzaken"),
    _vak("dirk", "Dirk Mulder", "parkeren"),
    _vak("wouter", "Wouter Prins", "openbare-ruimte"),
    _vak("naima", "Naima Benali", "openbare-ruimte"),
    _vak("petra", "Petra Kok", "belastingen"),
    _vak("anil", "Anil Ramdin", "belastingen"),
    _vak("roos", "Roos Dekker", "vergunningen"),
    _vak("maarten", "Maarten Hoekstra", "vergunningen"),
    _vak("esther", "Esther Blom", "sociaal-domein", "Consulent Wmo"),
    _vak("khadija", "Khadija Chakir", "sociaal-domein", "Consulent werk en inkomen"),
    _vak("gerard", "Gerard Postma", "sociaal-domein", "Consulent jeugd"),
    _vak("olena", "Olena Melnyk", "juridisch", "Jurist"),
    _vak("frank", "Frank van Beek", "juridisch", "Klachtencoördinator"),
)

#: Who speaks more than Dutch, by account; codes of ISO 639-2.
TALEN = {"hatice": ("tur", "eng"), "joris": ("eng",), "tomasz": ("pol",), "olena": ("ukr", "eng"), "naima": ("ara",)}


def kalender(year: int) -> Kalender:
    """Lindewaard works on Goede Vrijdag, is free on 5 mei in a lustrum, and closes the Friday after Hemelvaart."""
    closed = {2025: (date(2025, 5, 30),), 2026: (date(2026, 5, 15),), 2027: (date(2027, 5, 7),)}
    return Kalender(gesloten=frozenset(day for y in (year - 1, year, year + 1) for day in closed.get(y, ())))


def openingstijden(year: int) -> dict[Kanaal, Openingstijden]:
    """Hours per kanaal where people wait for a person."""
    days = kalender(year)
    week = {
        Kanaal.TELEFOON: "ma-vr 8.30-17.00",
        Kanaal.BALIE: "ma-wo,vr 8.30-12.30 13.30-17.00; do 8.30-12.30 13.30-20.00",
        Kanaal.CHAT: "ma-vr 9.00-16.30",
        Kanaal.WHATSAPP: "ma-vr 9.00-16.30",
    }
    return {kanaal: Openingstijden(parse_week(text), days) for kanaal, text in week.items()}


def kantooruren(year: int) -> Openingstijden:
    """The hours on which every belofte runs."""
    return Openingstijden(parse_week("ma-vr 8.30-17.00"), kalender(year))
