# SPDX-License-Identifier: EUPL-1.2
"""Namens: who looks for double partijen and joins them, a medewerker or a program, and the line that it leaves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from schakel.identiteit.wie import Medewerker
from schakel.kit.errors import Forbidden
from schakel.regie.bevoegdheid import decide_bevoegdheid
from schakel.regie.doelen import DUBBELEN, Gegevensklasse
from schakel.regie.logboek import Verwerking, Verwerkingssoort, describe_verwerking
from schakel.relatiebeheer.register.toegang import Houder

_BRONNEN = ("Klantregister",)
_GEZIEN = tuple(
    klasse.value
    for klasse in (
        Gegevensklasse.NAAM,
        Gegevensklasse.GEBOORTE,
        Gegevensklasse.ADRES,
        Gegevensklasse.BEREIKBAARHEID,
    )
)
Pseudonym = Callable[[UUID], bytes]


@dataclass(frozen=True, slots=True)
class Namens:
    """Who asks, and how that is written down: `line` makes the line for the logboek."""

    naam: str
    line: Callable[[str, Sequence[UUID], datetime], Verwerking]
    actor_id: UUID | None = None
    token_id: UUID | None = None


def namens_medewerker(wie: Medewerker, pseudonym: Pseudonym) -> Namens:
    """Who helps klanten may do this, and no one else. Raises Forbidden."""
    if not decide_bevoegdheid(wie, DUBBELEN, Gegevensklasse.NAAM, wie.id).mag:  # NO-8
        raise Forbidden

    def line(did: str, partijen: Sequence[UUID], at: datetime) -> Verwerking:
        betrokkenen = tuple(pseudonym(one) for one in partijen)
        seen = describe_verwerking(wie, DUBBELEN, bronnen=_BRONNEN, gezien=_GEZIEN, betrokkenen=betrokkenen, moment=at)
        return replace(seen, activiteit=f"partijen {did}")

    return Namens(wie.naam, line, actor_id=wie.id)


def namens_houder(houder: Houder, pseudonym: Pseudonym) -> Namens:
    """Whoever holds a token; the scopes were looked at by the API."""

    def line(did: str, partijen: Sequence[UUID], at: datetime) -> Verwerking:
        return Verwerking(
            at,
            houder.wie or houder.naam,
            houder.naam,
            "",
            houder.doel,
            f"partijen {did}",
            Verwerkingssoort.INZAGE if houder.wie else Verwerkingssoort.AUTOMATISCH,
            _BRONNEN,
            _GEZIEN,
            tuple(pseudonym(one) for one in partijen),
        )

    return Namens(houder.wie or houder.naam, line, token_id=houder.token_id)
