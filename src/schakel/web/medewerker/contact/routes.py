# SPDX-License-Identifier: EUPL-1.2
"""Routes of this part of the house."""

from litestar.handlers import BaseRouteHandler

from schakel.web.medewerker.contact import balie, bezoek, klant, registreren, zoeken

HANDLERS: list[BaseRouteHandler] = [
    zoeken.search_page,
    zoeken.search,
    klant.klant_page,
    klant.check,
    klant.decide,
    klant.connect,
    registreren.contact_page,
    registreren.suggest,
    registreren.show_kennis,
    registreren.register,
    balie.balie_page,
    balie.take_code,
    balie.begin,
    bezoek.visit_page,
    bezoek.see_legitimatie,
    bezoek.save,
    bezoek.hand_in,
    bezoek.stop,
    bezoek.bijlage,
]
