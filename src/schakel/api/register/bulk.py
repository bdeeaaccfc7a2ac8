# SPDX-License-Identifier: EUPL-1.2
"""Bulk: NDJSON in and out. Never more than one lot of lines in hand; each line is answered once it is kept."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import msgspec
from litestar.types import Receive

from schakel.api.register.body import unwanted
from schakel.api.register.fouten import invalid_input, unsupported_media_type
from schakel.kit.projection import Invalid
from schakel.relatiebeheer.register.poorten import Bulkantwoord, Bulkregel, Bulkwrites
from schakel.relatiebeheer.register.toegang import Houder

NDJSON = "application/x-ndjson"
LOT = 500  # lines in one transaction
MAX_LINE = 100_000  # bytes
_MAX_LOT = 4_000_000  # bytes
_NO_OBJECT = Invalid("nonFieldErrors", "parse_error", "Deze regel is geen geldig JSON-object.")
_TOO_LONG = Invalid("nonFieldErrors", "max_length", f"Deze regel is langer dan {MAX_LINE} bytes.")


def check_bulk(content_type: str, idempotency_key: str) -> None:
    """Raises 415, or 400 for a promise that this does not keep."""
    if content_type.partition(";")[0].strip().lower() != NDJSON:
        raise unsupported_media_type(NDJSON)
    if idempotency_key:
        reason = "Geef hier elke regel een eigen uuid. Een regel die u nog eens stuurt, wordt dan niet dubbel."
        raise invalid_input([Invalid("Idempotency-Key", "invalid", reason)])


async def answer_bulk(writes: Bulkwrites, receive: Receive, base: str, houder: Houder) -> AsyncGenerator[bytes, None]:
    """The answers to one lot at a time. `base` is the address of what is made, without the uuid."""
    async with aclosing(_lots(receive)) as lots, aclosing(writes.write_many(lots, houder)) as answers:
        async for several in answers:
            yield b"".join(_line(answer, base) for answer in several)


def _line(answer: Bulkantwoord, base: str) -> bytes:
    said: dict[str, object] = {"regel": answer.nummer, "status": answer.status}
    if answer.uuid is not None:
        said |= {"uuid": answer.uuid, "url": f"{base}/{answer.uuid}"}
    if answer.status == 400:
        said["invalidParams"] = [{"name": i.name, "code": i.code, "reason": i.reason} for i in answer.invalid]
    return msgspec.json.encode(said) + b"\n"


async def _lots(receive: Receive) -> AsyncGenerator[Sequence[Bulkregel], None]:
    """Lines are numbered from 1; empty ones count and are skipped."""
    lot: list[Bulkregel] = []
    nummer = size = 0
    async with aclosing(_lines(receive)) as lines:
        async for line in lines:
            nummer += 1
            if line is None or line.strip():
                lot.append(_read(nummer, line))
                size += len(line or b"")
            if len(lot) == LOT or size > _MAX_LOT:
                yield lot
                lot, size = [], 0
    if lot:
        yield lot


def _read(nummer: int, line: bytes | None) -> Bulkregel:
    if line is None:
        return Bulkregel(nummer, None, [_TOO_LONG])
    try:
        body = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Bulkregel(nummer, None, [_NO_OBJECT])
    if not isinstance(body, dict):
        return Bulkregel(nummer, None, [_NO_OBJECT])
    wrong = unwanted(body)
    return Bulkregel(nummer, None, wrong) if wrong else Bulkregel(nummer, body)


async def _lines(receive: Receive) -> AsyncGenerator[bytes | None, None]:
    """Each line as it came in; None for one that is too long. A body that stops halfway ends with no half line."""
    rest, too_long = b"", False
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return
        *whole, rest = (rest + message.get("body", b"")).split(b"\n")
        for line in whole:
            yield None if too_long or len(line) > MAX_LINE else line
            too_long = False
        if len(rest) > MAX_LINE:
            rest, too_long = b"", True
        if not message.get("more_body"):
            if rest or too_long:
                yield None if too_long else rest
            return
