# SPDX-License-Identifier: EUPL-1.2
"""Behandeling: how a verzoek begins, is filled in over any kanaal, is handed in, and how its steps are taken.

Fills `Behandelingen` of the contract. The proces decides what is possible; this keeps the draft and carries it out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from schakel.begrippen.gespreksbijdrage import Afzender, Bijlage, Gespreksbijdrage
from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.producten import Product
from schakel.kanaalintegratie.interactie import InteractieStatus, NieuweInteractie
from schakel.kanaalintegratie.ontvangst import Bekend, Ontvangst
from schakel.kanaalintegratie.verzoek import Verzoek, Waarde
from schakel.kanaalintegratie.werk import Verkeersregel
from schakel.kit import crashpoints
from schakel.kit.errors import Conflict, InvalidInput, NotFound
from schakel.kit.ids import new_id
from schakel.proceslogica.contract import (
    Behandelstand,
    Behandelwerk,
    Proceslogica,
    Processtand,
    canonical,
    in_words,
    validate,
)
from schakel.proceslogica.effecten import Aanleiding, Uitvoering
from schakel.regie.bewaartermijnen import vervalt_op

crashpoints.register("verzoek.ingediend", "the verzoek is handed in and registered, the klant has not seen that")
crashpoints.register("stap.gezet", "the step is taken with all its effects, the medewerker has not seen that")
KLANT = "klant"
MAX_WAARDE = 20_000


@dataclass(frozen=True, slots=True)
class Behandeling:
    """One road for every kanaal: the same fields, the same checks, the same decision (KR-1)."""

    logica: Proceslogica
    ontvangst: Ontvangst
    uitvoering: Uitvoering
    producten: Mapping[str, Product]

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
        gekozen = self.producten.get(product)
        if gekozen is None or not gekozen.proces:
            raise NotFound
        if interactie_id is None and partij_id is not None:
            known = await werk.verzoeken.concept_of(partij_id, product)
            if known is not None:
                return known
        if interactie_id is None:
            interactie_id = await self._draft(werk, gekozen, kanaal, at, partij_id, actor_id)
        else:
            await self._replace_proces(werk, interactie_id, at)
        stand = await self.logica.start(werk, gekozen.proces, {}, interactie_id, at)
        await werk.interacties.set_proces(interactie_id, stand.proces_id)
        await werk.verzoeken.add(new_id(), interactie_id, product, at)
        behandelstand = await self.behandelstand(werk, interactie_id)
        invoer = {
            veld.sleutel: Waarde(bekend[veld.bron_sleutel][0], bekend[veld.bron_sleutel][1], "", at.isoformat())
            for veld in behandelstand.velden
            if bekend and veld.bron_sleutel in bekend  # NO-7, GE-7: what is known is not asked again
        }
        if behandelstand.verzoek is not None and invoer:
            await werk.verzoeken.save(behandelstand.verzoek, invoer, at)
        return interactie_id

    async def _replace_proces(self, werk: Behandelwerk, interactie_id: UUID, at: datetime) -> None:
        """What ran for this Interactie ends here: one Interactie has one proces."""
        interactie = await werk.interacties.get(interactie_id, lock=True)
        if interactie.proces_id is not None:
            rij = await werk.processen.get(interactie.proces_id, lock=True)
            await werk.processen.save(replace(rij, status="vervangen", volgende=rij.volgende + 1), at)

    async def _draft(
        self,
        werk: Behandelwerk,
        product: Product,
        kanaal: Kanaal,
        at: datetime,
        partij_id: UUID | None,
        actor_id: UUID | None,
    ) -> UUID:
        nieuw = NieuweInteractie(
            id=new_id(),
            onderwerp=product.naam,
            product=product.sleutel,
            soort="aanvraag",
            formeel=product.formeel,
            spoed=False,
            status=InteractieStatus.CONCEPT,
            team=product.team,
            kanaal=kanaal,
            begonnen_op=at,
            vervalt_op=vervalt_op("interactie", at),
            partij_id=partij_id or await werk.partijen.add_zelfstandig("", at),
            vastgesteld=partij_id is not None,
            regiehouder=actor_id,
        )
        await werk.interacties.add(nieuw)
        await werk.verkeer.add(Verkeersregel(kanaal, at, "begonnen", product.sleutel))  # KS-5
        return nieuw.id

    async def behandelstand(self, werk: Behandelwerk, interactie_id: UUID) -> Behandelstand:
        interactie = await werk.interacties.get(interactie_id)
        stand = await self.logica.stand(werk, interactie.proces_id) if interactie.proces_id else None
        verzoek = await werk.verzoeken.of_interactie(interactie_id)
        return Behandelstand(interactie.id, interactie.nummer, interactie.product, interactie.status, stand, verzoek)

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
        verzoek = await self._open_draft(werk, interactie_id)
        behandelstand = await self.behandelstand(werk, interactie_id)
        velden = {veld.sleutel: veld for veld in behandelstand.velden}
        for veld, bijlage in bijlagen:
            if veld in velden:
                await werk.verzoeken.add_bijlage(verzoek, veld, bijlage, at)
                invoer = {**invoer, veld: bijlage.naam}
        gegevens = dict(verzoek.gegevens)
        for name, text in invoer.items():
            if name not in velden:
                continue
            value = canonical(velden[name], text[:MAX_WAARDE])
            if name not in gegevens or gegevens[name].waarde != value:  # KS-4: an untouched field keeps its bron
                gegevens[name] = Waarde(value, KLANT, str(kanaal), at.isoformat())
        if gegevens != verzoek.gegevens:
            await werk.verzoeken.save(verzoek, gegevens, at)
            await werk.announce(interactie_id)
        saved = await werk.verzoeken.of_interactie(interactie_id)
        assert saved is not None
        return saved

    async def _open_draft(self, werk: Behandelwerk, interactie_id: UUID) -> Verzoek:
        verzoek = await werk.verzoeken.of_interactie(interactie_id, lock=True)
        if verzoek is None:
            raise NotFound
        if verzoek.status != "concept":
            raise Conflict("Deze aanvraag is al verstuurd. U hoeft niets meer te doen.")
        return verzoek

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
        verzoek = await werk.verzoeken.of_interactie(interactie_id, lock=True)
        behandelstand = await self.behandelstand(werk, interactie_id)
        if verzoek is None or behandelstand.stand is None:
            raise NotFound
        if verzoek.status != "concept":  # pressed twice: the first one counts
            return behandelstand
        werk.reaches("verzoek.ingediend")
        invoer = {name: waarde.waarde for name, waarde in verzoek.gegevens.items()}
        if wrong := validate(behandelstand.velden, invoer):
            raise InvalidInput(wrong)
        await self._register(werk, behandelstand, invoer, kanaal, actor_id, at)
        while stappen := behandelstand.klantstappen:
            for stap in stappen:
                once = f"{sleutel}:{stap.sleutel}"
                await self._submit(werk, behandelstand, stap.sleutel, invoer, once, at, actor_id=actor_id, door="")
            behandelstand = await self.behandelstand(werk, interactie_id)
            if validate(behandelstand.velden, invoer):  # a later step asks more: the klant goes on from there
                break
        return behandelstand

    async def _register(
        self,
        werk: Behandelwerk,
        behandelstand: Behandelstand,
        invoer: Mapping[str, str],
        kanaal: Kanaal,
        actor_id: UUID | None,
        at: datetime,
    ) -> None:
        """The klantcontact, the belofte and the confirmation, by the road that every gespreksbijdrage takes."""
        interactie = await werk.interacties.get(behandelstand.interactie_id)
        bereik = await werk.interacties.bereik(behandelstand.interactie_id)
        regels = [
            f"{veld.label}{'' if veld.label.endswith('?') else ':'} {in_words(veld, invoer[veld.sleutel])}"
            for veld in behandelstand.velden
            if invoer.get(veld.sleutel)
        ]
        bijdrage = Gespreksbijdrage(
            afzender=Afzender(kanaal, bereik[0].adres if bereik else ""),
            onderwerp=interactie.onderwerp,
            tekst="\n".join(regels),
            ontvangen_op=at,
        )
        bekend = Bekend(
            partij_id=interactie.partij_id if interactie.vastgesteld else None,
            actor_id=actor_id,
            interactie_id=interactie.id,
            product=interactie.product,
        )
        await self.ontvangst.receive(werk, bijdrage, at, None, bekend)

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
        werk.reaches("stap.gezet")
        behandelstand = await self.behandelstand(werk, interactie_id)
        await self._submit(werk, behandelstand, stap, invoer, sleutel, at, actor_id=actor_id, door=door)
        await werk.werkplekken.drop_concept(interactie_id, actor_id)
        return await self.behandelstand(werk, interactie_id)

    async def _submit(
        self,
        werk: Behandelwerk,
        behandelstand: Behandelstand,
        stap: str,
        invoer: Mapping[str, str],
        sleutel: str,
        at: datetime,
        *,
        actor_id: UUID | None,
        door: str,
    ) -> Processtand:
        if behandelstand.stand is None:
            raise NotFound
        proces_id = behandelstand.stand.proces_id
        stand = await self.logica.submit(werk, proces_id, stap, invoer, sleutel, actor_id, at)
        interactie = await werk.interacties.get(behandelstand.interactie_id, lock=True)
        aanleiding = Aanleiding(interactie, sleutel, at, stand.uitkomst, actor_id, door)
        await self.uitvoering.perform(werk, stand.effecten, aanleiding)
        return stand
