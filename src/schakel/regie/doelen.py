# SPDX-License-Identifier: EUPL-1.2
"""Doelen: what for the gemeente looks at data, by what law, and which gegevensklassen that needs (AVG art. 5, 6)."""

from dataclasses import dataclass
from enum import StrEnum

from schakel.begrippen.doel import Doel


class Gegevensklasse(StrEnum):
    """Kinds of klantgegevens that are allowed or withheld together."""

    NAAM = "naam"
    GEBOORTE = "geboortedatum"
    ADRES = "adres"
    BEREIKBAARHEID = "e-mail en telefoon"
    CONTACTEN = "contacten"
    VERZOEKEN = "vragen en aanvragen"
    VOORKEUREN = "voorkeuren"
    GEZIN = "gezin"
    BSN = "burgerservicenummer"


K = Gegevensklasse
_TAAK = "AVG art. 6 lid 1 onder e"
_HELPEN = frozenset({K.NAAM, K.GEBOORTE, K.ADRES, K.BEREIKBAARHEID, K.CONTACTEN, K.VERZOEKEN, K.VOORKEUREN})


@dataclass(frozen=True, slots=True)
class Doelbinding:
    """What one doel needs and no more. `adres_nodig`: it cannot be reached without the address, geheim or not."""

    doel: Doel
    klassen: frozenset[Gegevensklasse]
    adres_nodig: bool = False
    producten: frozenset[str] = frozenset()


VRAAG = Doel("vraag", "uw vraag beantwoorden", _TAAK, "Afhandelen van vragen van klanten")
HERKENNEN = Doel("herkennen", "vaststellen wie u bent", _TAAK, "Vaststellen van de identiteit van klanten")
PARKEERVERGUNNING = Doel(
    "parkeervergunning",
    "uw parkeervergunning",
    f"{_TAAK}; Parkeerverordening Lindewaard",
    "Verlenen van parkeervergunningen",
)
VERHUIZING = Doel("verhuizing", "uw verhuizing", "AVG art. 6 lid 1 onder c; Wet BRP", "Bijhouden van de BRP")
BEZWAAR = Doel(
    "bezwaar", "uw bezwaar of klacht", "AVG art. 6 lid 1 onder c; Awb", "Behandelen van bezwaren en klachten"
)
INZAGE = Doel(
    "inzage", "u laten zien wat wij weten", "AVG art. 6 lid 1 onder c; AVG art. 15", "Inzage in eigen gegevens"
)
VOORINVULLEN = Doel("voorinvullen", "een formulier voor u invullen", f"{_TAAK}; Wet BRP art. 1.7", "Vooraf invullen")
VERDELING = Doel("verdeling", "uw vraag bij de juiste collega brengen", _TAAK, "Verdelen van werk")
KWALITEIT = Doel("kwaliteit", "onze dienstverlening beter maken", _TAAK, "Sturen op kwaliteit van dienstverlening")
DUBBELEN = Doel(
    "dubbelen",
    "zorgen dat u één keer bij ons staat",
    f"{_TAAK}; AVG art. 5 lid 1 onder d",
    "Samenvoegen van dubbele klanten",
)

DOELEN: dict[str, Doelbinding] = {
    binding.doel.sleutel: binding
    for binding in (
        Doelbinding(VRAAG, _HELPEN),
        Doelbinding(HERKENNEN, frozenset({K.NAAM, K.GEBOORTE, K.ADRES})),
        Doelbinding(PARKEERVERGUNNING, _HELPEN | {K.BSN}, adres_nodig=True, producten=frozenset({"parkeervergunning"})),
        Doelbinding(VERHUIZING, _HELPEN | {K.BSN, K.GEZIN}, adres_nodig=True, producten=frozenset({"verhuizing"})),
        Doelbinding(BEZWAAR, _HELPEN - {K.GEBOORTE}),
        Doelbinding(INZAGE, frozenset(Gegevensklasse), adres_nodig=True),
        Doelbinding(
            VOORINVULLEN,
            frozenset({K.NAAM, K.GEBOORTE, K.ADRES, K.BEREIKBAARHEID, K.VOORKEUREN}),
            adres_nodig=True,
        ),
        Doelbinding(VERDELING, frozenset({K.VERZOEKEN, K.VOORKEUREN})),
        Doelbinding(DUBBELEN, frozenset({K.NAAM, K.GEBOORTE, K.ADRES, K.BEREIKBAARHEID})),
        Doelbinding(KWALITEIT, frozenset({K.CONTACTEN, K.VERZOEKEN})),
    )
}


def doel_for_product(product: str, *, soort: str = "vraag") -> Doel:
    """The doel under which work on this product is done; what has none of its own is answering a vraag."""
    if soort in ("bezwaar", "klacht"):
        return BEZWAAR
    return next((binding.doel for binding in DOELEN.values() if product in binding.producten), VRAAG)
