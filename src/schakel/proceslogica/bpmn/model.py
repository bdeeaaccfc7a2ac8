# SPDX-License-Identifier: EUPL-1.2
"""A proces as read from BPMN: the knopen, what each does, and the fasen on the way. Nothing in it is ever run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from schakel.begrippen.bericht import Inhoudsklasse
from schakel.proceslogica.bpmn.voorwaarde import Voorwaarde
from schakel.proceslogica.contract import Stap

Soort: TypeAlias = Literal["start", "einde", "stap", "effect", "beslissing", "keuze", "parallel", "wacht"]

#: What an effect may be, with the values that it needs. The list is closed: the house carries out these only.
EFFECTEN: Mapping[str, frozenset[str]] = {
    "stuur_bericht": frozenset({"sjabloon", "inhoudsklasse"}),
    "zet_status": frozenset({"status"}),
    "leg_voor_aan_team": frozenset({"team"}),
    "vraag_feedback": frozenset(),
    "maak_interne_taak": frozenset({"team", "tekst"}),
}

#: Values of effects that have a closed list too: of an Interactie or of its Verzoek.
WAARDEN: Mapping[str, tuple[str, ...]] = {
    "status": (
        *("open", "wacht_op_klant", "wacht_op_gemeente", "afgerond"),
        *("ontvangen", "geaccepteerd", "opgevolgd", "afgehandeld", "ingetrokken"),
    ),
    "inhoudsklasse": tuple(Inhoudsklasse),
}


@dataclass(frozen=True, slots=True)
class Effectregel:
    """An effect to come. `vast`: values as given; `feiten`: the name of a value, and the fact that fills it."""

    soort: str
    vast: Mapping[str, str]
    feiten: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Knoop:
    """One element of the drawing. `uitkomst` is what the klant reads once it was passed; None leaves it as it was."""

    id: str
    naam: str
    soort: Soort
    stap: Stap | None = None
    fase: str = ""
    na_afronding: bool = False
    effect: Effectregel | None = None
    beslissing: str = ""
    uitkomst: str | None = None

    @property
    def aanduiding(self) -> str:
        """How a beheerder finds it back: name and id."""
        return f"{self.naam} ({self.id})" if self.naam and self.naam != self.id else self.id


@dataclass(frozen=True, slots=True)
class Stroom:
    """One arrow. `standaard`: taken when no voorwaarde of its neighbours holds."""

    id: str
    naam: str
    van: str
    naar: str
    voorwaarde: Voorwaarde | None = None
    standaard: bool = False


@dataclass(frozen=True)
class Procesmodel:
    """`feiten`: what the proces starts with, by name, with the value when it was not given."""

    sleutel: str
    naam: str
    knopen: Mapping[str, Knoop]
    stromen: tuple[Stroom, ...]
    fasen: tuple[tuple[str, str], ...] = ()
    feiten: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def uit(self) -> Mapping[str, tuple[Stroom, ...]]:
        """The arrows that leave each knoop, in the order of the file."""
        return {id: tuple(stroom for stroom in self.stromen if stroom.van == id) for id in self.knopen}

    @cached_property
    def erin(self) -> Mapping[str, tuple[Stroom, ...]]:
        """The arrows that reach each knoop."""
        return {id: tuple(stroom for stroom in self.stromen if stroom.naar == id) for id in self.knopen}

    @cached_property
    def doel(self) -> Mapping[str, Knoop]:
        """The knoop at the head of each arrow; of no arrow: the start."""
        start = next(knoop for knoop in self.knopen.values() if knoop.soort == "start")
        return {"": start} | {stroom.id: self.knopen[stroom.naar] for stroom in self.stromen}

    @cached_property
    def rang(self) -> Mapping[str, int]:
        """The place of each arrow in the drawing."""
        return {pijl: place for place, pijl in enumerate(self.doel)}

    @cached_property
    def alternatives(self) -> Mapping[str, frozenset[str]]:
        """The arrows out of one wachtpoort, by each of them: only one of these is ever gone along."""
        groups = (frozenset(one.id for one in self.uit[id]) for id in self.knopen if self.knopen[id].soort == "wacht")
        return {pijl: group for group in groups for pijl in group}

    @property
    def beslissingen(self) -> frozenset[str]:
        """The keys of all decisions that it asks for."""
        return frozenset(knoop.beslissing for knoop in self.knopen.values() if knoop.soort == "beslissing")
