# SPDX-License-Identifier: EUPL-1.2
"""Simulatie: a day that was, divided anew by other rules. The very rules that would go in force, not a model of them.

Everyone is there all day and takes what he gets at once; somebody who is interrupted needs a moment to find the thread.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.verdeling.feiten import InHanden, Inzet, Werkitem
from schakel.kanaalintegratie.verdeling.regels import Verdeelregels
from schakel.kanaalintegratie.verdeling.verdelen import Ronde, divide, with_room

DRAAD = timedelta(seconds=30)
"""What it takes to go on with interrupted work; a choice, no measurement."""


@dataclass(frozen=True, slots=True)
class Aankomst:
    """A vraag of that day. `duur`: how long it was worked at, None when nobody counted."""

    kanaal: Kanaal
    team: str
    productgroep: str
    op: datetime
    uiterlijk: datetime
    duur: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Kanaaluitkomst:
    """`op_tijd`: somebody began before the time that was promised. `wachttijd`: mean, of who was helped."""

    kanaal: Kanaal
    aantal: int
    op_tijd: int
    wachttijd: timedelta
    onderbroken: int
    niet_geholpen: int


@dataclass(slots=True)
class _Klus:
    """Work that somebody has. `einde` None: it was interrupted, and `rest` is left."""

    actor_id: UUID
    werk: InHanden
    rest: timedelta
    einde: datetime | None = None


class _Dag:
    """How the day stands at one moment."""

    def __init__(self, inzetten: Iterable[Inzet], regels: Verdeelregels) -> None:
        self.regels = regels
        self.inzetten = {inzet.actor_id: replace(inzet, bezet=0, werk=(), laatste_op=None) for inzet in inzetten}
        self.wacht: dict[UUID, Werkitem] = {}
        self.duur: dict[UUID, timedelta] = {}
        self.klussen: dict[UUID, _Klus] = {}
        self.begonnen: dict[UUID, datetime] = {}
        self.keren: dict[UUID, int] = defaultdict(int)
        self.einden: list[tuple[datetime, UUID]] = []

    def finish(self, werk_id: UUID, at: datetime) -> None:
        klus = self.klussen.get(werk_id)
        if klus is None or klus.einde != at:
            return  # it was interrupted meanwhile, and ends later
        inzet = with_room(self.inzetten[klus.actor_id], klus.werk, -klus.werk.eenheden)
        self.inzetten[klus.actor_id] = replace(inzet, werk=tuple(w for w in inzet.werk if w.id != werk_id))
        del self.klussen[werk_id]

    def divide(self, at: datetime) -> None:
        ronde: Ronde = divide(self.wacht.values(), self.inzetten.values(), self.regels, at, hoogstens=1_000)
        for toewijzing in ronde.toewijzingen:
            for werk_id in toewijzing.onderbroken:
                self._interrupt(werk_id, at)
            item = self.wacht.pop(toewijzing.werkitem.id)
            self.begonnen[item.id] = at
            werk = InHanden(item.id, item.kanaal, toewijzing.eenheden, live=item.live)
            inzet = self.inzetten[toewijzing.actor_id]
            inzet = with_room(replace(inzet, werk=(*inzet.werk, werk), laatste_op=at), werk, werk.eenheden)
            self.inzetten[toewijzing.actor_id] = inzet
            self._go_on(_Klus(toewijzing.actor_id, werk, self.duur[item.id]), at)
        for hervatting in ronde.hervattingen:
            klus = self.klussen[hervatting.werkitem_id]
            inzet = self.inzetten[klus.actor_id]
            self.inzetten[klus.actor_id] = with_room(inzet, klus.werk, klus.werk.eenheden)
            self._go_on(replace(klus, rest=klus.rest + DRAAD), at)

    def _go_on(self, klus: _Klus, at: datetime) -> None:
        klus.einde = at + klus.rest
        self.klussen[klus.werk.id] = klus
        heapq.heappush(self.einden, (klus.einde, klus.werk.id))

    def _interrupt(self, werk_id: UUID, at: datetime) -> None:
        klus = self.klussen[werk_id]
        assert klus.einde is not None
        klus.rest, klus.einde = klus.einde - at, None
        self.keren[werk_id] += 1
        inzet = with_room(self.inzetten[klus.actor_id], klus.werk, -klus.werk.eenheden, onderbroken=True)
        times = self.keren[werk_id]
        werk = tuple(replace(w, onderbrekingen=times) if w.id == werk_id else w for w in inzet.werk)
        self.inzetten[klus.actor_id] = replace(inzet, werk=werk)


def simulate(aankomsten: Sequence[Aankomst], inzetten: Iterable[Inzet], regels: Verdeelregels) -> list[Kanaaluitkomst]:
    """Per kanaal, in the order in which they came."""
    dag, items = _Dag(inzetten, regels), {}
    for number, aankomst in enumerate(sorted(aankomsten, key=lambda each: each.op)):
        item = _item(number, aankomst)
        items[item.id] = item
        default = timedelta(seconds=regels.kanaal(aankomst.kanaal, live=True).behandeltijd)
        dag.duur[item.id] = aankomst.duur or default
    coming = list(items.values())[::-1]
    while coming or dag.einden:
        if coming and (not dag.einden or coming[-1].sinds <= dag.einden[0][0]):
            at = coming[-1].sinds
            item = coming.pop()
            dag.wacht[item.id] = item
        else:
            at, werk_id = heapq.heappop(dag.einden)
            dag.finish(werk_id, at)
        dag.divide(at)
    return _count(items, dag)


def _item(number: int, aankomst: Aankomst) -> Werkitem:
    return Werkitem(
        id=UUID(int=number + 1),
        kanaal=aankomst.kanaal,
        team=aankomst.team,
        sinds=aankomst.op,
        uiterlijk=aankomst.uiterlijk,
        productgroep=aankomst.productgroep,
        live=True,
    )


def _count(items: dict[UUID, Werkitem], dag: _Dag) -> list[Kanaaluitkomst]:
    groups: dict[Kanaal, list[Werkitem]] = defaultdict(list)
    for item in items.values():
        groups[item.kanaal].append(item)
    found = []
    for kanaal, group in groups.items():
        waited = [dag.begonnen[item.id] - item.sinds for item in group if item.id in dag.begonnen]
        on_time = sum(item.id in dag.begonnen and dag.begonnen[item.id] <= item.uiterlijk for item in group)
        mean = sum(waited, timedelta()) / len(waited) if waited else timedelta()
        times = sum(dag.keren[item.id] for item in group)
        found.append(Kanaaluitkomst(kanaal, len(group), on_time, mean, times, len(group) - len(waited)))
    return found
