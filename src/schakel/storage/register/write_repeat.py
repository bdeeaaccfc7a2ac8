# SPDX-License-Identifier: EUPL-1.2
"""Repeat: a POST that is sent twice under one Idempotency-Key is done once, and answered twice."""

import hashlib
from datetime import timedelta
from uuid import UUID

import msgspec

from schakel.kit.errors import Conflict
from schakel.kit.projection import Invalid
from schakel.relatiebeheer.register.poorten import Refused, Write, Written
from schakel.relatiebeheer.register.versie import etag
from schakel.storage.register.write_context import Writing

_KEY = "idempotency-key"
_KEPT = timedelta(days=1)
_LONGEST = 255
_REPLAYED = {"Idempotent-Replayed": "true"}


async def recall(writing: Writing, write: Write) -> Written | None:
    """The answer of the first time. Raises Conflict when the same key came with another body."""
    key = _key(write)
    if not key:
        return None
    await writing.connection.execute(  # who sends it at this very moment goes first
        "select pg_advisory_xact_lock(hashtextextended($1, 0))", f"{writing.houder.token_id}:{key}"
    )
    row = await writing.connection.fetchrow(
        """select verzoek, status, antwoord, locatie from idempotentie
           where token_id = $1 and sleutel = $2 and vervalt_op > $3""",
        writing.houder.token_id,
        key,
        writing.at,
    )
    if row is None:
        return None
    if row["verzoek"] != _digest(write):
        raise Conflict("Deze Idempotency-Key is al gebruikt voor een ander verzoek.")
    body = writing.house.kluis.decrypt(row["antwoord"]).encode()
    uuid = UUID(row["locatie"]) if row["locatie"] else None
    headers = {"ETag": etag(body)} if uuid else {}
    return Written(row["status"], body, uuid, headers | _REPLAYED)


async def remember(writing: Writing, write: Write, written: Written) -> None:
    """In the same transaction as the write. The answer may hold a bsn, so it is kept as ciphertext."""
    key = _key(write)
    if not key:
        return
    await writing.connection.execute(
        """insert into idempotentie (token_id, sleutel, verzoek, status, antwoord, locatie, vervalt_op)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (token_id, sleutel) do update
             set verzoek = excluded.verzoek, status = excluded.status, antwoord = excluded.antwoord,
                 locatie = excluded.locatie, vervalt_op = excluded.vervalt_op""",
        writing.houder.token_id,
        key,
        _digest(write),
        written.status,
        writing.house.kluis.encrypt(written.body.decode()),
        str(written.uuid or ""),
        writing.at + _KEPT,
    )


def _key(write: Write) -> str:
    key = write.headers.get(_KEY, "").strip() if write.method == "POST" else ""
    if len(key) > _LONGEST or "\x00" in key:
        raise Refused([Invalid("Idempotency-Key", "invalid", f"Geef een sleutel van ten hoogste {_LONGEST} tekens.")])
    return key


def _digest(write: Write) -> bytes:
    body = msgspec.json.encode([write.resource, write.body], order="sorted")
    return hashlib.sha256(body).digest()
