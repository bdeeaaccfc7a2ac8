# SPDX-License-Identifier: EUPL-1.2
"""Inwoners of Lindewaard: households with names of many backgrounds, invented addresses, fictitious numbers."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from schakel.dienstverlening.lindewaard import EMAIL_DOMEINEN, GEMEENTE, SEED
from schakel.kit.text import searchable

AANTAL = 5_000
AYLIN_BSN = "999990019"
PEILJAAR = 2026
_SIZES = ((1, 38), (2, 33), (3, 12), (4, 12), (5, 5))
"""Persons per household, in percent."""


@dataclass(frozen=True, slots=True)
class Adres:
    """`gebied` is the parking area, empty where parking is free."""

    straat: str
    huisnummer: int
    postcode: str
    gebied: str
    woonplaats: str = GEMEENTE


@dataclass(frozen=True, slots=True, repr=False)
class Inwoner:
    """`nummer` is ours and says nothing. Only persons of the official test set have a bsn; the others have none.

    `email` and `telefoon` (E.164) are empty for who has none. `huishouden` numbers the household.
    """

    nummer: int
    voornamen: str
    voorvoegsel: str
    geslachtsnaam: str
    geslacht: str
    geboortedatum: date
    adres: Adres
    huishouden: int
    email: str
    telefoon: str
    bsn: str = ""

    def __repr__(self) -> str:
        return f"Inwoner({self.nummer})"

    @property
    def naam(self) -> str:
        """As one says it."""
        return " ".join(part for part in (self.voornamen, self.voorvoegsel, self.geslachtsnaam) if part)

    @property
    def is_volwassen(self) -> bool:
        """Turns 18 this year or did so before."""
        return PEILJAAR - self.geboortedatum.year >= 18


def _lines(name: str) -> list[dict[str, str]]:
    text = files("schakel.dienstverlening.lindewaard").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def inwoners() -> tuple[Inwoner, ...]:
    """All of them; the first is Aylin Yılmaz, then the other official test persons, then the rest."""
    rng = Random(SEED)  # noqa: S311 - a reproducible gemeente, no secret
    adressen = _adressen()
    people = _official(adressen)
    text = files("schakel.dienstverlening.lindewaard").joinpath("namen.toml").read_text(encoding="utf-8")
    groups = list(tomllib.loads(text).values())
    shares = [group["deel"] for group in groups]
    sizes, weights = zip(*_SIZES, strict=True)
    household = len(people)
    while len(people) < AANTAL:
        group = rng.choices(groups, shares)[0]
        size = min(rng.choices(sizes, weights)[0], AANTAL - len(people))
        people += _household(rng, group, adressen[household], household, len(people), size)
        household += 1
    return tuple(people)


@cache
def official() -> tuple[Inwoner, ...]:
    """Those with a bsn of the official BRP test set, with the address they have here."""
    return tuple(inwoner for inwoner in inwoners() if inwoner.bsn)


def _adressen() -> list[Adres]:
    """Street by street in turn, so that neighbours are spread over the list; Aylin's comes first."""
    straten = _lines("straten.csv")
    home = Adres("Lindelaan", 14, "3811LW", "Centrum")
    spread = [Adres(s["straat"], number, s["postcode"], s["gebied"]) for number in range(1, 80) for s in straten]
    return [home, *(adres for adres in spread if adres != home)]


def _official(adressen: list[Adres]) -> list[Inwoner]:
    return [
        Inwoner(
            nummer=n,
            voornamen=row["voornamen"],
            voorvoegsel=row["voorvoegsel"],
            geslachtsnaam=row["geslachtsnaam"],
            geslacht=row["geslacht"],
            geboortedatum=date.fromisoformat(row["geboortedatum"]),
            adres=adressen[n],
            huishouden=n,
            email=_email(row["voornamen"], row["geslachtsnaam"], n),
            telefoon=_telefoon(n),
            bsn=row["bsn"],
        )
        for n, row in enumerate(_lines("officieel.csv"))
    ]


def _household(
    rng: Random, group: dict[str, Any], adres: Adres, household: int, first: int, size: int
) -> list[Inwoner]:
    """One or two adults, and children with the name of one of them."""
    names = [rng.choice(group["achternamen"]) for _ in range(2)]
    oldest = rng.choices((rng.randint(20, 40), rng.randint(41, 66), rng.randint(67, 96)), (30, 42, 28))[0]
    members = []
    for n in range(size):
        child = n >= (2 if size > 2 or oldest > 45 or rng.random() < 0.7 else 1)
        age = max(0, oldest - rng.randint(22, 38)) if child else max(18, oldest - n * rng.randint(0, 6))
        age = min(age, 24) if child else age
        geslacht = rng.choice("MV")
        voorvoegsel, _, naam = names[0 if child or rng.random() < 0.6 else n % 2].rpartition("|")
        voornaam = rng.choice(group["mannen" if geslacht == "M" else "vrouwen"])
        nummer = first + n
        digital = 12 <= age < 80 or (age >= 80 and rng.random() < 0.45)
        members.append(
            Inwoner(
                nummer=nummer,
                voornamen=voornaam,
                voorvoegsel=voorvoegsel,
                geslachtsnaam=naam,
                geslacht=geslacht,
                geboortedatum=date(PEILJAAR - age, rng.randint(1, 12), rng.randint(1, 28)),
                adres=adres,
                huishouden=household,
                email=_email(voornaam, naam, nummer) if digital and rng.random() < 0.9 else "",
                telefoon=_telefoon(nummer) if age >= 12 else "",
            )
        )
    return members


def _email(voornaam: str, achternaam: str, nummer: int) -> str:
    """Under a reserved domain (RFC 2606), unique by its number; Aylin's is the short one of the demo."""
    domein = EMAIL_DOMEINEN[nummer % len(EMAIL_DOMEINEN)]
    local = ".".join(searchable(part).replace(" ", "") for part in (voornaam, achternaam))
    return f"{local}@{domein}" if nummer == 0 else f"{local}.{nummer}@{domein}"


def _telefoon(nummer: int) -> str:
    return f"+3161234{nummer:04d}"
