# SPDX-License-Identifier: EUPL-1.2
"""Partijen and klantcontacten in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from schakel.begrippen.kanaal import Kanaal
from schakel.kit.ids import new_id
from schakel.kit.text import clean, searchable
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.relatiebeheer.klantcontacten import Klantcontact
from schakel.relatiebeheer.partijen import SOORT_ADRES, searchable_address
from schakel.storage.pool import Connection


class SqlPartijen:
    """Fills relatiebeheer's port `Partijen`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def with_address(self, zoekadres: str) -> Sequence[UUID]:
        if not zoekadres:
            return []
        rows = await self._connection.fetch(
            """select distinct p.id from digitaal_adres d join partij p on p.id = d.partij_id
               where d.zoekadres = $1 and not p.zelfstandig and p.actief limit 20""",
            zoekadres,
        )
        return [row["id"] for row in rows]

    async def add_zelfstandig(self, naam: str, at: datetime) -> UUID:
        partij_id = new_id()
        await self._connection.execute(
            """insert into partij (id, soort, zelfstandig, naam, zoeknaam, aangemaakt_op, gewijzigd_op, vervalt_op)
               values ($1, 'persoon', true, $2, $3, $4, $4, $5)""",
            partij_id,
            clean(naam)[:400],
            searchable(clean(naam))[:400],
            at,
            vervalt_op("partij_zelfstandig", at),
        )
        return partij_id


class SqlKlantcontacten:
    """Fills relatiebeheer's port `Klantcontacten`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, klantcontact: Klantcontact) -> str:
        volgnummer = await self._connection.fetchval("select nextval('klantcontact_volgnummer')")
        nummer = f"{volgnummer:010d}"
        await self._connection.execute(
            """insert into klantcontact (id, nummer, interactie_id, kanaal, onderwerp, inhoud,
                 indicatie_contact_gelukt, plaatsgevonden_op, vervalt_op)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
            klantcontact.id,
            nummer,
            klantcontact.interactie_id,
            klantcontact.kanaal,
            clean(klantcontact.onderwerp)[:200],
            clean(klantcontact.inhoud)[:1000],
            klantcontact.gelukt,
            klantcontact.plaatsgevonden_op,
            vervalt_op("klantcontact", klantcontact.plaatsgevonden_op),
        )
        await self._add_betrokkene(klantcontact)
        if klantcontact.actor_id is not None:
            await self._connection.execute(
                "insert into actor_klantcontact (klantcontact_id, actor_id) values ($1, $2)",
                klantcontact.id,
                klantcontact.actor_id,
            )
        return nummer

    async def _add_betrokkene(self, klantcontact: Klantcontact) -> None:
        betrokkene_id = new_id()
        await self._connection.execute(
            """insert into betrokkene (id, klantcontact_id, partij_id, klantrol, naam)
               values ($1, $2, $3, $4, $5)""",
            betrokkene_id,
            klantcontact.id,
            klantcontact.partij_id,
            klantcontact.klantrol,
            clean(klantcontact.afzender.naam)[:400],
        )
        adres = clean(klantcontact.afzender.adres)
        if adres:
            await self._connection.execute(
                """insert into digitaal_adres (id, betrokkene_id, soort, adres, zoekadres, verstrekt_op)
                   values ($1, $2, $3, $4, $5, $6)""",
                new_id(),
                betrokkene_id,
                SOORT_ADRES.get(Kanaal(klantcontact.kanaal), "overig"),
                adres,
                searchable_address(adres),
                klantcontact.plaatsgevonden_op,
            )
