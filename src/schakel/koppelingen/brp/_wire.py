# SPDX-License-Identifier: EUPL-1.2
"""What of an answer of Haal Centraal BRP 2.x we read. Anything else in it is ignored; anything wrong refuses it."""

from datetime import date
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta, Struct

Tekst: TypeAlias = Annotated[str, Meta(max_length=450)]
InOnderzoek: TypeAlias = dict[str, msgspec.Raw]


class VolledigeDatum(Struct, tag="Datum", frozen=True):
    datum: date


class JaarMaandDatum(Struct, tag="JaarMaandDatum", frozen=True):
    jaar: Annotated[int, Meta(ge=1, le=9999)]
    maand: Annotated[int, Meta(ge=1, le=12)]


class JaarDatum(Struct, tag="JaarDatum", frozen=True):
    jaar: Annotated[int, Meta(ge=1, le=9999)]


class DatumOnbekend(Struct, tag="DatumOnbekend", frozen=True):
    pass


BrpDatum: TypeAlias = VolledigeDatum | JaarMaandDatum | JaarDatum | DatumOnbekend


class Waardetabel(Struct, frozen=True):
    code: Tekst = ""
    omschrijving: Tekst = ""


class Naam(Struct, frozen=True, rename="camel"):
    volledige_naam: Tekst = ""
    voornamen: Tekst = ""
    voorvoegsel: Tekst = ""
    geslachtsnaam: Tekst = ""
    in_onderzoek: InOnderzoek | None = None

    @property
    def tekst(self) -> str:
        parts = (self.voornamen, self.voorvoegsel, self.geslachtsnaam)
        return self.volledige_naam or " ".join(part for part in parts if part)


class Geboorte(Struct, frozen=True, rename="camel"):
    datum: BrpDatum | None = None
    in_onderzoek: InOnderzoek | None = None


class Verblijfadres(Struct, frozen=True, rename="camel"):
    officiele_straatnaam: Tekst = ""
    korte_straatnaam: Tekst = ""
    huisnummer: int | None = None
    huisletter: Tekst = ""
    huisnummertoevoeging: Tekst = ""
    postcode: Tekst = ""
    woonplaats: Tekst = ""
    locatiebeschrijving: Tekst = ""
    regel1: Tekst = ""
    regel2: Tekst = ""
    regel3: Tekst = ""
    land: Waardetabel | None = None


class Verblijfplaats(Struct, frozen=True, rename="camel"):
    type: str
    verblijfadres: Verblijfadres | None = None
    in_onderzoek: InOnderzoek | None = None


class Partner(Struct, frozen=True, rename="camel"):
    naam: Naam | None = None
    in_onderzoek: InOnderzoek | None = None


class Opschorting(Struct, frozen=True):
    reden: Waardetabel


class Persoon(Struct, frozen=True, rename="camel"):
    bsn: Annotated[str, Meta(pattern="^[0-9]{9}$")] | None = msgspec.field(name="burgerservicenummer", default=None)
    naam: Naam | None = None
    geboorte: Geboorte | None = None
    verblijfplaats: Verblijfplaats | None = None
    gemeente_van_inschrijving: Waardetabel | None = None
    partners: list[Partner] = []
    geheimhouding_persoonsgegevens: bool = False
    opschorting_bijhouding: Opschorting | None = None


class Antwoord(Struct, frozen=True):
    type: str
    personen: Annotated[list[Persoon], Meta(max_length=100)]


decode = msgspec.json.Decoder(Antwoord).decode
