# SPDX-License-Identifier: EUPL-1.2
"""Werkplek: what a medewerker does with an Interactie besides the steps of the proces."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from schakel.begrippen.kanaal import Kanaal
from schakel.identiteit.vaststelling import Vaststelling
from schakel.kanaalintegratie.overdracht import OverdrachtWerk
from schakel.kanaalintegratie.verdeling.poort import Verdelingen
from schakel.kanaalintegratie.werk import NieuweBijdrage
from schakel.kit.errors import Conflict, InvalidInput

MAX_TEKST = 20_000


class Werkplekken(Protocol):
    """What is kept of the people at work in an Interactie."""

    async def save_concept(self, interactie_id: UUID, actor_id: UUID, tekst: str, at: datetime) -> None: ...
    async def drop_concept(self, interactie_id: UUID, actor_id: UUID) -> None: ...
    async def be_present(self, interactie_id: UUID, actor_id: UUID, schrijft: bool, at: datetime) -> bool:
        """True when this is news for the colleagues."""
        ...

    async def claim(self, interactie_id: UUID, actor_id: UUID, at: datetime) -> bool:
        """Become regiehouder when nobody is, or already was; False when a colleague is."""
        ...

    async def identify(self, interactie_id: UUID, partij_id: UUID) -> None: ...
    async def add_interne_taak(self, interactie_id: UUID, team: str, tekst: str, at: datetime) -> None: ...
    async def finish_interne_taken(self, interactie_id: UUID, at: datetime) -> None:
        """Those that a client of the API asked for; what the house asked a team of its own is that team's to finish."""
        ...


class WerkplekWerk(OverdrachtWerk, Protocol):
    """A unit of work that also knows who works where."""

    @property
    def werkplekken(self) -> Werkplekken: ...
    @property
    def verdelingen(self) -> Verdelingen: ...


@dataclass(frozen=True, slots=True)
class Werkplek:
    """The deeds of a medewerker; each is one unit of work."""

    async def note(self, werk: WerkplekWerk, interactie_id: UUID, actor_id: UUID, tekst: str, at: datetime) -> None:
        """An internal note, in sight of colleagues, never of the klant."""
        if not tekst.strip():
            raise InvalidInput({"tekst": "Schrijf eerst wat u wilt onthouden."})
        if len(tekst) > MAX_TEKST:
            raise InvalidInput({"tekst": f"Dit is te lang. Houd het korter dan {MAX_TEKST} tekens."})
        interactie = await werk.interacties.get(interactie_id, lock=True)
        await werk.interacties.add_bijdrage(
            NieuweBijdrage(
                interactie_id=interactie.id,
                kanaal=Kanaal("intern"),
                richting="intern",
                tekst=tekst,
                tijdstip=at,
                actor_id=actor_id,
            )
        )
        await werk.announce(interactie_id)

    async def claim(self, werk: WerkplekWerk, interactie_id: UUID, actor_id: UUID, at: datetime) -> None:
        """Become the regiehouder (invariant 8); a colleague who is it already, or to whom it is offered, keeps it."""
        if not await werk.werkplekken.claim(interactie_id, actor_id, at):
            raise Conflict("Een collega heeft deze vraag al opgepakt.")
        van_kracht = await werk.verdelingen.van_kracht()
        await werk.verdelingen.carry(interactie_id, actor_id, van_kracht.regels, at)  # invariant 10: by hand counts too
        await werk.announce(interactie_id)

    async def identify(
        self,
        werk: WerkplekWerk,
        interactie_id: UUID,
        partij_id: UUID,
        actor_id: UUID,
        vaststelling: Vaststelling,
        at: datetime,
    ) -> None:
        """Link the Interactie to a partij whose identity was shown; the unidentified record stays as it was."""
        interactie = await werk.interacties.get(interactie_id, lock=True)
        if interactie.vastgesteld and interactie.partij_id != partij_id:
            raise Conflict("Bij deze vraag is al een andere klant vastgesteld.")
        await werk.werkplekken.identify(interactie_id, partij_id)
        await self.note(
            werk, interactie_id, actor_id, f"Identiteit van de klant vastgesteld: {vaststelling.toelichting}.", at
        )
