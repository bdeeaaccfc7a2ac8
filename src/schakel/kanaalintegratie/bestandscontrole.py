# SPDX-License-Identifier: EUPL-1.2
"""Bestandscontrole: every bijlage, over whichever kanaal it came, is looked at before anyone can open it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from schakel.begrippen.virusoordeel import Virusoordeel
from schakel.kanaalintegratie.gezondheid import Deel
from schakel.kanaalintegratie.werk import OpenWerk, Werk
from schakel.kit import crashpoints
from schakel.kit.clock import Clock
from schakel.kit.errors import SchakelError

crashpoints.register("bestand.beoordeeld", "what the scanner said is on disk, the job does not know that it is done")
LATER = timedelta(seconds=15)
ALARM = "Een bijlage bevat een virus en blijft dicht. Vraag de klant om het bestand opnieuw te sturen."


class ScannerUnreachable(SchakelError):
    """No judgement can be had now; the bijlage waits."""

    title = "De virusscanner antwoordt niet"


class Scanner(Protocol):
    """Looks inside a file."""

    async def scan(self, inhoud: bytes) -> Virusoordeel:
        """Raises ScannerUnreachable."""
        ...

    async def check(self) -> Deel:
        """Its own health."""
        ...


@dataclass(frozen=True, slots=True)
class Bestandscontrole:
    """`scanner` None: the gemeente has none, and every file says so."""

    open_werk: OpenWerk
    scanner: Scanner | None
    clock: Clock

    async def control(self, bijlage_id: UUID) -> None:
        """Judge one bijlage; when the scanner does not answer, later."""
        async with self.open_werk() as werk:
            inhoud = await werk.bijlagen.to_control(bijlage_id)
        if inhoud is None:
            return
        try:
            oordeel = await self.scanner.scan(inhoud) if self.scanner else Virusoordeel.ZONDER
        except ScannerUnreachable:
            oordeel = None
        async with self.open_werk() as werk:
            await self._keep(werk, bijlage_id, oordeel)
        crashpoints.reached("bestand.beoordeeld")

    async def _keep(self, werk: Werk, bijlage_id: UUID, oordeel: Virusoordeel | None) -> None:
        if oordeel is None:
            await werk.bijlagen.control_later(bijlage_id, LATER)
            return
        interactie_id = await werk.bijlagen.judge(bijlage_id, oordeel, self.clock())
        if interactie_id is None:
            return
        if oordeel is Virusoordeel.BESMET:
            await werk.interacties.set_alarm(interactie_id, ALARM)
        await werk.announce(interactie_id)
