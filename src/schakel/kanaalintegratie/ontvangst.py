# SPDX-License-Identifier: EUPL-1.2
"""Ontvangst: what happens to every gespreksbijdrage that reaches the gemeente, on any kanaal.

Start reading here. `receive` is the whole inbound road; `verzending` is the way back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from schakel.begrippen.gespreksbijdrage import Gespreksbijdrage
from schakel.dienstverlening.beloften import Belofte
from schakel.kanaalintegratie.bevestiging import decide_bevestiging
from schakel.kanaalintegratie.dienst import Dienst, Vraagduiding
from schakel.kanaalintegratie.draad import Voortzetting, find_voortzetting
from schakel.kanaalintegratie.interactie import Interactie, InteractieStatus, NieuweInteractie
from schakel.kanaalintegratie.kanaalwissel import Kanaalwissel
from schakel.kanaalintegratie.verzending import Opdracht, Verzending
from schakel.kanaalintegratie.werk import Aankondiging, NieuweBijdrage, Procesingang, Verkeersregel, Werk
from schakel.kit.ids import new_id
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.relatiebeheer.klantcontacten import Klantcontact
from schakel.relatiebeheer.partijen import Herkenning, recognise, searchable_address

#: A message without its own kenmerk counts as the same one when envelope and content return within this time.
TWEELING_BINNEN = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Ontvangen:
    """What became of one gespreksbijdrage."""

    interactie_id: UUID
    nummer: str
    is_new: bool
    klantcontact_id: UUID


@dataclass(frozen=True, slots=True)
class Bekend:
    """What is proved or chosen beforehand, by a log-in or by a medewerker; nothing of it is guessed.

    `partij_id`: identity was proved. `interactie_id`: goes on with this one (Wisselcode, or picked at a screen).
    `afgehandeld`: the klant had his answer during the contact itself.
    """

    partij_id: UUID | None = None
    actor_id: UUID | None = None
    interactie_id: UUID | None = None
    product: str = ""
    afgehandeld: bool = False


NIETS_BEKEND = Bekend()


@dataclass(frozen=True, slots=True)
class Ontvangst:
    """The inbound road, for any kanaal."""

    dienst: Dienst
    proces: Procesingang
    verzending: Verzending
    wissel: Kanaalwissel

    async def register_origineel(
        self,
        werk: Werk,
        origineel_id: UUID,
        bijdrage: Gespreksbijdrage,
        at: datetime,
        bekend: Bekend = NIETS_BEKEND,
    ) -> Ontvangen | None:
        """Register a stored origineel once; None when it is a twin of one that is registered already."""
        twin = await werk.originelen.twin_of(bijdrage, TWEELING_BINNEN)
        if twin is not None and twin != origineel_id:  # KI-0: kept and shown, not double work
            await werk.originelen.mark_twin(origineel_id, twin, at)
            return None
        ontvangen = await self.receive(werk, bijdrage, at, origineel_id, bekend)
        await werk.originelen.mark_registered(origineel_id, bijdrage, at)
        return ontvangen

    async def receive(
        self,
        werk: Werk,
        bijdrage: Gespreksbijdrage,
        at: datetime,
        origineel_id: UUID | None = None,
        bekend: Bekend = NIETS_BEKEND,
    ) -> Ontvangen:
        """Take in one gespreksbijdrage and promise the klant what happens next."""
        zoekadres = searchable_address(bijdrage.afzender.adres)
        voortzetting = await self._voortzetting(werk, bijdrage, zoekadres, bekend)
        duiding = self.dienst.interpret(bijdrage.onderwerp, bijdrage.tekst, bekend.product)
        if voortzetting.interactie_id is not None:
            interactie, belofte = await self._continue(werk, voortzetting.interactie_id, duiding, bijdrage, at)
        else:
            herkenning = recognise(bijdrage.afzender, await werk.partijen.with_address(zoekadres))
            interactie, belofte = await self._start(werk, bijdrage, duiding, herkenning, voortzetting, bekend)
        klantcontact_id = await self._register(werk, interactie, bijdrage, origineel_id, bekend)
        if bekend.afgehandeld:
            await werk.interacties.mark_answered(interactie.id, bijdrage.ontvangen_op)
            await werk.interacties.set_status(interactie.id, InteractieStatus.AFGEROND, at)
        await self._announce(werk, interactie, duiding, bijdrage, bekend, is_new=belofte is not None)
        await self._confirm(werk, interactie, duiding, bijdrage, belofte, at)
        await werk.announce(interactie.id)
        return Ontvangen(interactie.id, interactie.nummer, belofte is not None, klantcontact_id)

    async def _voortzetting(
        self, werk: Werk, bijdrage: Gespreksbijdrage, zoekadres: str, bekend: Bekend
    ) -> Voortzetting:
        if bekend.interactie_id is not None:
            return Voortzetting(bekend.interactie_id, None, "Gekozen door een medewerker of met een Wisselcode.")
        token_id = self.verzending.read_token(bijdrage.references.token)
        via_token = await werk.interacties.point(token_id) if token_id else None
        via_references = await werk.interacties.points_of(bijdrage.references.antwoord_op)
        return find_voortzetting(zoekadres, via_token, via_references, bijdrage.ontvangen_op)

    async def _continue(
        self, werk: Werk, interactie_id: UUID, duiding: Vraagduiding, bijdrage: Gespreksbijdrage, at: datetime
    ) -> tuple[Interactie, Belofte | None]:
        """A draft that is handed in gets its belofte now; what runs already keeps the one it has."""
        interactie = await werk.interacties.get(interactie_id, lock=True)
        await werk.interacties.set_status(interactie.id, InteractieStatus.OPEN, at)
        if interactie.status is not InteractieStatus.CONCEPT:
            return interactie, None
        kanaal = bijdrage.afzender.kanaal
        belofte = self.dienst.promise(duiding, kanaal, at)
        await werk.interacties.set_belofte(interactie.id, belofte.uiterlijk, belofte.tekst_klant, belofte.klok)
        await werk.verkeer.promise(interactie.id, kanaal, interactie.product, belofte.uiterlijk, at)
        return interactie, belofte

    async def _start(
        self,
        werk: Werk,
        bijdrage: Gespreksbijdrage,
        duiding: Vraagduiding,
        herkenning: Herkenning,
        voortzetting: Voortzetting,
        bekend: Bekend,
    ) -> tuple[Interactie, Belofte]:
        at = bijdrage.ontvangen_op
        belofte = self.dienst.promise(duiding, bijdrage.afzender.kanaal, at)
        # RB-1: an address suggests a partij, it never identifies one (invariant 6)
        partij_id = bekend.partij_id or await werk.partijen.add_zelfstandig(bijdrage.afzender.naam, at)
        nieuw = NieuweInteractie(
            id=new_id(),
            onderwerp=bijdrage.onderwerp or (duiding.product.naam if duiding.product else "Zonder onderwerp"),
            product=duiding.sleutel,
            soort=duiding.soort or "vraag",
            formeel=duiding.formeel,
            spoed=duiding.spoed,
            status=InteractieStatus.OPEN,
            team=duiding.team,
            kanaal=bijdrage.afzender.kanaal,
            begonnen_op=at,
            vervalt_op=vervalt_op("interactie", at),
            partij_id=partij_id,
            vastgesteld=bekend.partij_id is not None,
            regiehouder=bekend.actor_id,
            voorgesteld_id=herkenning.voorgesteld,
            verwant_id=voortzetting.verwant_id,
            belofte_op=belofte.uiterlijk,
            belofte_tekst=belofte.tekst_klant,
            belofte_klok=belofte.klok,
            alarm=" ".join(bijdrage.gebreken),
        )
        await werk.interacties.add(nieuw)
        await werk.verkeer.promise(nieuw.id, nieuw.kanaal, nieuw.product, belofte.uiterlijk, at)
        return await werk.interacties.get(nieuw.id), belofte

    async def _register(
        self, werk: Werk, interactie: Interactie, bijdrage: Gespreksbijdrage, origineel_id: UUID | None, bekend: Bekend
    ) -> UUID:
        klantcontact = Klantcontact(
            id=new_id(),
            interactie_id=interactie.id,
            kanaal=bijdrage.afzender.kanaal,
            onderwerp=(bijdrage.onderwerp or interactie.onderwerp)[:200],
            inhoud=bijdrage.tekst[:1000],
            plaatsgevonden_op=bijdrage.ontvangen_op,
            afzender=bijdrage.afzender,
            partij_id=bekend.partij_id or interactie.partij_id,
            actor_id=bekend.actor_id,
            gelukt=True if bekend.actor_id else None,
        )
        await werk.klantcontacten.add(klantcontact)  # RB-0, EO-2
        await werk.interacties.add_bijdrage(
            NieuweBijdrage(
                interactie_id=interactie.id,
                kanaal=bijdrage.afzender.kanaal,
                richting="in",
                tekst=bijdrage.tekst,
                html=bijdrage.html,
                tijdstip=bijdrage.ontvangen_op,
                klantcontact_id=klantcontact.id,
                origineel_id=origineel_id,
                afzender_naam=bijdrage.afzender.naam,
                afzender_adres=bijdrage.afzender.adres,
                onderwerp=bijdrage.onderwerp,
                kenmerk=bijdrage.references.kenmerk,
                geautomatiseerd=bijdrage.geautomatiseerd,
                gebreken=bijdrage.gebreken,
                bijlagen=bijdrage.bijlagen,
            )
        )
        van = interactie.laatste_kanaal if interactie.laatste_kanaal != bijdrage.afzender.kanaal else ""
        if van:
            await werk.interacties.set_kanaal(interactie.id, bijdrage.afzender.kanaal)
        await werk.verkeer.add(  # KS-5: every leg counts, and holds nothing of a person
            Verkeersregel(
                kanaal=bijdrage.afzender.kanaal,
                begonnen_op=bijdrage.ontvangen_op,
                uitkomst="geregistreerd",
                product=interactie.product,
                van_kanaal=van,
            )
        )
        return klantcontact.id

    async def _announce(
        self,
        werk: Werk,
        interactie: Interactie,
        duiding: Vraagduiding,
        bijdrage: Gespreksbijdrage,
        bekend: Bekend,
        *,
        is_new: bool,
    ) -> None:
        await self.proces.announce(  # KI-0: which proces follows is not decided here
            werk,
            Aankondiging(
                interactie_id=interactie.id,
                product=interactie.product,
                soort=duiding.soort or "vraag",
                formeel=duiding.formeel,
                is_new=is_new,
                at=bijdrage.ontvangen_op,
                afgehandeld=bekend.afgehandeld,
            ),
        )

    async def _confirm(
        self,
        werk: Werk,
        interactie: Interactie,
        duiding: Vraagduiding,
        bijdrage: Gespreksbijdrage,
        belofte: Belofte | None,
        at: datetime,
    ) -> None:
        handed_in = belofte is not None and interactie.formeel  # Awb 2:17(1): an aanvraag, whatever its words are
        formeel = duiding.formeel or handed_in
        afzender = bijdrage.afzender
        bereik = await self.verzending.bereik(werk, interactie.id, afzender.kanaal, afzender.adres)
        adres = bereik[0].adres if bereik else ""
        besluit = decide_bevestiging(
            formeel=formeel,
            geautomatiseerd=bijdrage.geautomatiseerd,
            adres=adres,
            vervolg=belofte is None,
            laatste=await werk.berichten.last_bevestiging(adres),
            at=at,
        )
        if not besluit.bevestigen:
            return
        waarden = {
            "kenmerk": interactie.nummer,
            "kanaal": str(bijdrage.afzender.kanaal),
            "soort": duiding.soort or ("aanvraag" if handed_in else "bericht"),
            "onderwerp": interactie.onderwerp,
            "belofte": belofte.tekst_klant if belofte else "Wij voegen dit toe aan uw vraag.",  # KR-2
            "wisselcode": await self.wissel.issue(werk, interactie.id, at),
        }
        sjabloon = "ontvangstbevestiging_formeel" if formeel else "ontvangstbevestiging"
        ingevuld = self.dienst.text(sjabloon, waarden, bijdrage.ontvangen_op)
        await self.verzending.send(
            werk,
            Opdracht(
                interactie_id=interactie.id,
                berichttype="ontvangstbevestiging",
                onderwerp=ingevuld.onderwerp,
                tekst=ingevuld.tekst,
                verstuursleutel=f"bevestiging:{bijdrage.vingerafdruk or new_id()}:{interactie.id}",
                automatisch=True,
                adres=afzender.adres,
                kanaal=afzender.kanaal,
                redenen=(besluit.reden,),
            ),
            at,
        )
