# SPDX-License-Identifier: EUPL-1.2
"""The APIs on our own records, wired."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from litestar.handlers import ASGIRouteHandler

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.api.register.aanmelding import Aanmelding
from schakel.api.register.app import RegisterApp, register_handler
from schakel.api.register.dubbelen import DubbelenApi
from schakel.app.notificaties import Notificaties, build_notificaties
from schakel.kanaalintegratie.dienst import Dienst
from schakel.kit.clock import Clock
from schakel.kit.settings import Settings
from schakel.relatiebeheer.samenvoegen import Dubbelen
from schakel.storage.crypto import Kluis, derive
from schakel.storage.pool import Database
from schakel.storage.register.reader import RegisterReader, for_reading
from schakel.storage.register.tokens import SqlTokens
from schakel.storage.register.write_context import House
from schakel.storage.register.write_port import SqlWrites


@dataclass(frozen=True, slots=True)
class Register:
    """The APIs on our own records. `lees`: connections for reads alone."""

    handlers: Sequence[ASGIRouteHandler]
    tokens: SqlTokens
    lees: Database
    notificaties: Notificaties


def build_register(
    settings: Settings, database: Database, key: bytes, dienst: Dienst, dubbelen: Dubbelen, clock: Clock
) -> Register:
    kluis, name_key, lees = Kluis(key), derive(key, "pseudoniem"), for_reading(database.url)
    tokens, house = SqlTokens(database, kluis, clock), House(kluis, dienst, settings.prefix)
    aanmelding, handlers = Aanmelding(tokens, clock), []
    for api in (KLANTINTERACTIES, CONTACTGEGEVENS):
        base = settings.publiek_adres + api.path
        reads = RegisterReader(lees, kluis, name_key, api, base, clock)
        writes = SqlWrites(database, reads, api, base, house, clock)
        app = RegisterApp(api, settings.publiek_adres, reads, writes, aanmelding)
        if api is KLANTINTERACTIES:
            own = DubbelenApi(dubbelen, base)
            app = replace(app, extensions=own.extensions, successors=own.successors)
        handlers.append(register_handler(app))
    notificaties = build_notificaties(settings, database, key, clock)
    handlers.append(notificaties.handler(settings.publiek_adres, aanmelding))
    return Register(handlers, tokens, lees, notificaties)
