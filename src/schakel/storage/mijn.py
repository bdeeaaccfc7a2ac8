# SPDX-License-Identifier: EUPL-1.2
"""What an inwoner reads of his own: one statement per screen, and nothing that is not proved to be his."""

from datetime import datetime
from uuid import UUID

import msgspec

from schakel.begrippen.virusoordeel import Virusoordeel
from schakel.kanaalintegratie.mijn import EigenBericht, Klantvoorkeuren, Overzicht, Verloop
from schakel.kit.errors import NotFound
from schakel.kit.ids import new_id
from schakel.kit.text import clean
from schakel.relatiebeheer.partijen import searchable_address
from schakel.storage.bewijs import add_bewijsregel
from schakel.storage.pool import Connection, Database

_HIS = "i.partij_id = $1 and i.vastgesteld"  # invariant 6: an address or a name makes nothing his
GEOPEND = "geopend"

_INTERACTIE = """
  'id', i.id, 'nummer', i.nummer, 'onderwerp', i.onderwerp, 'product', i.product, 'status', i.status,
  'begonnen_op', i.begonnen_op, 'laatste_op', i.laatste_op, 'belofte_tekst', i.belofte_tekst,
  'belofte_op', i.belofte_op, 'stil_sinds', i.stil_sinds, 'verzoek', coalesce(v.status, ''),
  'uitkomst', coalesce(v.uitkomst, '')"""

_VERZOEK = """left join lateral
  (select status, uitkomst from verzoek where interactie_id = i.id order by id limit 1) v on true"""

# Of a personal bericht the subject that was sent only says that it lies ready.
_BERICHT = f"""select b.id, b.interactie_id, i.nummer, b.kanaal, b.opgesteld_op,
  coalesce((select g.onderwerp from gespreksbijdrage g
            where g.kenmerk = b.kenmerk and g.interactie_id = b.interactie_id limit 1), b.onderwerp) as onderwerp,
  b.inhoudsklasse <> 'algemeen' as persoonlijk,
  (select min(w.moment) from bewijsregel w
   where w.interactie_id = b.interactie_id and w.bericht_id = b.id and w.soort = '{GEOPEND}') as geopend_op"""

_OVERZICHT = f"""
select json_build_object(
  'interacties', coalesce((select json_agg(x.i order by x.op desc) from
    (select json_build_object({_INTERACTIE}) as i, i.laatste_op as op from interactie i {_VERZOEK}
     where {_HIS} order by i.laatste_op desc limit 50) x), '[]'),
  'berichten', coalesce((select json_agg(x order by x.opgesteld_op desc) from
    ({_BERICHT} from bericht b join interactie i on i.id = b.interactie_id
     where {_HIS} order by b.opgesteld_op desc limit 20) x), '[]'))::text"""

_VERLOOP = f"""
select json_build_object(
  'interactie', json_build_object({_INTERACTIE}),
  'bijdragen', coalesce((select json_agg(json_build_object(
      'kanaal', g.kanaal, 'richting', g.richting, 'tijdstip', g.tijdstip, 'onderwerp', g.onderwerp,
      'tekst', g.tekst,
      'bijlagen', coalesce((select json_agg(json_build_object('id', x.id, 'naam', x.naam, 'grootte', x.grootte))
                            from bijlage x where x.gespreksbijdrage_id = g.id), '[]')) order by g.volgnummer desc)
    from gespreksbijdrage g where g.interactie_id = i.id and g.richting in ('in', 'uit')), '[]'))::text
from interactie i {_VERZOEK} where i.id = $2 and {_HIS}"""

_STANDAARD = """
select coalesce(max(adres) filter (where soort = 'email'), '') as email,
       coalesce(max(adres) filter (where soort = 'telefoonnummer'), '') as telefoon
from digitaal_adres where partij_id = $1 and is_standaard"""


