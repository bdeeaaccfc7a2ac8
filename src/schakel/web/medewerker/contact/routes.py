# SPDX-License-Identifier: EUPL-1.2
"""Routes of this part of the house."""

from litestar.handlers import BaseRouteHandler

from schakel.web.medewerker.contact import alles, balie, bezoek, klant, klopt_niet, registreren, zoeken

HANDLERS: list[BaseRouteHandler] = [
    zoeken.search_page,
    zoeken.search,
    klant.klant_page,
    klant.check,
    klant.decide,
    klant.connect,
    alles.of_klant,
    alles.of_vraag,
    klopt_niet.ask_of_klant,
    klopt_niet.report_of_klant,
    klopt_niet.ask_of_vraag,
    klopt_niet.report_of_vraag,
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
