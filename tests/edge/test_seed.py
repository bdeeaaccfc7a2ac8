# SPDX-License-Identifier: EUPL-1.2
"""The demo in a real database."""

import secrets
from datetime import UTC, datetime

from schakel.dienstverlening.lindewaard.personen import AANTAL, AYLIN_BSN, official
from schakel.kanaalintegratie.lezen import Zoekvraag
from schakel.storage.crypto import Kluis
from schakel.storage.lezen import SqlLezer
from schakel.storage.pool import Database
from schakel.storage.seed import seed
from schakel.storage.seed.rows import DOUBLES

UNTIL = datetime(2026, 11, 24, 14, tzinfo=UTC)


async def test_the_demo_is_written_once_and_holds_no_bsn(db: Database) -> None:
    kluis = Kluis(secrets.token_bytes(32))
    assert await seed(db, kluis, UNTIL, "LW", lambda _: None)
    assert not await seed(db, kluis, UNTIL, "LW", lambda _: None)
    async with db.connection() as connection:
        people = await connection.fetchval("select count(*) from partij where not zelfstandig")
        assert people == AANTAL + DOUBLES
        loose = await connection.fetchval(
            "select count(*) from interactie where status in ('open', 'wacht_op_klant') and belofte_op is null"
        )
        assert loose == 0
        texts = await connection.fetch(
            "select table_name, column_name from information_schema.columns"
            " where table_schema = 'public' and data_type = 'text'"
        )
        for table, column in texts:
            for person in official():
                found = await connection.fetchval(
                    f'select count(*) from "{table}" where position($1 in "{column}") > 0', person.bsn
                )
                assert found == 0, (table, column)
                if person.bsn != AYLIN_BSN:
                    break


async def test_people_are_found_in_spite_of_typos_and_accents(db: Database) -> None:
    await seed(db, Kluis(secrets.token_bytes(32)), UNTIL, "LW", lambda _: None)
    lezer = SqlLezer(db)
    for typed in ("yilmaz aylin", "Aylin Yilmz", "aylin yı"):
        hits = await lezer.zoek(Zoekvraag(woorden=typed))
        assert "Aylin Yılmaz" in [hit.naam for hit in hits[:10]], typed
    assert await lezer.zoek(Zoekvraag()) == []
