# SPDX-License-Identifier: EUPL-1.2
"""One seeded database and one small BRP for all tests of the klantbeeld; they only add to the logboek."""

import os
import secrets
from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from schakel.koppelingen.brp.proef.server import BrpProef
from schakel.storage.crypto import Kluis
from schakel.storage.klantregister import Klantregister
from schakel.storage.logboek import SqlLogboek
from schakel.storage.pool import Database
from schakel.storage.seed import seed
from tests.edge.klantbeeld.brp_relay import Relay, listening
from tests.edge.klantbeeld.house import UNTIL, House, add_klanten


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def lindewaard(template_url: str) -> AsyncIterator[tuple[Database, Kluis]]:
    """The demo in a database, with the klanten of these tests."""
    admin = await asyncpg.connect(os.environ["SCHAKEL_TEST_ADMIN_URL"])
    await admin.execute("create database klantbeeld template sjabloon owner schakel")
    database, kluis = Database(template_url.rpartition("/")[0] + "/klantbeeld"), Kluis(secrets.token_bytes(32))
    await database.open()
    await seed(database, kluis, UNTIL, "LW", lambda _: None)
    async with database.transaction() as connection:
        await add_klanten(connection, kluis)
    yield database, kluis
    await database.close()
    await admin.execute("drop database klantbeeld with (force)")
    await admin.close()


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def brp() -> AsyncIterator[tuple[str, Relay]]:
    """The small BRP behind a relay that counts."""
    proef = BrpProef()
    relay = Relay(await proef.start())
    async with listening(relay.serve) as url:
        yield url, relay
    await proef.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def house(lindewaard: tuple[Database, Kluis], brp: tuple[str, Relay]) -> House:
    """Per test, with nothing counted yet."""
    database, kluis = lindewaard
    url, relay = brp
    relay.forget()
    return House(database, kluis, Klantregister(database, kluis), SqlLogboek(database), url, relay)
