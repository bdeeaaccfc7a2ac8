# SPDX-License-Identifier: EUPL-1.2
"""Writing the demo: COPY per table, in one transaction, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from schakel.dienstverlening.lindewaard.contacten import generate
from schakel.storage.crypto import Kluis
from schakel.storage.pool import Database
from schakel.storage.seed.rows import COLUMNS, Tables, double_rows, organisation_rows, people_rows, year_rows


async def seed(database: Database, kluis: Kluis, until: datetime, prefix: str, progress: Callable[[str], None]) -> bool:
    """Fill an empty database with Lindewaard up to `until`; False when that was done before."""
    async with database.connection() as connection:
        if await connection.fetchval("select waarde from instelling where sleutel = 'seed'"):
            return False
    progress("Inwoners en medewerkers van Lindewaard bedenken")
    tables = Tables()
    organisation_rows(tables)
    people_rows(tables, kluis, until - timedelta(days=400))
    double_rows(tables, until - timedelta(days=30))
    progress("Een jaar contacten bedenken")
    jaar = generate(until)
    year_rows(tables, jaar, prefix)
    async with database.transaction() as connection:
        for table, columns in COLUMNS.items():
            rows = tables.rows.get(table, [])
            progress(f"{table}: {len(rows)} regels")
            await connection.copy_records_to_table(table, records=rows, columns=columns)
        await connection.execute("select setval('interactie_volgnummer', $1)", 10_000)
        await connection.execute("select setval('klantcontact_volgnummer', $1)", 1_000_000)
        await connection.execute("insert into instelling values ('seed', $1)", until.isoformat())
    async with database.connection() as connection:
        await connection.execute("analyze")
    return True
