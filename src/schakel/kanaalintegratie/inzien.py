# SPDX-License-Identifier: EUPL-1.2
"""Inzien: what a medewerker may look at, and the log line that every look leaves (NO-8, invariant 4)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from schakel.begrippen.doel import Doel
from schakel.begrippen.virusoordeel import decide_opening
from schakel.identiteit.wie import Medewerker
from schakel.kanaalintegratie.lezen import Interactiebeeld, Klantcontactenlijst, Lezer, Treffer, Werkvoorraad, Zoekvraag
from schakel.kit.clock import Clock
from schakel.kit.errors import Forbidden, SchakelError
from schakel.regie.bevoegdheid import decide_bevoegdheid
from schakel.regie.doelen import HERKENNEN, VRAAG, Gegevensklasse, doel_for_product
from schakel.regie.logboek import Logboek, describe_verwerking

OWN = "Klantregister"


class TeVeelTreffers(SchakelError):
    """So many fit that a list would show people who have nothing to do with it."""

    title = "Er passen te veel klanten"
    advice = "Vraag nog één ding: de geboortedatum, of de postcode en het huisnummer."


@dataclass(frozen=True, slots=True)
class Inzien:
    """Reads with their log line: first it is decided whether he may, then read, then logged, then shown."""

    lezer: Lezer
    logboek: Logboek
    pseudonym: Callable[[UUID], bytes]
    clock: Clock

    async def werkvoorraad(self, wie: Medewerker, *, alleen_mij: bool, limit: int = 50) -> Werkvoorraad:
        """Of this medewerker or of his team; names are shown, so it is logged."""
        self._admit(wie, VRAAG)
        found = await self.lezer.werkvoorraad(wie.team, wie.id, alleen_mij=alleen_mij, limit=limit)
        shown = (p for r in (*found.aangeboden, *found.regels) for p in (r.partij_id, r.voorgesteld_id))
        await self._log(wie, VRAAG, shown, Gegevensklasse.NAAM, Gegevensklasse.VERZOEKEN)
        return found

    async def interactie(self, wie: Medewerker, interactie_id: UUID) -> Interactiebeeld:
        """One Interactie with all its contacts. Raises NotFound or Forbidden."""
        beeld = await self.lezer.interactie(interactie_id)
        doel = self.decide_doel(wie, beeld)
        partijen = (beeld.partij_id, beeld.voorgesteld_id)
        await self._log(wie, doel, partijen, Gegevensklasse.NAAM, Gegevensklasse.CONTACTEN)
        return beeld

    async def of_klant(
        self, wie: Medewerker, partij_id: UUID, doel: Doel, skip: int, limit: int
    ) -> Klantcontactenlijst:
        """Every contact of this klant, for a doel that may see contacts. Raises Forbidden."""
        if not decide_bevoegdheid(wie, doel, Gegevensklasse.CONTACTEN, partij_id).mag:
            raise Forbidden  # NO-8
        found = await self.lezer.of_klant(partij_id, skip, limit)
        await self._log(wie, doel, (partij_id,), Gegevensklasse.CONTACTEN)
        return found

    async def bijlage(self, wie: Medewerker, bijlage_id: UUID) -> tuple[str, str, bytes]:
        """Name, media type and content of a bijlage of an Interactie that he may see."""
        interactie_id, naam, mediatype, inhoud, oordeel = await self.lezer.bijlage(bijlage_id)
        await self.interactie(wie, interactie_id)
        decide_opening(oordeel)
        return naam, mediatype, inhoud

    async def origineel(self, wie: Medewerker, origineel_id: UUID) -> bytes:
        """The raw form of what came in, by whoever may see its Interactie."""
        interactie_id, inhoud, oordelen = await self.lezer.origineel(origineel_id)
        if interactie_id is None:
            raise Forbidden
        await self.interactie(wie, interactie_id)
        decide_opening(*oordelen)
        return inhoud

    async def interactie_met_nummer(self, wie: Medewerker, nummer: str) -> Interactiebeeld | None:
        """The Interactie that a klant names by its nummer; None when there is none. Raises Forbidden."""
        interactie_id = await self.lezer.interactie_met_nummer(nummer)
        return await self.interactie(wie, interactie_id) if interactie_id else None

    async def zoek(self, wie: Medewerker, vraag: Zoekvraag, limit: int = 20) -> Sequence[Treffer]:
        """Partijen that may be the klant; looking for one is a look at all that are shown. Raises TeVeelTreffers."""
        self._admit(wie, HERKENNEN)
        found = await self.lezer.zoek(vraag, limit + 1)
        if len(found) > limit:  # nobody is shown, so nobody was looked at
            raise TeVeelTreffers
        seen = (Gegevensklasse.NAAM, Gegevensklasse.GEBOORTE, Gegevensklasse.ADRES)
        await self._log(wie, HERKENNEN, (t.partij_id for t in found), *seen)
        return found

    def decide_doel(self, wie: Medewerker, beeld: Interactiebeeld) -> Doel:
        """What for: the doel of the product; for the team that has the work at least answering it. Raises Forbidden."""
        doel = doel_for_product(beeld.product, soort=beeld.soort)
        if _serves(wie, doel):
            return doel
        if beeld.team != wie.team and beeld.regiehouder != wie.id:
            raise Forbidden  # NO-8
        self._admit(wie, VRAAG)
        return VRAAG

    def _admit(self, wie: Medewerker, doel: Doel) -> None:
        if not _serves(wie, doel):
            raise Forbidden  # NO-8

    async def _log(self, wie: Medewerker, doel: Doel, partijen: Iterable[UUID | None], *gezien: Gegevensklasse) -> None:
        known = dict.fromkeys(p for p in partijen if p is not None)
        if not known:
            return
        await self.logboek.record(
            describe_verwerking(
                wie,
                doel,
                bronnen=(OWN,),
                gezien=tuple(klasse.value for klasse in gezien),
                betrokkenen=tuple(self.pseudonym(p) for p in known),
                moment=self.clock(),
            )
        )


def _serves(wie: Medewerker, doel: Doel) -> bool:
    return decide_bevoegdheid(wie, doel, Gegevensklasse.NAAM, wie.id).mag
