# SPDX-License-Identifier: EUPL-1.2
"""Kanaalwissel: going on over another kanaal with the same Interactie, its draft, bijlagen and clocks (KS-4)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.kanaalintegratie.werk import OpenWerk, Werk
from schakel.kanaalintegratie.wisselcode import GELDIG, digest_wisselcode, new_wisselcode, normalise_wisselcode
from schakel.kit.errors import NotFound, TooMany


class WisselcodeOnbekend(NotFound):
    """Wrong, used, withdrawn and expired look the same to who tries."""

    title = "Deze Wisselcode werkt niet"
    advice = "Controleer de zes tekens. Een code werkt één keer en tot vier weken. Vraag zo nodig een nieuwe code."


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
        if pogingen > MAX_POGINGEN:
            raise TooMany

    async def redeem(self, werk: Werk, getypt: str, at: datetime) -> UUID:
        """The Interactie of a code, which is used up in this unit of work."""
        code = normalise_wisselcode(getypt)
        interactie_id = await werk.wisselcodes.redeem(digest_wisselcode(code, self.key), at) if code else None
        if interactie_id is None:
            raise WisselcodeOnbekend
        return interactie_id
