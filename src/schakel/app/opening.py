# SPDX-License-Identifier: EUPL-1.2
"""Opening: the house on a database, with the demo's own parts where no real ones are named."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from schakel.app.build import build
from schakel.app.huis import Huis, Say
from schakel.kanalen.email.envelop import Envelop
from schakel.kanalen.email.proefpostbus import open_proefpostbus
from schakel.kit.clock import Clock, system_clock
from schakel.kit.settings import Settings, host_and_port
from schakel.koppelingen.brp.proef.server import BrpProef
from schakel.storage.demo import store_proefpost
from schakel.storage.migrations import migrate
from schakel.storage.pool import Database

_log = logging.getLogger(__name__)


@asynccontextmanager
async def opened(
    settings: Settings, url: str, *, say: Say = _log.info, clock: Clock = system_clock
) -> AsyncIterator[Huis]:
    """The house on a migrated and prepared database, with the demo's own parts where no real ones are named."""
    say("Database bijwerken")
    await migrate(url)
    async with AsyncExitStack() as stack:
        database = Database(url)
        await database.open()
        stack.push_async_callback(database.close)
        brp_url = settings.brp_url
        if not brp_url:
            proef = BrpProef()
            brp_url = await proef.start()
            stack.push_async_callback(proef.stop)
        smtp_uit = host_and_port(settings.smtp_uit)
        if smtp_uit is None:
            postbus = await open_proefpostbus(partial(_keep, database))
            stack.callback(postbus.close)
            smtp_uit = ("127.0.0.1", postbus.sockets[0].getsockname()[1])
        huis = build(settings, database, brp_url, smtp_uit, clock)
        stack.push_async_callback(huis.brp.close)
        if huis.oidc:
            stack.push_async_callback(huis.oidc.close)
        await huis.register.lees.open()
        stack.push_async_callback(huis.register.lees.close)
        stack.push_async_callback(huis.register.notificaties.bezorger.close)
        await huis.prepare(say)
        listening = asyncio.create_task(huis.levend.run())
        stack.callback(listening.cancel)
        yield huis


async def _keep(database: Database, content: bytes, _: Envelop) -> None:
    await store_proefpost(database, content)
