# SPDX-License-Identifier: EUPL-1.2
"""Tokens in PostgreSQL: by digest only; fills the ports `Tokens` and `Toegangen`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from schakel.identiteit.tokens import digest_session_token
from schakel.kit.clock import Clock, system_clock
from schakel.kit.ids import new_id
from schakel.relatiebeheer.register.toegang import Client, Houder, Rechten
from schakel.relatiebeheer.register.toegangsbeheer import ClientIdTaken, Toegangregel
from schakel.storage.crypto import Kluis
from schakel.storage.pool import Database

_FIND = """select id, naam, eigenaar, doel, scopes, verloopt_op, geheim_cijfer from api_token
where {key} = $1 and ingetrokken_op is null and verloopt_op > $2"""


class SqlTokens:
    """Who may use the APIs."""

    def __init__(self, database: Database, kluis: Kluis, clock: Clock = system_clock) -> None:
        self._database, self._kluis, self._clock = database, kluis, clock

    async def holder(self, token: str) -> Houder | None:
        """Whose token this is."""
        row = await self._find("digest", digest_session_token(token))
        return None if row is None else _houder(row)

    async def client(self, client_id: str) -> Client | None:
        """Who signs with this id."""
        row = await self._find("client_id", client_id)
        return None if row is None else Client(_houder(row), self._kluis.decrypt(row["geheim_cijfer"]))

    async def add(
        self, token: str, naam: str, eigenaar: str, doel: str, scopes: Sequence[str], verloopt_op: datetime
    ) -> UUID:
        """Keep a token by its digest; one that is there already gets these scopes and this end."""
        async with self._database.connection() as connection:
            found: UUID = await connection.fetchval(
                """insert into api_token (id, naam, eigenaar, doel, digest, scopes, gemaakt_op, verloopt_op)
                   values ($1, $2, $3, $4, $5, $6, $7, $8)
                   on conflict (digest) do update set scopes = excluded.scopes, verloopt_op = excluded.verloopt_op
                   returning id""",
                new_id(), naam, eigenaar, doel, digest_session_token(token), list(scopes), self._clock(), verloopt_op,
            )  # fmt: skip
        return found

    async def add_client(
        self, client_id: str, secret: str, naam: str, eigenaar: str, doel: str, scopes: Sequence[str],
        verloopt_op: datetime,
    ) -> UUID:  # fmt: skip
        """Keep a client that signs; its secret as ciphertext. One that was withdrawn gives up its id."""
        async with self._database.transaction() as connection:
            await connection.execute(
                """update api_token set client_id = client_id || ' ' || id
                   where client_id = $1 and ingetrokken_op is not null""",
                client_id,
            )
            found: UUID | None = await connection.fetchval(
                """insert into api_token (id, naam, eigenaar, doel, client_id, geheim_cijfer, scopes, gemaakt_op,
                     verloopt_op) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                   on conflict (client_id) do nothing returning id""",
                new_id(), naam, eigenaar, doel, client_id, self._kluis.encrypt(secret), list(scopes), self._clock(),
                verloopt_op,
            )  # fmt: skip
        if found is None:
            raise ClientIdTaken
        return found

    async def all(self) -> Sequence[Toegangregel]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(
                """select id, naam, eigenaar, doel, split_part(coalesce(client_id, ''), ' ', 1) as client_id, scopes,
                     gemaakt_op, verloopt_op, ingetrokken_op from api_token order by gemaakt_op desc, id desc"""
            )
        return [Toegangregel(**row) for row in rows]

    async def withdraw(self, id: UUID, at: datetime) -> bool:
        async with self._database.connection() as connection:
            tag: str = await connection.execute(
                "update api_token set ingetrokken_op = $2 where id = $1 and ingetrokken_op is null", id, at
            )
        return tag == "UPDATE 1"

    async def _find(self, key: str, value: object) -> asyncpg.Record | None:
        async with self._database.connection() as connection:
            return await connection.fetchrow(_FIND.format(key=key), value, self._clock())


def _houder(row: asyncpg.Record) -> Houder:
    return Houder(row["id"], row["naam"], "", row["doel"], Rechten.of(row["scopes"]), row["verloopt_op"])
