# SPDX-License-Identifier: EUPL-1.2
"""Bericht: what the gemeente composes to send, once, without knowing the kanaal; and how each attempt ended."""

from dataclasses import dataclass
from enum import StrEnum


class Inhoudsklasse(StrEnum):
    """How much may travel in the open. Above ALGEMEEN the klant gets a notice with a link (invariant 9)."""

    ALGEMEEN = "algemeen"
    PERSOONLIJK = "persoonlijk"
    BIJZONDER = "bijzonder"


@dataclass(frozen=True, slots=True)
class Bericht:
    """One outgoing bericht, ready for a kanaal.

    `kenmerk`: our own Message-ID, fixed before the first attempt, so that a repeated attempt is recognisable.
    `antwoord_op`: the kenmerk it answers and those before it, oldest first. `token`: signed, brings an answer
    back to its Interactie. `automatisch`: no person wrote it (Auto-Submitted, RFC 3834).
    """

    aan: str
    onderwerp: str
    tekst: str
    kenmerk: str
    token: str = ""
    antwoord_op: tuple[str, ...] = ()
    automatisch: bool = False


class BezorgUitkomst(StrEnum):
    """How one attempt ended. ONBEKEND: we lost the line after handing over; it may or may not have arrived."""

    BEZORGD = "bezorgd"
    TIJDELIJK_MISLUKT = "tijdelijk_mislukt"
    MISLUKT = "mislukt"
    ONBEKEND = "onbekend"


@dataclass(frozen=True, slots=True)
class Bezorging:
    """One attempt over one kanaal. `toelichting` is what the other side said, without personal data."""

    uitkomst: BezorgUitkomst
    toelichting: str = ""
