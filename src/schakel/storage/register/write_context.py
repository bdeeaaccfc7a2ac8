# SPDX-License-Identifier: EUPL-1.2
"""Context: what every write has at hand: its transaction, who writes, when, and the house it writes in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.kanaalintegratie.dienst import Dienst
from schakel.kit.projection import Api, Resource
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.regie.logboek import Verwerkingssoort
from schakel.relatiebeheer.register.toegang import Houder
from schakel.storage.crypto import Kluis
from schakel.storage.pool import Connection


@dataclass(frozen=True, slots=True)
class House:
    """What a register is part of. `prefix` starts a nummer of an Interactie; `name` gives the pseudonym of a partij."""

    kluis: Kluis
    dienst: Dienst
    prefix: str
    name: Callable[[UUID], bytes]


@dataclass(slots=True)
class Writing:
    """One write in its transaction. `partijen` are those it turned out to be about, for the logboek."""

    connection: Connection
    api: Api
    house: House
    houder: Houder
    at: datetime
    partijen: set[UUID]

    def resource(self, name: str) -> Resource:
        """The description of this resource."""
        return self.api.resources[name]

    async def log(self, activiteit: str, shows: tuple[str, ...]) -> None:
        """One line for the whole request, in its transaction."""
        houder = self.houder
        await self.connection.execute(
            """insert into verwerking (moment, wie, functie, doel, activiteit, soort, bronnen, gezien, betrokkenen,
                 vervalt_op)
               values ($1, $2, $3, $4, $5, $6, '{Klantregister}', $7, $8, $9)""",
            self.at,
            houder.wie or houder.naam,
            houder.naam,
            houder.doel,
            activiteit,
            Verwerkingssoort.INZAGE if houder.wie else Verwerkingssoort.AUTOMATISCH,
            shows,
            sorted(map(self.house.name, self.partijen)),
            vervalt_op("verwerking", self.at),
        )
