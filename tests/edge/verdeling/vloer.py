# SPDX-License-Identifier: EUPL-1.2
"""Vloer: a team at work on an empty database, with as much waiting and as many medewerkers as a test wants."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from schakel.dienstverlening.lindewaard.organisatie import kantooruren
from schakel.kanaalintegratie.overdracht import Overgave
from schakel.kanaalintegratie.verdeling.feiten import Beschikbaarheid
from schakel.kanaalintegratie.verdeling.regels import Verdeelregels, standaardregels
from schakel.kanaalintegratie.verdeling.verdeler import Verdeler
from schakel.kanaalintegratie.werkplek import Werkplek
from schakel.kit.ids import new_id
from schakel.storage.pool import Database
from schakel.storage.verdeelbeheer import prepare_verdeelregels
from schakel.storage.werk import open_werk

OCHTEND = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
GROEPEN = {"parkeervergunning": "parkeren", "afval-melden": "afval"}
_numbers = count(1)


@dataclass
class Vloer:
    """Time stands still until a test moves it."""

    database: Database
    nu: datetime = OCHTEND
    werkplek: Werkplek = field(default_factory=Werkplek)
    overgave: Overgave = field(default_factory=lambda: Overgave(kantooruren(OCHTEND.year)))

    def __post_init__(self) -> None:
        self.open_werk = open_werk(self.database, "TST")
        self.verdeler = Verdeler(self.open_werk, GROEPEN, {}, lambda: self.nu)

    async def prepare(self, regels: Verdeelregels | None = None) -> None:
        async with self.database.connection() as connection:
            await connection.execute("insert into team (sleutel, naam) values ('kcc', 'KCC'), ('parkeren', 'Parkeren')")
        await prepare_verdeelregels(self.database, OCHTEND - timedelta(days=1), regels or standaardregels())

    async def medewerkers(self, number: int, *, team: str = "kcc", rijp: bool = True) -> list[UUID]:
        """All beschikbaar. `rijp`: they know every product well."""
        ids = [new_id() for _ in range(number)]
        async with self.database.transaction() as connection:
            await connection.executemany(
                "insert into actor (id, soort, naam, account, team) values ($1, 'medewerker', $2, $2, $3)",
                [(actor, f"m{next(_numbers)}", team) for actor in ids],
            )
        regels = standaardregels()
        async with self.open_werk() as werk:
            for actor in ids:
                await werk.verdelingen.announce_as(actor, Beschikbaarheid.BESCHIKBAAR, regels, self.nu)
            await werk.connection.executemany(
                "insert into vaardigheid (actor_id, soort, waarde, niveau) values ($1, 'productgroep', $2, 2)",
                [(actor, groep) for actor in ids for groep in set(GROEPEN.values()) if rijp],
            )
        return ids

    async def vragen(
        self, number: int, kanaal: str = "e-mail", *, team: str = "kcc", product: str = "", age: float = 60
    ) -> list[UUID]:
        """Waiting, each a little younger than the one before; on a kanaal where people wait, they do."""
        ids = [new_id() for _ in range(number)]
        async with self.database.transaction() as connection:
            await connection.executemany(
                """insert into interactie (id, nummer, onderwerp, status, team, product, begonnen_kanaal, begonnen_op,
                     laatste_op, belofte_op, vervalt_op)
                   values ($1, $2, 'Vraag', 'open', $3, $4, $5, $6, $6, $7, '2031-01-01')""",
                [
                    (vraag, f"TST-{next(_numbers)}", team, product, kanaal, at, at + timedelta(days=2))
                    for n, vraag in enumerate(ids)
                    for at in [self.nu - timedelta(seconds=age) + timedelta(milliseconds=n)]
                ],
            )
            if standaardregels().kanaal(kanaal, live=True).synchroon:
                await connection.execute("update werkitem set live = true where interactie_id = any($1::uuid[])", ids)
        return ids

    async def rows(self, sql: str, *arguments: object) -> Sequence[dict[str, object]]:
        async with self.database.connection() as connection:
            return [dict(row) for row in await connection.fetch(sql, *arguments)]

    async def value(self, sql: str, *arguments: object):  # type: ignore[no-untyped-def]
        async with self.database.connection() as connection:
            return await connection.fetchval(sql, *arguments)

    async def stand(self, vraag: UUID) -> tuple[str, UUID | None]:
        found = await self.rows("select stand, actor_id from werkitem where interactie_id = $1", vraag)
        assert found, "this vraag is not ours to do"
        return found[0]["stand"], found[0]["actor_id"]  # type: ignore[return-value]

    async def set_status(self, vraag: UUID, status: str) -> None:
        async with self.database.connection() as connection:
            await connection.execute(
                "update interactie set status = $2, laatste_op = $3 where id = $1", vraag, status, self.nu
            )

    async def wrong_sums(self) -> Sequence[dict[str, object]]:
        """Invariant 10, counted anew from what everybody carries."""
        return await self.rows(
            """with som as (select actor_id, sum(eenheden) as som from werkitem
                            where stand in ('aangeboden', 'in_handen') group by actor_id),
                    deel as (select actor_id, kanaal, sum(eenheden) as som from werkitem
                             where stand in ('aangeboden', 'in_handen') group by actor_id, kanaal)
               select s.actor_id, '' as kanaal, s.bezet, s.capaciteit, som
               from medewerkerstand s left join som using (actor_id)
               where s.bezet <> coalesce(som, 0) or s.bezet > s.capaciteit
               union all
               select k.actor_id, k.kanaal, k.bezet, k.capaciteit, som
               from kanaalcapaciteit k left join deel using (actor_id, kanaal)
               where k.bezet <> coalesce(som, 0) or k.bezet > k.capaciteit"""
        )

    async def ownerless(self) -> Sequence[dict[str, object]]:
        """What is ours to do and stands nowhere, or nowhere right (EO-3)."""
        return await self.rows(
            """select i.id, i.status, i.regiehouder, w.stand, w.actor_id
               from interactie i left join werkitem w on w.interactie_id = i.id
               where (i.status in ('open', 'wacht_op_gemeente')) <> (w.interactie_id is not null)
                  or w.stand in ('in_handen', 'onderbroken', 'bij_regiehouder')
                     and w.actor_id is distinct from i.regiehouder
                  or w.stand in ('wacht', 'aangeboden') and i.regiehouder is not null"""
        )
