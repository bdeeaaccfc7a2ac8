# SPDX-License-Identifier: EUPL-1.2
"""Tokens in PostgreSQL: by digest only; fills the port `Tokens`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from schakel.identiteit.tokens import digest_session_token
from schakel.kit.clock import Clock, system_clock
from schakel.kit.ids import new_id
from schakel.relatiebeheer.register.toegang import Client, Houder, Rechten
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
        """Keep a client that signs; its secret as ciphertext."""
        async with self._database.connection() as connection:
            found: UUID = await connection.fetchval(
                """insert into api_token (id, naam, eigenaar, doel, client_id, geheim_cijfer, scopes, gemaakt_op,
                     verloopt_op) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id""",
                new_id(), naam, eigenaar, doel, client_id, self._kluis.encrypt(secret), list(scopes), self._clock(),
                verloopt_op,
            )  # fmt: skip
        return found

    async def _find(self, key: str, value: object) -> asyncpg.Record | None:
        async with self._database.connection() as connection:
            return await connection.fetchrow(_FIND.format(key=key), value, self._clock())


def _houder(row: asyncpg.Record) -> Houder:
    return Houder(row["id"], row["naam"], "", row["doel"], Rechten.of(row["scopes"]), row["verloopt_op"])
