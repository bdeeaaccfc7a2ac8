# SPDX-License-Identifier: EUPL-1.2
"""Wie: who asks. A medewerker with rollen, an inwoner with a betrouwbaarheidsniveau, or software in its own name."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TypeAlias
from uuid import UUID


class Rol(StrEnum):
    """What someone does here; a medewerker may have more than one."""

    KCC_MEDEWERKER = "kcc_medewerker"
    BALIEMEDEWERKER = "baliemedewerker"
    VAKSPECIALIST = "vakspecialist"
    TEAMLEIDER = "teamleider"
    BEHEERDER = "beheerder"


class Betrouwbaarheidsniveau(IntEnum):
    """How sure it is who logged in (WDO art. 6, eIDAS); higher includes lower."""

    LAAG = 1
    SUBSTANTIEEL = 2
    HOOG = 3

    @classmethod
    def of(cls, naam: str) -> "Betrouwbaarheidsniveau":
        """From its stored name; an unknown one is the lowest, so that a typing error opens nothing."""
        return cls.__members__.get(naam.upper(), cls.LAAG)


@dataclass(frozen=True, slots=True)
class Medewerker:
    """`functie` and `team` are what a klant gets to see of him; his name is not."""

    id: UUID
    naam: str
    rollen: frozenset[Rol]
    team: str
    functie: str = "Medewerker"


@dataclass(frozen=True, slots=True)
class Inwoner:
    """A klant who proved who he is; he asks about his own partij only."""

    partij_id: UUID
    betrouwbaarheidsniveau: Betrouwbaarheidsniveau


@dataclass(frozen=True, slots=True)
class GeautomatiseerdeActor:
    """Software that acts for the gemeente, by the name it has in the logboek."""

    naam: str


Wie: TypeAlias = Medewerker | Inwoner | GeautomatiseerdeActor


def known_rollen(namen: Iterable[str]) -> frozenset[Rol]:
    """The rollen among stored names; a name that we do not know gives nothing."""
    return frozenset(Rol(naam) for naam in namen if naam in set(Rol))
