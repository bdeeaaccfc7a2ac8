# SPDX-License-Identifier: EUPL-1.2
"""Poorten: what an API asks of the place that keeps the register."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from schakel.kit.errors import SchakelError
from schakel.kit.projection import Invalid, Parameter
from schakel.relatiebeheer.register.toegang import Houder


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: the JSON of its results, and how many there are in all."""

    count: int
    results: bytes


@dataclass(frozen=True, slots=True)
class PartijZoekvraag:
    """What a partij is searched by. All that is given must fit; of a name it may be nearly so."""

    naam: str = ""
    adressen: tuple[str, ...] = ()
    geboortedatum: date | None = None
    postcode: str = ""
    huisnummer: str = ""


class Reads(Protocol):
    """Reads of one API. Every call leaves one line in the logboek, in the same statement."""

    async def page(
        self,
        resource: str,
        parameters: Sequence[Parameter],
        expand: Sequence[str],
        page: int,
        size: int,
        houder: Houder,
        order: str = "",
    ) -> Page:
        """Newest first, or in the order asked; an empty page where there is no such page."""
        ...

    async def search(
        self, resource: str, vraag: PartijZoekvraag, expand: Sequence[str], page: int, size: int, houder: Houder
    ) -> Page:
        """Best first; no more than a person looks through."""
        ...

    async def one(self, resource: str, uuid: UUID, expand: Sequence[str], houder: Houder) -> bytes | None:
        """The JSON of one object; None when it is not there, or not for this houder."""
        ...


@dataclass(frozen=True, slots=True)
class Write:
    """One write, as it was asked. `partial` is PATCH; `resource` may be a road of its own (maak-klantcontact)."""

    method: str
    resource: str
    uuid: UUID | None
    body: Mapping[str, Any]
    houder: Houder
    parameters: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of it: the status, the JSON of the answer, and the uuid that Location names."""

    status: int
    body: bytes
    uuid: UUID | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bulkregel:
    """One line of a bulk, by its place in it. Without `body` it was no object; `invalid` says why."""

    nummer: int
    body: Mapping[str, Any] | None
    invalid: Sequence[Invalid] = ()


@dataclass(frozen=True, slots=True)
class Bulkantwoord:
    """What became of one line: 201 it is there, 200 it was there already under this uuid, else it is not there."""

    nummer: int
    status: int
    uuid: UUID | None = None
    invalid: Sequence[Invalid] = ()


class Writes(Protocol):
    """Writes of one API: the core's rules, one transaction, one line in the logboek."""

    async def write(self, write: Write) -> Written:
        """Raises Refused, NotFound, Conflict or Forbidden; then nothing was changed."""
        ...


class Bulkwrites(Protocol):
    """Writes of many lines at once."""

    def write_many(
        self, lots: AsyncIterator[Sequence[Bulkregel]], houder: Houder
    ) -> AsyncGenerator[Sequence[Bulkantwoord], None]:
        """Each lot is one transaction; its answers come when it is kept. One bad line does not stop the others."""
        ...


class Refused(SchakelError):
    """The body breaks rules; all that it breaks, at once."""

    title = "Invalid input."

    def __init__(self, invalid: Sequence[Invalid]) -> None:
        super().__init__()
        self.invalid = tuple(invalid)
