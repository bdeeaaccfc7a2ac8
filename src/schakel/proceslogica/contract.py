# SPDX-License-Identifier: EUPL-1.2
"""The contract of proceslogica: the only thing that web and api see of it (PL-0, PL-2). Data, and one Protocol."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias
from uuid import UUID

from schakel.begrippen.gespreksbijdrage import Bijlage
from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.terugkoppeling import TerugkoppelWerk
from schakel.kanaalintegratie.verzoek import Verzoek
from schakel.kanaalintegratie.werkplek import WerkplekWerk
from schakel.proceslogica.dmn.findings import Bevinding, ModelRefused
from schakel.proceslogica.dmn.outcome import Tabelbeeld
from schakel.proceslogica.velden import Soort, Veld, canonical, in_words, to_fact, validate

__all__ = [
    "Behandelingen",
    "Behandelstand",
    "Behandelwerk",
    "Beslissing",
    "Bevinding",
    "Effect",
    "Fase",
    "Gedaan",
    "Gegevens",
    "ModelRefused",
    "Modelstap",
    "Modelversie",
    "Proceslogica",
    "Processtand",
    "Proceswerk",
    "Soort",
    "Stap",
    "Tabelbeeld",
    "Veld",
    "Vervolg",
    "Voor",
    "canonical",
    "in_words",
    "to_fact",
    "validate",
]  # fmt: skip

Gegevens: TypeAlias = Mapping[str, object]
"""What a proces knows, by name: str, int, float, bool or None. Dates as ISO 8601; never `kanaal`."""

Voor: TypeAlias = Literal["klant", "medewerker", "vakspecialist"]


@dataclass(frozen=True, slots=True)
class Stap:
    """A step somebody may do now. `primair`: the one to offer first; `thema` groups steps on a screen."""

    sleutel: str
    titel: str
    uitleg: str
    voor: Voor
    velden: tuple[Veld, ...] = ()
    primair: bool = False
    thema: str = ""


@dataclass(frozen=True, slots=True)
class Gedaan:
    """A step that was done."""

    stap: str
    titel: str
    actor_id: UUID | None
    op: datetime


@dataclass(frozen=True, slots=True)
class Effect:
    """What the house must do because of a step. Given once, by the call that caused it; never by a repeat of it.

    stuur_bericht (sjabloon, inhoudsklasse, and what the sjabloon needs), zet_status (status), leg_voor_aan_team
    (team), vraag_feedback, maak_interne_taak (team, tekst).
    """

    soort: str
    gegevens: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fase:
    """Where the klant is on his way."""

    label: str
    staat: Literal["gedaan", "nu", "straks"]


@dataclass(frozen=True, slots=True)
class Beslissing:
    """A decision taken, with its reasons. `feiten` are the facts really used; `feiten_hash` is over exactly those.

    `geraakt`: the rules that were hit, as "table: 3". `uitkomst`: JSON-ready.
    """

    id: UUID
    sleutel: str
    versie: str
    feiten_hash: str
    feiten: Gegevens
    uitkomst: object
    redenen: tuple[str, ...]
    geraakt: tuple[str, ...]
    genomen_op: datetime


@dataclass(frozen=True, slots=True)
class Processtand:
    """How a proces stands. `afgerond` may still offer a step: to reopen it."""

    proces_id: UUID
    sleutel: str
    versie: str
    status: Literal["loopt", "afgerond"]
    gegevens: Gegevens
    gedaan: tuple[Gedaan, ...]
    mogelijke_stappen: tuple[Stap, ...]
    fasen: tuple[Fase, ...]
    uitkomst: str
    beslissingen: tuple[Beslissing, ...]
    effecten: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Modelversie:
    """One version of a model. `versie` is its content hash; `in_kracht`: new cases start on it."""

    sleutel: str
    versie: str
    naam: str
    geladen_op: datetime
    geladen_door: UUID | None
    in_kracht: bool
    lopend: int = 0
    bestanden: tuple[str, ...] = ()
    waarschuwingen: tuple[Bevinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Vervolg:
    """Where the proces goes on: with which element, and when."""

    nummer: int
    naam: str
    als: str = ""


@dataclass(frozen=True, slots=True)
class Modelstap:
    """One element of a proces in words, for who does not read the drawing. `soort`: "Stap", "Beslissing", "Keuze"."""

    nummer: int
    naam: str
    soort: str
    uitleg: str
    vervolg: tuple[Vervolg, ...]


@dataclass(frozen=True, slots=True)
class ProcesRij:
    """A proces as kept. `toestand` is opaque text of the motor; `volgende` grows with each step."""

    id: UUID
    sleutel: str
    versie: str
    interactie_id: UUID
    status: str
    toestand: str
    volgende: int


@dataclass(frozen=True, slots=True)
class ModelRij:
    """A model as kept: the files by name."""

    versie: str
    sleutel: str
    naam: str
    bestanden: Mapping[str, bytes]
    geladen_op: datetime
    geladen_door: UUID | None


class Processen(Protocol):
    """The store of running and ended processen."""

    async def add(self, rij: ProcesRij, at: datetime) -> None: ...
    async def get(self, proces_id: UUID, *, lock: bool = False) -> ProcesRij:
        """Raises NotFound."""
        ...

    async def save(self, rij: ProcesRij, at: datetime) -> None: ...
    async def add_stap(self, proces_id: UUID, indienen_sleutel: str, gedaan: Gedaan) -> None: ...
    async def was_submitted(self, proces_id: UUID, indienen_sleutel: str) -> bool: ...
    async def gedaan(self, proces_id: UUID) -> Sequence[Gedaan]:
        """Oldest first."""
        ...


class Modellen(Protocol):
    """The store of models and of which version is in force."""

    async def add(self, rij: ModelRij) -> None:
        """A version that is known already stays as it is."""
        ...

    async def get(self, versie: str) -> ModelRij:
        """Raises NotFound."""
        ...

    async def in_force(self, sleutel: str) -> str | None:
        """The version for a proces or a decision; never remembered, so that a switch is seen at once (PL-4)."""
        ...

    async def lock(self) -> None:
        """One upload at a time: two that start from the same files would lose one of them."""
        ...

    async def put_in_force(self, sleutels: Sequence[str], versie: str, at: datetime) -> None: ...
    async def versions(self, sleutel: str) -> Sequence[tuple[ModelRij, int]]:
        """Every version that was ever in force for this key, newest first, with its running processen."""
        ...


class Beslissingen(Protocol):
    """The store of decisions; it only grows."""

    async def add(self, beslissing: Beslissing, proces_id: UUID | None) -> None: ...
    async def of_proces(self, proces_id: UUID) -> Sequence[Beslissing]:
        """Oldest first."""
        ...


class Proceswerk(Protocol):
    """The ports of one transaction that proceslogica needs."""

    @property
    def processen(self) -> Processen: ...
    @property
    def modellen(self) -> Modellen: ...
    @property
    def beslissingen(self) -> Beslissingen: ...


class Proceslogica(Protocol):
    """Start, ask, submit, decide: all in the caller's transaction."""

    async def start(
        self, werk: Proceswerk, sleutel: str, feiten: Gegevens, interactie_id: UUID, at: datetime
    ) -> Processtand:
        """Start a proces on the version in force. Raises NotFound."""
        ...

    async def stand(self, werk: Proceswerk, proces_id: UUID) -> Processtand: ...
    async def submit(
        self,
        werk: Proceswerk,
        proces_id: UUID,
        stap: str,
        gegevens: Mapping[str, str],
        indienen_sleutel: str,
        actor_id: UUID | None,
        at: datetime,
    ) -> Processtand:
        """Do a step, once per `indienen_sleutel`. Raises InvalidInput, or Conflict when it is not possible now."""
        ...

    async def decide(self, werk: Proceswerk, sleutel: str, feiten: Gegevens, at: datetime) -> Beslissing:
        """Take one decision by the version in force, and record it."""
        ...

    async def upload(
        self, werk: Proceswerk, bestanden: Mapping[str, bytes], at: datetime, door: UUID | None
    ) -> Modelversie:
        """Check a model and put it in force; what is not in `bestanden` stays. Raises ModelRefused with everything."""
        ...

    async def versies(self, werk: Proceswerk, sleutel: str) -> Sequence[Modelversie]: ...
    async def describe(self, werk: Proceswerk, versie: str) -> Sequence[Modelstap]:
        """The proces of a version, element by element; empty when it holds decisions only. Raises NotFound."""
        ...

    async def tabellen(self, werk: Proceswerk, versie: str) -> Sequence[Tabelbeeld]:
        """Every decision of a version, ready to show. Raises NotFound."""
        ...

    async def tabel(self, werk: Proceswerk, versie: str | None, sleutel: str) -> Tabelbeeld:
        """A decision, ready to show; of the version in force when None."""
        ...


