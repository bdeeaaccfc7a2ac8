# SPDX-License-Identifier: EUPL-1.2
"""Blad: who may see the pages of beheer, and the periods that they share."""

from datetime import datetime, timedelta
from typing import NamedTuple

from schakel.identiteit.wie import Rol
from schakel.kit.clock import AMSTERDAM
from schakel.web.sessie import medewerker_only

BEHEERDER = medewerker_only(Rol.BEHEERDER)
METEN = medewerker_only(Rol.BEHEERDER, Rol.TEAMLEIDER)


class Periode(NamedTuple):
    """`sleutel` as in the address, `woord` on the screen. Without `dagen` it began this morning."""

    sleutel: str
    woord: str
    dagen: int

    def since(self, now: datetime) -> datetime:
        if self.dagen:
            return now - timedelta(days=self.dagen)
        return now.astimezone(AMSTERDAM).replace(hour=0, minute=0, second=0, microsecond=0)


PERIODEN = (
    Periode("vandaag", "Vandaag", 0),
    Periode("7", "7 dagen", 7),
    Periode("30", "30 dagen", 30),
    Periode("jaar", "Een jaar", 365),
)


def periode_of(sleutel: str) -> Periode:
    """An unknown one is thirty days."""
    return next((periode for periode in PERIODEN if periode.sleutel == sleutel), PERIODEN[2])
