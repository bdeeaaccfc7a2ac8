# SPDX-License-Identifier: EUPL-1.2
"""The APIs on our own records, wired."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from litestar.handlers import ASGIRouteHandler

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.api.register.aanmelding import Aanmelding
from schakel.api.register.app import RegisterApp, register_handler
from schakel.api.register.dubbelen import DubbelenApi
from schakel.app.notificaties import Notificaties, build_notificaties
from schakel.kanaalintegratie.dienst import Dienst
from schakel.kanaalintegratie.werk import Taakgevolgen
from schakel.kit.clock import Clock
from schakel.kit.settings import Settings
from schakel.regie.doelen import DOELEN
from schakel.relatiebeheer.register.toegangsbeheer import Toegangsbeheer
from schakel.relatiebeheer.samenvoegen import Dubbelen
from schakel.storage.crypto import Kluis, derive, master_key
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
    toegang: Toegangsbeheer
    lees: Database
    notificaties: Notificaties
    house: House


def build_register(
    settings: Settings,
    database: Database,
    key: bytes,
    dienst: Dienst,
    dubbelen: Dubbelen,
    gevolgen: Taakgevolgen,
    clock: Clock,
) -> Register:
    kluis, name_key, lees = Kluis(key), derive(key, "pseudoniem"), for_reading(database.url)
    tokens, house = SqlTokens(database, kluis, clock), House(kluis, dienst, settings.prefix, gevolgen)
    aanmelding, handlers = Aanmelding(tokens, clock), []
    for api in (KLANTINTERACTIES, CONTACTGEGEVENS):
        base = settings.publiek_adres + api.path
        reads = RegisterReader(lees, kluis, name_key, api, base, clock)
        writes = SqlWrites(database, reads, api, base, house, clock)
        app = RegisterApp(api, settings.publiek_adres, reads, writes, aanmelding, bulk=writes)
        if api is KLANTINTERACTIES:
            own = DubbelenApi(dubbelen, base)
            app = replace(app, extensions=own.extensions, successors=own.successors)
        handlers.append(register_handler(app))
    notificaties = build_notificaties(settings, database, key, clock)
    handlers.append(notificaties.handler(settings.publiek_adres, aanmelding))
    return Register(handlers, tokens, build_toegang(tokens), lees, notificaties, house)


def build_toegang(tokens: SqlTokens) -> Toegangsbeheer:
    """Which scopes there are follows from what the APIs have."""
    names = [name for api in (KLANTINTERACTIES, CONTACTGEGEVENS) for name in (*api.resources, *api.roads)]
    return Toegangsbeheer(tokens, sorted(names), {key: each.doel.omschrijving for key, each in DOELEN.items()})


@asynccontextmanager
async def toegangsbeheer(settings: Settings, url: str) -> AsyncIterator[Toegangsbeheer]:
    """The same without a house around it, for the command line."""
    database = Database(url, min_size=1, max_size=1)
    await database.open()
    try:
        yield build_toegang(SqlTokens(database, Kluis(master_key(settings))))
    finally:
        await database.close()