class Behandelwerk(WerkplekWerk, TerugkoppelWerk, Proceswerk, Protocol):
    """The ports of one transaction in which an Interactie goes on."""


@dataclass(frozen=True, slots=True)
class Behandelstand:
    """What a screen needs to go on with an Interactie: how its proces stands, and what the klant filled in so far."""

    interactie_id: UUID
    nummer: str
    product: str
    status: str
    stand: Processtand | None
    verzoek: Verzoek | None

    @property
    def velden(self) -> tuple[Veld, ...]:
        """Every question of the steps that are for the klant now."""
        return tuple(veld for stap in self.klantstappen for veld in stap.velden)

    @property
    def klantstappen(self) -> tuple[Stap, ...]:
        """The steps that are for the klant now; each is a theme on a screen."""
        return tuple(s for s in self.stand.mogelijke_stappen if s.voor == "klant") if self.stand else ()


class Behandelingen(Protocol):
    """Everything a channel or screen may do with a proces (PL-1, PL-2): begin, fill in, hand in, take a step."""

    async def begin(
        self,
        werk: Behandelwerk,
        product: str,
        kanaal: Kanaal,
        at: datetime,
        *,
        partij_id: UUID | None = None,
        interactie_id: UUID | None = None,
        bekend: Mapping[str, tuple[str, str]] | None = None,
        actor_id: UUID | None = None,
    ) -> UUID:
        """Begin a verzoek for this product; the Interactie in which it goes on.

        A klant who has a draft of it goes on with that one; with `interactie_id` it becomes part of that Interactie.
        `bekend`: value and bron by bron_sleutel, so that nothing known is asked again (NO-7). Raises NotFound.
        """
        ...

    async def behandelstand(self, werk: Behandelwerk, interactie_id: UUID) -> Behandelstand:
        """Raises NotFound."""
        ...

    async def save(
        self,
        werk: Behandelwerk,
        interactie_id: UUID,
        invoer: Mapping[str, str],
        kanaal: Kanaal,
        at: datetime,
        *,
        bijlagen: Sequence[tuple[str, Bijlage]] = (),
    ) -> Verzoek:
        """Keep what was filled in, right or wrong; unknown fields are left out. Raises Conflict after handing in."""
        ...

    async def hand_in(
        self,
        werk: Behandelwerk,
        interactie_id: UUID,
        kanaal: Kanaal,
        sleutel: str,
        at: datetime,
        *,
        actor_id: UUID | None = None,
    ) -> Behandelstand:
        """Hand the draft in, once: checked, registered, confirmed, decided. Raises InvalidInput with every field."""
        ...

    async def take_step(
        self,
        werk: Behandelwerk,
        interactie_id: UUID,
        stap: str,
        invoer: Mapping[str, str],
        sleutel: str,
        at: datetime,
        *,
        actor_id: UUID,
        door: str,
    ) -> Behandelstand:
        """Do a step of the proces, once per `sleutel`. `door`: name below the answer. Raises InvalidInput, Conflict."""
        ...
