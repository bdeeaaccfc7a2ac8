# SPDX-License-Identifier: EUPL-1.2
"""Compose: asks all bronnen at once what is allowed, waits no longer than the deadline, and says what it lacks.

One road for medewerker and inwoner (KB-1): they differ by the policy of regie and by nothing else.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from uuid import UUID

from schakel.begrippen.antwoord import Afgeschermd, Antwoord, Gevonden, Leeg, Onbereikbaar
from schakel.begrippen.doel import Doel
from schakel.identiteit.wie import Wie
from schakel.kit.clock import Clock, system_clock
from schakel.klantbeeld.beeld import Bronregel, Bronstatus, Herkomst, Klantbeeld, NietGetoond, Sectie, Veld
from schakel.klantbeeld.breaker import Breaker
from schakel.klantbeeld.bron import Bron, Klantsleutels
from schakel.klantbeeld.gegevens import Gegeven
from schakel.regie.bevoegdheid import Bevoegdheid, decide_bevoegdheid
from schakel.regie.catalogus import SECTIES, Klantgegeven, Klantgegevenscatalogus, catalogus
from schakel.regie.doelen import Gegevensklasse
from schakel.regie.logboek import Logboek, describe_verwerking

_log = logging.getLogger(__name__)
#: Seconds per bron; leaves a tenth for the rest of the 1.5 s within which a klantbeeld is on screen (KB-2).
DEADLINE = 1.4
#: Attributes that say whether the address is geheim; read before any address is shown (A23).
GEHEIM = frozenset({"persoon.geheimhouding", "partij.geheim"})

Bevoegdheden = Mapping[Gegevensklasse, Bevoegdheid]
Antwoorden = Mapping[str, Antwoord[Mapping[str, Gegeven]]]


@dataclass(frozen=True, slots=True)
class Klantbeelden:
    """Composes klantbeelden from these bronnen. `pseudonym` names a partij in the logboek."""

    bronnen: Sequence[Bron]
    pseudonym: Callable[[UUID], bytes]
    clock: Clock = system_clock
    deadline: float = DEADLINE
    catalogus: Klantgegevenscatalogus = field(default_factory=catalogus)
    _breakers: dict[str, Breaker] = field(default_factory=dict)

    async def compose(self, sleutels: Klantsleutels, wie: Wie, doel: Doel, logboek: Logboek) -> Klantbeeld:
        """The klantbeeld of one klant for this doel, with exactly one verwerking; without that line nobody looks.

        When only the BRP knows that the address is geheim, the line names adres although it is withheld.
        """
        at = self.clock()
        first = self._decide(sleutels, wie, doel, geheim=sleutels.geheim)
        plan = self._plan(first)
        gezien = tuple(klasse.value for klasse, besluit in first.items() if besluit.mag)
        verwerking = describe_verwerking(
            wie,
            doel,
            bronnen=tuple(bron.naam for bron, _ in plan),
            gezien=gezien,
            betrokkenen=(self.pseudonym(sleutels.partij_id),),
            moment=at,
        )
        await logboek.record(verwerking)  # NO-8: first the line, then the look
        antwoorden, timings = await self._ask(plan, sleutels, doel, at)
        gegevens = {
            k.sleutel: gegeven
            for k in self.catalogus.klantgegevens  # what the catalogus does not know is not shown
            for gegeven in [_value(antwoorden.get(k.bron), k.sleutel)]
            if gegeven is not None
        }
        besluiten = self._decide(sleutels, wie, doel, geheim=sleutels.geheim or _geheim(gegevens, antwoorden))
        return Klantbeeld(
            definitie=self.catalogus.versie,  # KB-4
            doel=doel,
            samengesteld_op=at,
            secties=self._secties(gegevens, besluiten),
            bronnen=tuple(self._bronregel(naam, antwoorden, timings, first) for naam in self.catalogus.bronnen),
            niet_getoond=tuple(
                NietGetoond(klasse.value, besluit.weigering)
                for klasse, besluit in besluiten.items()
                if besluit.weigering is not None
            ),
        )

    def _decide(self, sleutels: Klantsleutels, wie: Wie, doel: Doel, *, geheim: bool | None) -> Bevoegdheden:
        klassen = dict.fromkeys(k.klasse for k in self.catalogus.klantgegevens)
        return {k: decide_bevoegdheid(wie, doel, k, sleutels.partij_id, geheim=geheim) for k in klassen}

    def _plan(self, besluiten: Bevoegdheden) -> Sequence[tuple[Bron, frozenset[str]]]:
        """Which bron to ask for what; one of which nothing is allowed is not called at all (invariant 4)."""
        plan = []
        for bron in self.bronnen:
            allowed = {k.sleutel for k in self.catalogus.of_bron(bron.naam) if besluiten[k.klasse].mag}
            allowed &= bron.attributen
            if allowed:  # KB-1, A02: only what this rol may see for this doel
                plan.append((bron, frozenset(allowed | (GEHEIM & bron.attributen))))
        return plan

    async def _ask(
        self, plan: Sequence[tuple[Bron, frozenset[str]]], sleutels: Klantsleutels, doel: Doel, at: datetime
    ) -> tuple[Antwoorden, Mapping[str, int]]:
        antwoorden: dict[str, Antwoord[Mapping[str, Gegeven]]] = {}
        timings: dict[str, int] = {}
        begin = perf_counter()

        async def ask(bron: Bron, attributen: frozenset[str]) -> None:
            try:
                antwoord = await bron.vraag(sleutels, attributen, doel)
            except Exception as error:  # one bron that breaks never takes the others with it (KB-2)
                _log.warning("bron failed", extra={"bron": bron.naam, "error": type(error).__name__})
                antwoord = Onbereikbaar(bron.naam, "gaf een fout")
            timings[bron.naam] = round((perf_counter() - begin) * 1000)
            antwoorden[bron.naam] = antwoord

        tasks = {
            asyncio.create_task(ask(bron, attributen)): bron.naam
            for bron, attributen in plan  # KB-0: asked now, each for its own, and kept nowhere
            if self._breaker(bron.naam).allows(at)
        }
        try:
            if tasks:
                await asyncio.wait(tasks, timeout=self.deadline)  # KB-2
        finally:
            for task in tasks:
                task.cancel()  # not awaited: a bron that clings to its connection does not hold up the answer
        for naam in tasks.values():
            late = naam not in antwoorden
            antwoord = antwoorden.setdefault(naam, Onbereikbaar(naam, "antwoordt te laat"))
            if late or isinstance(antwoord, Onbereikbaar):
                self._breaker(naam).failed(at)
            else:
                self._breaker(naam).succeeded()
        for bron, _ in plan:
            antwoorden.setdefault(bron.naam, Onbereikbaar(bron.naam, "rust na storingen"))
        return dict(antwoorden), dict(timings)

    def _breaker(self, naam: str) -> Breaker:
        return self._breakers.setdefault(naam, Breaker())

    def _secties(self, gegevens: Mapping[str, Gegeven], besluiten: Bevoegdheden) -> Sequence[Sectie]:
        velden: dict[str, list[Veld]] = {sectie: [] for sectie in SECTIES}
        for k in self.catalogus.klantgegevens:
            if k.sleutel in gegevens and besluiten[k.klasse].mag:  # GE-8: whatever the bron sent along
                velden[k.sectie].append(_veld(k, gegevens[k.sleutel]))
        return tuple(Sectie(sleutel, titel, tuple(velden[sleutel])) for sleutel, titel in SECTIES.items())

    def _bronregel(
        self, naam: str, antwoorden: Antwoorden, timings: Mapping[str, int], besluiten: Bevoegdheden
    ) -> Bronregel:
        """KB-2: a bron that is silent is named, one that was never wired too."""
        missing = tuple(k.label for k in self.catalogus.of_bron(naam) if besluiten[k.klasse].mag)
        if not missing:
            return Bronregel(naam, Bronstatus.NIET_GEVRAAGD)
        duur = timings.get(naam, 0)
        match antwoorden.get(naam):
            case Gevonden():
                return Bronregel(naam, Bronstatus.BINNEN, milliseconden=duur)
            case Leeg():
                return Bronregel(naam, Bronstatus.LEEG, milliseconden=duur)
            case Afgeschermd(reden):
                return Bronregel(naam, Bronstatus.AFGESCHERMD, reden, ontbreekt=missing, milliseconden=duur)
            case Onbereikbaar(reden=reden):
                sinds = self._breaker(naam).since
                return Bronregel(naam, Bronstatus.ZWIJGT, reden, sinds, missing, duur)  # KB-2: named
            case None:
                return Bronregel(naam, Bronstatus.ZWIJGT, "is niet aangesloten", ontbreekt=missing)


def _value(antwoord: Antwoord[Mapping[str, Gegeven]] | None, sleutel: str) -> Gegeven | None:
    return antwoord.waarde.get(sleutel) if isinstance(antwoord, Gevonden) else None


def _geheim(gegevens: Mapping[str, Gegeven], antwoorden: Antwoorden) -> bool | None:
    """One bron that says so is enough; when one is silent, that no other says so does not make it open (A23)."""
    said = [gegevens[sleutel].waarde for sleutel in GEHEIM if sleutel in gegevens]
    if any(waarde is not False for waarde in said):
        return True
    answered = all(isinstance(antwoord, Gevonden | Leeg) for antwoord in antwoorden.values())
    return False if said and answered else None  # A23: BRP silent, so we do not know


def _veld(k: Klantgegeven, gegeven: Gegeven) -> Veld:
    herkomst = Herkomst(k.bron, k.eigenaar, gegeven.vers_op, k.van_klant, gegeven.in_onderzoek)  # EG-1, A03
    return Veld(k.sleutel, k.label, gegeven.waarde, herkomst)
