# SPDX-License-Identifier: EUPL-1.2
"""Verdeelregels: the criteria by which work is divided, as one value with a version: known, and changed in words."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from schakel.kit.errors import InvalidInput

CRITERIA = {
    "niveau": "kennis van het product",
    "eerder": "hielp deze klant hier al mee",
    "ruimte": "vrije ruimte",
    "rust": "het langst niets gekregen",
    "onderbreken": "moet ander werk onderbreken",
}
"""Every verdeelcriterium, in words."""

GEVRAAGD = {
    "niveau": "iemand die het product goed kent",
    "product": "iemand die het product kent",
    "taal": "iemand die de taal spreekt",
}
"""What is asked of a medewerker, and let go of in steps when work waits long."""


class Kanaaleigenschappen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How heavy work over one kanaal is, and how it waits. `wachttijd` above 0: somebody waits at the other end."""

    eenheden: int
    gewicht: float = 1.0
    wachttijd: int = 0
    behandeltijd: int = 600
    onderbreekbaar: bool = False

    @property
    def synchroon(self) -> bool:
        return self.wachttijd > 0


class Versoepeling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From this part of the waiting time on, one demand less."""

    vanaf: float
    zonder: Literal["niveau", "product", "taal"]


class Verdeelregels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`aanbiedtijd`: seconds to accept. `gemist`: offers in a row that pass before somebody counts as absent.

    `onderbrekingen`: how often one werkitem may have to yield. `vooruitblik`: seconds; an offer decides for as long.
    `macht`: how steep the cost of waiting rises. `noodstand`: only who waits for a person, and what is urgent.
    """

    capaciteit: int
    aanbiedtijd: int
    gemist: int
    onderbrekingen: int
    vooruitblik: int
    macht: float
    spoed: float
    criteria: dict[str, float]
    versoepelingen: tuple[Versoepeling, ...]
    kanalen: dict[str, Kanaaleigenschappen]
    noodstand: bool = False
    standaard: Kanaaleigenschappen = Kanaaleigenschappen(eenheden=10, onderbreekbaar=True)

    def kanaal(self, naam: str, *, live: bool) -> Kanaaleigenschappen:
        """What came over a kanaal where people wait, and whose klant is gone again, is work that can wait."""
        found = self.kanalen.get(naam, self.standaard)
        return self.standaard if found.synchroon and not live else found

    def losgelaten(self, voortgang: float) -> frozenset[str]:
        """The demands that no longer count for work that waited this part of its time (MK-1)."""
        return frozenset(v.zonder for v in self.versoepelingen if voortgang >= v.vanaf)

    def check(self) -> "Verdeelregels":
        """The same, or InvalidInput with every fault in words."""
        fouten = dict(_fouten(self))
        if fouten:
            raise InvalidInput(fouten)
        return self


def _fouten(regels: Verdeelregels) -> Iterator[tuple[str, str]]:
    if not 10 <= regels.capaciteit <= 1000:
        yield "capaciteit", "Kies een ruimte van 10 tot en met 1000 eenheden."
    if not 5 <= regels.aanbiedtijd <= 3600:
        yield "aanbiedtijd", "Kies een tijd van 5 seconden tot een uur."
    if not 1 <= regels.gemist <= 20:
        yield "gemist", "Kies een aantal van 1 tot en met 20."
    if not 0 <= regels.onderbrekingen <= 20:
        yield "onderbrekingen", "Kies een aantal van 0 tot en met 20."
    if not 0 <= regels.vooruitblik <= 600:
        yield "vooruitblik", "Kies 0 tot en met 600 seconden."
    if not 1 < regels.macht <= 6:
        yield "macht", "Kies een getal boven 1, tot en met 6."
    if not 1 <= regels.spoed <= 100:
        yield "spoed", "Kies een getal van 1 tot en met 100."
    if regels.criteria.keys() != CRITERIA.keys():
        yield "criteria", "Elk criterium krijgt een gewicht, ook als dat 0 is."
    if any(not -1000 <= gewicht <= 1000 for gewicht in regels.criteria.values()):
        yield "criteria", "Kies gewichten van -1000 tot en met 1000."
    for naam, regel in regels.kanalen.items():
        if not 1 <= regel.eenheden <= regels.capaciteit:
            yield f"kanalen.{naam}", f"{naam}: kies 1 eenheid of meer, en niet meer dan iemand aankan."
        elif not 0.01 <= regel.gewicht <= 100 or regel.wachttijd < 0 or not 10 <= regel.behandeltijd <= 86400:
            yield f"kanalen.{naam}", f"{naam}: kies een gewicht van 0,01 tot en met 100 en tijden die kunnen."


@cache
def standaardregels() -> Verdeelregels:
    """As they come with Schakel."""
    text = files("schakel.kanaalintegratie.verdeling").joinpath("verdeelregels.toml").read_bytes()
    return msgspec.toml.decode(text, type=Verdeelregels).check()


def in_woorden(regels: Verdeelregels) -> list[tuple[str, str]]:
    """Every setting with its value, in words (KI-1: known)."""
    found = [
        ("Ruimte per medewerker", f"{regels.capaciteit} eenheden"),
        ("Tijd om aangeboden werk aan te nemen", f"{regels.aanbiedtijd} seconden"),
        ("Gemiste aanbiedingen tot iemand op afwezig gaat", str(regels.gemist)),
        ("Een werkitem mag hoogstens zo vaak wijken", f"{regels.onderbrekingen} keer"),
        ("Wij kijken vooruit", f"{regels.vooruitblik} seconden"),
        ("Lang wachten weegt steeds zwaarder, met macht", _number(regels.macht)),
        ("Spoed weegt zwaarder", f"{_number(regels.spoed)} keer"),
        ("Noodstand", "aan: alleen wie op iemand wacht, en spoed" if regels.noodstand else "uit"),
    ]
    found += [(f"Criterium: {CRITERIA[naam]}", _number(gewicht)) for naam, gewicht in regels.criteria.items()]
    found += [(f"Wij zoeken niet langer {GEVRAAGD[v.zonder]}", f"na {v.vanaf:.0%} van de tijd".replace("%", " %"))
              for v in regels.versoepelingen]  # fmt: skip
    return found + [(f"Kanaal {naam}", _kanaal(regel)) for naam, regel in regels.kanalen.items()]


def verschillen(oud: Verdeelregels, nieuw: Verdeelregels) -> list[str]:
    """What a version changed, in words."""
    was, becomes = dict(in_woorden(oud)), dict(in_woorden(nieuw))
    return [
        f"{naam}: van {was.get(naam, 'niets')} naar {becomes.get(naam, 'niets')}"
        for naam in dict.fromkeys((*was, *becomes))
        if was.get(naam) != becomes.get(naam)
    ]


def _kanaal(regel: Kanaaleigenschappen) -> str:
    parts = [f"{regel.eenheden} eenheden", f"gewicht {_number(regel.gewicht)}"]
    parts += [f"iemand binnen {regel.wachttijd} seconden"] if regel.synchroon else []
    parts += ["mag wijken"] if regel.onderbreekbaar else []
    return ", ".join([*parts, f"duurt ongeveer {regel.behandeltijd} seconden"])


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")
