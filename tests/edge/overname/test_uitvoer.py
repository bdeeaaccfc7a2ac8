# SPDX-License-Identifier: EUPL-1.2
"""Everything goes out in open formats and comes back equal, in an empty database."""

import json
from pathlib import Path

import asyncpg
import pytest

from schakel.storage.crypto import Kluis
from schakel.storage.uitvoer.geheimen import Geheimen, OtherKey
from schakel.storage.uitvoer.inlezen import NotEmpty, read_back
from schakel.storage.uitvoer.manifest import NotAnExport, check_files, read_manifest
from schakel.storage.uitvoer.uitschrijven import write_out
from tests.databases import copied
from tests.edge.overname.conftest import Verhuizer
from tests.edge.overname.inboedel import BSN, inboedel, uuid
from tests.edge.overname.open_klant import OpenKlant

EXPORT_KEY, OTHER_HOUSE = b"e" * 32, Kluis(b"o" * 32)
ORIGINEEL = """insert into origineel (id, kanaal, envelop, inhoud, ontvangen_op, vervalt_op)
               values (gen_random_uuid(), 'e-mail', '{}', $1, now(), current_date)"""


def quiet(_: str) -> None:
    """Say nothing."""


async def filled(verhuizer: Verhuizer) -> str:
    """The address of a database with a register and an origineel in it."""
    await verhuizer.move(OpenKlant(inboedel()))
    async with verhuizer.db.connection() as connection:
        await connection.execute(ORIGINEEL, b"From: a\r\n\r\n\x00\xff")
    return verhuizer.db.url


async def test_what_goes_out_comes_back_equal_under_another_key_of_the_house(
    verhuizer: Verhuizer, tmp_path: Path, template_url: str
) -> None:
    url = await filled(verhuizer)
    first = await write_out(url, tmp_path / "a", Geheimen(verhuizer.kluis, EXPORT_KEY), quiet)

    async with copied("sjabloon") as name:
        there = template_url.rpartition("/")[0] + f"/{name}"
        await read_back(there, tmp_path / "a", Geheimen(OTHER_HOUSE, EXPORT_KEY), quiet)
        again = await write_out(there, tmp_path / "b", Geheimen(OTHER_HOUSE, EXPORT_KEY), quiet)
        connection = await asyncpg.connect(there)
        find = "select partij_id from partij_identificator where blind = $1"
        found = await connection.fetchval(find, OTHER_HOUSE.blind("bsn", BSN))
        number = await connection.fetchval("select nextval('interne_taak_volgnummer')")
        counted = await connection.fetchval("select sum(aantal) from telling where tabel = 'klantcontact'")
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            await connection.execute("insert into naamdeel values ('x', gen_random_uuid())")
        await connection.close()

    assert [(d.naam, d.regels, d.sha256) for d in again.tabellen] == [
        (d.naam, d.regels, d.sha256) for d in first.tabellen
    ]
    assert again.bestanden == first.bestanden
    assert again.bestanden.regels == 1
    assert found == uuid("partijen", 0)
    assert number == 7002
    assert counted == 40


async def test_a_bsn_is_readable_only_when_somebody_says_so(verhuizer: Verhuizer, tmp_path: Path) -> None:
    url = await filled(verhuizer)

    await write_out(url, tmp_path / "dicht", Geheimen(verhuizer.kluis, EXPORT_KEY), quiet)
    await write_out(url, tmp_path / "open", Geheimen(verhuizer.kluis, None), quiet)

    def has_bsn(folder: Path) -> list[str]:
        return [path.name for path in folder.rglob("*") if path.is_file() and BSN.encode() in path.read_bytes()]

    assert has_bsn(tmp_path / "dicht") == []
    assert has_bsn(tmp_path / "open") == ["partij_identificator.ndjson"]
    assert read_manifest(tmp_path / "open").bsn == "leesbaar"


async def test_that_everything_left_is_in_the_logboek(verhuizer: Verhuizer, tmp_path: Path) -> None:
    url = await filled(verhuizer)

    await write_out(url, tmp_path / "a", Geheimen(verhuizer.kluis, EXPORT_KEY), quiet)

    assert await verhuizer.value("select count(*) from verwerking where activiteit = 'alles exporteren'") == 1


async def test_every_table_with_data_leaves(verhuizer: Verhuizer, tmp_path: Path) -> None:
    url = await filled(verhuizer)

    manifest = await write_out(url, tmp_path / "a", Geheimen(verhuizer.kluis, EXPORT_KEY), quiet)

    names = {deel.naam for deel in manifest.tabellen if deel.regels}
    assert {"partij", "klantcontact", "interactie", "origineel", "verwerking", "team", "overname"} <= names
    line = (tmp_path / "a" / "tabellen" / "origineel.ndjson").read_text().splitlines()[0]
    assert (tmp_path / "a" / json.loads(line)["inhoud"]).read_bytes() == b"From: a\r\n\r\n\x00\xff"


async def test_a_changed_file_a_wrong_key_and_a_used_database_are_refused(
    verhuizer: Verhuizer, tmp_path: Path, template_url: str
) -> None:
    url = await filled(verhuizer)
    secrets = Geheimen(verhuizer.kluis, EXPORT_KEY)
    await write_out(url, tmp_path / "a", secrets, quiet)

    with pytest.raises(NotEmpty):
        await read_back(url, tmp_path / "a", secrets, quiet)
    with pytest.raises(OtherKey):
        await read_back(url, tmp_path / "a", Geheimen(verhuizer.kluis, b"x" * 32), quiet)
    assert check_files(tmp_path / "a", quiet)
    team = tmp_path / "a" / "tabellen" / "team.ndjson"
    team.write_text(team.read_text().replace("KCC", "KCX"))
    assert not check_files(tmp_path / "a", quiet)
    with pytest.raises(NotAnExport):
        await read_back(url, tmp_path / "a", secrets, quiet)
