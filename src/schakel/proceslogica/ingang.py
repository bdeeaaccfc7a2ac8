# SPDX-License-Identifier: EUPL-1.2
"""Ingang: fills `Procesingang`. Which proces a contact starts is decided here; kanaalintegratie never knows (KI-0)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from schakel.dienstverlening.producten import Product
from schakel.dienstverlening.termijnen import Verzoeksoort
from schakel.kanaalintegratie.werk import Aankondiging, Werk
from schakel.kit.ids import new_id
from schakel.proceslogica.contract import Behandelwerk, Proceslogica

ALGEMEEN = "vraag"


@dataclass(frozen=True, slots=True)
class Ingang:
    """An aanvraag starts the proces of its product, where there is one; everything else the general one."""

    logica: Proceslogica
    producten: Mapping[str, Product]

    async def announce(self, werk: Werk, aankondiging: Aankondiging) -> None:
        """Start the proces, once per Interactie; what was settled in the contact itself needs none."""
        interactie = await werk.interacties.get(aankondiging.interactie_id)
        if aankondiging.afgehandeld or interactie.proces_id is not None:
            return
        behandelwerk = cast(Behandelwerk, werk)  # the edge opens one unit of work that fills the ports of all
        product = self.producten.get(aankondiging.product)
        is_aanvraag = aankondiging.soort == Verzoeksoort.AANVRAAG
        sleutel = product.proces if product and product.proces and is_aanvraag else ALGEMEEN
        stand = await self.logica.start(behandelwerk, sleutel, {}, interactie.id, aankondiging.at)
        await werk.interacties.set_proces(interactie.id, stand.proces_id)
        if sleutel != ALGEMEEN:
            await werk.verzoeken.add(new_id(), interactie.id, aankondiging.product, aankondiging.at)
