# SPDX-License-Identifier: EUPL-1.2
"""Bezoek: a browser of a medewerker or of nobody, on a running Schakel, over real HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx

from schakel.storage.pool import Database
from schakel.storage.sessies import SqlSessies
from schakel.web.sessie import new_token
from tests.edge.rampen.draaiend import Draaiend


@asynccontextmanager
async def bezoek(schakel: Draaiend, account: str = "") -> AsyncIterator[httpx.AsyncClient]:
    """Signed in when `account` is given."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{schakel.port}", timeout=60) as client:
        client.headers.update({"accept": "text/html", "sec-fetch-site": "same-origin"})
        if account:
            database, token = Database(schakel.url, min_size=1, max_size=1), new_token()
            await database.open()
            opened = await SqlSessies(database).open_for_account(account, token, new_token(), datetime.now(UTC))
            await database.close()
            if not opened:
                raise LookupError(account)
            client.cookies.set("schakel", token)
        yield client
