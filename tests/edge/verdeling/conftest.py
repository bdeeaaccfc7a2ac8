# SPDX-License-Identifier: EUPL-1.2
"""A vloer of one test."""

import pytest_asyncio

from schakel.storage.pool import Database
from tests.edge.verdeling.vloer import Vloer


@pytest_asyncio.fixture(loop_scope="session")
async def vloer(db: Database) -> Vloer:
    """With two teams and the rules as they come."""
    found = Vloer(db)
    await found.prepare()
    return found
