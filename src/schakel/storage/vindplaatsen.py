# SPDX-License-Identifier: EUPL-1.2
"""Vindplaatsen in PostgreSQL."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from schakel.kanaalintegratie.vindplaats import Vergelijking, Vindplaats
from schakel.kanaalintegratie.werk import Origineel
from schakel.storage.pool import Connection, Database


class SqlVindplaatsen:
    """Fills kanaalintegratie's port `Vindplaatsen`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, account: str, sinds: datetime) -> datetime:
        async with self._database.connection() as connection:
            found: datetime = await connection.fetchval(
                """insert into kanaalaccount (account, sinds) values ($1, $2)
                   on conflict (account) do update set account = excluded.account returning sinds""",
                *(account, sinds),
            )
        return found

    async def pass_over(self, account: str, reeks: int, nummers: Collection[int], at: datetime) -> None:
        async with self._database.connection() as connection:
            await connection.execute(
                """insert into vindplaats (account, reeks, nummer, gezien_op)
                   select $1, $2, unnest($3::bigint[]), $4 on conflict do nothing""",
                *(account, reeks, list(nummers), at),
            )

    async def known(self, account: str, reeks: int) -> frozenset[int]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                "select nummer from vindplaats where account = $1 and reeks = $2 and reden = ''", account, reeks
            )
        return frozenset(row["nummer"] for row in rows)

    async def seen_before(self, plaats: Vindplaats, inhoud: bytes) -> bool:
        async with self._database.connection() as connection:
            tag: str = await connection.execute(
                """insert into vindplaats (account, reeks, nummer, afdruk, origineel_id, gezien_op)
                   select account, $2, $3, afdruk, origineel_id, gezien_op from vindplaats
                   where account = $1 and afdruk = $4 and reeks <> $2 limit 1
                   on conflict (account, reeks, nummer) do nothing""",
                *(plaats.account, plaats.reeks, plaats.nummer, _afdruk(inhoud)),
            )
        return tag == "INSERT 0 1"

    async def leave(self, plaats: Vindplaats, reden: str, at: datetime) -> None:
        async with self._database.connection() as connection:
            await connection.execute(
                """insert into vindplaats (account, reeks, nummer, reden, gezien_op) values ($1, $2, $3, $4, $5)
                   on conflict do nothing""",
                *(plaats.account, plaats.reeks, plaats.nummer, reden, at),
            )

    async def compared(self, account: str, vergelijking: Vergelijking) -> None:
        v = vergelijking
        async with self._database.connection() as connection:
            await connection.execute(
                """update kanaalaccount set vergeleken_op = $2, aanwezig = $3, bekend = $4, blijft_liggen = $5
                   where account = $1""",
                *(account, v.op, v.aanwezig, v.bekend, v.blijft_liggen),
            )


async def take_place(connection: Connection, origineel: Origineel) -> bool:
    """In the unit of work that stores the message; False when it was taken in from here before."""
    plaats = origineel.vindplaats
    assert plaats is not None, "only what was fetched has a place"
    tag: str = await connection.execute(
        """insert into vindplaats (account, reeks, nummer, afdruk, origineel_id, gezien_op)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (account, reeks, nummer) do update
           set afdruk = excluded.afdruk, origineel_id = excluded.origineel_id, reden = ''
           where vindplaats.reden <> ''""",
        *(plaats.account, plaats.reeks, plaats.nummer, _afdruk(origineel.inhoud), origineel.id, origineel.ontvangen_op),
    )
    return tag == "INSERT 0 1"


def _afdruk(inhoud: bytes) -> bytes:
    return hashlib.sha256(inhoud).digest()
