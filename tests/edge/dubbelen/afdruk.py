# SPDX-License-Identifier: EUPL-1.2
"""Afdruk: all rows of a database in one order, to see that nothing at all is different."""

from schakel.storage.pool import Connection

#: What only ever grows: that something happened stays, also when it was undone.
GROWS = {"wijziging", "verwerking", "samenvoeging", "gebeurtenis", "idempotentie", "alembic_version"}
_TABLES = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind = 'r' order by 1"""


async def afdruk(connection: Connection) -> dict[str, list[str]]:
    """Every table with its rows as text. Counts are added up: in which strook they stand is chance."""
    tables = [row["relname"] for row in await connection.fetch(_TABLES)]
    found = {
        table: [row[0] for row in await connection.fetch(f"select to_jsonb(t)::text from {table} t order by 1")]
        for table in tables
        if table not in GROWS | {"telling"}
    }
    counts = await connection.fetch(
        """select tabel || '/' || deel || '/' || blok || ': ' || sum(aantal) from telling
           group by tabel, deel, blok having sum(aantal) <> 0 order by 1"""
    )
    return found | {"telling": [row[0] for row in counts]}


def differences(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, tuple[set[str], set[str]]]:
    """Per table what went and what came."""
    return {
        table: (set(before[table]) - set(after[table]), set(after[table]) - set(before[table]))
        for table in before
        if before[table] != after[table]
    }
