# SPDX-License-Identifier: EUPL-1.2
"""Uitschrijven: the whole database as files, as it was at one moment; it goes on being used meanwhile."""

import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import msgspec

from schakel.kit.errors import Conflict
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.regie.doelen import VRAAG
from schakel.regie.logboek import Verwerkingssoort
from schakel.storage.pool import Connection
from schakel.storage.uitvoer.geheimen import Geheimen
from schakel.storage.uitvoer.manifest import BESTANDENLIJST, FORMAAT, MANIFEST, Bestand, Deel, Manifest, table_file
from schakel.storage.uitvoer.regels import lines
from schakel.storage.uitvoer.tabellen import BESTANDEN, Tabel, read_tabellen

Say = Callable[[str], None]


class FolderInUse(Conflict):
    """An export never mixes with another."""

    title = "Deze map is niet leeg"
    advice = "Kies een map die nog niet bestaat."


async def write_out(url: str, folder: Path, geheimen: Geheimen, say: Say) -> Manifest:
    """The manifest comes last: a folder without one is no export."""
    _prepare(folder)
    connection = await asyncpg.connect(url, server_settings={"timezone": "UTC", "application_name": "schakel export"})
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            manifest = await _manifest(connection, geheimen)
            await _log(url)
            with (folder / BESTANDENLIJST).open("wb") as listed:
                for tabel in await read_tabellen(connection):
                    deel = await _write(connection, tabel, folder, geheimen, listed.write)
                    manifest.tabellen.append(deel)
                    say(f"{tabel.naam}: {deel.regels} regels")
    finally:
        await connection.close()
    content = (folder / BESTANDENLIJST).read_bytes()
    manifest.bestanden = Deel(BESTANDENLIJST, content.count(b"\n"), hashlib.sha256(content).hexdigest())
    half = folder / f"{MANIFEST}.half"
    half.write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
    os.replace(half, folder / MANIFEST)
    return manifest


async def _log(url: str) -> None:
    """That everything left; of no klant in particular. Outside the picture that is written, which began before it."""
    connection, at = await asyncpg.connect(url), datetime.now(UTC)
    try:
        await connection.execute(
            """insert into verwerking (moment, wie, functie, doel, activiteit, soort, bronnen, gezien, betrokkenen,
                 vervalt_op)
               values ($1, 'Beheer', 'Automatisch', $2, 'alles exporteren', $3, '{}', '{alles}', '{}', $4)""",
            at, VRAAG.sleutel, Verwerkingssoort.AUTOMATISCH, vervalt_op("verwerking", at),
        )  # fmt: skip
    finally:
        await connection.close()


def _prepare(folder: Path) -> None:
    """Open to its owner only: what comes in it is personal."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderInUse
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in ("tabellen", *BESTANDEN.values()):
        (folder / name).mkdir()


async def _manifest(connection: Connection, geheimen: Geheimen) -> Manifest:
    numbers = await connection.fetch(
        "select sequencename as naam, last_value from pg_sequences where schemaname = current_schema() order by 1"
    )
    return Manifest(
        formaat=FORMAAT,
        schema_=str(await connection.fetchval("select version_num from alembic_version")),
        gemaakt_op=datetime.now(UTC).isoformat(timespec="seconds"),
        bsn=geheimen.vorm,
        sleutelmerk=geheimen.merk,
        volgnummers={row["naam"]: row["last_value"] for row in numbers},
    )


async def _write(
    connection: Connection, tabel: Tabel, folder: Path, geheimen: Geheimen, listed: Callable[[bytes], object]
) -> Deel:
    digest, count = hashlib.sha256(), 0
    with table_file(folder, tabel.naam).open("wb") as target:
        async for line, file in lines(connection, tabel, geheimen):
            target.write(line)
            digest.update(line)
            count += 1
            if file is not None:
                path, content = file
                (folder / path).write_bytes(content)
                one = Bestand(path, len(content), hashlib.sha256(content).hexdigest())
                listed(msgspec.json.encode(one) + b"\n")
    return Deel(tabel.naam, count, digest.hexdigest())


async def measure(connection: Connection, tabel: Tabel, geheimen: Geheimen) -> Deel:
    """The same, without writing it."""
    digest, count = hashlib.sha256(), 0
    async for line, _ in lines(connection, tabel, geheimen):
        digest.update(line)
        count += 1
    return Deel(tabel.naam, count, digest.hexdigest())
