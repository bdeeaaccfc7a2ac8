# SPDX-License-Identifier: EUPL-1.2
"""Producten: what the gemeente offers, named as in the Uniforme Productnamenlijst (UPL). Data only (GE-3)."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from schakel.begrippen.kanaal import Kanaal
from schakel.kit.errors import SchakelError

NOT_DIGITAL = frozenset({Kanaal.BALIE, Kanaal.TELEFOON, Kanaal.POST})


class InvalidProduct(SchakelError):
    """The table of producten breaks a rule; `detail` says which product and why."""

    title = "De tabel met producten klopt niet"
    advice = "Herstel de genoemde regel."


@dataclass(frozen=True, slots=True)
class Product:
    """One product. `formeel`: what is sent for it is a formal message (Awb 2:17). `proces` is a key, or empty.

    `kanaalvoorkeur` is the gemeente's own (KS-6), the klant's comes first. `werkdagen` overrules the serviceformule.
    `voordeel` tells why online pays (KS-2). `zoekwoorden` are (word, weight); a trailing * matches a beginning.
    `grond_digitaal`: the law that allows a product without a non-digital kanaal; empty for all of ours.
    """

    sleutel: str
    upl_naam: str
    upl_uri: str
    naam: str
    productgroep: str
    serviceformule: str
    team: str
    proces: str
    formeel: bool
    kanalen: tuple[Kanaal, ...]
    kanaalvoorkeur: Kanaal
    werkdagen: int | None
    voordeel: str
    zoekwoorden: tuple[tuple[str, int], ...]
    grond_digitaal: str = ""


def check(product: Product) -> Product:
    """The same product, or InvalidProduct."""
    if not NOT_DIGITAL.intersection(product.kanalen) and not product.grond_digitaal:  # KS-1, NO-3, Awb 2:7
        raise InvalidProduct(f"{product.sleutel}: er is geen kanaal voor wie niet online kan of wil")
    if product.kanaalvoorkeur not in product.kanalen:  # KS-6
        raise InvalidProduct(f"{product.sleutel}: de kanaalvoorkeur hoort niet bij de kanalen")
    return product


def read_producten(lines: Iterable[str]) -> Mapping[str, Product]:
    """By sleutel, in the order of the table."""
    found: dict[str, Product] = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        if row["sleutel"] in found:
            raise InvalidProduct(f"{row['sleutel']} staat er twee keer")
        found[row["sleutel"]] = check(_product(row))
    return MappingProxyType(found)


def _product(row: Mapping[str, str]) -> Product:
    words = (word.rpartition(":") for word in row["zoekwoorden"].split())
    return Product(
        sleutel=row["sleutel"],
        upl_naam=row["upl_naam"],
        upl_uri=row["upl_uri"],
        naam=row["naam"],
        productgroep=row["productgroep"],
        serviceformule=row["serviceformule"],
        team=row["team"],
        proces=row["proces"],
        formeel=row["formeel"] == "j",
        kanalen=tuple(Kanaal(kanaal) for kanaal in row["kanalen"].split()),
        kanaalvoorkeur=Kanaal(row["voorkeur"]),
        werkdagen=int(row["werkdagen"]) if row["werkdagen"] else None,
        voordeel=row["voordeel"],
        zoekwoorden=tuple((word.replace("+", " "), int(weight)) for word, _, weight in words),
    )


@cache
def producten() -> Mapping[str, Product]:
    """The producten that come with Schakel; a gemeente may bring its own table."""
    table = files("schakel.dienstverlening").joinpath("producten.csv").read_text(encoding="utf-8")
    return read_producten(table.splitlines())
