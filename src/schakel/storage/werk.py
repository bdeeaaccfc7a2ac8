# SPDX-License-Identifier: EUPL-1.2
"""SqlWerk: one transaction, with every port of the core filled on it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from uuid import UUID

import asyncpg

from schakel.kit import crashpoints
from schakel.kit.errors import Conflict
from schakel.storage.berichten import SqlBerichten
from schakel.storage.bijlagen import SqlBijlagen
from schakel.storage.interacties import SqlInteracties
from schakel.storage.originelen import SqlOriginelen
from schakel.storage.overdrachten import SqlOverdrachten
from schakel.storage.pool import Connection, Database
from schakel.storage.processen import SqlBeslissingen, SqlModellen, SqlProcessen
from schakel.storage.relaties import SqlKlantcontacten, SqlPartijen
from schakel.storage.telefoon import SqlKanaalsessies
from schakel.storage.terugkoppeling import SqlUitnodigingen
from schakel.storage.verdelingen import SqlVerdelingen
from schakel.storage.verkeer import SqlPogingen, SqlVerkeer, SqlWisselcodes
from schakel.storage.verzoeken import SqlVerzoeken
from schakel.storage.werkplekken import SqlWerkplekken


class SqlWerk:
    """Fills `Werk` of kanaalintegratie and of proceslogica."""

    def __init__(self, connection: Connection, prefix: str) -> None:
        self.connection = connection
        self.originelen = SqlOriginelen(connection)
        self.interacties = SqlInteracties(connection, prefix)
        self.berichten = SqlBerichten(connection)
        self.partijen = SqlPartijen(connection)
        self.klantcontacten = SqlKlantcontacten(connection)
        self.verkeer = SqlVerkeer(connection)
        self.wisselcodes = SqlWisselcodes(connection)
        self.pogingen = SqlPogingen(connection)
        self.werkplekken = SqlWerkplekken(connection)
        self.kanaalsessies = SqlKanaalsessies(connection)
        self.bijlagen = SqlBijlagen(connection)
        self.overdrachten = SqlOverdrachten(connection)
        self.verdelingen = SqlVerdelingen(connection)
        self.verzoeken = SqlVerzoeken(connection)
        self.uitnodigingen = SqlUitnodigingen(connection)
        self.processen = SqlProcessen(connection)
        self.modellen = SqlModellen(connection)
        self.beslissingen = SqlBeslissingen(connection)
        self.crashpoints: list[str] = []

    async def announce(self, interactie_id: UUID) -> None:
        await self.tell(str(interactie_id))

    async def tell(self, nieuws: str) -> None:
        await self.connection.execute("select pg_notify('schakel_levend', $1)", nieuws)

    def reaches(self, crashpoint: str) -> None:
        self.crashpoints.append(crashpoint)


def open_werk(database: Database, prefix: str) -> Callable[[], AbstractAsyncContextManager[SqlWerk]]:
    """How the edge opens a unit of work on this database; `prefix` starts every Interactie's nummer.

    Of two that wait for each other PostgreSQL ends one: that is a Conflict, and nothing of it was kept.
    """

    @asynccontextmanager
    async def opened() -> AsyncIterator[SqlWerk]:
        try:
            async with database.transaction() as connection:
                werk = SqlWerk(connection, prefix)
                yield werk
        except (asyncpg.DeadlockDetectedError, asyncpg.SerializationError) as crossed:
            raise Conflict from crossed
        for name in werk.crashpoints:
            crashpoints.reached(name)

    return opened
