# SPDX-License-Identifier: EUPL-1.2
"""Regels: the rows of a table as lines of JSON and back; a cursor walks them, so that memory stays flat."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from schakel.storage.pool import Connection
from schakel.storage.uitvoer.geheimen import Geheimen
from schakel.storage.uitvoer.tabellen import BESTANDEN, Tabel

#: Where rows of an identificator are kept as they were: with a correction, and with a merge, to undo it.
_HISTORY = {"wijziging": "vorige", "samenvoeging": "bewijs"}


async def lines(
    connection: Connection, tabel: Tabel, geheimen: Geheimen
) -> AsyncIterator[tuple[bytes, tuple[str, bytes] | None]]:
    """Each row as a line, with the path and content of its file where it has one; by key, so always in one order."""
    apart = ", ".join(
        f"t.{name}" for name in (*tabel.cijfers, *((tabel.bestand,) if tabel.bestand else ()), *tabel.blind)
    )
    plain = ", ".join(f"t.{name}" for name in tabel.plain)
    order = ", ".join(f"t.{name}" for name in tabel.sleutel) or "1"
    sql = f"""select convert_to((select row_to_json(q) from (select {plain}) q)::text, 'UTF8') as regel
              {f", {apart}" if apart else ""} from {tabel.naam} t order by {order}"""
    async for row in connection.cursor(sql, prefetch=1 if tabel.bestand else 1_000):
        yield _line(tabel, row, geheimen)


def _line(tabel: Tabel, row: asyncpg.Record, geheimen: Geheimen) -> tuple[bytes, tuple[str, bytes] | None]:
    if not (tabel.cijfers or tabel.bestand or tabel.naam in _HISTORY):
        return row["regel"] + b"\n", None
    body: dict[str, Any] = msgspec.json.decode(row["regel"])
    place = f"{tabel.naam}:{'/'.join(str(body[name]) for name in tabel.sleutel)}"
    for name in tabel.cijfers:
        body[name] = None if row[name] is None else geheimen.out(row[name], place)
    if tabel.blind and row["cijfer"] is None:
        body["blind"] = "\\x" + row["blind"].hex()
    for old in _kept(body.get(_HISTORY.get(tabel.naam, ""))):
        old["cijfer"] = geheimen.out(bytes.fromhex(old["cijfer"][2:]), place)
        old.pop("blind", None)
    file = None
    if tabel.bestand:
        path = f"{BESTANDEN[tabel.naam, tabel.bestand]}/{body['id']}"
        body[tabel.bestand], file = path, (path, bytes(row[tabel.bestand]))
    return msgspec.json.encode(body) + b"\n", file


def to_row(tabel: Tabel, line: bytes, folder: Path, geheimen: Geheimen) -> dict[str, Any]:
    """What PostgreSQL reads as a row of this table again."""
    body: dict[str, Any] = msgspec.json.decode(line)
    place = f"{tabel.naam}:{'/'.join(str(body[name]) for name in tabel.sleutel)}"
    for name in tabel.cijfers:
        if body[name] is not None:
            cijfer, text = geheimen.back(body[name], place)
            body[name] = "\\x" + cijfer.hex()
            if tabel.blind:
                body["blind"] = "\\x" + geheimen.blind(*_blind_of(body, text)).hex()
    for old in _kept(body.get(_HISTORY.get(tabel.naam, ""))):
        cijfer, text = geheimen.back(old["cijfer"], place)
        old |= {"cijfer": "\\x" + cijfer.hex(), "blind": "\\x" + geheimen.blind(*_blind_of(old, text)).hex()}
    if tabel.bestand:
        body[tabel.bestand] = "\\x" + (folder / body[tabel.bestand]).read_bytes().hex()
    return body


def _kept(value: Any) -> Iterator[dict[str, Any]]:
    """The rows in it that have ciphertext, at any depth."""
    match value:
        case dict():
            if isinstance(value.get("cijfer"), str):
                yield value
            for part in value.values():
                yield from _kept(part)
        case list():
            for part in value:
                yield from _kept(part)


def _blind_of(body: dict[str, Any], text: str) -> tuple[str, str]:
    """What was kept although it is no number of the standard, is not looked for by its value alone."""
    soort = body["soort"]
    return soort, f"{body['id']}:{text}" if soort == "overig" and body.get("zoals_gegeven") else text
