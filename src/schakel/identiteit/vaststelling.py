# SPDX-License-Identifier: EUPL-1.2
"""Vaststelling: when a person may be taken for who he says he is. A number or address alone never suffices."""

from dataclasses import dataclass
from enum import StrEnum

from schakel.kit.errors import SchakelError


class Middel(StrEnum):
    """By what identity was shown."""

    CONTROLEVRAGEN = "controlevragen"
    LEGITIMATIE = "legitimatie"
    DIGID = "digid"


#: Right answers needed of three controlevragen: enough for the general state of a vraag.
NODIG = 2


class NietVastgesteld(SchakelError):
    """Helping goes on; only the klantbeeld stays closed."""

    status = 403
    title = "Nog niet zeker wie dit is"
    advice = "Stel nog een controlevraag, of help verder zonder gegevens van een klant te tonen."


@dataclass(frozen=True, slots=True)
class Vaststelling:
    """Identity was shown by `middel`; `toelichting` is kept with the Interactie."""

    middel: Middel
    toelichting: str


def establish(middel: Middel, *, goede_antwoorden: int = 0) -> Vaststelling:
    """Decide whether identity was shown; raises NietVastgesteld when not."""
    if middel is Middel.CONTROLEVRAGEN:
        if goede_antwoorden < NODIG:  # invariant 6
            raise NietVastgesteld
        return Vaststelling(middel, f"{goede_antwoorden} van 3 controlevragen goed")
    if middel is Middel.LEGITIMATIE:
        return Vaststelling(middel, "legitimatie gezien aan de balie")
    return Vaststelling(middel, "ingelogd met DigiD")
