# SPDX-License-Identifier: EUPL-1.2
"""Stand: how far an overname is, and what differs, as the command and the page of beheer show it."""

from uuid import UUID

import asyncpg

from schakel.relatiebeheer.overname.poorten import Fase, Overnamestand, Resourcestand, Verschil
from schakel.storage.pool import Connection, Database

_SHOWN = 300
_RESOURCES = """
select r.*, (select count(*) from overname_verschil v
             where v.overname_id = r.overname_id and v.resource = r.resource) as verschillen
from overname_resource r where overname_id = $1 order by volgorde"""


class SqlOvernames:
    """Fills the port `Overnames`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def last(self) -> Overnamestand | None:
        """With at most a few hundred of its verschillen."""
        async with self._database.connection() as connection:
            row = await connection.fetchrow("select * from overname order by volgnummer desc limit 1")
            return None if row is None else await read_stand(connection, row["id"])


async def read_stand(connection: Connection, overname_id: UUID, most: int = _SHOWN) -> Overnamestand:
    """One overname, whole."""
    row = await connection.fetchrow("select * from overname where id = $1", overname_id)
    assert row is not None  # nobody deletes one
    resources = [_resource(one) for one in await connection.fetch(_RESOURCES, overname_id)]
    found = await connection.fetch(
        """select v.resource, v.uuid, v.veld, v.reden from overname_verschil v
           join overname_resource r using (overname_id, resource)
           where overname_id = $1 order by r.volgorde, v.uuid, v.veld limit $2""",
        overname_id,
        most,
    )
    return Overnamestand(
        row["id"],
        row["bron"],
        Fase(row["stand"]),
        row["bijwerken"],
        row["fout"],
        row["begonnen_op"],
        row["bijgewerkt_op"],
        row["geeindigd_op"],
        resources,
        [Verschil(*one) for one in found],
        sum(resource.verschillen for resource in resources),
    )


def _resource(row: asyncpg.Record) -> Resourcestand:
    return Resourcestand(**{name: row[name] for name in Resourcestand.__dataclass_fields__})
