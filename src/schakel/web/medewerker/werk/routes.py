# SPDX-License-Identifier: EUPL-1.2
"""Routes of this part of the house."""

from litestar.handlers import BaseRouteHandler

from schakel.web.medewerker.werk import aanbod, behandelen, bestanden, handelingen, stroom, voorraad, vraag

HANDLERS: list[BaseRouteHandler] = [
    voorraad.werk_page,
    voorraad.werk_lijst,
    voorraad.werk_stand,
    voorraad.take_oldest,
    aanbod.aanbod,
    aanbod.be_available,
    aanbod.answer,
    vraag.vraag_page,
    vraag.vraag_now,
    vraag.klantbeeld,
    behandelen.take_step,
    behandelen.begin,
    behandelen.save,
    behandelen.hand_in,
    handelingen.save_draft,
    handelingen.be_present,
    handelingen.note,
    handelingen.claim,
    handelingen.lay_aside,
    handelingen.offer,
    handelingen.decide_offer,
    handelingen.issue,
    bestanden.bijlage,
    bestanden.origineel,
    stroom.stroom,
]
