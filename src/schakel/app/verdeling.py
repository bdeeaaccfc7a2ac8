# SPDX-License-Identifier: EUPL-1.2
"""Verdeling: divides work for as long as this process runs; several processes may."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from schakel.app.huis import Huis
from schakel.dienstverlening.lindewaard.organisatie import openingstijden
from schakel.kanaalintegratie.verdeling.verdeler import Verdeler
from schakel.storage.verdeelwekker import Verdeelwekker


@asynccontextmanager
async def verdeling(huis: Huis) -> AsyncIterator[None]:
    """While the block lasts."""
    diensten = huis.diensten
    groepen = {product.sleutel: product.productgroep for product in diensten.producten.values()}
    hours = openingstijden(diensten.clock().year)
    verdeler = Verdeler(diensten.open_werk, groepen, hours, diensten.clock)
    async with Verdeelwekker(huis.database.url).listening() as wekker:
        running = asyncio.create_task(verdeler.run(wekker.wait))
        try:
            yield
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
