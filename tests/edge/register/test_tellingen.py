# SPDX-License-Identifier: EUPL-1.2
"""The maintained counts: always what a count of the rows would say, and the way to a deep page."""

import asyncio
import random

import asyncpg

from schakel.storage.pool import Database
from tests.edge.register.vulling import NU, VERVALT, Lezer

PARTS = """
select 'klantcontact', case when vertrouwelijk then 'vertrouwelijk' else 'openbaar' end, count(*)
from klantcontact group by 1, 2
union all select 'interne_taak', status, count(*) from interne_taak where klantcontact_id is not null group by 1, 2
union all select 'partij', '', count(*) from partij where not zelfstandig having count(*) > 0
union all select 'betrokkene', '', count(*) from betrokkene having count(*) > 0
union all select 'digitaal_adres', '', count(*) from digitaal_adres having count(*) > 0
union all select 'actor', '', count(*) from actor having count(*) > 0
"""


async def counted(db: Database) -> set[tuple[object, ...]]:
    async with db.connection() as connection:
        rows = await connection.fetch(
            """select tabel, deel, sum(aantal)::bigint from telling
               where tabel in ('klantcontact', 'interne_taak', 'partij', 'betrokkene', 'digitaal_adres', 'actor')
               group by 1, 2 having sum(aantal) <> 0"""
        )
    return {tuple(row) for row in rows}


async def exact(db: Database) -> set[tuple[object, ...]]:
    async with db.connection() as connection:
        return {tuple(row) for row in await connection.fetch(PARTS)}


async def test_the_counts_follow_what_comes_goes_and_changes(lezer: Lezer) -> None:
    v = lezer.vulling
    assert await counted(lezer.db) == await exact(lezer.db)
    for change in (
        "update interne_taak set status = 'verwerkt', afgehandeld_op = now()",
        "update klantcontact set vertrouwelijk = not vertrouwelijk",
        "update klantcontact set onderwerp = 'anders'",
        "update partij set zelfstandig = not zelfstandig where naam = 'Bram' or zelfstandig",
        f"delete from klantcontact where id = '{v.ids['geheim_gesprek']}'",
        f"delete from partij where id = '{v.ids['fatima']}'",
        "insert into team values ('werk', 'Werk')",
    ):
        async with lezer.db.connection() as connection:
            await connection.execute(change)
        assert await counted(lezer.db) == await exact(lezer.db), change
    async with lezer.db.connection() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute("delete from betrokkene")
        await transaction.rollback()
    assert await counted(lezer.db) == await exact(lezer.db)


async def test_writers_at_once_count_each_other_and_do_not_wait(database_url: str) -> None:
    connections = [await asyncpg.connect(database_url) for _ in range(16)]
    insert = """insert into partij (id, soort, zelfstandig, aangemaakt_op, gewijzigd_op, vervalt_op)
                values (gen_random_uuid(), 'persoon', false, $1, $1, $2)"""
    try:
        open_ones = [connection.transaction() for connection in connections]
        for transaction, connection in zip(open_ones, connections, strict=True):
            await transaction.start()
            await asyncio.wait_for(connection.execute(insert, NU, VERVALT), 5)  # the ones before it are still open
        await asyncio.gather(*(transaction.commit() for transaction in open_ones))

        async def many(connection: asyncpg.Connection) -> None:
            for _ in range(20):
                await connection.execute(insert, NU, VERVALT)

        await asyncio.gather(*(many(connection) for connection in connections))
        count = "select sum(aantal)::bigint from telling where tabel = 'partij' and deel = ''"
        assert await connections[0].fetchval(count) == 16 + 16 * 20
        rows = "select count(*) from telling where tabel = 'partij'"
        assert await connections[0].fetchval(rows) <= 64
    finally:
        for connection in connections:
            await connection.close()


async def test_every_page_has_its_own_rows_over_any_number_of_blocks(lezer: Lezer) -> None:
    chance = random.Random(3)
    numbers = chance.sample(range(10_000, 60_000), 240)  # a dozen blocks, some of them full of holes
    async with lezer.db.connection() as connection:
        await connection.executemany(
            """insert into partij (id, soort, zelfstandig, naam, aangemaakt_op, gewijzigd_op, vervalt_op, volgnummer)
               values (gen_random_uuid(), 'persoon', $4, '', $1, $1, $2, $3)""",
            [(NU, VERVALT, number, number % 7 == 0) for number in numbers],
        )
        await connection.execute("delete from partij where volgnummer % 5 = 0 and volgnummer > 9999")
        wanted = await connection.fetch("select id from partij where not zelfstandig order by volgnummer desc")
    for size in (1, 7, 50):
        found: list[str] = []
        path: str | None = f"partijen?pageSize={size}"
        while path:
            page = await lezer.json(path.replace("https://schakel.lindewaard.example", "http://intern"))
            assert page["count"] == len(wanted)
            found += [row["uuid"] for row in page["results"]]
            path = page["next"]
        assert found == [str(row["id"]) for row in wanted]
    assert (await lezer.get(f"partijen?page={len(wanted) + 1}&pageSize=1")).status_code == 404
