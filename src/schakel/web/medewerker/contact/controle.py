# SPDX-License-Identifier: EUPL-1.2
"""Controle: three questions about what we know of a klant. The right answer shows only after the klant has answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from schakel.klantbeeld.beeld import Klantbeeld
from schakel.klantbeeld.gegevens import Adres, Datum, DigitaalAdres
from schakel.web.formulier import Formulier
from schakel.web.medewerker.contact.beeld import ADRES, BEREIK, GEBOREN, adres_regel, contacten_of
from schakel.web.notatie import postcode

KLOPT = "klopt"
#: Key and question, by what they need: what recognising may see, and what only contact with this klant tells.
UIT_REGISTER = (("geboren", "Wat is uw geboortedatum?"), ("adres", "Wat zijn uw postcode en huisnummer?"))
UIT_CONTACT = (
    ("contact", "Waarover had u het laatst contact met ons?"),
    ("bereik", "Op welk e-mailadres of nummer kennen wij u?"),
)
AANTAL = 3
ONBEKEND = "Dat weten wij niet van deze klant. Stel een andere vraag."


@dataclass(frozen=True, slots=True)
class Controlevraag:
    """`antwoord` is empty until the klant has answered. `bekend`: there is something to compare with."""

    sleutel: str
    tekst: str
    antwoord: str = ""
    oordeel: str = ""
    bekend: bool = True

    @property
    def is_goed(self) -> bool:
        """Only an answer that was compared counts."""
        return self.bekend and bool(self.antwoord) and self.oordeel == KLOPT


def antwoorden_of(klantbeeld: Klantbeeld) -> dict[str, str]:
    """The right answer to each question that this klantbeeld knows."""
    found: dict[str, str] = {}
    for sleutel in GEBOREN:
        if (veld := klantbeeld.veld(sleutel)) and isinstance(veld.waarde, Datum):
            found.setdefault("geboren", veld.waarde.tekst)
    for sleutel in ADRES:
        if (veld := klantbeeld.veld(sleutel)) and isinstance(veld.waarde, Adres) and veld.waarde.postcode:
            found.setdefault("adres", f"{postcode(veld.waarde.postcode)}, {veld.waarde.huisnummer}")
    if contacten := contacten_of(klantbeeld):
        found["contact"] = contacten[0].onderwerp
    veld = klantbeeld.veld(BEREIK)
    if veld and isinstance(veld.waarde, tuple):
        found["bereik"] = " of ".join(adres_regel(a) for a in veld.waarde if isinstance(a, DigitaalAdres))
    return {sleutel: antwoord for sleutel, antwoord in found.items() if antwoord}


def spoken_of(form: Formulier) -> frozenset[str]:
    """The questions that the klant has answered, right or wrong."""
    return frozenset({*form.texts("getoond"), form.text("toon")})


def needs_contact(form: Formulier) -> bool:
    """Whether an answer must be shown that recognising alone may not see."""
    return any(sleutel in spoken_of(form) for sleutel, _ in UIT_CONTACT)


def vragen_for(antwoorden: dict[str, str], form: Formulier) -> Sequence[Controlevraag]:
    """Three, as the form left them; an answer only where the klant has spoken."""
    register = [vraag for vraag in UIT_REGISTER if vraag[0] in antwoorden]
    spoken = spoken_of(form)
    return [
        Controlevraag(
            sleutel,
            tekst,
            antwoorden.get(sleutel, ONBEKEND) if sleutel in spoken else "",
            form.text(f"oordeel_{sleutel}") if sleutel in spoken else "",
            sleutel in antwoorden or sleutel not in spoken,
        )
        for sleutel, tekst in (*register, *UIT_CONTACT)[:AANTAL]
    ]
