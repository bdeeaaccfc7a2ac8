# SPDX-License-Identifier: EUPL-1.2
"""A unit of work: two that wait for each other end as one that went through and one that can try again."""

import asyncio

import pytest

from schakel.kit.errors import Conflict
from schakel.storage.pool import Database
from schakel.storage.werk import open_werk


async def test_of_two_that_wait_for_each_other_one_goes_through_and_one_is_a_conflict(db: Database) -> None:
    async with db.connection() as connection:
        await connection.execute("create table proef (n int primary key, wie text not null default '')")
        await connection.execute("insert into proef values (1), (2)")
    werk, both_hold_one = open_werk(db, "LW"), asyncio.Barrier(2)

    async def crosswise(wie: str, first: int, second: int) -> str:
        async with werk() as unit:
            await unit.connection.execute("update proef set wie = $1 where n = $2", wie, first)
            await both_hold_one.wait()
            await unit.connection.execute("update proef set wie = $1 where n = $2", wie, second)
        return wie

    outcomes = await asyncio.gather(crosswise("een", 1, 2), crosswise("twee", 2, 1), return_exceptions=True)
    (winner,) = [one for one in outcomes if isinstance(one, str)]
    (loser,) = [one for one in outcomes if not isinstance(one, str)]
    assert isinstance(loser, Conflict)
    async with db.connection() as connection:
        assert await connection.fetchval("select array_agg(distinct wie) from proef") == [winner]


async def test_another_fault_stays_what_it_is(db: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with open_werk(db, "LW")():
            raise ZeroDivisionError
