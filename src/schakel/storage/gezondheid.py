# SPDX-License-Identifier: EUPL-1.2
"""What the database can tell about the health of the house."""

import asyncpg

from schakel.kanaalintegratie.gezondheid import Deel, Staat
from schakel.kit.errors import SchakelError
from schakel.storage.jobs import held
from schakel.storage.pool import Database

_COUNTS = """
select (select count(*) from origineel where status = 'ontvangen') as te_registreren,
       (select count(*) from bericht where status in ('klaar', 'onderweg', 'onbekend')) as te_verzenden,
       (select count(*) from bericht where status = 'bij_persoon') as bij_persoon,
       (select coalesce(extract(epoch from now() - min(ontvangen_op)), 0)::int
        from origineel where status = 'ontvangen') as oudste_sec"""


class DatabaseControle:
    """Checks the database, the jobs and what waits in them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def database(self) -> Deel:
        try:
            async with self._database.connection() as connection:
                await connection.fetchval("select 1")
        except (SchakelError, asyncpg.PostgresError, OSError):
            return Deel("database", Staat.FOUT, "De database antwoordt niet.")
        return Deel("database", Staat.GOED, "De database antwoordt.")

    async def werk(self) -> Deel:
        """Held jobs and messages under way."""
        try:
            async with self._database.connection() as connection:
                row = await connection.fetchrow(_COUNTS)
                vast = len(await held(connection))
        except (SchakelError, asyncpg.PostgresError, OSError):
            return Deel("werk", Staat.FOUT, "De database antwoordt niet; wij weten niet wat er wacht.")
        assert row is not None
        cijfers = {**dict(row), "vastgehouden": vast}
        if vast or cijfers["bij_persoon"] or cijfers["oudste_sec"] > 60:
            return Deel("werk", Staat.LET_OP, "Er staat werk stil dat een mens moet bekijken.", cijfers)
        return Deel("werk", Staat.GOED, "Alles wat binnenkwam is of wordt verwerkt.", cijfers)
