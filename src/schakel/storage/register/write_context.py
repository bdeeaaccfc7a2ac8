# SPDX-License-Identifier: EUPL-1.2
"""Context: what every write has at hand: its transaction, who writes, when, and the house it writes in."""

from dataclasses import dataclass
from datetime import datetime

from schakel.kanaalintegratie.dienst import Dienst
from schakel.kanaalintegratie.werk import Taakgevolgen
from schakel.kit.projection import Api, Resource
from schakel.relatiebeheer.register.toegang import Houder
from schakel.storage.crypto import Kluis
from schakel.storage.pool import Connection


@dataclass(frozen=True, slots=True)
class House:
    """What a register is part of. `prefix` starts the nummer of an Interactie."""

    kluis: Kluis
    dienst: Dienst
    prefix: str
    gevolgen: Taakgevolgen


@dataclass(frozen=True, slots=True)
class Writing:
    """One write in its transaction."""

    connection: Connection
    api: Api
    house: House
    houder: Houder
    at: datetime

    def resource(self, name: str) -> Resource:
        """The description of this resource."""
        return self.api.resources[name]
