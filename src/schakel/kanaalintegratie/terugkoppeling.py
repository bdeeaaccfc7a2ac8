# SPDX-License-Identifier: EUPL-1.2
"""Terugkoppeling: after closing we ask what the klant thought, over his own kanaal, and act on the answer (NO-10)."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.feedback import Afronding, Feedback, Feedbackbeleid, decide_uitnodiging, read_feedback
from schakel.kanaalintegratie.interactie import InteractieStatus
from schakel.kanaalintegratie.verzending import Opdracht, Verzending
from schakel.kanaalintegratie.werk import NieuweBijdrage, Werk
from schakel.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class Gevraagd:
    """An invitation that was sent."""

    interactie_id: UUID
    nummer: str
    onderwerp: str
    gegeven_op: datetime | None


class Uitnodigingen(Protocol):
    """The store of invitations and answers; of a token only the digest is kept."""

    async def add(self, digest: bytes, interactie_id: UUID, kanaal: Kanaal, at: datetime) -> None: ...
    async def last_asked(self, interactie_id: UUID) -> datetime | None:
        """When the klant of this Interactie was last asked, about anything."""
        ...

    async def get(self, digest: bytes, *, lock: bool = False) -> Gevraagd | None: ...
    async def give(self, digest: bytes, feedback: Feedback, at: datetime) -> None: ...


class UitnodigingOnbekend(NotFound):
    """Wrong and withdrawn look the same."""

    title = "Deze link werkt niet meer"
    advice = "Wilt u ons iets vertellen? Bel ons of stuur een bericht."


class TerugkoppelWerk(Werk, Protocol):
    """A unit of work that also keeps feedback."""

    @property
    def uitnodigingen(self) -> Uitnodigingen: ...


@dataclass(frozen=True, slots=True)
class Terugkoppeling:
    """Asks, and takes in the answer."""

    verzending: Verzending
    publiek_adres: str
    beleid: Feedbackbeleid = field(default_factory=Feedbackbeleid)

    async def invite(self, werk: TerugkoppelWerk, interactie_id: UUID, uitkomst: str, at: datetime) -> bool:
        """Ask the klant, unless the beleid says not to; whether he was asked."""
        interactie = await werk.interacties.get(interactie_id)
        bereik = await werk.interacties.bereik(interactie_id)
        laatst = await werk.uitnodigingen.last_asked(interactie_id)
        afronding = Afronding(interactie.product, uitkomst, at, bool(bereik), laatst)
        if not decide_uitnodiging(afronding, self.beleid).vraag:
            return False
        token = secrets.token_urlsafe(16)
        link = f"{self.publiek_adres}/mening/{token}"
        ingevuld = self.verzending.dienst.text("feedback_uitnodiging", {"kenmerk": interactie.nummer, "link": link}, at)
        await werk.uitnodigingen.add(digest(token), interactie_id, bereik[0].kanaal, at)
        await self.verzending.send(
            werk,
            Opdracht(
                interactie_id=interactie_id,
                berichttype="feedback_uitnodiging",
                onderwerp=ingevuld.onderwerp,
                tekst=ingevuld.tekst,
                verstuursleutel=f"feedback:{interactie_id}:{at.isoformat()}",
                automatisch=True,
                kanaal=bereik[0].kanaal,
            ),
            at,
        )
        return True

    async def asked(self, werk: TerugkoppelWerk, token: str) -> Gevraagd:
        """The invitation of a link; raises UitnodigingOnbekend."""
        gevraagd = await werk.uitnodigingen.get(digest(token))
        if gevraagd is None:
            raise UitnodigingOnbekend
        return gevraagd

    async def give(self, werk: TerugkoppelWerk, token: str, form: Mapping[str, str], at: datetime) -> Feedback:
        """Keep the answer, once; "not answered" brings the vraag back to a person (EO-4)."""
        gevraagd = await werk.uitnodigingen.get(digest(token), lock=True)
        if gevraagd is None:
            raise UitnodigingOnbekend
        feedback = read_feedback(form, already_given=gevraagd.gegeven_op is not None)
        await werk.uitnodigingen.give(digest(token), feedback, at)
        if feedback.beantwoord is False or feedback.contact_opnemen:  # NO-10
            await self._reopen(werk, gevraagd.interactie_id, feedback, at)
        return feedback

    async def _reopen(self, werk: Werk, interactie_id: UUID, feedback: Feedback, at: datetime) -> None:
        said = "De klant zegt dat zijn vraag nog niet is beantwoord." if feedback.beantwoord is False else ""
        asks = "De klant wil dat wij contact opnemen." if feedback.contact_opnemen else ""
        tekst = "\n\n".join(filter(None, (f"{said} {asks}".strip(), feedback.toelichting)))
        await werk.interacties.add_bijdrage(NieuweBijdrage(interactie_id, Kanaal("intern"), "intern", tekst, at))
        await werk.interacties.set_status(interactie_id, InteractieStatus.OPEN, at)
        await werk.announce(interactie_id)


def digest(token: str) -> bytes:
    """What is stored of a token in a link."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
