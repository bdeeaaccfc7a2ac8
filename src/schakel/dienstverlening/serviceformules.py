# SPDX-License-Identifier: EUPL-1.2
"""Serviceformules: what a klant may count on, per kind of product; servicelevels per kanaal follow from it (SF-0)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from schakel.begrippen.kanaal import Kanaal
from schakel.kit.errors import SchakelError


class InvalidServiceformule(SchakelError):
    """`detail` names the serviceformule and what is wrong."""

    title = "Deze serviceformule klopt niet"
    advice = "Herstel het genoemde getal."


class Klok(StrEnum):
    """A clock says what it is a clock of."""

    WERKDAG = "werkdag"
    OPENINGSTIJD = "openingstijd"


@dataclass(frozen=True, slots=True)
class Servicelevel:
    """The promise of one serviceformule on one kanaal (KI-2).

    `aantal`: werkdagen, or minutes of open time, until the first answer of substance. `deel`: percent that must make
    it. `wachttijd`: seconds until a person, None where nobody waits. `bron`: who published a figure like it.
    """

    kanaal: Kanaal
    klok: Klok
    aantal: int
    deel: int
    wachttijd: int | None = None
    wachttijd_deel: int | None = None
    bron: str = ""


@dataclass(frozen=True, slots=True)
class Serviceformule:
    """`kernwaarden` are national; zekerheden, interne afspraken and servicelevels are the gemeente's own (SF-2).

    `eerste_lijn`: the KCC answers vragen itself where it can; else they go straight to the team of the product (EO-4).
    """

    sleutel: str
    naam: str
    klantrol: str
    kenmerk: str
    kernwaarden: tuple[str, ...]
    zekerheden: tuple[str, ...]
    interne_afspraken: tuple[str, ...]
    servicelevels: Mapping[Kanaal, Servicelevel]
    eerste_lijn: bool = False


def read_serviceformules(text: str) -> Mapping[str, Serviceformule]:
    """From TOML, by sleutel."""
    return MappingProxyType({sleutel: _formule(sleutel, table) for sleutel, table in tomllib.loads(text).items()})


def _formule(sleutel: str, table: dict[str, Any]) -> Serviceformule:
    levels = {Kanaal(naam): _servicelevel(sleutel, naam, values) for naam, values in table["kanalen"].items()}
    return Serviceformule(
        sleutel=sleutel,
        naam=table["naam"],
        klantrol=table["klantrol"],
        kenmerk=table["kenmerk"],
        kernwaarden=tuple(table["kernwaarden"]),
        zekerheden=tuple(table["zekerheden"]),
        interne_afspraken=tuple(table["interne_afspraken"]),
        servicelevels=MappingProxyType(levels),
        eerste_lijn=table["eerste_lijn"],
    )


def _servicelevel(sleutel: str, naam: str, values: dict[str, Any]) -> Servicelevel:
    level = Servicelevel(Kanaal(naam), Klok(values.pop("klok")), **values)
    if level.aantal < 1 or not 1 <= level.deel <= 100:
        raise InvalidServiceformule(f"{sleutel}, {naam}: aantal is 1 of meer, deel is 1 tot en met 100")
    return level


@cache
def serviceformules() -> Mapping[str, Serviceformule]:
    """Flits and Wegwijs, as they come with Schakel."""
    text = files("schakel.dienstverlening").joinpath("serviceformules.toml").read_text(encoding="utf-8")
    return read_serviceformules(text)
