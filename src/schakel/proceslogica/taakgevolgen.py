# SPDX-License-Identifier: EUPL-1.2
"""Taakgevolgen: what an interne taak that came, or was done, outside our own screens means for the proces."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from schakel.kanaalintegratie.interactie import Interactie, InteractieStatus
from schakel.kanaalintegratie.werk import Aankondiging, Werk
from schakel.kit.ids import new_id
from schakel.proceslogica.contract import Behandelwerk
from schakel.proceslogica.effecten import Aanleiding, Uitvoering
from schakel.proceslogica.ingang import Ingang
from schakel.proceslogica.motor import Motor


@dataclass(frozen=True, slots=True)
class Gevolgen:
    """Fills `Taakgevolgen`: takes the step that a medewerker would, if the proces offers one that needs no words."""

    motor: Motor
    ingang: Ingang
    uitvoering: Uitvoering

    async def opened(self, werk: Werk, interactie_id: UUID, at: datetime) -> None:
        behandelwerk = cast(Behandelwerk, werk)  # the edge opens one unit of work that fills the ports of all
        interactie = await werk.interacties.get(interactie_id)
        if interactie.proces_id is None:
            vraag = Aankondiging(interactie_id, interactie.product, "", interactie.formeel, is_new=False, at=at)
            await self.ingang.announce(werk, vraag)
        elif (await self.motor.stand(behandelwerk, interactie.proces_id)).status == "afgerond":
            await self._go(behandelwerk, interactie, InteractieStatus.OPEN, at)

    async def done(self, werk: Werk, interactie_id: UUID, at: datetime) -> None:
        interactie = await werk.interacties.get(interactie_id)
        await self._go(cast(Behandelwerk, werk), interactie, InteractieStatus.AFGEROND, at)

    async def _go(self, werk: Behandelwerk, interactie: Interactie, to: InteractieStatus, at: datetime) -> None:
        if interactie.proces_id is None:
            return
        stap = await self.motor.step_to(werk, interactie.proces_id, to, at)
        if stap is None:
            return
        once = f"interne_taak:{new_id()}"
        stand = await self.motor.submit(werk, interactie.proces_id, stap, {}, once, None, at)
        aanleiding = Aanleiding(interactie, once, at, stand.uitkomst)
        await self.uitvoering.perform(werk, stand.effecten, aanleiding)
