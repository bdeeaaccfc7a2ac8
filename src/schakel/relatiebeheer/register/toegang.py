# SPDX-License-Identifier: EUPL-1.2
"""Toegang: what the holder of a token may read and write, and in whose name it does so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from schakel.kit.projection import Guard

READ, WRITE, ALL = "lezen", "schrijven", "*"
#: Every scope there is.
EVERYTHING = (f"{ALL}:{READ}", f"{ALL}:{WRITE}", *Guard)


@dataclass(frozen=True, slots=True)
class Rechten:
    """Scopes, taken apart. A scope is `resource:lezen`, `resource:schrijven` (* for every resource) or a guard."""

    read: frozenset[str]
    write: frozenset[str]
    lacks: frozenset[Guard]

    @classmethod
    def of(cls, scopes: Iterable[str]) -> "Rechten":
        """What is not named is not allowed; a scope that we do not know gives nothing."""
        named = frozenset(scopes)
        pairs = [scope.split(":") for scope in named if scope.count(":") == 1]
        return cls(
            frozenset(resource for resource, way in pairs if way == READ),
            frozenset(resource for resource, way in pairs if way == WRITE),
            frozenset(guard for guard in Guard if guard not in named),
        )

    def may_read(self, resource: str) -> bool:
        """Reading only; writing does not include it."""
        return ALL in self.read or resource in self.read

    def may_write(self, resource: str) -> bool:
        """POST, PUT, PATCH and DELETE."""
        return ALL in self.write or resource in self.write


@dataclass(frozen=True, slots=True)
class Houder:
    """Who holds a token. `wie` is the person at the keyboard, where the client says so."""

    token_id: UUID
    naam: str
    wie: str
    doel: str
    rechten: Rechten
    verloopt_op: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Client:
    """A client that signs its own tokens, with the secret it signs with."""

    houder: Houder
    secret: str


class Tokens(Protocol):
    """Where tokens are kept, by digest; expired and withdrawn ones are not there."""

    async def holder(self, token: str) -> Houder | None:
        """Whose token this is."""
        ...

    async def client(self, client_id: str) -> Client | None:
        """Who signs with this id."""
        ...
