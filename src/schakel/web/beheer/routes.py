# SPDX-License-Identifier: EUPL-1.2
"""Routes of the face for beheer, and the page that explains a decision to every medewerker."""

from litestar.handlers import BaseRouteHandler

from schakel.web.beheer import abonnementen
from schakel.web.beheer.beslissing import beslissing
from schakel.web.beheer.drukte import drukte
from schakel.web.beheer.gegevens import gegevens
from schakel.web.beheer.kanalen import kanalen, retry
from schakel.web.beheer.normen import normen
from schakel.web.beheer.overname import overname, overname_stand
from schakel.web.beheer.overzicht import overzicht
from schakel.web.beheer.processen import download, proces, processen, upload_any, upload_one
from schakel.web.beheer.serviceformules import serviceformules
from schakel.web.beheer.toegang import make, toegang, withdraw
from schakel.web.beheer.toewijzing import toewijzing
from schakel.web.beheer.verdeling import put_in_force, restore, set_capaciteit, try_out, verdeling

HANDLERS: list[BaseRouteHandler] = [
    overzicht,
    drukte,
    kanalen,
    retry,
    processen,
    upload_any,
    proces,
    upload_one,
    download,
    serviceformules,
    gegevens,
    normen,
    overname,
    overname_stand,
    beslissing,
    abonnementen.abonnementen,
    abonnementen.add,
    abonnementen.abonnement,
    abonnementen.set_stand,
    abonnementen.replay,
    abonnementen.withdraw,
    toegang,
    make,
    withdraw,
    verdeling,
    try_out,
    put_in_force,
    restore,
    set_capaciteit,
    toewijzing,
]
