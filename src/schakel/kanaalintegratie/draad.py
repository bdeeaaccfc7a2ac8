# SPDX-License-Identifier: EUPL-1.2
"""Draad: does this gespreksbijdrage go on with an Interactie, or start one? Decided by proof, never by subject."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from schakel.kanaalintegratie.interactie import InteractieStatus

#: An Interactie that was finished longer ago than this is not reopened by an answer; a new one points to it.
HEROPENEN_BINNEN = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Aanknopingspunt:
    """An Interactie a gespreksbijdrage points to. `adressen`: searchable addresses that took part in it."""

    interactie_id: UUID
    status: InteractieStatus
    laatste_op: datetime
    adressen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Voortzetting:
    """`interactie_id` to go on with, or None for a new one that may point to `verwant_id`."""

    interactie_id: UUID | None
    verwant_id: UUID | None
    reden: str


def find_voortzetting(
    zoekadres: str,
    via_token: Aanknopingspunt | None,
    via_references: Sequence[Aanknopingspunt],
    at: datetime,
) -> Voortzetting:
    """Our signed token first, then In-Reply-To and References; the subject or a nummer never counts."""
    punten = [via_token, *via_references] if via_token else list(via_references)
    for punt in punten:
        if zoekadres not in punt.adressen:  # GE-8: another sender never sees or joins it (zammad#5064)
            return Voortzetting(None, punt.interactie_id, "Antwoord van een ander adres: eigen vraag, met references.")
        if punt.status is InteractieStatus.GESLOTEN or at - punt.laatste_op > HEROPENEN_BINNEN:
            return Voortzetting(None, punt.interactie_id, "De eerdere vraag is gesloten: nieuwe vraag, met references.")
        return Voortzetting(punt.interactie_id, None, "Antwoord op een bericht van ons.")
    return Voortzetting(None, None, "Nieuwe vraag.")
