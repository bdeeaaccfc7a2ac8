# SPDX-License-Identifier: EUPL-1.2
"""Lezen: what screens may ask to see. Read-only projections; each is one statement, whatever the page size."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import msgspec

from schakel.begrippen.virusoordeel import Virusoordeel
from schakel.kanaalintegratie.overdracht import Contextbundel


class Werkregel(msgspec.Struct, frozen=True):
    """One line of a werkvoorraad. `naam` is as claimed or confirmed; `vastgesteld` says which."""

    id: UUID
    nummer: str
    onderwerp: str
    naam: str
    vastgesteld: bool
    kanaal: str
    product: str
    status: str
    team: str
    spoed: bool
    formeel: bool
    alarm: str
    laatste_op: datetime
    belofte_op: datetime | None = None
    stil_sinds: datetime | None = None
    regiehouder: UUID | None = None
    regiehouder_naam: str = ""
    partij_id: UUID | None = None
    voorgesteld_id: UUID | None = None


#: Totals count no further than this: to know that there is too much, one need not count all of it.
MEEST = 1000


class Werkvoorraad(msgspec.Struct, frozen=True):
    """A page of work, oldest promise first, with the totals of the tabs. `aangeboden`: by another team, to this one."""

    regels: Sequence[Werkregel]
    van_mij: int
    van_team: int
    aangeboden: Sequence[Werkregel] = ()


class Werkstand(msgspec.Struct, frozen=True):
    """Which work a page of werkvoorraad would show now, without anything of a person."""

    ids: Sequence[UUID]
    van_mij: int
    van_team: int


class Bijlageregel(msgspec.Struct, frozen=True):
    """A bijlage to link to. `grootte` in bytes."""

    id: UUID
    naam: str
    mediatype: str
    grootte: int
    controle: Virusoordeel = Virusoordeel.ZONDER


class Bijdrageregel(msgspec.Struct, frozen=True):
    """One line of the tijdlijn; `bezorging` only for what we sent."""

    id: UUID
    kanaal: str
    richting: str
    tijdstip: datetime
    onderwerp: str
    tekst: str
    html: str
    afzender_naam: str
    afzender_adres: str
    actor_naam: str
    geautomatiseerd: bool
    gebreken: Sequence[str]
    bijlagen: Sequence[Bijlageregel]
    origineel_id: UUID | None = None
    tweelingen: int = 0
    bericht_id: UUID | None = None
    bezorging: str = ""
    bezorgd_op: datetime | None = None
    inhoudsklasse: str = ""
    redenen: Sequence[str] = ()
    onbekend: int = 0


class Verwant(msgspec.Struct, frozen=True):
    """A suggested link to another Interactie: its nummer, never its content."""

    id: UUID
    nummer: str


class Aanwezige(msgspec.Struct, frozen=True):
    """A colleague who has this Interactie open now."""

    naam: str
    schrijft: bool
    gezien_op: datetime


class Overdrachtregel(msgspec.Struct, frozen=True):
    """An overdracht that waits for an answer, or how it ended."""

    id: UUID
    van_team: str
    naar_team: str
    reden: str
    status: str
    aangeboden_op: datetime
    soort: str = "koud"
    tot: datetime | None = None
    antwoord: str = ""
    bundel: Contextbundel | None = None


class Interactiebeeld(msgspec.Struct, frozen=True):
    """Everything of one Interactie that a medewerker may see, over all kanalen."""

    id: UUID
    nummer: str
    onderwerp: str
    product: str
    soort: str
    formeel: bool
    spoed: bool
    status: str
    team: str
    team_naam: str
    regiehouder_naam: str
    begonnen_kanaal: str
    begonnen_op: datetime
    belofte_tekst: str
    belofte_klok: str
    alarm: str
    vastgesteld: bool
    versie: int
    naam: str
    bijdragen: Sequence[Bijdrageregel]
    verwant: Verwant | None = None
    verwijzers: Sequence[Verwant] = ()
    overdrachten: Sequence[Overdrachtregel] = ()
    regiehouder: UUID | None = None
    partij_id: UUID | None = None
    voorgesteld_id: UUID | None = None
    voorgesteld_naam: str = ""
    belofte_op: datetime | None = None
    beantwoord_op: datetime | None = None
    stil_sinds: datetime | None = None
    proces_id: UUID | None = None


class Zoekvraag(msgspec.Struct, frozen=True):
    """What to look for; at least one part. Words match with typos and prefixes."""

    woorden: str = ""
    geboortedatum: date | None = None
    adres: str = ""
    postcode: str = ""
    huisnummer: str = ""
    nummer: str = ""


class Treffer(msgspec.Struct, frozen=True):
    """One hit, with the reasons why it matches."""

    partij_id: UUID
    naam: str
    geboortedatum: date | None
    adres: str
    geheim: bool
    redenen: Sequence[str]
    score: float


class Klantcontactregel(msgspec.Struct, frozen=True):
    """One contact of a klant, whatever it was about. Of what is vertrouwelijk `tekst` stays empty."""

    interactie_id: UUID
    nummer: str
    kanaal: str
    richting: str
    onderwerp: str
    tekst: str
    wie: str
    tijdstip: datetime
    vertrouwelijk: bool


class Klantcontactenlijst(msgspec.Struct, frozen=True):
    """A page of them, newest first, with how many there are in all."""

    regels: Sequence[Klantcontactregel]
    totaal: int


class Lezer(Protocol):
    """The reading side of the house."""

    async def werkvoorraad(self, team: str, actor_id: UUID, *, alleen_mij: bool, limit: int = 50) -> Werkvoorraad: ...
    async def werkstand(self, team: str, actor_id: UUID, *, alleen_mij: bool, limit: int = 50) -> Werkstand: ...
    async def interactie(self, interactie_id: UUID) -> Interactiebeeld: ...
    async def aanwezigen(self, interactie_id: UUID, behalve: UUID, since: datetime) -> Sequence[Aanwezige]: ...
    async def concept(self, interactie_id: UUID, actor_id: UUID) -> tuple[str, datetime | None]: ...
    async def zoek(self, vraag: Zoekvraag, limit: int = 20) -> Sequence[Treffer]: ...
    async def interactie_met_nummer(self, nummer: str) -> UUID | None: ...
    async def bijlage(self, bijlage_id: UUID) -> tuple[UUID, str, str, bytes, Virusoordeel]:
        """Interactie, name, media type, content and what the scanner said."""
        ...

    async def origineel(self, origineel_id: UUID) -> tuple[UUID | None, bytes, Sequence[Virusoordeel]]:
        """The Interactie it belongs to, the raw form, and what the scanner said of each bijlage in it."""
        ...

    async def of_klant(self, partij_id: UUID, skip: int, limit: int) -> Klantcontactenlijst:
        """All contacts of which it was established that they are of this klant, over all kanalen."""
        ...

    async def teams(self) -> Sequence[tuple[str, str]]: ...
