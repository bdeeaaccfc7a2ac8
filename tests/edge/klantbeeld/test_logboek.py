# SPDX-License-Identifier: EUPL-1.2
"""The logboek on PostgreSQL: durable, append-only for its own owner too, and readable for the klant himself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest

from schakel.identiteit.wie import Betrouwbaarheidsniveau, GeautomatiseerdeActor, Inwoner, Wie
from schakel.regie.doelen import INZAGE, VERDELING, VERHUIZING
from schakel.regie.logboek import Verwerking, describe_verwerking, for_klant
from schakel.storage.logboek import SqlLogboek
from schakel.storage.pool import Database, StorageUnavailable
from tests.edge.klantbeeld.house import House, medewerker

NU = datetime(2026, 11, 24, 13, 2, tzinfo=UTC)


def line(wie: Wie, *betrokkenen: bytes, minutes: int = 0) -> Verwerking:
    doel = VERHUIZING
    if isinstance(wie, Inwoner):
        doel = INZAGE
    elif isinstance(wie, GeautomatiseerdeActor):
        doel = VERDELING
    moment = NU + timedelta(minutes=minutes)
    return describe_verwerking(
        wie, doel, bronnen=("BRP",), gezien=("adres", "naam"), betrokkenen=betrokkenen, moment=moment
    )


@pytest.mark.norm("A12", "GE-2")
async def test_a_klant_reads_who_looked_newest_first_and_only_at_him(house: House) -> None:
    me, other = uuid4().bytes, uuid4().bytes
    looks = [
        line(medewerker("ingrid"), other, me),
        line(GeautomatiseerdeActor("verdeler"), me, minutes=1),
        line(Inwoner(uuid4(), Betrouwbaarheidsniveau.LAAG), me, minutes=1),
    ]
    for look in (*looks, line(medewerker("maud"), other)):
        await house.logboek.record(look)

    found = await house.logboek.inzageregels(me, NU, 10)

    assert found == [looks[2], looks[1], replace(looks[0], team="Burgerzaken")]
    assert [for_klant(one).wie for one in found] == ["U zelf", "Automatisch", "Vakspecialist, team Burgerzaken"]
    assert found[:2] == await house.logboek.inzageregels(me, NU, 2)
    assert found[:2] == await house.logboek.inzageregels(me, NU + timedelta(seconds=30), 10)


@pytest.mark.norm("NO-8")
async def test_a_line_stays_when_the_request_that_looked_goes_wrong(house: House) -> None:
    me = uuid4().bytes

    async def look_and_break() -> None:
        async with house.database.transaction():
            await house.logboek.record(line(medewerker("maud"), me))
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await look_and_break()
    assert len(await house.logboek.inzageregels(me, NU, 10)) == 1


@pytest.mark.norm("NO-8")
@pytest.mark.parametrize(
    "statement",
    [
        "update verwerking set wie = 'niemand'",
        "update verwerking set vervalt_op = current_date",
        "delete from verwerking",
        "truncate verwerking",
    ],
)
async def test_nobody_wipes_out_that_he_looked(db: Database, statement: str) -> None:
    logboek = SqlLogboek(db)
    await logboek.record(line(medewerker("maud"), b"ik"))
    async with db.connection() as connection:
        owner = await connection.fetchval(
            "select tableowner = current_user from pg_tables where tablename = 'verwerking'"
        )
        assert owner, "the one who could, and may not"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
    assert await logboek.inzageregels(b"ik", NU, 10) == [line(medewerker("maud"), b"ik")]


@pytest.mark.norm("A04")
async def test_a_line_goes_when_its_bewaartermijn_is_over(db: Database) -> None:
    logboek = SqlLogboek(db)
    old, recent = line(medewerker("maud"), b"ik"), line(medewerker("maud"), b"ik", minutes=1)
    await logboek.record(replace(old, moment=datetime(2015, 3, 1, tzinfo=UTC)))
    await logboek.record(recent)
    async with db.connection() as connection:
        assert await connection.fetchval("select min(vervalt_op) from verwerking") == date(2020, 3, 1)
        await connection.execute("delete from verwerking where vervalt_op <= current_date")
    assert await logboek.inzageregels(b"ik", datetime(2000, 1, 1, tzinfo=UTC), 10) == [recent]


@pytest.mark.norm("NO-8")
async def test_it_says_so_when_it_cannot_write(house: House) -> None:
    with pytest.raises(StorageUnavailable):
        await SqlLogboek(Database(house.database.url)).record(line(medewerker("maud"), b"ik"))
