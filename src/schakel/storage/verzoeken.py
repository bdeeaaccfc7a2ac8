# SPDX-License-Identifier: EUPL-1.2
"""Verzoeken in PostgreSQL: what a klant asks, from half-filled draft to outcome."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from schakel.begrippen.gespreksbijdrage import Bijlage
from schakel.kanaalintegratie.verzoek import Verzoek, Verzoekbijlage, Waarde
from schakel.kit.errors import Conflict, NotFound
from schakel.storage.bijlagen import add_bijlage
from schakel.storage.pool import Connection

_FIELDS = "id, interactie_id, product, soort, status, gegevens, uitkomst, ingediend_op, gewijzigd_op, versie"
_GEGEVENS = msgspec.json.Decoder(dict[str, Waarde])


class SqlVerzoeken:
    """Fills kanaalintegratie's port `Verzoeken`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, verzoek_id: UUID, interactie_id: UUID, product: str, at: datetime) -> None:
        await self._connection.execute(
            """insert into verzoek (id, interactie_id, product, status, gewijzigd_op)
               values ($1, $2, $3, 'concept', $4)""",
            verzoek_id,
            interactie_id,
            product,
            at,
        )

    async def concept_of(self, partij_id: UUID, product: str) -> UUID | None:
        found: UUID | None = await self._connection.fetchval(
            """select v.interactie_id from verzoek v join interactie i on i.id = v.interactie_id
               where i.partij_id = $1 and i.vastgesteld and v.product = $2 and v.status = 'concept'
               order by v.gewijzigd_op desc limit 1""",
            partij_id,
            product,
        )
        return found

    async def add_bijlage(self, verzoek: Verzoek, veld: str, bijlage: Bijlage, at: datetime) -> None:
        await self._connection.execute("delete from bijlage where verzoek_id = $1 and veld = $2", verzoek.id, veld)
        await add_bijlage(self._connection, verzoek.interactie_id, bijlage, at, verzoek_id=verzoek.id, veld=veld)

    async def bijlagen(self, verzoek_id: UUID) -> Sequence[Verzoekbijlage]:
        rows = await self._connection.fetch(
            "select id, veld, naam, mediatype, grootte from bijlage where verzoek_id = $1 order by id", verzoek_id
        )
        return [Verzoekbijlage(**dict(row)) for row in rows]

    async def of_interactie(self, interactie_id: UUID, *, lock: bool = False) -> Verzoek | None:
        row = await self._connection.fetchrow(
            f"""select {_FIELDS} from verzoek where interactie_id = $1
                order by id limit 1{" for update" if lock else ""}""",
            interactie_id,
        )
        if row is None:
            return None
        values = dict(row)
        values["gegevens"] = _GEGEVENS.decode(values["gegevens"])
        return Verzoek(**values)

    async def save(self, verzoek: Verzoek, gegevens: Mapping[str, Waarde], at: datetime) -> int:
        versie = await self._connection.fetchval(
            """update verzoek set gegevens = $3, gewijzigd_op = $4, versie = versie + 1
               where id = $1 and versie = $2 returning versie""",
            verzoek.id,
            verzoek.versie,
            msgspec.json.encode(gegevens).decode(),
            at,
        )
        if versie is None:
            raise Conflict
        return int(versie)

    async def set_status(self, interactie_id: UUID, status: str, uitkomst: str, at: datetime) -> None:
        tag = await self._connection.execute(
            """update verzoek set status = $2, gewijzigd_op = $4,
                 uitkomst = case when $3 = '' then uitkomst else $3 end,
                 ingediend_op = case when $2 = 'ontvangen' then coalesce(ingediend_op, $4) else ingediend_op end,
                 afgehandeld_op = case when $2 = 'afgehandeld' then $4 end
               where interactie_id = $1""",
            interactie_id,
            status,
            uitkomst,
            at,
        )
        if tag == "UPDATE 0":
            raise NotFound
