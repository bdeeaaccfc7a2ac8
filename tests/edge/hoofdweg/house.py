# SPDX-License-Identifier: EUPL-1.2
"""The main road put together on a real database, without web or mail around it."""

import secrets
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from schakel.begrippen.bericht import Bericht, Bezorging, BezorgUitkomst
from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.lindewaard.organisatie import kantooruren
from schakel.dienstverlening.producten import producten
from schakel.dienstverlening.serviceformules import serviceformules
from schakel.identiteit.tokens import Signer
from schakel.kanaalintegratie.dienst import Dienst
from schakel.kanaalintegratie.kanaalwissel import Kanaalwissel
from schakel.kanaalintegratie.ontvangst import Ontvangst
from schakel.kanaalintegratie.verzending import Verzending
from schakel.kanaalintegratie.werk import Aankondiging, Werk
from schakel.storage.lezen import SqlLezer
from schakel.storage.pool import Database
from schakel.storage.werk import SqlWerk, open_werk


class QuietProces:
    """A procesingang that only remembers what was announced."""

    def __init__(self) -> None:
        self.announced: list[Aankondiging] = []

    async def announce(self, werk: Werk, aankondiging: Aankondiging) -> None:
        self.announced.append(aankondiging)


class Postbode:
    """An outbound kanaal whose outcome the test decides; it keeps what it was given."""

    kanaal = Kanaal.EMAIL

    def __init__(self) -> None:
        self.delivered: list[Bericht] = []
        self.uitkomsten: list[BezorgUitkomst] = []

    async def deliver(self, bericht: Bericht) -> Bezorging:
        self.delivered.append(bericht)
        return Bezorging(self.uitkomsten.pop(0) if self.uitkomsten else BezorgUitkomst.BEZORGD)


@dataclass
class House:
    """Every part the road needs."""

    database: Database
    open_werk: Callable[[], AbstractAsyncContextManager[SqlWerk]]
    ontvangst: Ontvangst
    verzending: Verzending
    wissel: Kanaalwissel
    lezer: SqlLezer
    tokens: Signer
    proces: QuietProces
    postbode: Postbode


async def build_house(database: Database) -> House:
    """With the settings of the demo gemeente and its teams."""
    async with database.connection() as connection:
        teams = sorted({product.team for product in producten().values()} | {"kcc"})
        await connection.executemany("insert into team values ($1, $1) on conflict do nothing", [(t,) for t in teams])
    opened = open_werk(database, "LW")
    tokens, postbode, proces = Signer(secrets.token_bytes(32), "draad"), Postbode(), QuietProces()
    dienst = Dienst("Lindewaard", "Bel 14 0199.", producten(), serviceformules(), kantooruren(2026), "kcc", "flits")
    verzending = Verzending(
        opened,
        {Kanaal.EMAIL: postbode},
        tokens,
        dienst,
        "lindewaard.example",
        "http://localhost",
        lambda: datetime.now(UTC),
    )
    wissel = Kanaalwissel(secrets.token_bytes(32))
    ontvangst = Ontvangst(dienst, proces, verzending, wissel)
    return House(database, opened, ontvangst, verzending, wissel, SqlLezer(database), tokens, proces, postbode)


async def last_bericht(house: House) -> UUID:
    """The bericht composed last."""
    async with house.database.connection() as connection:
        found: UUID = await connection.fetchval("select id from bericht order by opgesteld_op desc, id desc limit 1")
    return found
