# SPDX-License-Identifier: EUPL-1.2
"""Klantbeeld: the answer. Composed now, never stored; every field says where it is from, every gap has a name."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from schakel.begrippen.doel import Doel
from schakel.kit.clock import AMSTERDAM
from schakel.klantbeeld.gegevens import Waarde
from schakel.regie.bevoegdheid import Weigering


class Herkomst(msgspec.Struct, frozen=True):
    """Which bron, whose it is, how fresh, and whether the bron itself doubts it (invariant 5)."""

    bron: str
    eigenaar: str
    vers_op: datetime
    van_klant: bool = False
    in_onderzoek: bool = False


class Veld(msgspec.Struct, frozen=True):
    """One klantgegeven with its value."""

    sleutel: str
    label: str
    waarde: Waarde
    herkomst: Herkomst


class Sectie(msgspec.Struct, frozen=True):
    """A part of the klantbeeld; without velden when nothing is known or shown."""

    sleutel: str
    titel: str
    velden: Sequence[Veld]


class Bronstatus(StrEnum):
    """How one bron did. NIET_GEVRAAGD: nothing of it is allowed for this doel, so it was not called at all."""

    BINNEN = "binnen"
    LEEG = "leeg"
    ZWIJGT = "zwijgt"
    AFGESCHERMD = "afgeschermd"
    NIET_GEVRAAGD = "niet gevraagd"


class Bronregel(msgspec.Struct, frozen=True):
    """One bron in the answer. `ontbreekt`: labels that may be missing. `sinds`: first failure in a row."""

    naam: str
    status: Bronstatus
    reden: str = ""
    sinds: datetime | None = None
    ontbreekt: Sequence[str] = ()
    milliseconden: int = 0

    @property
    def tekst(self) -> str:
        """What a medewerker should know; empty when all is well."""
        match self.status:
            case Bronstatus.ZWIJGT:
                sinds = f" sinds {self.sinds.astimezone(AMSTERDAM):%H.%M}" if self.sinds else ""
                return f"{self.naam} antwoordt niet{sinds}. Dit beeld is onvolledig. {_enumerate(self.ontbreekt)}"
            case Bronstatus.AFGESCHERMD:
                return f"{self.naam}: {self.reden}"
            case _:
                return ""


class NietGetoond(msgspec.Struct, frozen=True):
    """A gegevensklasse that is withheld, and why."""

    klasse: str
    weigering: Weigering


class Klantbeeld(msgspec.Struct, frozen=True):
    """The whole answer. `definitie` is the versie of the catalogus it was made by (KB-4)."""

    definitie: str
    doel: Doel
    samengesteld_op: datetime
    secties: Sequence[Sectie]
    bronnen: Sequence[Bronregel]
    niet_getoond: Sequence[NietGetoond]

    @property
    def volledig(self) -> bool:
        """Whether every bron that was asked answered."""
        return not self.meldingen

    @property
    def meldingen(self) -> Sequence[str]:
        """Sentences on bronnen that are missing from this klantbeeld."""
        return tuple(regel.tekst for regel in self.bronnen if regel.tekst)

    @property
    def weigeringen(self) -> Sequence[str]:
        """What is withheld, counted per reason: "Niet getoond: 2 soorten gegevens met een ander doel."."""
        counts: dict[Weigering, int] = {}
        for item in self.niet_getoond:
            counts[item.weigering] = counts.get(item.weigering, 0) + 1
        return tuple(
            f"Niet getoond: {count} {'soort' if count == 1 else 'soorten'} gegevens {_WAAROM[weigering]}."
            for weigering, count in counts.items()
        )

    def veld(self, sleutel: str) -> Veld | None:
        """One field by its sleutel in the catalogus; None when it is not known or not shown."""
        return next((veld for sectie in self.secties for veld in sectie.velden if veld.sleutel == sleutel), None)


_WAAROM = {
    Weigering.ANDER_DOEL: "met een ander doel",
    Weigering.ROL_ZONDER_DOEL: "omdat dit doel niet bij uw rol hoort",
    Weigering.ROL: "die uw rol niet mag zien",
    Weigering.GEHEIM: "omdat het adres geheim is",
    Weigering.GEHEIM_ONBEKEND: "omdat wij niet weten of het adres geheim is",
    Weigering.IEMAND_ANDERS: "van iemand anders",
    Weigering.NIVEAU: "waarvoor u met een hoger niveau moet inloggen",
}


def _enumerate(labels: Sequence[str]) -> str:
    if not labels:
        return ""
    first, *rest = labels
    words = [first, *(label[0].lower() + label[1:] for label in rest)]
    if len(words) == 1:
        return f"{words[0]} ontbreekt."
    return f"{', '.join(words[:-1])} en {words[-1]} ontbreken."
