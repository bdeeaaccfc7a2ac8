# SPDX-License-Identifier: EUPL-1.2
"""Gespreksbijdrage: what every kanaal hands over after translating. The core knows no other inbound shape."""

from dataclasses import dataclass, field
from datetime import datetime

from schakel.begrippen.kanaal import Kanaal


@dataclass(frozen=True, slots=True)
class Afzender:
    """An address a gespreksbijdrage seems to come from: it suggests a Partij and never identifies one (invariant 6).

    `adres` is an e-mail address or a number in E.164; empty when the kanaal gives none. `naam` is as claimed.
    """

    kanaal: Kanaal
    adres: str = ""
    naam: str = ""


@dataclass(frozen=True, slots=True)
class Bijlage:
    """A document that came along. `inhoud` is bytes as received; size and hash are derived where it is kept."""

    naam: str
    mediatype: str
    inhoud: bytes


@dataclass(frozen=True, slots=True)
class References:
    """What a gespreksbijdrage says about the conversation it belongs to.

    `token`: our own signed token as it came back, unverified. `kenmerk`: its own Message-ID or the like, empty
    when the sender gave none. `antwoord_op`: In-Reply-To then References from last to first.
    """

    kenmerk: str = ""
    token: str = ""
    antwoord_op: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gespreksbijdrage:
    """One message or utterance, exactly as given; never edited.

    `geautomatiseerd`: loop signs were found (RFC 3834); a machine never answers it. `gebreken`: Dutch sentences on
    what could not be read; not empty means a person must look at the origineel. `vingerafdruk`: hash of envelope
    and content, for twins. `aan`: the addresses of ours it was sent to.
    """

    afzender: Afzender
    onderwerp: str
    tekst: str
    ontvangen_op: datetime
    aan: tuple[str, ...] = ()
    bijlagen: tuple[Bijlage, ...] = ()
    references: References = field(default_factory=References)
    geautomatiseerd: bool = False
    gebreken: tuple[str, ...] = ()
    vingerafdruk: str = ""
    html: str = ""
