# SPDX-License-Identifier: EUPL-1.2
"""Notificaties, wired: who is told what happens in the register, and how it gets there."""

from dataclasses import dataclass

from litestar.handlers import ASGIRouteHandler

from schakel.api.notificaties.api import NOTIFICATIES
from schakel.api.notificaties.poorten import AbonnementReads, AbonnementWrites
from schakel.api.register.aanmelding import Aanmelding
from schakel.api.register.app import RegisterApp, register_handler
from schakel.kit.clock import Clock
from schakel.kit.settings import Settings
from schakel.koppelingen.notificaties.adres import read_networks
from schakel.koppelingen.notificaties.bericht import Afzender
from schakel.koppelingen.notificaties.bezorger import HttpBezorger
from schakel.relatiebeheer.notificaties.abonneren import Abonneren
from schakel.relatiebeheer.notificaties.bezorging import Bezorging
from schakel.storage.crypto import Kluis
from schakel.storage.notificaties.abonnementen import SqlAbonnementen
from schakel.storage.notificaties.outbox import SqlOutbox
from schakel.storage.pool import Database


@dataclass(frozen=True, slots=True)
class Notificaties:
    """One set for pages, API and workers of this process."""

    database: Database
    kluis: Kluis
    clock: Clock
    opslag: SqlAbonnementen
    bezorger: HttpBezorger
    abonneren: Abonneren

    def handler(self, host: str, aanmelding: Aanmelding) -> ASGIRouteHandler:
        """The API for subscribers."""
        reads = AbonnementReads(self.abonneren, host)
        writes = AbonnementWrites(self.abonneren, reads)
        return register_handler(RegisterApp(NOTIFICATIES, host, reads, writes, aanmelding))

    def bezorging(self) -> Bezorging:
        """For one worker."""
        return Bezorging(SqlOutbox(self.database, self.kluis), self.bezorger, self.clock)


def build_notificaties(settings: Settings, database: Database, key: bytes, clock: Clock) -> Notificaties:
    afzender = Afzender(settings.publiek_adres, settings.gemeente, settings.oin)
    bezorger = HttpBezorger(afzender, read_networks(settings.notificaties_toegestaan), clock)
    kluis = Kluis(key)
    opslag = SqlAbonnementen(database, kluis, clock)
    return Notificaties(database, kluis, clock, opslag, bezorger, Abonneren(opslag, bezorger))
