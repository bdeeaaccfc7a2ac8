# SPDX-License-Identifier: EUPL-1.2
"""Mijn: what an inwoner reads and changes of his own, over all kanalen, each with its line in the logboek."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from schakel.begrippen.doel import Doel
from schakel.begrippen.kanaal import Kanaal
from schakel.begrippen.virusoordeel import Virusoordeel, decide_opening
from schakel.identiteit.vaststelling import Middel, establish
from schakel.identiteit.wie import Inwoner
from schakel.kanaalintegratie.interactie import Interactie
from schakel.kanaalintegratie.kanaalwissel import Kanaalwissel, WisselcodeOnbekend
from schakel.kanaalintegratie.werk import NieuweBijdrage, Werk
from schakel.kanaalintegratie.werkplek import WerkplekWerk
from schakel.kanaalintegratie.wisselcode import GELDIG, digest_wisselcode, normalise_wisselcode
from schakel.kit.clock import Clock
from schakel.kit.errors import NotFound
from schakel.regie.doelen import INZAGE, Gegevensklasse
from schakel.regie.logboek import Logboek, describe_verwerking

OWN = "Klantregister"


class EigenInteractie(msgspec.Struct, frozen=True):
    """One Interactie as its klant follows it. `verzoek` is the status of what he asked for; empty for a vraag."""

    id: UUID
    nummer: str
    onderwerp: str
    product: str
    status: str
    begonnen_op: datetime
    laatste_op: datetime
    belofte_tekst: str
    verzoek: str = ""
    uitkomst: str = ""
    belofte_op: datetime | None = None
    stil_sinds: datetime | None = None


class EigenBericht(msgspec.Struct, frozen=True):
    """One bericht of ours. `tekst` is the whole text, which may be more than what was sent; empty in lists.

    `persoonlijk`: it is read here and nowhere else. `geopend_op`: when the klant first did so.
    """

    id: UUID
    interactie_id: UUID
    nummer: str
    kanaal: str
    onderwerp: str
    opgesteld_op: datetime
    persoonlijk: bool
    geopend_op: datetime | None = None
    tekst: str = ""


class EigenBijlage(msgspec.Struct, frozen=True):
    """A document that the klant gave or got. `grootte` in bytes."""

    id: UUID
    naam: str
    grootte: int


class EigenBijdrage(msgspec.Struct, frozen=True):
    """One line of what was said, in or out."""

    kanaal: str
    richting: str
    tijdstip: datetime
    onderwerp: str
    tekst: str
    bijlagen: Sequence[EigenBijlage] = ()


class Verloop(msgspec.Struct, frozen=True):
    """One Interactie with all that was said in it, newest first."""

    interactie: EigenInteractie
    bijdragen: Sequence[EigenBijdrage]


class Overzicht(msgspec.Struct, frozen=True):
    """What runs and what we sent, newest first."""

    interacties: Sequence[EigenInteractie]
    berichten: Sequence[EigenBericht]


class Klantvoorkeuren(msgspec.Struct, frozen=True):
    """What the klant himself decides: how we reach and address him. `voorkeur` is a kanaal, or empty for no wish."""

    voorkeur: str = ""
    aanspreekvorm: str = ""
    email: str = ""
    telefoon: str = ""


class Eigen(Protocol):
    """The store, always asked for one partij: what is of another is not there (NotFound)."""

    async def overzicht(self, partij_id: UUID) -> Overzicht: ...
    async def verloop(self, partij_id: UUID, interactie_id: UUID) -> Verloop: ...
    async def bericht(self, partij_id: UUID, bericht_id: UUID, at: datetime) -> EigenBericht:
        """Also keeps the proof that it was opened, once."""
        ...

    async def bijlage(self, partij_id: UUID, bijlage_id: UUID) -> tuple[str, bytes, Virusoordeel]:
        """Name, content and what the scanner said."""
        ...

    async def belofte(self, interactie_id: UUID) -> str:
        """The sentence of its belofte, which holds nothing of a person."""
        ...

    async def wisselcode_tot(self, digest: bytes, interactie_id: UUID, at: datetime) -> datetime | None:
        """Until when this code of this Interactie works; None when it does not."""
        ...

    async def voorkeuren(self, partij_id: UUID) -> Klantvoorkeuren: ...
    async def change(self, partij_id: UUID, voorkeuren: Klantvoorkeuren, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Mijn:
    """First the line in the logboek, then the look."""

    eigen: Eigen
    wissel: Kanaalwissel
    logboek: Logboek
    pseudonym: Callable[[UUID], bytes]
    clock: Clock

    async def overzicht(self, wie: Inwoner) -> Overzicht:
        """Beside his klantbeeld, whose line in the logboek covers it."""
        return await self.eigen.overzicht(wie.partij_id)  # NO-6

    async def verloop(self, wie: Inwoner, interactie_id: UUID) -> Verloop:
        await self.look(wie, INZAGE, Gegevensklasse.CONTACTEN, Gegevensklasse.VERZOEKEN)
        return await self.eigen.verloop(wie.partij_id, interactie_id)

    async def bericht(self, wie: Inwoner, bericht_id: UUID) -> EigenBericht:
        await self.look(wie, INZAGE, Gegevensklasse.CONTACTEN)
        return await self.eigen.bericht(wie.partij_id, bericht_id, self.clock())

    async def bijlage(self, wie: Inwoner, bijlage_id: UUID) -> tuple[str, bytes]:
        await self.look(wie, INZAGE, Gegevensklasse.CONTACTEN)
        naam, inhoud, oordeel = await self.eigen.bijlage(wie.partij_id, bijlage_id)
        decide_opening(oordeel)
        return naam, inhoud

    async def voorkeuren(self, wie: Inwoner) -> Klantvoorkeuren:
        await self.look(wie, INZAGE, Gegevensklasse.VOORKEUREN, Gegevensklasse.BEREIKBAARHEID)
        return await self.eigen.voorkeuren(wie.partij_id)

    async def change(self, wie: Inwoner, voorkeuren: Klantvoorkeuren) -> Klantvoorkeuren:
        """Keep them (EG-4); returns what they were, so that it can be undone."""
        before = await self.voorkeuren(wie)
        await self.eigen.change(wie.partij_id, voorkeuren, self.clock())  # EG-4
        return before

    async def look(self, wie: Inwoner, doel: Doel, *gezien: Gegevensklasse) -> None:
        """The line that he looked at data of his own."""
        verwerking = describe_verwerking(
            wie,
            doel,
            bronnen=(OWN,),
            gezien=tuple(klasse.value for klasse in gezien),
            betrokkenen=(self.pseudonym(wie.partij_id),),
            moment=self.clock(),
        )
        await self.logboek.record(verwerking)  # NO-8

    async def wisselcode(self, werk: Werk, interactie_id: UUID, shown: str, at: datetime) -> tuple[str, datetime]:
        """The code that the klant saw before as long as it works, else a new one; and until when.

        We keep no code that we could show again.
        """
        code = normalise_wisselcode(shown)
        if code:
            tot = await self.eigen.wisselcode_tot(digest_wisselcode(code, self.wissel.key), interactie_id, at)
            if tot is not None:
                return f"{code[:3]}-{code[3:]}", tot
        return await self.wissel.issue(werk, interactie_id, at), at + GELDIG

    async def go_on(self, werk: WerkplekWerk, wie: Inwoner, typed: str, at: datetime) -> UUID:
        """The Interactie of a Wisselcode. One of somebody else stays closed, and his code stays whole (KS-4).

        Of an Interactie without proved identity, who has the code and logged in with DigiD is the klant.
        """
        interactie_id = await self.wissel.redeem(werk, typed, at)
        interactie = await werk.interacties.get(interactie_id, lock=True)
        if interactie.vastgesteld:
            if interactie.partij_id != wie.partij_id:  # KS-4: the code alone opens nothing
                raise WisselcodeOnbekend
            return interactie_id
        toelichting = establish(Middel.DIGID).toelichting
        await werk.werkplekken.identify(interactie_id, wie.partij_id)
        await _note(werk, interactie_id, f"De klant ging verder met een Wisselcode: {toelichting}.", at)
        return interactie_id


async def own_interactie(werk: Werk, wie: Inwoner, interactie_id: UUID) -> Interactie:
    """Raises NotFound for what is of another, as for what is not there."""
    interactie = await werk.interacties.get(interactie_id)
    if not interactie.vastgesteld or interactie.partij_id != wie.partij_id:  # NO-8
        raise NotFound
    return interactie


async def report_mistake(werk: WerkplekWerk, interactie: Interactie, tekst: str, at: datetime) -> None:
    """What the klant says is wrong in what we know: seen by whoever treats it, and a taak for the team."""
    await _note(werk, interactie.id, f"De klant meldt dat een gegeven niet klopt: {tekst}", at)
    await werk.werkplekken.add_interne_taak(interactie.id, interactie.team, f"Kijk dit gegeven na: {tekst}", at)


async def _note(werk: WerkplekWerk, interactie_id: UUID, tekst: str, at: datetime) -> None:
    await werk.interacties.add_bijdrage(NieuweBijdrage(interactie_id, Kanaal("intern"), "intern", tekst, at))
    await werk.announce(interactie_id)
