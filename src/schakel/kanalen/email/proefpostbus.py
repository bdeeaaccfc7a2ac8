# SPDX-License-Identifier: EUPL-1.2
"""Proefpostbus: the next hop of the demo; it takes every bericht for anyone and hands the bytes to who shows them."""

import asyncio

from schakel.kanalen.email.smtp_in import SmtpIn, Store, listen


async def open_proefpostbus(store: Store, host: str = "127.0.0.1", port: int = 0) -> asyncio.Server:
    """Nothing leaves this machine. `port` 0 takes a free one; `store` keeps what came."""
    return await listen(SmtpIn(store), host, port, "proefpostbus.invalid")
