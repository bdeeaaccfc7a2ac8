# SPDX-License-Identifier: EUPL-1.2
"""Venster: the lines of one abonnement that are under way. Pure: it says what may go now and how far we are.

Lines of one resource go one after the other, in order; those of different resources go at the same time.
"""

import heapq
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from schakel.relatiebeheer.notificaties.abonnement import Dood, Gebeurtenis, Plaats, Stand, Voortgang
from schakel.relatiebeheer.notificaties.geduld import Geduld
from schakel.relatiebeheer.notificaties.topics import Keuze

_PROBES = 3  # more than one: a line that is refused for itself must not pass for a subscriber that is down


@dataclass(slots=True)
class Melding:
    """One line on its way."""

    gebeurtenis: Gebeurtenis
    pogingen: int = 0
    eerste_fout: datetime | None = None
    begonnen: datetime | None = None


@dataclass(slots=True)
class Venster:
    """`size`: how many lines may be open at once; `concurrency`: how many on the line."""

    keuzes: Sequence[Keuze]
    voortgang: Voortgang
    geduld: Geduld
    concurrency: int
    size: int
    read: Plaats = field(init=False)
    _open: dict[int, Gebeurtenis | None] = field(default_factory=dict)  # in the order of the outbox; None is dealt with
    _plaats: Plaats = field(init=False)
    _done: set[int] = field(init=False)  # delivered before this process began, and not read yet
    _rows: dict[UUID, deque[Melding]] = field(default_factory=dict)
    _ready: deque[UUID] = field(default_factory=deque)
    _later: list[tuple[datetime, int, UUID]] = field(default_factory=list)
    _places: dict[int, int] = field(default_factory=dict)
    _dood: list[Dood] = field(default_factory=list)
    _failed_at: datetime | None = None
    _bezorgd: int = field(init=False)
    sending: int = 0
    changed: bool = False

    def __post_init__(self) -> None:
        self._plaats = self.read = self.voortgang.plaats
        self._done = set(self.voortgang.plaats.klaar)
        self._bezorgd = self.voortgang.bezorgd

    @property
    def room(self) -> int:
        """How many lines may still be read."""
        return self.size - len(self._open)

    @property
    def waits(self) -> bool:
        """Whether any line is on its way or waits for its turn."""
        return bool(self._rows)

    @property
    def stopped(self) -> bool:
        return self.voortgang.stand is not Stand.LOOPT

    def add(self, lines: Sequence[Gebeurtenis]) -> None:
        """Lines that follow on `read`."""
        for line in lines:
            wanted = line.id not in self._done and line.wanted_by(self.keuzes)
            self._done.discard(line.id)
            self._open[line.id] = line if wanted else None
            self._places[line.id] = line.transactie
            if wanted:
                row = self._rows.setdefault(line.resource_id, deque())
                row.append(Melding(line))
                if len(row) == 1:
                    self._ready.append(line.resource_id)
        if lines:
            self.read = Plaats(lines[-1].transactie, lines[-1].id)
            self._advance()

    def take(self, now: datetime) -> Melding | None:
        """The next line that may go now; while the subscriber fails only a few, to see whether it is back."""
        if self.stopped or self.sending >= (_PROBES if self.voortgang.op_rij else self.concurrency):
            return None
        if self.voortgang.volgende_op is not None and now < self.voortgang.volgende_op:
            return None
        while self._later and self._later[0][0] <= now:
            self._ready.append(heapq.heappop(self._later)[2])
        if not self._ready:
            return None
        melding = self._rows[self._ready.popleft()][0]
        melding.begonnen = now
        self.sending += 1
        return melding

    def next_at(self) -> datetime | None:
        """When something may go that may not go now; None when nothing waits for a clock."""
        if not self.waits:
            return None
        gate = self.voortgang.volgende_op
        first = None if self._ready else self._later[0][0] if self._later else None
        return max(filter(None, (gate, first)), default=None)

    def succeeded(self, melding: Melding, now: datetime) -> None:
        """The subscriber took it."""
        self.sending -= 1
        self._bezorgd += 1
        self.voortgang = replace(self.voortgang, op_rij=0, volgende_op=None, fout="", laatst_gelukt=now)
        self._settle(melding)

    def failed(self, melding: Melding, fout: str, now: datetime) -> None:
        """It did not. Failures of what left before the last failure count once: it is one outage."""
        self.sending -= 1
        melding.pogingen += 1
        melding.eerste_fout = melding.eerste_fout or now
        if self._failed_at is None or (melding.begonnen and melding.begonnen >= self._failed_at):
            self._failed_at = now
            op_rij = self.voortgang.op_rij + 1
            stand = Stand.GESTOPT if op_rij >= self.geduld.attempts else Stand.LOOPT
            again = now + self.geduld.pause(op_rij)
            self.voortgang = replace(self.voortgang, stand=stand, op_rij=op_rij, volgende_op=again, fout=fout)
        gelukt = self.voortgang.laatst_gelukt
        if melding.pogingen >= self.geduld.per_line and gelukt is not None and gelukt > melding.eerste_fout:
            self._dood.append(Dood(melding.gebeurtenis.id, melding.pogingen, fout, now))
            self._settle(melding)
            return
        again = now + self.geduld.pause(melding.pogingen)
        heapq.heappush(self._later, (again, melding.gebeurtenis.id, melding.gebeurtenis.resource_id))
        self.changed = True

    def progress(self) -> Voortgang:
        """What to keep now; the dead lines are in it once."""
        dood, self._dood = tuple(self._dood), []
        klaar = (*(number for number, line in self._open.items() if line is None), *self._done)
        self.voortgang = replace(self.voortgang, plaats=replace(self._plaats, klaar=klaar), bezorgd=self._bezorgd)
        self.changed = False
        return replace(self.voortgang, dood=dood)

    def _settle(self, melding: Melding) -> None:
        resource_id = melding.gebeurtenis.resource_id
        row = self._rows[resource_id]
        row.popleft()
        if row:
            self._ready.append(resource_id)
        else:
            del self._rows[resource_id]
        self._open[melding.gebeurtenis.id] = None
        self._advance()

    def _advance(self) -> None:
        """Move the place over all that is dealt with from the front."""
        while self._open:
            number, line = next(iter(self._open.items()))
            if line is not None:
                break
            del self._open[number]
            self._plaats = Plaats(self._places.pop(number), number)
        self.changed = True
