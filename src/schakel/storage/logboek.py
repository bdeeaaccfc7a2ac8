# SPDX-License-Identifier: EUPL-1.2
"""The logboek in PostgreSQL: one durable line per use of personal data, and who looked, for the klant to read."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from schakel.regie.bewaartermijnen import vervalt_op
from schakel.regie.logboek import Verwerking, Verwerkingssoort
from schakel.storage.pool import Connection, Database


class SqlLogboek:
    """Fills regie's port `Logboek` and klantbeeld's `Inzagen`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, verwerking: Verwerking) -> None:
        """In a transaction of its own: the line stays, whatever becomes of the request that looked."""
        async with self._database.transaction() as connection:  # NO-8
            await write_line(connection, verwerking)

    async def inzageregels(self, pseudonym: bytes, since: datetime, limit: int) -> Sequence[Verwerking]:
        """Newest first; `team` is the public name of the team."""
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                """select v.moment, v.wie, v.functie, coalesce(t.naam, v.team) as team, v.doel, v.activiteit, v.soort,
                          v.bronnen, v.gezien, v.betrokkenen, v.actor_id
                   from verwerking v left join team t on t.sleutel = v.team
                   where v.betrokkenen @> array[$1::bytea] and v.moment >= $2
                   order by v.moment desc, v.id desc limit $3""",
                pseudonym,
                since,
                limit,
            )
        return [_verwerking(row) for row in rows]


async def write_line(connection: Connection, verwerking: Verwerking) -> None:
    """In the transaction of what it is about."""
    await connection.execute(
        """insert into verwerking (moment, actor_id, wie, functie, team, doel, activiteit, soort, bronnen,
             gezien, betrokkenen, vervalt_op)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)""",
        verwerking.moment,
        verwerking.actor_id,
        verwerking.wie,
        verwerking.functie,
        verwerking.team,
        verwerking.doel,
        verwerking.activiteit,
        verwerking.soort,
        verwerking.bronnen,
        verwerking.gezien,
        verwerking.betrokkenen,
        vervalt_op("verwerking", verwerking.moment),  # A04
    )


def _verwerking(row: asyncpg.Record) -> Verwerking:
    return Verwerking(
        row["moment"],
        row["wie"],
        row["functie"],
        row["team"],
        row["doel"],
        row["activiteit"],
        Verwerkingssoort(row["soort"]),
        tuple(row["bronnen"]),
        tuple(row["gezien"]),
        tuple(row["betrokkenen"]),
        row["actor_id"],
    )
