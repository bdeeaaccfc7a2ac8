# SPDX-License-Identifier: EUPL-1.2
"""Interactie: all exchange about one onderwerp, first to last, over any number of kanalen."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from schakel.begrippen.kanaal import Kanaal


class InteractieStatus(StrEnum):
    """Where an Interactie stands; a person sees each of these."""

    CONCEPT = "concept"
    OPEN = "open"
    WACHT_OP_KLANT = "wacht_op_klant"
    WACHT_OP_GEMEENTE = "wacht_op_gemeente"
    AFGEROND = "afgerond"
    GESLOTEN = "gesloten"


#: Who must act: only these stand in a werkvoorraad.
AAN_ZET = frozenset({InteractieStatus.OPEN, InteractieStatus.WACHT_OP_GEMEENTE})


@dataclass(frozen=True, slots=True)
class Interactie:
    """The head of an Interactie as the rules need it. `laatste_kanaal`: of the klant's last leg.

    `versie` grows with each change (compare and set).
    """

    id: UUID
    nummer: str
    onderwerp: str
    product: str
    status: InteractieStatus
    team: str
    begonnen_kanaal: Kanaal
    begonnen_op: datetime
    laatste_kanaal: Kanaal
    formeel: bool = False
    regiehouder: UUID | None = None
    partij_id: UUID | None = None
    vastgesteld: bool = False
    voorgesteld_id: UUID | None = None
    belofte_op: datetime | None = None
    stil_sinds: datetime | None = None
    proces_id: UUID | None = None
    versie: int = 1


@dataclass(frozen=True, slots=True)
class NieuweInteractie:
    """What is known when an Interactie starts."""

    id: UUID
    onderwerp: str
    product: str
    soort: str
    formeel: bool
    spoed: bool
    status: InteractieStatus
    team: str
    kanaal: Kanaal
    begonnen_op: datetime
    vervalt_op: date
    partij_id: UUID | None = None
    vastgesteld: bool = False
    voorgesteld_id: UUID | None = None
    verwant_id: UUID | None = None
    regiehouder: UUID | None = None
    belofte_op: datetime | None = None
    belofte_tekst: str = ""
    belofte_klok: str = ""
    alarm: str = ""
