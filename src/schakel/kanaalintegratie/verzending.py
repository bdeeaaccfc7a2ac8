# SPDX-License-Identifier: EUPL-1.2
"""Verzending: one bericht to one klant, the choice of kanaal and every attempt until it arrived or a person has it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from schakel.begrippen.bericht import Bericht, BezorgUitkomst, Inhoudsklasse
from schakel.begrippen.bsn import contains_bsn
from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.dienst import Dienst
from schakel.kanaalintegratie.interactie import Interactie
from schakel.kanaalintegratie.kanaal import OutboundKanaal
from schakel.kanaalintegratie.kanaalkeuze import Bereik, Kanaalkeuze, choose_kanaal
from schakel.kanaalintegratie.werk import NieuwBericht, NieuweBijdrage, OpenWerk, TeVerzenden, Werk
from schakel.kit import crashpoints
from schakel.kit.clock import Clock
from schakel.kit.errors import InvalidInput
from schakel.kit.ids import new_id

MAX_POGINGEN = 8

crashpoints.register("verzending.poging_vastgelegd", "the attempt is recorded, nothing is sent yet")
crashpoints.register("verzending.overgedragen", "the other side may have it, we have not recorded that")
crashpoints.register("verzending.uitkomst_vastgelegd", "the outcome is recorded")


class Tokens(Protocol):
    """Signs the id of an Interactie so that an answer finds its way back."""

    def sign(self, interactie_id: UUID) -> str: ...
    def verify(self, token: str) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class Opdracht:
    """What someone wants to tell the klant. `adres` and `kanaal` are where he wrote from, if he did."""

    interactie_id: UUID
    berichttype: str
    onderwerp: str
    tekst: str
    verstuursleutel: str
    automatisch: bool
    adres: str = ""
    kanaal: Kanaal = Kanaal.EMAIL
    klasse: Inhoudsklasse = Inhoudsklasse.ALGEMEEN
    actor_id: UUID | None = None
    redenen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verstuurd:
    """`nieuw` is False when the same verstuursleutel was used before; `kanaal` is None when a person must solve it."""

    nieuw: bool
    kanaal: Kanaal | None
    als_kennisgeving: bool
    redenen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verzending:
    """The way back to the klant, over any kanaal."""

    open_werk: OpenWerk
    kanalen: Mapping[Kanaal, OutboundKanaal]
    tokens: Tokens
    dienst: Dienst
    maildomein: str
    publiek_adres: str
    clock: Clock
    wachttijd: timedelta = field(default=timedelta(seconds=20))

    def read_token(self, token: str) -> UUID | None:
        """The Interactie of a token that we signed ourselves."""
        return self.tokens.verify(token) if token else None

    async def bereik(self, werk: Werk, interactie_id: UUID, kanaal: Kanaal, adres: str) -> tuple[Bereik, ...]:
        """Where we can send to the klant, the address he uses now first; over a form or a balie nothing goes back."""
        known = [b for b in await werk.interacties.bereik(interactie_id) if b.kanaal in self.kanalen]
        now = [Bereik(kanaal, adres)] if adres and kanaal in self.kanalen else []
        return (*now, *known)

    async def choose(
        self, werk: Werk, interactie: Interactie, klasse: Inhoudsklasse, over: Kanaal, adres: str = ""
    ) -> Kanaalkeuze:
        """Over which kanaal a bericht would go now, with the reasons. `over`, `adres`: what the klant used himself."""
        product = self.dienst.producten.get(interactie.product)
        return choose_kanaal(
            klasse,
            await self.bereik(werk, interactie.id, over, adres),
            wens=await werk.interacties.wens(interactie.id),
            gevraagd_over=over,
            gemeente=product.kanaalvoorkeur if product else None,
        )

    async def send(self, werk: Werk, opdracht: Opdracht, at: datetime) -> Verstuurd:
        """Decide the kanaal, keep the bericht and plan its first attempt, all in this unit of work."""
        if contains_bsn(opdracht.tekst) or contains_bsn(opdracht.onderwerp):  # A09: invariant 9
            raise InvalidInput({"tekst": "Er staat een burgerservicenummer in uw bericht. Haal het eerst weg."})
        interactie = await werk.interacties.get(opdracht.interactie_id)
        keuze = await self.choose(werk, interactie, opdracht.klasse, opdracht.kanaal, opdracht.adres)
        onderwerp, tekst = opdracht.onderwerp, opdracht.tekst
        if keuze.als_kennisgeving:
            melding = self.dienst.text(
                "kennisgeving", {"kenmerk": interactie.nummer, "link": f"{self.publiek_adres}/mijn"}, at
            )
            onderwerp, tekst = melding.onderwerp, melding.tekst
        token = self.tokens.sign(interactie.id)
        bericht = NieuwBericht(
            id=new_id(),
            interactie_id=interactie.id,
            berichttype=opdracht.berichttype,
            inhoudsklasse=opdracht.klasse,
            kanaal=keuze.kanaal or opdracht.kanaal,
            aan=keuze.adres,
            onderwerp=onderwerp,
            tekst=tekst,
            volledig=opdracht.tekst,
            kenmerk=f"<{token}.{secrets.token_hex(8)}@{self.maildomein}>",
            token=token,
            verstuursleutel=opdracht.verstuursleutel,
            opgesteld_op=at,
            automatisch=opdracht.automatisch,
            antwoord_op=tuple(await werk.interacties.kenmerken(interactie.id)),
            actor_id=opdracht.actor_id,
            redenen=(*opdracht.redenen, *keuze.redenen),
            status="klaar" if keuze.kanaal else "bij_persoon",
        )
        nieuw = await werk.berichten.add(bericht)
        if nieuw:
            await self._show(werk, bericht, opdracht)
            if keuze.kanaal:
                await werk.berichten.send_later(bericht.id, timedelta())
            else:
                await werk.interacties.set_alarm(interactie.id, "Een antwoord kon niet weg: er is geen adres bekend.")
        return Verstuurd(nieuw, keuze.kanaal, keuze.als_kennisgeving, bericht.redenen)

    async def _show(self, werk: Werk, bericht: NieuwBericht, opdracht: Opdracht) -> None:
        await werk.interacties.add_bijdrage(
            NieuweBijdrage(
                interactie_id=bericht.interactie_id,
                kanaal=bericht.kanaal,
                richting="uit",
                tekst=opdracht.tekst,
                tijdstip=bericht.opgesteld_op,
                actor_id=bericht.actor_id,
                onderwerp=opdracht.onderwerp,
                kenmerk=bericht.kenmerk,
                geautomatiseerd=bericht.automatisch,
            )
        )

    async def attempt(self, bericht_id: UUID) -> None:
        """One attempt: recorded as onbekend first, so that a crash at any moment leaves an honest trace."""
        async with self.open_werk() as werk:
            verzending = await werk.berichten.begin_attempt(bericht_id, self.clock())
        if verzending is None:
            return
        crashpoints.reached("verzending.poging_vastgelegd")
        bezorging = await self.kanalen[verzending.kanaal].deliver(_to_bericht(verzending))
        crashpoints.reached("verzending.overgedragen")
        async with self.open_werk() as werk:
            status, wait = self._next(verzending, bezorging.uitkomst)
            await werk.berichten.end_attempt(verzending, bezorging, status, self.clock())
            if wait is not None:
                await werk.berichten.send_later(bericht_id, wait)
            if status == "bij_persoon":  # invariant 1: an attempt or a person, never silence
                await werk.interacties.set_alarm(
                    verzending.interactie_id, "Een bericht kwam niet aan. Kies een ander adres of kanaal."
                )
            await werk.announce(verzending.interactie_id)
        crashpoints.reached("verzending.uitkomst_vastgelegd")

    def _next(self, verzending: TeVerzenden, uitkomst: BezorgUitkomst) -> tuple[str, timedelta | None]:
        if uitkomst is BezorgUitkomst.BEZORGD:
            return "bezorgd", None
        if uitkomst is BezorgUitkomst.MISLUKT or verzending.poging >= MAX_POGINGEN:
            return "bij_persoon", None
        status = "onbekend" if uitkomst is BezorgUitkomst.ONBEKEND else "klaar"
        return status, self.wachttijd * 2 ** (verzending.poging - 1)


def _to_bericht(verzending: TeVerzenden) -> Bericht:
    return Bericht(
        aan=verzending.aan,
        onderwerp=verzending.onderwerp,
        tekst=verzending.tekst,
        kenmerk=verzending.kenmerk,
        token=verzending.token,
        antwoord_op=verzending.antwoord_op,
        automatisch=verzending.automatisch,
    )
