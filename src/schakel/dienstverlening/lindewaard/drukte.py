# SPDX-License-Identifier: EUPL-1.2
"""Drukte: how much comes in over which kanaal, when, and about what; per year and for 5,000 inwoners.

Telefoon, balie and WhatsApp follow the published year of a gemeente of 155,000 (163,408 calls, 21,165 visits, 6,676
WhatsApp), scaled; that year counts 3,753 mails, far fewer than a digital gemeente sees now, so the other figures
are our own choice.
"""

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.lindewaard.personen import AANTAL

_SCALE = AANTAL / 155_000
PER_JAAR = {
    Kanaal.TELEFOON: round(163_408 * _SCALE),
    Kanaal.BALIE: round(21_165 * _SCALE),
    Kanaal.WHATSAPP: round(6_676 * _SCALE),
    Kanaal.WEBFORMULIER: 1_400,
    Kanaal.EMAIL: 700,
    Kanaal.CHAT: 420,
    Kanaal.POST: 310,
}
ANONIEM = {Kanaal.TELEFOON: 0.35, Kanaal.BALIE: 0.2, Kanaal.CHAT: 0.6, Kanaal.WHATSAPP: 0.15}
"""Share without a name and without follow-up: only a Verkeersregel (invariant 7)."""
METEEN = {Kanaal.TELEFOON: 0.8, Kanaal.BALIE: 0.85, Kanaal.CHAT: 0.75, Kanaal.WHATSAPP: 0.4}
"""Share answered in the first contact."""
OP_TIJD = {
    Kanaal.TELEFOON: 0.76,
    Kanaal.BALIE: 0.9,
    Kanaal.WHATSAPP: 0.93,
    Kanaal.WEBFORMULIER: 0.91,
    Kanaal.EMAIL: 0.83,
    Kanaal.CHAT: 0.88,
    Kanaal.POST: 0.92,
}
"""Share of the rest that is answered within its belofte."""
VERVOLG = 0.2
"""Chance that a question brings another contact, over the same kanaal or another."""
VERVOLG_KANAAL = {Kanaal.TELEFOON: 62, Kanaal.EMAIL: 18, Kanaal.BALIE: 12, Kanaal.WHATSAPP: 4, Kanaal.CHAT: 4}
DUUR = {Kanaal.TELEFOON: 292, Kanaal.BALIE: 540, Kanaal.CHAT: 480, Kanaal.WHATSAPP: 300}
"""Mean seconds of one contact; a call of 4:52 as published."""
SCHRIFTELIJK = frozenset({Kanaal.EMAIL, Kanaal.WEBFORMULIER, Kanaal.POST})
ALTIJD_OPEN = frozenset({Kanaal.EMAIL, Kanaal.WEBFORMULIER})
VASTGESTELD = frozenset({Kanaal.BALIE, Kanaal.WEBFORMULIER})
"""Where people show who they are: with a document, or with DigiD."""
ANTWOORD_OVER = {Kanaal.WEBFORMULIER: Kanaal.EMAIL}
ZONDER_EMAIL = {Kanaal.EMAIL: Kanaal.POST}
KANAAL_VAKTEAM = Kanaal.EMAIL

WEEKDAG = {
    "bemand": (1.32, 1.08, 0.94, 1.0, 0.86, 0, 0),
    "altijd": (1.3, 1.15, 1.05, 1.0, 0.85, 0.75, 0.9),
}
UUR = {
    "bemand": {8: 4, 9: 13, 10: 16, 11: 14, 12: 8, 13: 11, 14: 13, 15: 11, 16: 8},
    "altijd": {
        0: 1,
        7: 3,
        8: 6,
        9: 8,
        10: 8,
        11: 7,
        12: 7,
        13: 7,
        14: 7,
        15: 6,
        16: 6,
        17: 5,
        19: 8,
        20: 9,
        21: 7,
        22: 4,
    },
}
MAAND = (1.12, 1.2, 1.1, 1.02, 1.05, 1.04, 0.86, 0.8, 1.04, 1.0, 0.97, 0.82)
"""January to December: the belastingaanslag in February, quiet in the summer and in December."""

PRODUCTEN: dict[str, int] = {
    "": 60,
    "verhuizing": 75,
    "paspoort": 70,
    "rijbewijs": 65,
    "parkeervergunning": 60,
    "afvalcontainer": 55,
    "melding-openbare-ruimte": 70,
    "grofvuil": 40,
    "ozb": 35,
    "melding-verlichting": 25,
    "melding-groen": 30,
    "identiteitskaart": 30,
    "uittreksel": 30,
    "afvalkalender": 25,
    "wmo": 35,
    "omgevingsvergunning": 28,
    "woz": 18,
    "kwijtschelding": 18,
    "bijstand": 25,
    "vog": 14,
    "huwelijk": 10,
    "geboorte": 14,
    "overlijden": 10,
    "parkeerbelasting": 16,
    "hondenbelasting": 12,
    "schuldhulp": 12,
    "jeugdhulp": 12,
    "evenement": 12,
    "bezwaar": 9,
    "klacht": 8,
    "betalingsregeling": 10,
    "gehandicaptenparkeerkaart": 8,
    "leerlingenvervoer": 6,
    "kapvergunning": 6,
    "subsidie": 6,
    "urgentie": 7,
    "horeca": 4,
    "privacy": 2,
    "woo": 2,
}
"""Relative weight; "" is a question without product (NO-1)."""
SEIZOEN: dict[str, tuple[frozenset[int], float]] = {
    "ozb": (frozenset({2, 3}), 5.0),
    "woz": (frozenset({2, 3}), 6.0),
    "kwijtschelding": (frozenset({2, 3, 4}), 3.0),
    "betalingsregeling": (frozenset({2, 3, 4}), 3.0),
    "paspoort": (frozenset({4, 5, 6, 7}), 1.8),
    "identiteitskaart": (frozenset({4, 5, 6, 7}), 1.7),
    "melding-groen": (frozenset({5, 6, 7, 10, 11}), 2.0),
    "melding-verlichting": (frozenset({10, 11, 12, 1}), 2.2),
    "evenement": (frozenset({3, 4, 5}), 2.2),
    "leerlingenvervoer": (frozenset({4, 5, 8}), 3.0),
    "huwelijk": (frozenset({4, 5, 6}), 1.6),
}
"""In these months a product is asked about so many times as often."""
