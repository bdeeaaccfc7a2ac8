# SPDX-License-Identifier: EUPL-1.2
"""Kanaalwissel: going on over another kanaal with the same Interactie, its draft, bijlagen and clocks (KS-4)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.interactie import Interactie
from schakel.kanaalintegratie.werk import OpenWerk, Verkeersregel, Werk
from schakel.kanaalintegratie.wisselcode import GELDIG, digest_wisselcode, new_wisselcode, normalise_wisselcode
from schakel.kit import crashpoints
from schakel.kit.errors import Conflict, NotFound, TooMany


class WisselcodeOnbekend(NotFound):
    """Wrong, used, withdrawn and expired look the same to who tries."""

    title = "Deze Wisselcode werkt niet"
    advice = "Controleer de zes tekens. Een code werkt één keer en tot vier weken. Vraag zo nodig een nieuwe code."


class WisselcodeVanAnder(Conflict):
    """The klant was identified, and the code is not of this klant. It stays unused, for whose it is."""

    title = "Deze code hoort bij iemand anders"
    advice = "Wij tonen niets. Vraag de klant naar de eigen code, of begin zonder code."


crashpoints.register("wisselcode.geteld", "the try is counted, nothing was looked up yet")
#: Wrong codes per person who tries, per quarter of an hour: 29^6 codes stay out of reach.
MAX_POGINGEN = 10


@dataclass(frozen=True, slots=True)
class Kanaalwissel:
    """Hands out Wisselcodes and takes them in. `key` peppers the stored digest."""

    key: bytes

    async def issue(self, werk: Werk, interactie_id: UUID, at: datetime) -> str:
        """A new code for this Interactie, in readable form; only its digest is kept."""
        code = new_wisselcode()
        digest = digest_wisselcode(code.replace("-", ""), self.key)
        await werk.wisselcodes.add(digest, interactie_id, at, at + GELDIG)
        return code

    async def admit(self, open_werk: OpenWerk, wie: str, at: datetime) -> None:
        """Count one try of `wie` (a medewerker or sessie) in a unit of its own, so that a refusal counts too."""
        async with open_werk() as werk:
            pogingen = await werk.pogingen.count("wisselcode", wie, at)
        crashpoints.reached("wisselcode.geteld")
        if pogingen > MAX_POGINGEN:
            raise TooMany

    async def forgive(self, werk: Werk, wie: str, at: datetime) -> None:
        """The code was right: only wrong ones count."""
        await werk.pogingen.forgive("wisselcode", wie, at)

    async def redeem(self, werk: Werk, getypt: str, at: datetime) -> UUID:
        """The Interactie of a code, which is used up in this unit of work."""
        code = normalise_wisselcode(getypt)
        interactie_id = await werk.wisselcodes.redeem(digest_wisselcode(code, self.key), at) if code else None
        if interactie_id is None:
            raise WisselcodeOnbekend
        return interactie_id

    async def go_on(
        self, werk: Werk, getypt: str, kanaal: Kanaal, at: datetime, *, partij_id: UUID | None = None
    ) -> Interactie:
        """The Interactie of a code, from now on over this kanaal. `partij_id`: who it is, when that was established."""
        interactie = await werk.interacties.get(await self.redeem(werk, getypt, at))  # KS-4: the same one goes on
        if partij_id is not None and interactie.vastgesteld and interactie.partij_id != partij_id:
            raise WisselcodeVanAnder  # invariant 6
        await self.switch(werk, interactie, kanaal, at)
        return interactie

    async def switch(self, werk: Werk, interactie: Interactie, kanaal: Kanaal, at: datetime) -> None:
        """Count that the klant goes on here (KS-5), and tell whoever has the Interactie open."""
        van = interactie.laatste_kanaal if interactie.laatste_kanaal != kanaal else ""
        regel = Verkeersregel(kanaal, at, "verder gegaan", interactie.product, van_kanaal=van)
        await werk.verkeer.add(regel)  # KS-5: the switch itself, also when nothing is handed in
        await werk.interacties.set_kanaal(interactie.id, kanaal)
        await werk.announce(interactie.id)

    async def hold(self, werk: Werk, interactie_id: UUID, actor_id: UUID | None, at: datetime) -> None:
        """The draft is open with this medewerker beside the klant, and with nobody else; None when the visit ends."""
        interactie = await werk.interacties.get(interactie_id, lock=True)
        await werk.interacties.set_team(interactie_id, interactie.team, actor_id, at)
        await werk.announce(interactie_id)
