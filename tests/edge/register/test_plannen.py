# SPDX-License-Identifier: EUPL-1.2
"""Every list and every filter finds its rows by an index, and a request is one statement."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.kit.projection import Filter, Guard, Kind, Parameter, Resource
from schakel.storage.pool import Database
from schakel.storage.register.reader import for_reading
from schakel.storage.register.statements import FIXED, Compiler
from schakel.storage.register.where import argument
from tests.databases import copied
from tests.edge.register.vulling import HOST, Lezer

BIG = ("partij", "klantcontact", "betrokkene", "digitaal_adres", "partij_identificator", "interne_taak",
       "actor_klantcontact", "interne_taak_actor", "onderwerpobject", "interactie")  # fmt: skip
COMPILER = Compiler(KLANTINTERACTIES, HOST, "~")
NOBODY: frozenset[Guard] = frozenset()
EVERY = [(resource, asked) for resource in KLANTINTERACTIES.resources.values() for asked in (None, *resource.filters)]

ORDERS = [(resource, order) for resource in KLANTINTERACTIES.resources.values() for order in resource.orders]


def values_of(asked: Filter) -> list[Any]:
    match asked.kind:
        case Kind.BOOL:
            return [True, False]
        case Kind.UUID:
            return [uuid4()]
        case Kind.DATE:
            return [datetime.now(UTC).date()]
        case Kind.MOMENT:
            return [datetime.now(UTC)]
    return list(asked.choices or asked.codes or ["voorbeeld"])


async def plan_of(
    db: Database, resource: Resource, parameters: list[Parameter], lacks: frozenset[Guard], page: int, order: str = ""
) -> str:
    statement = COMPILER.page(resource, parameters, resource.expands, lacks, 100, first=page == 1, order=order)
    values = [[b"x"] if parameters[i].filter.secret else argument(parameters[i]) for i in statement.order]
    line = (b"a", b"b", "wie", "wat", "vraag", "inzage", datetime.now(UTC).date(), (page - 1) * 100)
    assert len(line) == FIXED
    async with db.connection() as connection:
        rows = await connection.fetch(f"explain {statement.sql}", *line, *values)
    return "\n".join(row[0] for row in rows)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def plans(template_url: str) -> AsyncIterator[Database]:
    """Empty tables; the planner may not read one from end to end where an index will do."""
    async with copied("sjabloon") as name:
        db = for_reading(template_url.rpartition("/")[0] + f"/{name}", max_size=1)
        await db.open()
        yield db
        await db.close()


@pytest.mark.parametrize(("resource", "asked"), EVERY, ids=lambda x: getattr(x, "name", "alles"))
async def test_no_list_reads_a_big_table_from_end_to_end(
    plans: Database, resource: Resource, asked: Filter | None
) -> None:
    for value in [None] if asked is None else values_of(asked):
        parameters = [] if asked is None else [Parameter(asked, value)]
        for lacks in (NOBODY, frozenset(Guard)):
            for page in (1, 20):
                plan = await plan_of(plans, resource, parameters, lacks, page)
                assert not re.findall(rf"Seq Scan on ({'|'.join(BIG)}) ", plan), plan


@pytest.mark.parametrize(("resource", "order"), ORDERS, ids=lambda x: getattr(x, "name", x))
async def test_an_index_gives_a_list_in_another_order_without_sorting(
    plans: Database, resource: Resource, order: str
) -> None:
    async with plans.connection() as connection:  # the only one; a few rows are sorted sooner than walked
        await connection.execute("set enable_sort = off")
        await connection.execute("set enable_bitmapscan = off")
    for asked in (None, *(one for one in resource.filters if one.test.is_range and one.name.startswith(order))):
        for way in ("", "-"):
            parameters = [] if asked is None else [Parameter(asked, datetime.now(UTC))]
            plan = await plan_of(plans, resource, parameters, NOBODY, 20, way + order)
            walked = plan.partition("CTE chosen")[2].partition("CTE r")[0]
            assert "Sort" not in walked, plan
            assert f"using {resource.table}" in walked, plan
    async with plans.connection() as connection:
        await connection.execute("reset enable_sort")
        await connection.execute("reset enable_bitmapscan")


async def test_a_request_is_one_statement_however_long_the_page(lezer: Lezer) -> None:
    for n in range(30):
        await lezer.vulling.klantcontact(lezer.db, f"meer{n}", lezer.vulling.ids["fatima"])
    await lezer.json("klantcontacten")  # the token is known, the connection is there
    async with lezer.db.connection() as connection:  # the only one: nobody else reads now
        said: list[str] = []
        connection.add_query_logger(lambda record: said.append(record.query))
    for size in (1, 30):
        said.clear()
        await lezer.json(f"klantcontacten?pageSize={size}&expand=hadBetrokkenen,hadBetrokkenen.wasPartij")
        await asyncio.sleep(0)  # a logger hears of it in the next turn of the loop
        assert len(said) == 1


async def test_the_longest_statement_is_prepared_once(lezer: Lezer) -> None:
    path = "klantcontacten?expand=" + ",".join(KLANTINTERACTIES.resources["klantcontacten"].expands)
    for _ in range(5):
        await lezer.json(path)
    async with lezer.db.connection() as connection:
        prepared = await connection.fetchval(
            "select count(*) from pg_prepared_statements where statement like 'with %omvatteBijlagen%hadBetrokkenen%'"
        )
        assert prepared == 1
