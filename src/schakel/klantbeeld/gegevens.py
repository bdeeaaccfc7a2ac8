# SPDX-License-Identifier: EUPL-1.2
"""Gegevens: the shapes of what bronnen answer, ready for a screen and for JSON."""

from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

import msgspec

_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


class Datum(msgspec.Struct, frozen=True, omit_defaults=True):
    """A date as a register knows it: day, or day and month, or everything may be unknown (BRP)."""

    jaar: int | None = None
    maand: int | None = None
    dag: int | None = None

    @classmethod
    def of(cls, day: date) -> "Datum":
        return cls(day.year, day.month, day.day)

    @property
    def tekst(self) -> str:
        """As one says it; unknown is "onbekend" and never a made-up first of January."""
        if self.jaar is None:
            return "onbekend"
        if self.maand is None:
            return str(self.jaar)
        maand = _MAANDEN[self.maand - 1]
        return f"{maand} {self.jaar}" if self.dag is None else f"{self.dag} {maand} {self.jaar}"

    @property
    def datum(self) -> date | None:
        """The day, when it is wholly known."""
        if self.jaar is None or self.maand is None or self.dag is None:
            return None
        return date(self.jaar, self.maand, self.dag)


class Adres(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where someone lives. Abroad or on a spot without address only `regels` are filled."""

    regels: tuple[str, ...]
    straat: str = ""
    huisnummer: str = ""
    postcode: str = ""
    woonplaats: str = ""

    @property
    def tekst(self) -> str:
        return ", ".join(self.regels)


class DigitaalAdres(msgspec.Struct, frozen=True, omit_defaults=True):
    """`soort` as in VNG Klantinteracties (email, telefoonnummer, overig). `geverifieerd_op`: None when never proved."""

    soort: str
    adres: str
    voorkeur: bool = False
    geverifieerd_op: datetime | None = None


class Contactregel(msgspec.Struct, frozen=True):
    """One contact as the klant and the medewerker may both read it."""

    interactie_id: UUID
    nummer: str
    kanaal: str
    onderwerp: str
    plaatsgevonden_op: datetime
    richting: str = "in"


class Verzoekregel(msgspec.Struct, frozen=True):
    """A verzoek of the klant, in words he may read."""

    id: UUID
    interactie_id: UUID
    nummer: str
    product: str
    status: str
    uitkomst: str
    gewijzigd_op: datetime
    belofte_tekst: str = ""
    ingediend_op: datetime | None = None


Waarde: TypeAlias = (
    str | bool | Datum | Adres | tuple[DigitaalAdres, ...] | tuple[Contactregel, ...] | tuple[Verzoekregel, ...]
)


class Gegeven(msgspec.Struct, frozen=True):
    """One value from a bron. `vers_op`: the moment at which the bron held it. `in_onderzoek`: the bron doubts it."""

    waarde: Waarde
    vers_op: datetime
    in_onderzoek: bool = False
