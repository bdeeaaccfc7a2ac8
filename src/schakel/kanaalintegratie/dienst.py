# SPDX-License-Identifier: EUPL-1.2
"""Dienst: what the road asks of dienstverlening: what is this about, what may we promise, in which words?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.beloften import Belofte, promise, spell_dag
from schakel.dienstverlening.herkenning import Herkenner
from schakel.dienstverlening.openingstijden import Openingstijden
from schakel.dienstverlening.producten import Product
from schakel.dienstverlening.serviceformules import Serviceformule
from schakel.dienstverlening.sjablonen import Ingevuld, fill, sjablonen
from schakel.dienstverlening.termijnen import Verzoeksoort
from schakel.kanaalintegratie.wisselcode import GELDIG
from schakel.kit.clock import AMSTERDAM


@dataclass(frozen=True, slots=True)
class Vraagduiding:
    """What a text seems to be about. `product` is None for a vraag zonder product, which counts too (NO-1)."""

    product: Product | None
    soort: Verzoeksoort | None
    formeel: bool
    spoed: bool
    team: str
    reden: str

    @property
    def sleutel(self) -> str:
        """The product's key, or empty."""
        return self.product.sleutel if self.product else ""


@dataclass(frozen=True, slots=True)
class Dienst:
    """The settings of one gemeente, and the rules of dienstverlening applied to them."""

    gemeente: str
    contactregel: str
    producten: Mapping[str, Product]
    formules: Mapping[str, Serviceformule]
    openingstijden: Openingstijden
    standaardteam: str
    standaardformule: str
    herkenner: Herkenner = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "herkenner", Herkenner(self.producten))

    def interpret(self, onderwerp: str, tekst: str, product: str = "") -> Vraagduiding:
        """Suggest a product from the words, unless it was chosen already."""
        herkend = self.herkenner.recognise(onderwerp, tekst)
        gekozen = self.producten.get(product or herkend.product)
        return Vraagduiding(
            product=gekozen,
            soort=herkend.soort,
            formeel=herkend.soort is not None,  # Awb 2:17(1)
            spoed=herkend.spoed,
            team=self._team(gekozen, formeel=herkend.soort is not None),
            reden="Gekozen." if product else herkend.reden,
        )

    def _team(self, product: Product | None, *, formeel: bool) -> str:
        """A formal message goes to who decides; of the rest the KCC answers what it can (EO-4)."""
        if product is None or (self.formules[product.serviceformule].eerste_lijn and not formeel):
            return self.standaardteam
        return product.team

    def promise(self, duiding: Vraagduiding, kanaal: Kanaal, at: datetime) -> Belofte:
        """The belofte of the serviceformule, on the clock of this gemeente (KR-2)."""
        formule = self.formules[duiding.product.serviceformule if duiding.product else self.standaardformule]
        return promise(duiding.product, kanaal, at, formule, self.openingstijden, soort=duiding.soort)

    def text(self, sjabloon: str, waarden: Mapping[str, str], at: datetime) -> Ingevuld:
        """A filled-in sjabloon; what every letter holds is added here."""
        local = at.astimezone(AMSTERDAM)
        vast = {
            "gemeente": self.gemeente,
            "contactregel": self.contactregel,
            "aanhef": "Beste heer of mevrouw",
            "ontvangen_op": f"{spell_dag(local.date(), local.date())} om {local.hour}.{local.minute:02d} uur",
            "wisselcode_tot": spell_dag((local + GELDIG).date(), local.date()),
        }
        return fill(sjablonen()[sjabloon], vast | dict(waarden))
