# SPDX-License-Identifier: EUPL-1.2
"""Werk: one unit of work. The edge opens a transaction; the core asks these ports and nothing else of it."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from schakel.begrippen.bericht import Bezorging, Inhoudsklasse
from schakel.begrippen.gespreksbijdrage import Bijlage, Gespreksbijdrage
from schakel.begrippen.kanaal import Kanaal
from schakel.begrippen.virusoordeel import Virusoordeel
from schakel.kanaalintegratie.draad import Aanknopingspunt
from schakel.kanaalintegratie.interactie import Interactie, InteractieStatus, NieuweInteractie
from schakel.kanaalintegratie.kanaalkeuze import Bereik
from schakel.kanaalintegratie.kanaalsessies import Kanaalsessies
from schakel.kanaalintegratie.verzoek import Verzoeken
from schakel.kanaalintegratie.vindplaats import Vindplaats
from schakel.relatiebeheer.klantcontacten import Klantcontacten
from schakel.relatiebeheer.partijen import Partijen


@dataclass(frozen=True, slots=True)
class Origineel:
    """The raw form of what came in, as stored before it was acknowledged. `envelop` belongs to the kanaal."""

    id: UUID
    kanaal: Kanaal
    envelop: dict[str, object]
    inhoud: bytes
    ontvangen_op: datetime
    vindplaats: Vindplaats | None = None


@dataclass(frozen=True, slots=True)
class NieuweBijdrage:
    """One line in the Interactie: in, out or an internal note."""

    interactie_id: UUID
    kanaal: Kanaal
    richting: str
    tekst: str
    tijdstip: datetime
    klantcontact_id: UUID | None = None
    origineel_id: UUID | None = None
    afzender_naam: str = ""
    afzender_adres: str = ""
    actor_id: UUID | None = None
    onderwerp: str = ""
    html: str = ""
    kenmerk: str = ""
    geautomatiseerd: bool = False
    gebreken: tuple[str, ...] = ()
    bijlagen: tuple[Bijlage, ...] = ()


@dataclass(frozen=True, slots=True)
class NieuwBericht:
    """One bericht to be sent. `verstuursleutel` makes sending twice send once; `volledig` stays with us."""

    id: UUID
    interactie_id: UUID
    berichttype: str
    inhoudsklasse: Inhoudsklasse
    kanaal: Kanaal
    aan: str
    onderwerp: str
    tekst: str
    kenmerk: str
    token: str
    verstuursleutel: str
    opgesteld_op: datetime
    automatisch: bool
    volledig: str = ""
    antwoord_op: tuple[str, ...] = ()
    actor_id: UUID | None = None
    redenen: tuple[str, ...] = ()
    status: str = "klaar"


@dataclass(frozen=True, slots=True)
class TeVerzenden:
    """A bericht as the attempt needs it. `eerder_onbekend`: attempts whose outcome we never learned."""

    id: UUID
    interactie_id: UUID
    kanaal: Kanaal
    aan: str
    onderwerp: str
    tekst: str
    kenmerk: str
    token: str
    antwoord_op: tuple[str, ...]
    automatisch: bool
    poging: int
    eerder_onbekend: int


@dataclass(frozen=True, slots=True)
class Verkeersregel:
    """A line of traffic without personal data (KS-5): never a name, address, nummer or key of a person."""

    kanaal: Kanaal
    begonnen_op: datetime
    uitkomst: str
    product: str = ""
    richting: str = "in"
    van_kanaal: str = ""
    beeindigd_op: datetime | None = None


class Originelen(Protocol):
    """The store of raw messages."""

    async def add(self, origineel: Origineel, wait: timedelta) -> bool:
        """Keep it, with the job that registers it after this wait; False when its vindplaats was emptied before."""
        ...

    async def registered_as(self, origineel_id: UUID) -> tuple[UUID, str] | None:
        """The Interactie and its nummer, also for a twin; None as long as it is not registered."""
        ...

    async def take(self, origineel_id: UUID) -> Origineel | None:
        """Locked for this unit of work; None when it was registered already."""
        ...

    async def twin_of(self, bijdrage: Gespreksbijdrage, within: timedelta) -> UUID | None:
        """An origineel with the same kenmerk and content, or without kenmerk the same content within the period."""
        ...

    async def mark_registered(self, origineel_id: UUID, bijdrage: Gespreksbijdrage, at: datetime) -> None: ...
    async def mark_twin(self, origineel_id: UUID, of: UUID, at: datetime) -> None: ...


class Interacties(Protocol):
    """The store of Interacties."""

    async def add(self, nieuw: NieuweInteractie) -> str:
        """Keep it; returns its human nummer."""
        ...

    async def get(self, interactie_id: UUID, *, lock: bool = False) -> Interactie: ...
    async def points_of(self, kenmerken: Sequence[str]) -> Sequence[Aanknopingspunt]:
        """Interacties that hold a message with one of these kenmerken, in the order given."""
        ...

    async def point(self, interactie_id: UUID) -> Aanknopingspunt | None: ...
    async def set_status(self, interactie_id: UUID, status: InteractieStatus, at: datetime) -> None:
        """Also stops or restarts the clock of the belofte."""
        ...

    async def set_belofte(self, interactie_id: UUID, op: datetime | None, tekst: str, klok: str) -> None: ...
    async def set_proces(self, interactie_id: UUID, proces_id: UUID) -> None: ...
    async def set_kanaal(self, interactie_id: UUID, kanaal: Kanaal) -> None:
        """Over which kanaal the klant goes on from now."""
        ...

    async def set_alarm(self, interactie_id: UUID, alarm: str) -> None: ...
    async def set_team(self, interactie_id: UUID, team: str, regiehouder: UUID | None, at: datetime) -> None: ...
    async def mark_answered(self, interactie_id: UUID, at: datetime) -> None:
        """The promise is kept at this moment, if it was not before."""
        ...

    async def add_bijdrage(self, bijdrage: NieuweBijdrage) -> UUID: ...
    async def kenmerken(self, interactie_id: UUID) -> Sequence[str]:
        """All message ids of this Interactie, oldest first."""
        ...

    async def bereik(self, interactie_id: UUID) -> Sequence[Bereik]:
        """Where the klant of this Interactie can be reached, the address he used last first."""
        ...

    async def wens(self, interactie_id: UUID) -> Kanaal | None:
        """The kanaal this klant said he prefers; only of a klant who was identified."""
        ...


class Berichten(Protocol):
    """The store of what goes out."""

    async def add(self, bericht: NieuwBericht) -> bool:
        """False when the verstuursleutel was used before: it is sent already."""
        ...

    async def last_bevestiging(self, aan: str) -> datetime | None: ...
    async def begin_attempt(self, bericht_id: UUID, at: datetime) -> TeVerzenden | None:
        """Lock it and record the attempt as onbekend; None when nothing is left to send."""
        ...

    async def end_attempt(self, verzending: TeVerzenden, bezorging: Bezorging, status: str, at: datetime) -> None: ...
    async def send_later(self, bericht_id: UUID, wait: timedelta) -> None:
        """Plan the attempt as a job of this same unit of work."""
        ...


class Verkeer(Protocol):
    """Traffic and promises, for steering and measuring."""

    async def add(self, regel: Verkeersregel) -> None: ...
    async def promise(
        self, interactie: UUID, kanaal: Kanaal, product: str, beloofd: datetime, at: datetime
    ) -> None: ...


class Wisselcodes(Protocol):
    """The store of digests."""

    async def add(self, digest: bytes, interactie_id: UUID, at: datetime, geldig_tot: datetime) -> None: ...
    async def redeem(self, digest: bytes, at: datetime) -> UUID | None:
        """Atomically mark as used; None when unknown, used or expired."""
        ...


class Pogingen(Protocol):
    """Counts attempts in a window, over all processes."""

    async def count(self, soort: str, wie: str, at: datetime) -> int:
        """Add one attempt; how many there were in the last quarter of an hour."""
        ...

    async def forgive(self, soort: str, wie: str, at: datetime) -> None:
        """Take one back: it was right."""
        ...


class Bijlagen(Protocol):
    """What the scanner says of each bijlage."""

    async def to_control(self, bijlage_id: UUID) -> bytes | None:
        """The content; None when it was judged before, or is gone."""
        ...

    async def judge(self, bijlage_id: UUID, oordeel: Virusoordeel, at: datetime) -> UUID | None:
        """Keep it; the Interactie it belongs to, None when it is gone."""
        ...

    async def control_later(self, bijlage_id: UUID, wait: timedelta) -> None: ...


class Werk(Protocol):
    """All ports of one transaction."""

    @property
    def bijlagen(self) -> Bijlagen: ...
    @property
    def originelen(self) -> Originelen: ...
    @property
    def interacties(self) -> Interacties: ...
    @property
    def berichten(self) -> Berichten: ...
    @property
    def partijen(self) -> Partijen: ...
    @property
    def klantcontacten(self) -> Klantcontacten: ...
    @property
    def verkeer(self) -> Verkeer: ...
    @property
    def verzoeken(self) -> Verzoeken: ...
    @property
    def wisselcodes(self) -> Wisselcodes: ...
    @property
    def pogingen(self) -> Pogingen: ...

    @property
    def kanaalsessies(self) -> Kanaalsessies: ...

    async def tell(self, nieuws: str) -> None:
        """Like `announce`, of what is no Interactie: a word that a screen listens for."""
        ...

    async def announce(self, interactie_id: UUID) -> None:
        """Tell every open screen, after the commit, that this Interactie changed."""
        ...

    def reaches(self, crashpoint: str) -> None:
        """This crash point lies right after the commit, wherever this unit of work was opened."""
        ...


class OpenWerk(Protocol):
    """How the edge opens a unit of work."""

    def __call__(self) -> AbstractAsyncContextManager[Werk]: ...


@dataclass(frozen=True, slots=True)
class Aankondiging:
    """What kanaalintegratie tells the process side: a contact was registered. Facts, no kanaal details."""

    interactie_id: UUID
    product: str
    soort: str
    formeel: bool
    is_new: bool
    at: datetime
    afgehandeld: bool = False


class Procesingang(Protocol):
    """The port through which a contact is announced to proceslogica (KI-0: which proces is not our business)."""

    async def announce(self, werk: Werk, aankondiging: Aankondiging) -> None: ...


class Taakgevolgen(Protocol):
    """The port through which proceslogica hears of an interne taak that came, or was done, outside our own screens."""

    async def opened(self, werk: Werk, interactie_id: UUID, at: datetime) -> None:
        """The Interactie is open: from now on a medewerker can go on with it."""
        ...

    async def done(self, werk: Werk, interactie_id: UUID, at: datetime) -> None:
        """Nothing is left to do: the proces ends, where it offers that by itself, and with it the Interactie."""
        ...
