# SPDX-License-Identifier: EUPL-1.2
"""A small store double for the ports of proceslogica, and the cast of these tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from schakel.kit.errors import NotFound
from schakel.kit.ids import new_id
from schakel.proceslogica.contract import Beslissing, Gedaan, ModelRij, ProcesRij, Processtand
from schakel.proceslogica.motor import Motor
from schakel.proceslogica.voorbeelden import voorbeeld

NU = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
AUTO = {"kenteken": "XX123X", "eigenaar": "eigen", "bewijs": ""}
ADRES = {"adres": "Markt 1", "postcode": "3811 LA"}
VERGUNNING = {"ingangsdatum": "1-12-2026"}
STAPPEN = {"auto": AUTO, "adres": ADRES, "vergunning": VERGUNNING}


class Processen:
    def __init__(self) -> None:
        self.rijen: dict[UUID, ProcesRij] = {}
        self.stappen: dict[tuple[UUID, str], Gedaan] = {}

    async def add(self, rij: ProcesRij, at: datetime) -> None:
        assert rij.id not in self.rijen
        self.rijen[rij.id] = rij

    async def get(self, proces_id: UUID, *, lock: bool = False) -> ProcesRij:
        if proces_id not in self.rijen:
            raise NotFound
        return replace(self.rijen[proces_id])

    async def save(self, rij: ProcesRij, at: datetime) -> None:
        assert rij.volgende == self.rijen[rij.id].volgende + 1
        self.rijen[rij.id] = rij

    async def add_stap(self, proces_id: UUID, indienen_sleutel: str, gedaan: Gedaan) -> None:
        assert (proces_id, indienen_sleutel) not in self.stappen
        self.stappen[proces_id, indienen_sleutel] = gedaan

    async def was_submitted(self, proces_id: UUID, indienen_sleutel: str) -> bool:
        return (proces_id, indienen_sleutel) in self.stappen

    async def gedaan(self, proces_id: UUID) -> Sequence[Gedaan]:
        return [gedaan for (id, _), gedaan in self.stappen.items() if id == proces_id]


class Modellen:
    def __init__(self, processen: Processen) -> None:
        self.rijen: dict[str, ModelRij] = {}
        self.kracht: list[tuple[str, str]] = []
        self._processen = processen

    async def lock(self) -> None:
        """One process, one upload."""

    async def add(self, rij: ModelRij) -> None:
        self.rijen.setdefault(rij.versie, rij)

    async def get(self, versie: str) -> ModelRij:
        if versie not in self.rijen:
            raise NotFound
        return self.rijen[versie]

    async def in_force(self, sleutel: str) -> str | None:
        return next((versie for key, versie in reversed(self.kracht) if key == sleutel), None)

    async def put_in_force(self, sleutels: Sequence[str], versie: str, at: datetime) -> None:
        self.kracht += [(sleutel, versie) for sleutel in sleutels]

    async def versions(self, sleutel: str) -> Sequence[tuple[ModelRij, int]]:
        running = [rij.versie for rij in self._processen.rijen.values() if rij.status == "loopt"]
        ever = dict.fromkeys(versie for key, versie in reversed(self.kracht) if key == sleutel)
        return [(self.rijen[versie], running.count(versie)) for versie in ever]


class Beslissingen:
    def __init__(self) -> None:
        self.rijen: list[tuple[Beslissing, UUID | None]] = []

    async def add(self, beslissing: Beslissing, proces_id: UUID | None) -> None:
        self.rijen.append((beslissing, proces_id))

    async def of_proces(self, proces_id: UUID) -> Sequence[Beslissing]:
        return [beslissing for beslissing, id in self.rijen if id == proces_id]


@dataclass
class Werk:
    """Fills `Proceswerk`. `fresh` motors forget what they had in memory, as a restart would."""

    processen: Processen = field(default_factory=Processen)
    beslissingen: Beslissingen = field(default_factory=Beslissingen)
    motor: Motor = field(default_factory=Motor)
    modellen: Modellen = field(init=False)

    def __post_init__(self) -> None:
        self.modellen = Modellen(self.processen)

    async def load(self, *names: str) -> str:
        return (await self.motor.upload(self, {name: voorbeeld(name) for name in names}, NU, None)).versie

    async def start(self, sleutel: str = "parkeervergunning", **feiten: object) -> Processtand:
        return await self.motor.start(self, sleutel, feiten, new_id(), NU)

    async def do(self, stand: Processtand, stap: str, key: str = "", **gegevens: str) -> Processtand:
        """One step, by a motor that was just started up."""
        self.motor = Motor()
        return await self.submit(stand, stap, key, **gegevens)

    async def submit(self, stand: Processtand, stap: str, key: str = "", **gegevens: str) -> Processtand:
        """One step, by the motor that is running."""
        return await self.motor.submit(self, stand.proces_id, stap, gegevens, key or new_id().hex, None, NU)

    async def apply(self, order: Sequence[str] = tuple(STAPPEN), **feiten: object) -> Processtand:
        """A whole aanvraag; facts named as a field replace what the klant of these tests answers."""
        stand = await self.start(**feiten)
        for stap in order:
            answers = {name: str(feiten.get(name, value)) for name, value in STAPPEN[stap].items()}
            stand = await self.submit(stand, stap, **answers)
        return stand


async def a_werk() -> Werk:
    """With the example models in force."""
    werk = Werk()
    await werk.load("vraag.bpmn")
    await werk.load("parkeervergunning.bpmn", "parkeervergunning.dmn")
    return werk
