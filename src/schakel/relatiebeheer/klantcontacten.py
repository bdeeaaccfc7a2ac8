# SPDX-License-Identifier: EUPL-1.2
"""Klantcontacten: what is remembered of a contact, and when nothing may be remembered (RB-2, invariant 7)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from schakel.begrippen.gespreksbijdrage import Afzender
from schakel.begrippen.kanaal import Kanaal


class Vastlegging(StrEnum):
    """The four cases of recording."""

    ALLEEN_VERKEERSREGEL = "alleen verkeersregel"
    ZELFSTANDIG = "klantcontact met zelfstandige klant"
    LEGE_PARTIJ = "klantcontact zonder partijgegevens"
    BEKEND = "klantcontact met partij"


def decide_vastlegging(*, bekend: bool, mag_bewaren: bool, vervolg: bool) -> Vastlegging:
    """What to keep of a contact, decided by rule and not by whim.

    `bekend`: identity was proved; `mag_bewaren`: the klant allows it to be kept with his partij; `vervolg`: something
    must still happen.
    """
    if bekend:
        return Vastlegging.BEKEND if mag_bewaren else Vastlegging.LEGE_PARTIJ
    if vervolg:
        return Vastlegging.ZELFSTANDIG
    return Vastlegging.ALLEEN_VERKEERSREGEL  # RB-2: anonymous and nothing to follow: no personal data at all


@dataclass(frozen=True, slots=True)
class Klantcontact:
    """The immutable record of one contact about one onderwerp."""

    id: UUID
    interactie_id: UUID
    kanaal: Kanaal
    onderwerp: str
    inhoud: str
    plaatsgevonden_op: datetime
    afzender: Afzender
    partij_id: UUID | None = None
    actor_id: UUID | None = None
    gelukt: bool | None = None
    klantrol: str = "burger"


class Klantcontacten(Protocol):
    """What relatiebeheer asks of a place that remembers klantcontacten."""

    async def add(self, klantcontact: Klantcontact) -> str:
        """Keep it with its betrokkene and actor; returns the human nummer."""
        ...
