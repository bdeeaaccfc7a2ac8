# SPDX-License-Identifier: EUPL-1.2
"""Basis: what every gemeente has before the first contact: its teams, and the models that come with Schakel."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

from schakel.dienstverlening.producten import Product
from schakel.kanaalintegratie.werk import Aankondiging, Procesingang
from schakel.proceslogica.contract import Proceslogica
from schakel.proceslogica.voorbeelden import MODELLEN, voorbeeld
from schakel.storage.pool import Database
from schakel.storage.werk import SqlWerk

#: Interacties that a demo brought along run without proces until they are given one, this many at a time.
_BATCH = 50
_LOCK = 0x5C4A4C  # an advisory lock, next to that of the migrations


@asynccontextmanager
async def preparing(database: Database) -> AsyncIterator[None]:
    """One process at a time fills a database; the others wait and find it done."""
    async with database.connection() as connection:
        await connection.execute("select pg_advisory_lock($1)", _LOCK)
        try:
            yield
        finally:
            await connection.execute("select pg_advisory_unlock($1)", _LOCK)


async def prepare_teams(database: Database, producten: Mapping[str, Product], standaard: str) -> None:
    """Every product has its team, known or not yet named by the gemeente."""
    names = sorted({product.team for product in producten.values()} | {standaard})
    async with database.connection() as connection:
        await connection.executemany(
            "insert into team (sleutel, naam) values ($1, $2) on conflict do nothing",
            [(name, name.replace("-", " ").capitalize()) for name in names],
        )


async def prepare_models(database: Database, logica: Proceslogica, prefix: str, at: datetime) -> None:
    """Put the models that come with Schakel in force where the gemeente has none of that name."""
    for sleutel, bestanden in MODELLEN.items():
        async with database.transaction() as connection:
            werk = SqlWerk(connection, prefix)
            if await werk.modellen.in_force(sleutel) is None:
                await logica.upload(werk, {naam: voorbeeld(naam) for naam in bestanden}, at, None)


async def prepare_processen(
    database: Database, ingang: Procesingang, prefix: str, at: datetime, say: Callable[[str], None]
) -> None:
    """Give what is open and has no proces yet the one it would have had, had it come in today."""
    done = 0
    while True:
        async with database.transaction() as connection:
            rows = await connection.fetch(
                """select id, product, formeel from interactie
                   where proces_id is null and status in ('open', 'wacht_op_klant', 'wacht_op_gemeente')
                   limit $1 for update skip locked""",
                _BATCH,
            )
            werk = SqlWerk(connection, prefix)
            for row in rows:
                await ingang.announce(werk, Aankondiging(row["id"], row["product"], "vraag", row["formeel"], False, at))
        done += len(rows)
        if len(rows) < _BATCH:
            break
    if done:
        say(f"Lopende vragen: {done} processen gestart")
