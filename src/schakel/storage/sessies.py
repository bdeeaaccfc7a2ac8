# SPDX-License-Identifier: EUPL-1.2
"""Sessies in PostgreSQL: only the digest of a token is kept."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from schakel.identiteit.inloggen import Beeindigd, GeenGroep, Ingelogd, Toewijzing
from schakel.kit.ids import new_id
from schakel.storage.pool import Database

DUUR = timedelta(hours=9)


class Sessie(msgspec.Struct, frozen=True):
    """Who is behind a cookie. Exactly one of `actor_id` and `partij_id` is set."""

    soort: str
    csrf: str
    naam: str
    verloopt_op: datetime
    niveau: str = ""
    actor_id: UUID | None = None
    partij_id: UUID | None = None
    functie: str = ""
    team: str = ""
    rollen: tuple[str, ...] = ()


class SqlSessies:
    """Opens, reads and ends sessies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_for_account(self, account: str, token: str, csrf: str, at: datetime) -> bool:
        """For a medewerker; False when there is no such account."""
        async with self._database.connection() as connection:
            tag: str = await connection.execute(
                """insert into sessie (digest, soort, actor_id, csrf, begonnen_op, verloopt_op)
                   select $1, 'medewerker', id, $2, $3, $4 from actor where account = $5 and actief""",
                digest(token),
                csrf,
                at,
                at + DUUR,
                account,
            )
        return tag == "INSERT 0 1"

    async def open_for_ingelogde(
        self, ingelogd: Ingelogd, toewijzing: Toewijzing, token: str, csrf: str, at: datetime
    ) -> None:
        """For who logged in at the provider: what he is here follows his groepen of this moment."""
        async with self._database.transaction() as connection:
            actor_id = await connection.fetchval(
                """insert into actor (id, soort, account, naam, functie, rollen, team)
                   values ($1, 'medewerker', $2, $3, $4, $5, (select sleutel from team where sleutel = $6))
                   on conflict (account) do update set naam = excluded.naam, functie = excluded.functie,
                       rollen = excluded.rollen, team = excluded.team
                   returning case when actief then id end""",
                new_id(), ingelogd.account, ingelogd.naam, toewijzing.functie, sorted(toewijzing.rollen),
                toewijzing.team,
            )  # fmt: skip
            if actor_id is None:  # put out of action here
                raise GeenGroep
            await connection.execute(
                """insert into sessie (digest, soort, actor_id, csrf, sid, begonnen_op, verloopt_op)
                   values ($1, 'medewerker', $2, $3, $4, $5, $6)""",
                digest(token), actor_id, csrf, ingelogd.sid, at, at + DUUR,
            )  # fmt: skip

    async def close_of(self, beeindigd: Beeindigd) -> int:
        """End the sessies of one time that somebody logged in, or all of his."""
        async with self._database.connection() as connection:
            tag: str = await connection.execute(
                """delete from sessie s using actor a where a.id = s.actor_id
                   and ($1 = '' or a.account = $1) and ($2 = '' or s.sid = $2) and $1 || $2 <> ''""",
                beeindigd.account, beeindigd.sid,
            )  # fmt: skip
        return int(tag.rpartition(" ")[2])

    async def open_for_partij(self, partij_id: UUID, niveau: str, token: str, csrf: str, at: datetime) -> None:
        """For an inwoner who proved who he is, at this betrouwbaarheidsniveau."""
        async with self._database.connection() as connection:
            await connection.execute(
                """insert into sessie (digest, soort, partij_id, niveau, csrf, begonnen_op, verloopt_op)
                   values ($1, 'inwoner', $2, $3, $4, $5, $6)""",
                digest(token),
                partij_id,
                niveau,
                csrf,
                at,
                at + timedelta(minutes=45),
            )

    async def find(self, token: str, at: datetime) -> Sessie | None:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(
                """select s.soort, s.csrf, s.verloopt_op, s.niveau, s.actor_id, s.partij_id,
                          coalesce(a.naam, p.naam, '') as naam, coalesce(a.functie, '') as functie,
                          coalesce(a.team, '') as team, coalesce(a.rollen, '{}') as rollen
                   from sessie s left join actor a on a.id = s.actor_id left join partij p on p.id = s.partij_id
                   where s.digest = $1 and s.verloopt_op > $2""",
                digest(token),
                at,
            )
        if row is None:
            return None
        values = dict(row)
        values["rollen"] = tuple(values["rollen"])
        return Sessie(**values)

    async def close(self, token: str) -> None:
        async with self._database.connection() as connection:
            await connection.execute("delete from sessie where digest = $1", digest(token))


def digest(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
