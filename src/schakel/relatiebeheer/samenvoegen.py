# SPDX-License-Identifier: EUPL-1.2
"""Samenvoegen: two records of one partij become one, with all that is needed to take them apart again (RB-1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Protocol
from uuid import UUID

from schakel.identiteit.vaststelling import Middel
from schakel.identiteit.wie import Medewerker
from schakel.kit.clock import Clock
from schakel.kit.errors import Forbidden, InvalidInput, SchakelError
from schakel.regie.logboek import Logboek
from schakel.relatiebeheer.dubbelen import Beletsel, Gelijkenis, Kenmerken, compare, find_beletselen
from schakel.relatiebeheer.namens import Namens, Pseudonym, namens_houder, namens_medewerker
from schakel.relatiebeheer.register.toegang import Houder

MAX_REDEN = 500
#: So many who share one fact with a klant, or with each other, are looked at; more says nothing.
MEEST = 50
_GROEP = 10

#: What belongs together: the winner keeps all of his own group, and takes over a whole group that he has nothing of.
GROEPEN: tuple[tuple[str, ...], ...] = (
    ("naam", "zoeknaam", "voorletters", "voornaam", "voorvoegsel", "achternaam"),
    ("geboortedatum",),
    (
        *("straat", "huisnummer", "toevoeging", "postcode", "woonplaats", "nummeraanduiding_id"),
        *("adresregel1", "adresregel2", "adresregel3", "land"),
    ),
    ("correspondentieadres",),
    ("aanspreekvorm",),
    ("voorkeur",),
    ("interne_notitie",),
    ("werkte_voor_id",),
    ("voorkeursadres_id",),
    ("voorkeursrekening_id",),
)


@dataclass(frozen=True, slots=True)
class Paar:
    """Two partijen that may be one."""

    een: Kenmerken
    ander: Kenmerken
    gelijkenis: Gelijkenis

    def beletselen(self, middel: Middel | None = None) -> tuple[Beletsel, ...]:
        """What forbids to join them."""
        return find_beletselen(self.een, self.ander, middel)

    @property
    def can_ever(self) -> bool:
        """Whether nothing stands in the way but what a person may still establish."""
        return not set(self.beletselen()) - {Beletsel.NIET_VASTGESTELD}


@dataclass(frozen=True, slots=True)
class Opdracht:
    """Join `verliezer` into `winnaar`. `middel`: by what was established that they are one, if it was."""

    winnaar_id: UUID
    verliezer_id: UUID
    reden: str
    middel: Middel | None = None


@dataclass(frozen=True, slots=True)
class Samenvoeging:
    """What was joined, and whether that was undone. `verplaatst` counts what moved, by its name on the wire."""

    id: UUID
    winnaar_id: UUID
    verliezer_id: UUID
    reden: str
    gronden: tuple[str, ...]
    wie: str
    moment: datetime
    verplaatst: Mapping[str, int]
    gesplitst_op: datetime | None = None
    winnaar_naam: str = ""
    verliezer_naam: str = ""


class NietSamen(SchakelError):
    """These two may not be joined, and why."""

    status = 409
    title = "Deze twee kunnen niet samen"

    def __init__(self, beletselen: Sequence[Beletsel]) -> None:
        super().__init__(" ".join(beletselen))
        self.beletselen = tuple(beletselen)


class NietTeSplitsen(SchakelError):
    """Something later stands in the way."""

    status = 409
    title = "Dit kan nog niet uit elkaar"


class Dubbelregister(Protocol):
    """Where partijen are compared, joined and taken apart. Every write is one transaction with its line."""

    async def candidates(self, partij_id: UUID) -> tuple[Kenmerken, Sequence[Kenmerken]]:
        """This one, and who shares a fact with it; without those that are geheim or declared to be another."""
        ...

    async def groups(self) -> Sequence[Sequence[Kenmerken]]:
        """All who share name and birth date, name and address, or an address."""
        ...

    async def two(self, een: UUID, ander: UUID) -> Paar:
        """Raises NotFound."""
        ...

    async def differing(self) -> frozenset[tuple[UUID, UUID]]:
        """Pairs that somebody declared to be two; the lower id first."""
        ...

    async def merge(self, opdracht: Opdracht, door: Namens, at: datetime) -> Samenvoeging: ...
    async def unmerge(self, verliezer_id: UUID, reden: str, door: Namens, at: datetime) -> Samenvoeging: ...
    async def declare_two(self, een: UUID, ander: UUID, door: Namens, at: datetime) -> None: ...
    async def recent(self, limit: int) -> Sequence[Samenvoeging]: ...
    async def successor(self, verliezer_id: UUID) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class Dubbelen:
    """Finds, joins and takes apart. What is shown of a person leaves its line first."""

    register: Dubbelregister
    logboek: Logboek
    pseudonym: Pseudonym
    clock: Clock

    def medewerker(self, wie: Medewerker) -> Namens:
        """Raises Forbidden."""
        return namens_medewerker(wie, self.pseudonym)

    def houder(self, houder: Houder) -> Namens:
        """Of a token."""
        return namens_houder(houder, self.pseudonym)

    async def of_partij(self, partij_id: UUID, door: Namens) -> Sequence[Paar]:
        """Who may be the same as this one, the likeliest first. Raises NotFound."""
        own, others = await self.register.candidates(partij_id)
        found = [] if own.geheim or own.zelfstandig else _likely((own, other) for other in others)
        await self._log("dubbelen zoeken", door, [own.id, *(paar.ander.id for paar in found)])
        return found

    async def likely(self, door: Namens, limit: int = MEEST) -> Sequence[Paar]:
        """The likeliest pairs of all."""
        apart = await self.register.differing()
        pairs = {
            (een.id, ander.id): (een, ander)
            for group in await self.register.groups()
            for een, ander in combinations(sorted(group, key=lambda one: one.id)[:_GROEP], 2)
        }
        found = _likely(pair for ids, pair in pairs.items() if ids not in apart)[:limit]
        await self._log("dubbelen bekijken", door, [one.id for paar in found for one in (paar.een, paar.ander)])
        return found

    async def pair(self, een: UUID, ander: UUID, door: Namens) -> Paar:
        """These two, when they look alike: nobody lays any two klanten side by side. Raises NotFound or Forbidden."""
        paar = await self.register.two(een, ander)
        if not paar.gelijkenis.is_waarschijnlijk:
            raise Forbidden  # NO-8
        await self._log("dubbelen vergelijken", door, [een, ander])
        return paar

    async def recent(self, door: Namens, limit: int = 20) -> Sequence[Samenvoeging]:
        """What was joined last."""
        found = await self.register.recent(limit)
        await self._log("samenvoegingen bekijken", door, [one.winnaar_id for one in found])
        return found

    async def successor(self, partij_id: UUID) -> UUID | None:
        """The partij that this one was joined into, as it is called now."""
        return await self.register.successor(partij_id)

    async def merge(self, opdracht: Opdracht, door: Namens) -> Samenvoeging:
        """Raises NotFound, InvalidInput or NietSamen; then nothing was changed."""
        _check_reden(opdracht.reden)
        return await self.register.merge(opdracht, door, self.clock())

    async def unmerge(self, verliezer_id: UUID, reden: str, door: Namens) -> Samenvoeging:
        """Raises NotFound, InvalidInput or NietTeSplitsen; then nothing was changed."""
        _check_reden(reden)
        return await self.register.unmerge(verliezer_id, reden, door, self.clock())

    async def declare_two(self, een: UUID, ander: UUID, door: Namens) -> None:
        """They are not shown as a likely pair again."""
        await self.register.declare_two(een, ander, door, self.clock())

    async def _log(self, did: str, door: Namens, partijen: Sequence[UUID]) -> None:
        if partijen:
            await self.logboek.record(door.line(did, tuple(dict.fromkeys(partijen)), self.clock()))


def _likely(pairs: Iterable[tuple[Kenmerken, ...]]) -> list[Paar]:
    """Not those that can never be one: nobody needs to look at them."""
    found = (Paar(een, ander, compare(een, ander)) for een, ander in pairs)
    kept = [paar for paar in found if paar.gelijkenis.is_waarschijnlijk and paar.can_ever]
    return sorted(kept, key=lambda paar: (-paar.gelijkenis.score, paar.een.zoeknaam, paar.een.id, paar.ander.id))


def _check_reden(reden: str) -> None:
    if not reden.strip():
        raise InvalidInput({"reden": "Schrijf op waarom. Uw collega's lezen dit later."})
    if len(reden) > MAX_REDEN:
        raise InvalidInput({"reden": f"Dit is te lang. Houd het korter dan {MAX_REDEN} tekens."})


def additions(winnaar: Mapping[str, object], verliezer: Mapping[str, object]) -> dict[str, object]:
    """What the winner takes over: the groups of which he has nothing and the other one something."""
    found: dict[str, object] = {}
    for groep in GROEPEN:
        if not any(winnaar[name] for name in groep) and any(verliezer[name] for name in groep):
            found |= {name: verliezer[name] for name in groep if verliezer[name] != winnaar[name]}
    return {name: value for name, value in found.items() if value != winnaar.get("id")}
