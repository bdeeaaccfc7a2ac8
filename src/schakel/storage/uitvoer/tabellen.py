# SPDX-License-Identifier: EUPL-1.2
"""Tabellen: what leaves: every table that holds data, in a fixed order, and which of its columns need care."""

from dataclasses import dataclass

from schakel.storage.pool import Connection

#: What stays behind: it says nothing tomorrow, or is counted again by itself.
BLIJFT = frozenset({
    "alembic_version", "sessie", "pogingteller", "aanwezigheid", "idempotentie", "telling", "proefpostbus",
    "pgqueuer_log", "pgqueuer_statistics", "pgqueuer_schedules", "overname_rij", "overname_gezien",
})  # fmt: skip
#: Large content that leaves as a file of its own.
BESTANDEN = {("origineel", "inhoud"): "originelen", ("bijlage", "inhoud"): "bijlagen"}


@dataclass(frozen=True, slots=True)
class Tabel:
    """A table: its plain columns, those that are ciphertext, the one that is a file, and its key."""

    naam: str
    plain: tuple[str, ...]
    cijfers: tuple[str, ...]
    bestand: str
    sleutel: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.plain, *self.cijfers, *((self.bestand,) if self.bestand else ()), *self.blind)

    @property
    def blind(self) -> tuple[str, ...]:
        """Found again by the key of the house that reads it back."""
        return ("blind",) if self.naam == "partij_identificator" else ()


async def read_tabellen(connection: Connection) -> list[Tabel]:
    """All that leave, by name."""
    rows = await connection.fetch(
        """select c.relname as naam, array_agg(a.attname::text order by a.attnum) as kolommen, coalesce(
             (select array_agg(k.attname::text order by p.plaats) from pg_index i, unnest(i.indkey::int[])
                with ordinality p (nummer, plaats) join pg_attribute k on k.attnum = p.nummer
              where i.indrelid = c.oid and i.indisprimary and k.attrelid = c.oid), '{}') as sleutel
           from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
           where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
           group by c.oid, c.relname order by c.relname"""
    )
    return [_tabel(row["naam"], row["kolommen"], row["sleutel"]) for row in rows if row["naam"] not in BLIJFT]


def _tabel(naam: str, kolommen: list[str], sleutel: list[str]) -> Tabel:
    cijfers = tuple(name for name in kolommen if name.endswith("cijfer"))
    bestand = next((name for name in kolommen if (naam, name) in BESTANDEN), "")
    apart = {*cijfers, bestand, *(("blind",) if naam == "partij_identificator" else ())}
    return Tabel(naam, tuple(name for name in kolommen if name not in apart), cijfers, bestand, tuple(sleutel))
