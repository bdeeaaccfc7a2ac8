# SPDX-License-Identifier: EUPL-1.2
"""Nummers and taken: what must be right before people go on with a register that moved in."""

from schakel.storage.pool import Connection, Database
from schakel.storage.register.write_context import House
from schakel.storage.register.write_taken import open_interactie

_TABLES = {"klantcontact": "klantcontact_volgnummer", "interne_taak": "interne_taak_volgnummer"}
#: A nummer has ten digits. Beyond this one no room would be left, so such a nummer does not count.
_HIGHEST = 9_900_000_000
_BATCH = 100

# Those that an API made. What the house made itself opens and closes with its proces.
_OPEN = """
select t.interactie_id, min(t.toegewezen_op) as sinds, array(
    select a.actor_id from interne_taak_actor a join interne_taak x on x.id = a.interne_taak_id
    where x.interactie_id = t.interactie_id and x.status = 'te_verwerken' order by x.volgnummer, a.volgorde) as actoren
from interne_taak t join interactie i on i.id = t.interactie_id
where t.status = 'te_verwerken' and t.team is null and t.actor_id is null and i.status in ('afgerond', 'gesloten')
group by t.interactie_id limit $1"""


async def set_numbers(connection: Connection) -> None:
    """The next nummer is one that nothing has."""
    for table, sequence in _TABLES.items():
        highest = f"""select max(nummer::bigint) from {table}
                      where nummer ~ '^[0-9]{{1,10}}$' and nummer::bigint <= {_HIGHEST}"""
        await connection.execute(
            f"""select setval('{sequence}', hoogste) from ({highest}) v (hoogste), {sequence} s
                where hoogste > s.last_value or (hoogste = s.last_value and not s.is_called)"""
        )


async def open_taken(database: Database, house: House) -> int:
    """The next Interacties with work to be done are at work, since their oldest taak was given; 0 when all are."""
    async with database.transaction() as connection:
        rows = await connection.fetch(_OPEN, _BATCH)
        for row in rows:
            await open_interactie(connection, house, row["interactie_id"], row["actoren"], row["sinds"])
        return len(rows)
