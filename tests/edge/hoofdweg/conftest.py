# SPDX-License-Identifier: EUPL-1.2
"""The house on a database of its own."""

import pytest_asyncio

from schakel.storage.pool import Database
from tests.edge.hoofdweg.house import House, build_house


@pytest_asyncio.fixture(loop_scope="session")
async def house(db: Database) -> House:
    """One per test."""
    return await build_house(db)
