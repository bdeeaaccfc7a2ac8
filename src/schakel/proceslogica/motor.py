# SPDX-License-Identifier: EUPL-1.2
"""Motor: runs every proces and takes every decision, for all kanalen alike (PL-1, PL-2, KR-1).

Start reading here. It fills `Proceslogica` of the contract; `bpmn` walks, `dmn` decides, the caller's work unit keeps.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from schakel.kit.errors import Conflict, InvalidInput, NotFound
from schakel.kit.ids import new_id
from schakel.proceslogica import modellen
from schakel.proceslogica.beschrijving import describe
from schakel.proceslogica.bpmn.loop import Loop
from schakel.proceslogica.bpmn.model import Effectregel, Knoop, Procesmodel
from schakel.proceslogica.contract import (
    Beslissing,
    Effect,
    Fase,
    Gedaan,
    Gegevens,
    Modelstap,
    Modelversie,
    ProcesRij,
    Processtand,
    Proceswerk,
    Stap,
    Tabelbeeld,
)
from schakel.proceslogica.feiten import known_only, plain
from schakel.proceslogica.modellen import Kast
from schakel.proceslogica.pakket import Pakket, outputs_of
from schakel.proceslogica.velden import to_fact, validate


class _Gang:
    """One instance in the hands of one call: its facts, where it stands, and what this call causes."""

    def __init__(self, pakket: Pakket, loop: Loop, feiten: dict[str, object], uitkomst: str = "") -> None:
        self.pakket, self.loop, self.feiten, self.uitkomst = pakket, loop, feiten, uitkomst
        self.effecten: list[Effect] = []
        self.beslissingen: list[Beslissing] = []

    @classmethod
    def of(cls, pakket: Pakket, rij: ProcesRij) -> "_Gang":
        kept = json.loads(rij.toestand)
        loop = Loop(_model(pakket, rij.sleutel), kept["feiten"], kept["loop"])
        return cls(pakket, loop, kept["feiten"], kept["uitkomst"])

    def advance(self, at: datetime) -> None:
        """On to where somebody must act, deciding on the way."""
        for knoop in self.loop.advance():
            self.passed(knoop)
            if knoop.effect:
                self.effecten.append(_effect(knoop.effect, self.feiten))
            elif knoop.soort == "beslissing":
                beslissing, outputs = _decide(self.pakket, knoop.beslissing, self.feiten, at)
                self.beslissingen.append(beslissing)
                self.feiten.update(outputs)

    def take(self, knoop: Knoop, stap: Stap, gegevens: Mapping[str, str], at: datetime) -> None:
        """This step, with what was filled in, and all that follows by itself."""
        self.feiten.update({veld.sleutel: to_fact(veld, gegevens.get(veld.sleutel, "")) for veld in stap.velden})
        self.passed(knoop)
        self.loop.do(knoop.id)
        self.advance(at)

    def passed(self, knoop: Knoop) -> None:
        if knoop.uitkomst is not None:
            self.uitkomst = knoop.uitkomst

    @property
    def status(self) -> str:
        return "afgerond" if all(knoop.na_afronding for knoop in self.loop.steps()) else "loopt"

    def save(self, rij: ProcesRij) -> ProcesRij:
        kept = {"feiten": self.feiten, "loop": self.loop.tokens, "uitkomst": self.uitkomst}
        toestand = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        return replace(rij, status=self.status, toestand=toestand, volgende=rij.volgende + 1)


@dataclass(frozen=True, slots=True)
class Motor:
    """Fills `Proceslogica`."""

    kast: Kast = field(default_factory=Kast)

    async def start(
        self, werk: Proceswerk, sleutel: str, feiten: Gegevens, interactie_id: UUID, at: datetime
    ) -> Processtand:
        """On the version in force, and on that one until the end. Raises NotFound."""
        pakket = await self.kast.in_force(werk, sleutel)
        model = _model(pakket, sleutel)
        begin = dict.fromkeys(pakket.names) | dict(model.feiten) | known_only(feiten, pakket.names)
        gang = _Gang(pakket, Loop(model, begin), begin)
        gang.advance(at)
        rij = gang.save(ProcesRij(new_id(), sleutel, pakket.versie, interactie_id, "", "", 0))
        await werk.processen.add(rij, at)
        return await _record(werk, rij, gang, at)

    async def stand(self, werk: Proceswerk, proces_id: UUID) -> Processtand:
        rij = await werk.processen.get(proces_id)
        gang = _Gang.of(await self.kast.of(werk, rij.versie), rij)
        return await _stand(werk, rij, gang)

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
        """Once per `indienen_sleutel`: a repeat gives how it stands and no effects."""
        rij = await werk.processen.get(proces_id, lock=True)
        gang = _Gang.of(await self.kast.of(werk, rij.versie), rij)  # PL-4: pinned
        if await werk.processen.was_submitted(proces_id, indienen_sleutel):
            return await _stand(werk, rij, gang)
        knoop = next((knoop for knoop in gang.loop.steps() if knoop.id == stap), None)
        if knoop is None or knoop.stap is None:
            raise Conflict
        if wrong := validate(knoop.stap.velden, gegevens):
            raise InvalidInput(wrong)
        gang.take(knoop, knoop.stap, gegevens, at)
        rij = gang.save(rij)
        await werk.processen.add_stap(proces_id, indienen_sleutel, Gedaan(stap, knoop.stap.titel, actor_id, at))
        await werk.processen.save(rij, at)
        return await _record(werk, rij, gang, at)

    async def step_to(self, werk: Proceswerk, proces_id: UUID, status: str, at: datetime) -> str | None:
        """The step of a medewerker that asks nothing, tells the klant nothing and sets this status; tried on a copy."""
        rij = await werk.processen.get(proces_id)
        pakket = await self.kast.of(werk, rij.versie)
        for knoop in _Gang.of(pakket, rij).loop.steps():
            if knoop.stap is None or knoop.stap.voor == "klant" or any(veld.verplicht for veld in knoop.stap.velden):
                continue
            tried = _Gang.of(pakket, rij)
            tried.take(knoop, knoop.stap, {}, at)
            statuses = [effect.gegevens["status"] for effect in tried.effecten if effect.soort == "zet_status"]
            if statuses[-1:] == [status] and all(effect.soort != "stuur_bericht" for effect in tried.effecten):
                return knoop.id
        return None

    async def decide(self, werk: Proceswerk, sleutel: str, feiten: Gegevens, at: datetime) -> Beslissing:
        """By the version in force, and recorded (PL-1). Raises NotFound."""
        pakket = await self.kast.in_force(werk, sleutel)
        if sleutel not in pakket.beslissingen:
            raise NotFound
        beslissing, _ = _decide(pakket, sleutel, feiten, at)
        await werk.beslissingen.add(beslissing, None)  # PL-1, PL-2
        return beslissing

    async def upload(
        self, werk: Proceswerk, bestanden: Mapping[str, bytes], at: datetime, door: UUID | None
    ) -> Modelversie:
        return await modellen.upload(werk, self.kast, bestanden, at, door)

    async def versies(self, werk: Proceswerk, sleutel: str) -> Sequence[Modelversie]:
        return await modellen.versies(werk, self.kast, sleutel)

    async def describe(self, werk: Proceswerk, versie: str) -> Sequence[Modelstap]:
        model = (await self.kast.of(werk, versie)).model
        return describe(model) if model else ()

    async def tabellen(self, werk: Proceswerk, versie: str) -> Sequence[Tabelbeeld]:
        return _tabellen(await self.kast.of(werk, versie))

    async def tabel(self, werk: Proceswerk, versie: str | None, sleutel: str) -> Tabelbeeld:
        pakket = await (self.kast.of(werk, versie) if versie else self.kast.in_force(werk, sleutel))
        for beeld in _tabellen(pakket):
            if beeld.sleutel == sleutel:
                return beeld
        raise NotFound


def _tabellen(pakket: Pakket) -> Sequence[Tabelbeeld]:
    return [beeld for each in pakket.definities for beeld in each.tables()]


def _model(pakket: Pakket, sleutel: str) -> Procesmodel:
    if pakket.model is None or pakket.model.sleutel != sleutel:
        raise NotFound
    return pakket.model


def _decide(pakket: Pakket, sleutel: str, feiten: Gegevens, at: datetime) -> tuple[Beslissing, dict[str, object]]:
    """The decision, and the facts that it adds: empty ones when no rule was hit."""
    definities = pakket.beslissingen[sleutel]
    seen = {name: value if name not in pakket.bijlagen else bool(value) for name, value in feiten.items()}
    taken = definities.decide(sleutel, seen)
    used = {name: plain(waarde) for name, waarde in taken.gebruikt.items()}
    uitkomst = plain(taken.uitkomst)
    geraakt = tuple(f"{one.tabel}: {regel}" for one in taken.geraakt for regel in one.regels)
    redenen = tuple(str(reden) for reden in taken.redenen)
    beslissing = Beslissing(
        new_id(), sleutel, pakket.versie, taken.input_hash, used, uitkomst, redenen, geraakt, at
    )  # KR-1, PL-2
    names = outputs_of(definities, sleutel)
    if names == (sleutel,):
        return beslissing, {sleutel: uitkomst}
    outputs = uitkomst if isinstance(uitkomst, dict) else {}
    return beslissing, {name: outputs.get(name) for name in names}


def _effect(regel: Effectregel, feiten: Gegevens) -> Effect:
    return Effect(regel.soort, {**regel.vast, **{name: feiten.get(feit) for name, feit in regel.feiten.items()}})


async def _record(werk: Proceswerk, rij: ProcesRij, gang: _Gang, at: datetime) -> Processtand:
    for beslissing in gang.beslissingen:
        await werk.beslissingen.add(beslissing, rij.id)
    return replace(await _stand(werk, rij, gang), effecten=tuple(gang.effecten))


async def _stand(werk: Proceswerk, rij: ProcesRij, gang: _Gang) -> Processtand:
    steps = gang.loop.steps()
    model = _model(gang.pakket, rij.sleutel)
    return Processtand(
        proces_id=rij.id,
        sleutel=rij.sleutel,
        versie=rij.versie,
        status="afgerond" if gang.status == "afgerond" else "loopt",
        gegevens=gang.feiten,
        gedaan=tuple(await werk.processen.gedaan(rij.id)),
        mogelijke_stappen=_offered(steps),
        fasen=_fasen(model, steps),
        uitkomst=gang.uitkomst,
        beslissingen=tuple(await werk.beslissingen.of_proces(rij.id)),
    )


def _offered(steps: Sequence[Knoop]) -> tuple[Stap, ...]:
    """Exactly one of them is primair: the one that the model marks, or else the first."""
    stappen = [knoop.stap for knoop in steps if knoop.stap]
    first = next((stap for stap in stappen if stap.primair), stappen[0] if stappen else None)
    return tuple(replace(stap, primair=stap is first) for stap in stappen)


def _fasen(model: Procesmodel, steps: Sequence[Knoop]) -> tuple[Fase, ...]:
    order = [sleutel for sleutel, _ in model.fasen]
    now = min((order.index(knoop.fase) for knoop in steps if knoop.fase and not knoop.na_afronding), default=len(order))
    return tuple(
        Fase(label, "gedaan" if place < now else "nu" if place == now else "straks")
        for place, (_, label) in enumerate(model.fasen)
    )
