# SPDX-License-Identifier: EUPL-1.2
"""Kennis: what a medewerker reads, or reads aloud, about a product while he speaks with a klant. Data only (GE-3)."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from schakel.dienstverlening.producten import producten
from schakel.kit.errors import SchakelError

#: A line for every product.
ALLE = "*"
_VOOR = {"medewerker": "voor u", "klant": "voor de klant"}


class InvalidKennis(SchakelError):
    """The table of kennislinks breaks a rule; `detail` says which line and why."""

    title = "De tabel met kennislinks klopt niet"
    advice = "Herstel de genoemde regel."


@dataclass(frozen=True, slots=True)
class Kennislink:
    """One page to read. `voor`: for whom it is written, so that nobody mails a working instruction to a klant."""

    titel: str
    url: str
    voor: str

    @property
    def voor_wie(self) -> str:
        """As the screen says it."""
        return _VOOR[self.voor]


def read_kennis(lines: Iterable[str], sleutels: Iterable[str]) -> Mapping[str, Sequence[Kennislink]]:
    """By sleutel of the product, in the order of the table."""
    known, found = {*sleutels, ALLE}, dict[str, list[Kennislink]]()
    for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter=";"):
        if row["product"] not in known:
            raise InvalidKennis(f"{row['titel']}: het product {row['product']} bestaat niet")
        if row["voor"] not in _VOOR:
            raise InvalidKennis(f"{row['titel']}: kies voor wie: {' of '.join(_VOOR)}")
        if not row["url"].startswith("https://"):  # a link of a medewerker never runs a script, or reads a file
            raise InvalidKennis(f"{row['titel']}: de link begint niet met https://")
        found.setdefault(row["product"], []).append(Kennislink(row["titel"], row["url"], row["voor"]))
    return MappingProxyType(found)


@cache
def kennis() -> Mapping[str, Sequence[Kennislink]]:
    """The kennislinks that come with Schakel; a gemeente brings its own table."""
    table = files("schakel.dienstverlening").joinpath("kennis.csv").read_text(encoding="utf-8")
    return read_kennis(table.splitlines(), producten())


def kennis_of(product: str) -> Sequence[Kennislink]:
    """Of this product first, then what helps with every question; of no product only the latter."""
    table = kennis()
    own = table.get(product, ()) if product != ALLE else ()
    return (*own, *table.get(ALLE, ()))
