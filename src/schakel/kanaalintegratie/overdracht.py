# SPDX-License-Identifier: EUPL-1.2
"""Overdracht: an Interactie to another team with all that belongs to it. Until they accept, it stays ours (EO-3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

import msgspec

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.openingstijden import Openingstijden
from schakel.kanaalintegratie.werk import NieuweBijdrage, Werk
from schakel.kit.errors import Conflict, InvalidInput

MAX_REDEN = 1000


class Overdrachtsoort(StrEnum):
    """Koud: they read it when they can. Warm: they have us on the line now. Terugleg: back to whom it came from."""

    KOUD = "koud"
    WARM = "warm"
    TERUGLEG = "terugleg"


PATIENCE = {
    Overdrachtsoort.KOUD: timedelta(hours=4),
    Overdrachtsoort.WARM: timedelta(minutes=3),
    Overdrachtsoort.TERUGLEG: timedelta(hours=4),
}
"""Of open time, until an offer that nobody answers is ours again; a choice."""


class Contextbundel(msgspec.Struct, frozen=True):
    """What goes along, counted when it was offered: who accepts can see that he has all of it."""

    bijdragen: int
    bijlagen: int
    notities: int
    belofte: bool
    vastgesteld: bool
    proces: bool
    concept: bool

    def in_woorden(self) -> list[str]:
        """Each part that goes along, and the parts that there are not."""
        found = [_count(self.bijdragen, "bericht", "berichten"), _count(self.bijlagen, "bijlage", "bijlagen")]
        found.append(_count(self.notities, "notitie", "notities"))
        found.append("de belofte aan de klant" if self.belofte else "geen belofte")
        found.append("wie de klant is" if self.vastgesteld else "nog niet wie de klant is")
        found += ["hoe ver het proces is"] if self.proces else []
        return found + (["een begin van het antwoord"] if self.concept else [])


def _count(number: int, one: str, more: str) -> str:
    return f"1 {one}" if number == 1 else f"{number or 'geen'} {more}"


@dataclass(frozen=True, slots=True)
class NieuweOverdracht:
    """An offer, before it is kept. `naar_team` empty for a terugleg: to whom it came from."""

    interactie_id: UUID
    van_actor: UUID
    naar_team: str
    soort: Overdrachtsoort
    reden: str
    op: datetime
    tot: datetime


@dataclass(frozen=True, slots=True)
class Verlopen:
    """An offer that nobody answered in time."""

    interactie_id: UUID
    naar_team: str


class Overdrachten(Protocol):
    """The store of offers."""

    async def offer(self, nieuw: NieuweOverdracht) -> UUID:
        """Raises InvalidInput for a team that is not there, Conflict when one is open or there is nothing to return."""
        ...

    async def accept(self, overdracht_id: UUID, actor_id: UUID, at: datetime) -> UUID | None:
        """Team and regiehouder change together, and the begun answer goes along. None when it was decided before."""
        ...

    async def refuse(self, overdracht_id: UUID, actor_id: UUID, antwoord: str, at: datetime) -> UUID | None:
        """The Interactie; None when it was decided before."""
        ...

    async def expire_one(self, at: datetime) -> Verlopen | None: ...


class OverdrachtWerk(Werk, Protocol):
    """A unit of work that knows offers."""

    @property
    def overdrachten(self) -> Overdrachten: ...


@dataclass(frozen=True, slots=True)
class Overgave:
    """The deeds; each is one unit of work."""

    openingstijden: Openingstijden

    async def offer(
        self,
        werk: OverdrachtWerk,
        interactie_id: UUID,
        actor_id: UUID,
        naar_team: str,
        reden: str,
        at: datetime,
        soort: Overdrachtsoort = Overdrachtsoort.KOUD,
    ) -> UUID:
        """Offer it; it stays ours until they accept (EO-3: never without owner)."""
        if not reden.strip():
            raise InvalidInput({"reden": "Schrijf in één zin waarom dit team het moet doen."})
        await werk.interacties.get(interactie_id, lock=True)
        tot = self.openingstijden.add(at, PATIENCE[soort])
        found = await werk.overdrachten.offer(
            NieuweOverdracht(interactie_id, actor_id, naar_team, soort, reden.strip()[:MAX_REDEN], at, tot)
        )
        await werk.announce(interactie_id)
        return found

    async def accept(self, werk: OverdrachtWerk, overdracht_id: UUID, actor_id: UUID, at: datetime) -> UUID:
        """Be its regiehouder from now on."""
        interactie_id = await werk.overdrachten.accept(overdracht_id, actor_id, at)
        if interactie_id is None:
            raise Conflict("Een collega besliste al over deze overdracht, of de tijd is voorbij.")
        await werk.announce(interactie_id)
        return interactie_id

    async def refuse(
        self, werk: OverdrachtWerk, overdracht_id: UUID, actor_id: UUID, antwoord: str, at: datetime
    ) -> UUID:
        """Say why not; who offered it reads that in the Interactie."""
        if not antwoord.strip():
            raise InvalidInput({"antwoord": "Schrijf in één zin waarom uw team dit niet overneemt."})
        interactie_id = await werk.overdrachten.refuse(overdracht_id, actor_id, antwoord.strip()[:MAX_REDEN], at)
        if interactie_id is None:
            raise Conflict("Een collega besliste al over deze overdracht, of de tijd is voorbij.")
        await _tell(werk, interactie_id, f"Overdracht niet aangenomen: {antwoord.strip()[:MAX_REDEN]}", actor_id, at)
        return interactie_id


async def expire_one(werk: OverdrachtWerk, at: datetime) -> UUID | None:
    """One offer that nobody answered is ours again, as old as it was, and the regiehouder is told."""
    verlopen = await werk.overdrachten.expire_one(at)
    if verlopen is None:
        return None
    tekst = f"{verlopen.naar_team} antwoordde niet op tijd op de overdracht. De vraag is niet weggegeven."
    await _tell(werk, verlopen.interactie_id, tekst, None, at)
    return verlopen.interactie_id


async def _tell(werk: OverdrachtWerk, interactie_id: UUID, tekst: str, actor_id: UUID | None, at: datetime) -> None:
    await werk.interacties.add_bijdrage(
        NieuweBijdrage(interactie_id, Kanaal("intern"), "intern", tekst, at, actor_id=actor_id)
    )
    await werk.announce(interactie_id)