class SqlMijn:
    """Fills kanaalintegratie's port `Eigen`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def overzicht(self, partij_id: UUID) -> Overzicht:
        async with self._database.connection() as connection:
            return msgspec.json.decode(await connection.fetchval(_OVERZICHT, partij_id), type=Overzicht)

    async def verloop(self, partij_id: UUID, interactie_id: UUID) -> Verloop:
        async with self._database.connection() as connection:
            found = await connection.fetchval(_VERLOOP, partij_id, interactie_id)
        if found is None:
            raise NotFound
        return msgspec.json.decode(found, type=Verloop)

    async def bericht(self, partij_id: UUID, bericht_id: UUID, at: datetime) -> EigenBericht:
        async with self._database.transaction() as connection:
            row = await connection.fetchrow(
                f"""{_BERICHT}, coalesce(nullif(b.volledig, ''), b.tekst) as tekst
                    from bericht b join interactie i on i.id = b.interactie_id
                    where b.id = $2 and {_HIS} for update of b""",
                partij_id,
                bericht_id,
            )
            if row is None:
                raise NotFound
            bericht = EigenBericht(**dict(row))
            if bericht.geopend_op is None:  # Awb 2:25: when it was opened can be proved
                await add_bewijsregel(connection, bericht.interactie_id, GEOPEND, at, bericht.tekst, bericht.id)
        return bericht

    async def bijlage(self, partij_id: UUID, bijlage_id: UUID) -> tuple[str, bytes, Virusoordeel]:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(
                f"""select b.naam, b.inhoud, b.controle from bijlage b join interactie i on i.id = b.interactie_id
                    where b.id = $2 and {_HIS}""",
                partij_id,
                bijlage_id,
            )
        if row is None:
            raise NotFound
        return row["naam"], row["inhoud"], Virusoordeel(row["controle"])

    async def belofte(self, interactie_id: UUID) -> str:
        async with self._database.connection() as connection:
            found = await connection.fetchval("select belofte_tekst from interactie where id = $1", interactie_id)
        if found is None:
            raise NotFound
        return str(found)

    async def wisselcode_tot(self, digest: bytes, interactie_id: UUID, at: datetime) -> datetime | None:
        async with self._database.connection() as connection:
            tot: datetime | None = await connection.fetchval(
                """select geldig_tot from wisselcode
                   where digest = $1 and interactie_id = $2 and gebruikt_op is null and geldig_tot > $3""",
                digest,
                interactie_id,
                at,
            )
        return tot

    async def voorkeuren(self, partij_id: UUID) -> Klantvoorkeuren:
        async with self._database.connection() as connection:
            row = await connection.fetchrow(
                f"""select p.voorkeur, p.aanspreekvorm, d.email, d.telefoon
                    from partij p cross join ({_STANDAARD}) d where p.id = $1""",
                partij_id,
            )
        if row is None:
            raise NotFound
        return Klantvoorkeuren(**dict(row))

    async def change(self, partij_id: UUID, voorkeuren: Klantvoorkeuren, at: datetime) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                """update partij set voorkeur = $2, aanspreekvorm = $3, gewijzigd_op = $4, versie = versie + 1
                   where id = $1""",
                partij_id,
                clean(voorkeuren.voorkeur),
                clean(voorkeuren.aanspreekvorm),
                at,
            )
            await _set_adres(connection, partij_id, "email", clean(voorkeuren.email), at)
            await _set_adres(connection, partij_id, "telefoonnummer", clean(voorkeuren.telefoon), at)


async def _set_adres(connection: Connection, partij_id: UUID, soort: str, adres: str, at: datetime) -> None:
    """One standard address of this soort; another one than before is not proved."""
    await connection.execute(
        "delete from digitaal_adres where partij_id = $1 and soort = $2 and is_standaard and adres <> $3",
        partij_id,
        soort,
        adres,
    )
    if adres:
        await connection.execute(
            """insert into digitaal_adres (id, partij_id, soort, adres, zoekadres, is_standaard, verstrekt_op)
               select $1, $2, $3, $4, $5, true, $6
               where not exists (select from digitaal_adres where partij_id = $2 and soort = $3 and is_standaard)""",
            new_id(),
            partij_id,
            soort,
            adres,
            searchable_address(adres),
            at,
        )
