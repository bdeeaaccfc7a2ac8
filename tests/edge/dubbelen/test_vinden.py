# SPDX-License-Identifier: EUPL-1.2
"""Doubles are found by index, at once, in a register of any size; who is geheim is never found so."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from schakel.relatiebeheer.samenvoegen import Dubbelen
from schakel.storage import dubbelen as sql
from schakel.storage.dubbelen import SqlDubbelregister
from schakel.storage.logboek import SqlLogboek
from schakel.storage.pool import Database
from tests.edge.dubbelen.twee import DOOR, NU, partij, put

GEBOREN = date(1990, 4, 12)


@pytest_asyncio.fixture(loop_scope="session")
async def dubbelen(db: Database) -> Dubbelen:
    return Dubbelen(SqlDubbelregister(db), SqlLogboek(db), lambda uuid: uuid.bytes, lambda: datetime.now(UTC))


async def _ids(dubbelen: Dubbelen, partij_id: UUID) -> set[UUID]:
    return {paar.ander.id for paar in await dubbelen.of_partij(partij_id, DOOR)}


async def test_each_fact_that_two_share_finds_the_other(db: Database, dubbelen: Dubbelen) -> None:
    async with db.connection() as connection:
        een = await partij(connection, geboortedatum=GEBOREN, postcode="1234AB", huisnummer="12")
        tikfout = await partij(connection, "Fatma Yilmaz", geboortedatum=GEBOREN)
        huis = await partij(connection, postcode="1234AB", huisnummer="12")
        nummer = await partij(connection, "Fatima Yılmaz")
        for one, adres in ((een, "+31612345678"), (nummer, "0612345678")):
            await put(connection, "digitaal_adres", partij_id=one, soort="telefoonnummer", adres=adres,
                      zoekadres=adres, verstrekt_op=NU)  # fmt: skip
        await partij(connection, "Kees de Vries", geboortedatum=GEBOREN, postcode="1234AB", huisnummer="12")
    assert await _ids(dubbelen, een) == {tikfout, huis, nummer}
    async with db.connection() as connection:
        line = await connection.fetchrow("select activiteit, betrokkenen from verwerking order by id desc limit 1")
    assert line is not None
    assert (line["activiteit"], len(line["betrokkenen"])) == ("dubbelen zoeken", 4)


async def test_who_is_geheim_or_never_identified_is_not_found_and_finds_nobody(
    db: Database, dubbelen: Dubbelen
) -> None:
    async with db.connection() as connection:
        een = await partij(connection, geboortedatum=GEBOREN)
        geheim = await partij(connection, geboortedatum=GEBOREN, geheim=True)
        zelfstandig = await partij(connection, geboortedatum=GEBOREN, zelfstandig=True)
    for one in (een, geheim, zelfstandig):
        assert await _ids(dubbelen, one) == set()
    assert await dubbelen.likely(DOOR) == []


async def test_what_somebody_declared_to_be_two_is_not_shown_again(db: Database, dubbelen: Dubbelen) -> None:
    async with db.connection() as connection:
        een, ander = [await partij(connection, geboortedatum=GEBOREN) for _ in range(2)]
    (paar,) = await dubbelen.likely(DOOR)
    assert {paar.een.id, paar.ander.id} == {een, ander}
    await dubbelen.declare_two(ander, een, DOOR)
    assert await dubbelen.likely(DOOR) == []
    assert await _ids(dubbelen, een) == await _ids(dubbelen, ander) == set()


_MANY = """
insert into partij (id, soort, zelfstandig, naam, zoeknaam, geboortedatum, postcode, huisnummer, aangemaakt_op,
                    gewijzigd_op, vervalt_op)
select gen_random_uuid(), 'persoon', false, 'p', md5(n::text), date '1940-01-01' + n % 25000,
       (1000 + n % 8000) || 'AB', (n % 90)::text, now(), now(), current_date from generate_series(1, 100000) n"""
_ADDRESSES = """
insert into digitaal_adres (id, partij_id, soort, adres, zoekadres, verstrekt_op)
select gen_random_uuid(), id, 'email', zoeknaam, zoeknaam, now() from partij"""


def _scans(plan: dict[str, Any]) -> list[str]:
    found = [plan["Relation Name"]] if plan["Node Type"] == "Seq Scan" else []
    return found + [name for inner in plan.get("Plans", ()) for name in _scans(inner)]


@pytest.mark.traag
async def test_among_a_hundred_thousand_the_doubles_of_one_are_found_by_index(db: Database, dubbelen: Dubbelen) -> None:
    async with db.connection() as connection:
        await connection.execute(_MANY)
        await connection.execute(_ADDRESSES)
        await connection.execute("analyze partij, digitaal_adres")
        een, ander = [await partij(connection, geboortedatum=GEBOREN) for _ in range(2)]
        raw = await connection.fetchval(f"explain (analyze, format json) {sql._CANDIDATES}", een)
    (plan,) = json.loads(raw)
    assert _scans(plan["Plan"]) == []
    assert await _ids(dubbelen, een) == {ander}
    assert len(await dubbelen.likely(DOOR)) == 1
