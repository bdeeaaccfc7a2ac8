# SPDX-License-Identifier: EUPL-1.2
"""Inlezen: an export back into an empty database, in one transaction that only stands when all comes out equal."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import asyncpg
import msgspec

from schakel.kit.errors import Conflict, SchakelError
from schakel.storage.pool import Connection
from schakel.storage.uitvoer.geheimen import Geheimen, OtherKey
from schakel.storage.uitvoer.manifest import Manifest, NotAnExport, check_files, read_manifest, table_file
from schakel.storage.uitvoer.regels import to_row
from schakel.storage.uitvoer.tabellen import Tabel, read_tabellen
from schakel.storage.uitvoer.uitschrijven import measure

Say = Callable[[str], None]
_BATCH = 500
_COUNTS = "telling_erbij"  # the maintained counts are made while rows come in


class NotEmpty(Conflict):
    """Reading back never mixes."""

    title = "Deze database is niet leeg"
    advice = "Maak een nieuwe, lege database en geef die in DATABASE_URL."


class NotEqual(SchakelError):
    """Nothing of it is kept."""

    status = 500
    title = "Wat is teruggelezen is niet gelijk aan de export"
    advice = "Er is niets bewaard. Meld dit met de naam van de tabel."


async def read_back(url: str, folder: Path, geheimen: Geheimen, say: Say) -> None:
    """Equal counts and hashes, or nothing."""
    manifest = read_manifest(folder)
    if not check_files(folder, say):
        raise NotAnExport("Een of meer bestanden zijn veranderd of weg.")
    if (manifest.bsn, manifest.sleutelmerk) != (geheimen.vorm, geheimen.merk):
        raise OtherKey
    connection = await asyncpg.connect(url, server_settings={"timezone": "UTC", "application_name": "schakel inlezen"})
    try:
        async with connection.transaction():
            await _fill(connection, folder, manifest, geheimen, say)
        await connection.execute("analyze")
    finally:
        await connection.close()


async def _fill(connection: Connection, folder: Path, manifest: Manifest, geheimen: Geheimen, say: Say) -> None:
    revision = await connection.fetchval("select version_num from alembic_version")
    if revision != manifest.schema_:
        raise NotAnExport(f"De export is van databaseversie {manifest.schema_}, hier is het {revision}.")
    tabellen = await read_tabellen(connection)
    for tabel in tabellen:
        if await connection.fetchval(f"select exists (select from {tabel.naam})"):
            raise NotEmpty(f"In {tabel.naam} staat al iets.")
    back = await _without_rules(connection)
    for tabel in tabellen:
        with table_file(folder, tabel.naam).open("rb") as source:
            for batch in _batches(source, 1 if tabel.bestand else _BATCH):
                await _insert(connection, tabel, [to_row(tabel, line, folder, geheimen) for line in batch])
    for name, value in manifest.volgnummers.items():
        if value is not None:
            await connection.execute("select setval($1::text::regclass, $2)", name, value)
    for statement in back:  # what does not hold together is refused here
        await connection.execute(statement)
    expected = {deel.naam: deel for deel in manifest.tabellen}
    for tabel in tabellen:
        if await measure(connection, tabel, geheimen) != expected.get(tabel.naam):
            raise NotEqual(f"Tabel {tabel.naam}.")
        say(f"{tabel.naam}: {expected[tabel.naam].regels} regels, gelijk")


async def _without_rules(connection: Connection) -> list[str]:
    """References go round, so they are checked at the end; gives the statements that put everything back."""
    keys = await connection.fetch(
        """select conrelid::regclass::text as tabel, quote_ident(conname) as naam, pg_get_constraintdef(oid) as regel
           from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace"""
    )
    triggers = await connection.fetch(
        """select tgrelid::regclass::text as tabel, quote_ident(tgname) as naam from pg_trigger t
           join pg_class c on c.oid = tgrelid
           where not tgisinternal and tgname <> $1 and c.relnamespace = current_schema()::regnamespace""",
        _COUNTS,
    )
    for row in keys:
        await connection.execute(f"alter table {row['tabel']} drop constraint {row['naam']}")
    for row in triggers:
        await connection.execute(f"alter table {row['tabel']} disable trigger {row['naam']}")
    return [
        *(f"alter table {row['tabel']} add constraint {row['naam']} {row['regel']}" for row in keys),
        *(f"alter table {row['tabel']} enable trigger {row['naam']}" for row in triggers),
    ]


def _batches(source: Iterator[bytes], size: int) -> Iterator[list[bytes]]:
    while batch := list(islice(source, size)):
        yield batch


async def _insert(connection: Connection, tabel: Tabel, rows: list[dict[str, object]]) -> None:
    names = ", ".join(tabel.columns)
    await connection.execute(
        f"""insert into {tabel.naam} ({names}) overriding system value
            select {names} from json_populate_recordset(null::{tabel.naam}, $1::json)""",
        msgspec.json.encode(rows).decode(),
    )
