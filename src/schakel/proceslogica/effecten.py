# SPDX-License-Identifier: EUPL-1.2
"""Effecten: what the house does because a proces says so. The proces decides, here it is carried out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from schakel.begrippen.bericht import Inhoudsklasse
from schakel.begrippen.bsn import without_bsn
from schakel.dienstverlening.beloften import spell_dag
from schakel.dienstverlening.feestdagen import shift_end
from schakel.dienstverlening.sjablonen import sjablonen
from schakel.kanaalintegratie.interactie import Interactie, InteractieStatus
from schakel.kanaalintegratie.terugkoppeling import Terugkoppeling
from schakel.kanaalintegratie.verzending import Opdracht, Verzending
from schakel.kit.clock import AMSTERDAM
from schakel.kit.errors import NotFound
from schakel.proceslogica.contract import Behandelwerk, Effect

BEZWAARTERMIJN = timedelta(weeks=6)  # Awb 6:7
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: What a verzoek is called when its Interactie stands like this; other words are of the verzoek alone.
_OF_INTERACTIE = frozenset(InteractieStatus)


@dataclass(frozen=True, slots=True)
class Aanleiding:
    """Because of which step, by whom. `door`: the name below an answer; empty when a machine decided."""

    interactie: Interactie
    sleutel: str
    at: datetime
    uitkomst: str = ""
    actor_id: UUID | None = None
    door: str = ""


@dataclass(frozen=True, slots=True)
class Uitvoering:
    """Carries out effecten in the caller's unit of work."""

    verzending: Verzending
    terugkoppeling: Terugkoppeling

    async def perform(self, werk: Behandelwerk, effecten: Sequence[Effect], aanleiding: Aanleiding) -> None:
        """All of them, in order."""
        wacht = any(e.gegevens.get("status") == InteractieStatus.WACHT_OP_KLANT for e in effecten)
        for n, effect in enumerate(effecten):
            match effect.soort:
                case "stuur_bericht":
                    await self._send(werk, effect.gegevens, aanleiding, n)
                    if not wacht:  # a question to the klant is no answer yet
                        await werk.interacties.mark_answered(aanleiding.interactie.id, aanleiding.at)
                case "zet_status":
                    await self._set_status(werk, str(effect.gegevens["status"]), aanleiding)
                case "leg_voor_aan_team":
                    team = str(effect.gegevens["team"])
                    await werk.interacties.set_team(aanleiding.interactie.id, team, None, aanleiding.at)
                case "maak_interne_taak":
                    team, tekst = str(effect.gegevens["team"]), str(effect.gegevens["tekst"])
                    await werk.werkplekken.add_interne_taak(aanleiding.interactie.id, team, tekst, aanleiding.at)
                case "vraag_feedback":
                    await self.terugkoppeling.invite(werk, aanleiding.interactie.id, aanleiding.uitkomst, aanleiding.at)
        await werk.announce(aanleiding.interactie.id)

    async def _send(self, werk: Behandelwerk, gegevens: Mapping[str, object], aanleiding: Aanleiding, n: int) -> None:
        interactie, at = aanleiding.interactie, aanleiding.at
        sleutel = str(gegevens["sjabloon"])
        waarden = {
            "kenmerk": interactie.nummer,
            "onderwerp": f"Antwoord op uw vraag: {without_bsn(interactie.onderwerp)}"[:200],
            "medewerker": aanleiding.door or "Met vriendelijke groet",
            **{name: _spell(value, at) for name, value in gegevens.items()},
        }
        if "bezwaarclausule" in sjablonen()[sleutel].plaatshouders:
            waarden["bezwaarclausule"] = self._bezwaarclausule(interactie, at)
        ingevuld = self.verzending.dienst.text(sleutel, waarden, at)
        await self.verzending.send(
            werk,
            Opdracht(
                interactie_id=interactie.id,
                berichttype=sleutel,
                onderwerp=ingevuld.onderwerp,
                tekst=ingevuld.tekst,
                verstuursleutel=f"{interactie.proces_id}:{aanleiding.sleutel}:{n}",
                automatisch=aanleiding.actor_id is None,
                klasse=max(
                    ingevuld.klasse, Inhoudsklasse(str(gegevens["inhoudsklasse"])), key=list(Inhoudsklasse).index
                ),
                actor_id=aanleiding.actor_id,
            ),
            at,
        )

    def _bezwaarclausule(self, interactie: Interactie, at: datetime) -> str:
        """Under every decision: how and until when (Awb 3:45); an end in the weekend moves on."""
        today = at.astimezone(AMSTERDAM).date()
        waarden = {
            "kenmerk": interactie.nummer,
            "bezwaar_tot": spell_dag(shift_end(today + BEZWAARTERMIJN), today),
            "link": f"{self.verzending.publiek_adres}/vraag",
        }
        return self.verzending.dienst.text("bezwaarclausule", waarden, at).tekst.strip()

    async def _set_status(self, werk: Behandelwerk, status: str, aanleiding: Aanleiding) -> None:
        interactie_id, at = aanleiding.interactie.id, aanleiding.at
        if status in _OF_INTERACTIE:
            await werk.interacties.set_status(interactie_id, InteractieStatus(status), at)
            if status == InteractieStatus.AFGEROND:
                await self._finish(werk, interactie_id, at)
            return
        if await werk.verzoeken.of_interactie(interactie_id) is None:
            raise NotFound
        await werk.verzoeken.set_status(interactie_id, status, aanleiding.uitkomst, at)
        if status == "afgehandeld":
            await werk.interacties.set_status(interactie_id, InteractieStatus.AFGEROND, at)
            await self._finish(werk, interactie_id, at)

    async def _finish(self, werk: Behandelwerk, interactie_id: UUID, at: datetime) -> None:
        """Whoever handed this over as an interne taak sees that it is done."""
        await werk.interacties.mark_answered(interactie_id, at)
        await werk.werkplekken.finish_interne_taken(interactie_id, at)


def _spell(value: object, at: datetime) -> str:
    """As a klant reads it: a day in words, nothing for what is not known."""
    if value is None:
        return ""
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return spell_dag(date.fromisoformat(value), at.astimezone(AMSTERDAM).date())
    return str(value)
