# SPDX-License-Identifier: EUPL-1.2
"""Scherm: everything the desk shows of one Interactie, and the two ways to show it: whole, or the part for htmx."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from litestar import Response

from schakel.begrippen.bericht import Inhoudsklasse
from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.kennis import Kennislink, kennis_of
from schakel.dienstverlening.producten import Product
from schakel.identiteit.wie import Medewerker
from schakel.kanaalintegratie.kanaalkeuze import Kanaalkeuze
from schakel.kanaalintegratie.lezen import Aanwezige, Bijdrageregel, Interactiebeeld, Overdrachtregel
from schakel.kanaalintegratie.verzoek import Verzoekbijlage
from schakel.kit.errors import InvalidInput, SchakelError
from schakel.kit.ids import new_id
from schakel.proceslogica.contract import Behandelstand, Fase
from schakel.web.diensten import diensten_of
from schakel.web.medewerker.contact.invulling import Thema, Veldbeeld, answered, themas_of
from schakel.web.medewerker.werk.stap import Aanbod, fields_of, may_do, offer_of
from schakel.web.medewerker.werk.stroom import current_id
from schakel.web.medewerker.werk.voorraad import lijst_of
from schakel.web.page import AnyRequest, is_htmx, render, see_other
from schakel.web.wie import medewerker_of

AANWEZIG = timedelta(seconds=50)  # the browser says every 20 seconds that it is there
AANGEBODEN, GEACCEPTEERD = "aangeboden", "geaccepteerd"


@dataclass(frozen=True, slots=True)
class Poging:
    """What was typed, and why it was not accepted: shown again, so that nothing is lost."""

    stap: str = ""
    invoer: Mapping[str, str] = field(default_factory=dict)
    fout: SchakelError | None = None

    @property
    def fouten(self) -> Mapping[str, str]:
        return self.fout.fields if isinstance(self.fout, InvalidInput) else {}


@dataclass(frozen=True, slots=True)
class Vraagscherm:
    """One Interactie on the desk of one medewerker. `sleutel` is of this page: what it sends twice, counts once."""

    beeld: Interactiebeeld
    stand: Behandelstand
    wie: Medewerker
    poging: Poging
    concept: str
    concept_op: datetime | None
    aanwezigen: Sequence[Aanwezige]
    teams: Mapping[str, str]
    bijlagen: Sequence[Verzoekbijlage]
    keuze: Kanaalkeuze
    product: Product | None
    in_handen: bool
    sleutel: str = field(default_factory=lambda: str(new_id()))

    @property
    def aanbod(self) -> Aanbod:
        return offer_of(self.stand, self.poging.stap)

    @property
    def mag_stap(self) -> bool:
        stap = self.aanbod.stap
        return stap is not None and may_do(self.wie, stap)

    @property
    def gezien(self) -> int:
        """How many steps were done when this page was made: what it sends goes through only when that still holds."""
        return steps_done(self.stand)

    @property
    def velden(self) -> Sequence[Veldbeeld]:
        """Of the step, with what was typed before: in this form, or in the draft."""
        aanbod = self.aanbod
        if aanbod.stap is None:
            return ()
        draft = {aanbod.tekstveld: self.concept} if aanbod.tekstveld else {}
        return fields_of(aanbod.stap, {**draft, **self.poging.invoer}, self.poging.fouten)

    @property
    def themas(self) -> Sequence[Thema]:
        return themas_of(self.stand, self.bijlagen, self.poging.fouten)

    @property
    def ingevuld(self) -> tuple[int, int]:
        return answered(self.themas)

    @property
    def kennis(self) -> Sequence[Kennislink]:
        """What to read about the product of this Interactie."""
        return kennis_of(self.beeld.product)

    @property
    def fasen(self) -> Sequence[Fase]:
        return self.stand.stand.fasen if self.stand.stand else ()

    @property
    def reisstappen(self) -> Sequence[tuple[str, str]]:
        return [(fase.label, "") for fase in self.fasen]

    @property
    def andere_teams(self) -> Sequence[tuple[str, str]]:
        """To whom it can be handed over."""
        return [(sleutel, naam) for sleutel, naam in self.teams.items() if sleutel != self.beeld.team]

    @property
    def fase_nu(self) -> int:
        states = [fase.staat for fase in self.fasen]
        return states.index("nu") if "nu" in states else len(states)

    @property
    def kan_aanvragen(self) -> bool:
        """Whether the product has a proces of its own that does not run yet."""
        running = self.stand.stand.sleutel if self.stand.stand else ""
        return bool(self.product and self.product.proces and self.product.proces != running)

    @property
    def van_mij(self) -> bool:
        return self.beeld.regiehouder == self.wie.id

    @property
    def aangeboden(self) -> Overdrachtregel | None:
        """The overdracht that waits for an answer."""
        return next((o for o in self.beeld.overdrachten if o.status == AANGEBODEN), None)

    @property
    def herkomst(self) -> str:
        """The team that gave it to us, to give it back to; empty when it is ours from the start."""
        last = next((o for o in self.beeld.overdrachten if o.status == GEACCEPTEERD), None)
        return last.van_team if last is not None and last.naar_team == self.beeld.team_naam else ""

    @property
    def is_ontvanger(self) -> bool:
        """Whether the team of this medewerker is asked to take it over."""
        return self.aangeboden is not None and self.aangeboden.naar_team == self.teams.get(self.wie.team)

    @property
    def gestuurd(self) -> Sequence[tuple[str, str]]:
        """Files that came along with what the klant said, by key and name."""
        return [(str(b.id), b.naam) for bijdrage in self.beeld.bijdragen for b in bijdrage.bijlagen]

    @property
    def klant(self) -> Bijdrageregel | None:
        """What the klant said last: who he says he is, and whence he writes."""
        return next((b for b in self.beeld.bijdragen if b.richting == "in"), None)


def steps_done(stand: Behandelstand) -> int:
    return len(stand.stand.gedaan) if stand.stand else 0


async def admit(request: AnyRequest, interactie_id: UUID) -> Interactiebeeld:
    """May he act here? Nothing is shown yet, so nothing is logged yet. Raises NotFound or Forbidden."""
    diensten = diensten_of(request)
    beeld = await diensten.lezer.interactie(interactie_id)
    diensten.inzien.decide_doel(medewerker_of(request), beeld)
    return beeld


async def scherm_of(request: AnyRequest, interactie_id: UUID, poging: Poging) -> Vraagscherm:
    """By the door that decides and logs. Opening it is being there: colleagues see that."""
    diensten, wie = diensten_of(request), medewerker_of(request)
    beeld, at = await diensten.inzien.interactie(wie, interactie_id), diensten.clock()
    concept, concept_op = await diensten.lezer.concept(interactie_id, wie.id)
    aanwezigen = await diensten.lezer.aanwezigen(interactie_id, wie.id, at - AANWEZIG)
    teams = dict(await diensten.lezer.teams())
    async with diensten.open_werk() as werk:
        stand = await diensten.behandelingen.behandelstand(werk, interactie_id)
        bijlagen = await werk.verzoeken.bijlagen(stand.verzoek.id) if stand.verzoek else ()
        interactie = await werk.interacties.get(interactie_id)
        keuze = await diensten.verzending.choose(werk, interactie, Inhoudsklasse.ALGEMEEN, interactie.laatste_kanaal)
        in_handen = await werk.verdelingen.is_carried(interactie_id, wie.id)
        is_news = await werk.werkplekken.be_present(interactie_id, wie.id, bool(concept), at)
        if is_news and aanwezigen:  # alone there is nobody to tell
            await werk.announce(interactie_id)
    return Vraagscherm(
        beeld=beeld,
        stand=stand,
        wie=wie,
        poging=poging,
        concept=concept,
        concept_op=concept_op,
        aanwezigen=aanwezigen,
        teams=teams,
        bijlagen=bijlagen,
        keuze=keuze,
        product=diensten.producten.get(beeld.product),
        in_handen=in_handen,
    )


async def show(
    request: AnyRequest, interactie_id: UUID, *, poging: Poging | None = None, melding: str = "", code: str = ""
) -> Response[bytes]:
    """The question in the middle: alone for htmx, with the werkvoorraad around it otherwise."""
    diensten, poging = diensten_of(request), poging or Poging()
    na = await current_id(diensten.levend)
    scherm = await scherm_of(request, interactie_id, poging)
    status = poging.fout.status if poging.fout else 200
    context: dict[str, Any] = {"scherm": scherm, "melding": melding, "code": code, "open_id": interactie_id}
    if is_part(request):
        met_klant = request.method == "GET"  # after a deed it is the same klant
        return render(request, "medewerker/werk/deel.html", status_code=status, met_klant=met_klant, **context)
    lijst = await lijst_of(diensten, scherm.wie, request.query_params.get("lijst", ""))
    return render(request, "medewerker/werk/werk.html", status_code=status, lijst=lijst, na=na, **context)


async def done(request: AnyRequest, interactie_id: UUID, gedaan: str) -> Response[bytes] | Response[None]:
    """After a deed: htmx gets the question anew, a browser without it goes there. `gedaan` is a key of MELDINGEN."""
    if is_htmx(request):
        return await show(request, interactie_id, melding=MELDINGEN[gedaan])
    return see_other(request, f"/werk/{interactie_id}?gedaan={gedaan}")


def is_part(request: AnyRequest) -> bool:
    """Whether only the middle is wanted; a browser that goes back asks htmx for the whole page."""
    return is_htmx(request) and request.headers.get("hx-history-restore-request") != "true"


def draft_kanaal(beeld: Interactiebeeld) -> Kanaal:
    """Over which kanaal the klant gave what a medewerker now fills in for him: the one he used last."""
    last = next((b.kanaal for b in beeld.bijdragen if b.richting == "in"), beeld.begonnen_kanaal)
    return Kanaal(last)


MELDINGEN = {
    "stap": "Gedaan.",
    "verstuurd": "Uw antwoord gaat nu naar de klant.",
    "ingediend": "De aanvraag is ingediend.",
    "begonnen": "De aanvraag is begonnen. Vul in wat de klant u vertelde.",
    "notitie": "Uw notitie staat erbij. De klant ziet haar niet.",
    "opgepakt": "U heeft nu de regie.",
    "weggelegd": "De vraag blijft van u. U heeft weer ruimte voor ander werk.",
    "aangeboden": "De vraag is aangeboden. Zij blijft bij u tot het team haar aanneemt.",
    "aangenomen": "U heeft de vraag overgenomen, met alles wat de klant vertelde.",
    "geweigerd": "U nam de vraag niet over. Het andere team ziet dat.",
}
