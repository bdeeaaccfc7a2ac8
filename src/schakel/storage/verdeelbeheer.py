# SPDX-License-Identifier: EUPL-1.2
"""What a teamleider sees and changes of verdeling: rules with their versions, capaciteit, decisions."""

from datetime import datetime

import msgspec

from schakel.dienstverlening.lindewaard.organisatie import MEDEWERKERS, TALEN
from schakel.kanaalintegratie.verdeling.regels import Verdeelregels, standaardregels
from schakel.storage.pool import Database


async def prepare_verdeling(database: Database, at: datetime, *, demo: bool) -> None:
    """Rules to begin with; in the demo also who takes which kanalen, and speaks what."""
    await prepare_verdeelregels(database, at, standaardregels())
    if not demo:
        return
    async with database.transaction() as connection:
        for medewerker in MEDEWERKERS:
            actor = await connection.fetchval(
                """insert into medewerkerstand (actor_id, sinds, gewenst, capaciteit)
                   select id, $2, $3, $3 from actor where account = $1 on conflict do nothing returning actor_id""",
                medewerker.account,
                at,
                standaardregels().capaciteit,
            )
            if actor is None:
                continue
            await connection.executemany(
                "insert into kanaalcapaciteit (actor_id, kanaal, gewenst, capaciteit) values ($1, $2, $3, $3)",
                [(actor, kanaal, standaardregels().capaciteit) for kanaal in medewerker.kanalen],
            )
            await connection.executemany(
                "insert into vaardigheid (actor_id, soort, waarde) values ($1, 'taal', $2)",
                [(actor, taal) for taal in ("nld", *TALEN.get(medewerker.account, ()))],
            )


async def prepare_verdeelregels(database: Database, at: datetime, regels: Verdeelregels) -> None:
    """A first version, where there is none."""
    async with database.connection() as connection:
        await connection.execute(
            """insert into verdeelregels (regels, vanaf, reden) select $1, $2, 'Zoals Schakel ze meebrengt'
               where not exists (select from verdeelregels)""",
            msgspec.json.encode(regels).decode(),
            at,
        )
