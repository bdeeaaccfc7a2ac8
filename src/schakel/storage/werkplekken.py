# SPDX-License-Identifier: EUPL-1.2
"""Concepts, presence and regie in PostgreSQL."""

from datetime import datetime, timedelta
from uuid import UUID

from schakel.kit.ids import new_id
from schakel.kit.text import clean
from schakel.storage.pool import Connection


class SqlWerkplekken:
    """Fills kanaalintegratie's port `Werkplekken`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def save_concept(self, interactie_id: UUID, actor_id: UUID, tekst: str, at: datetime) -> None:
        await self._connection.execute(
            """insert into antwoordconcept (interactie_id, actor_id, tekst, bewaard_op) values ($1, $2, $3, $4)
               on conflict (interactie_id, actor_id)
               do update set tekst = excluded.tekst, bewaard_op = excluded.bewaard_op,
                 versie = antwoordconcept.versie + 1
               where excluded.bewaard_op >= antwoordconcept.bewaard_op""",
            interactie_id,
            actor_id,
            clean(tekst),
            at,
        )

    async def drop_concept(self, interactie_id: UUID, actor_id: UUID) -> None:
        await self._connection.execute(
            "delete from antwoordconcept where interactie_id = $1 and actor_id = $2", interactie_id, actor_id
        )

    async def be_present(self, interactie_id: UUID, actor_id: UUID, schrijft: bool, at: datetime) -> bool:
        earlier = await self._connection.fetchrow(
            "select schrijft, gezien_op from aanwezigheid where interactie_id = $1 and actor_id = $2",
            interactie_id,
            actor_id,
        )
        await self._connection.execute(
            """insert into aanwezigheid (interactie_id, actor_id, gezien_op, schrijft) values ($1, $2, $3, $4)
               on conflict (interactie_id, actor_id)
               do update set gezien_op = excluded.gezien_op, schrijft = excluded.schrijft""",
            interactie_id,
            actor_id,
            at,
            schrijft,
        )
        return earlier is None or earlier["schrijft"] != schrijft or at - earlier["gezien_op"] > timedelta(seconds=30)

    async def claim(self, interactie_id: UUID, actor_id: UUID, at: datetime) -> bool:
        await self._connection.execute("select from interactie where id = $1 for update", interactie_id)
        # Locked before we look: an offer made in between would have us hold the room of two medewerkers, and hang.
        offered_to = await self._connection.fetchval(
            "select case stand when 'aangeboden' then actor_id end from werkitem where interactie_id = $1 for update",
            interactie_id,
        )
        if offered_to not in (None, actor_id):
            return False
        tag: str = await self._connection.execute(
            """update interactie set regiehouder = $2, laatste_op = $3, versie = versie + 1
               where id = $1 and (regiehouder is null or regiehouder = $2)""",
            interactie_id,
            actor_id,
            at,
        )
        return tag == "UPDATE 1"

    async def identify(self, interactie_id: UUID, partij_id: UUID) -> None:
        await self._connection.execute(
            "update interactie set partij_id = $2, vastgesteld = true, versie = versie + 1 where id = $1",
            interactie_id,
            partij_id,
        )

    async def add_interne_taak(self, interactie_id: UUID, team: str, tekst: str, at: datetime) -> None:
        volgnummer = await self._connection.fetchval("select nextval('interne_taak_volgnummer')")
        await self._connection.execute(
            """insert into interne_taak (id, nummer, interactie_id, klantcontact_id, gevraagde_handeling, team,
                 toegewezen_op)
               values ($1, $2, $3, (select id from klantcontact where interactie_id = $3
                                    order by plaatsgevonden_op desc limit 1), $4, $5, $6)""",
            new_id(),
            f"{volgnummer:010d}",
            interactie_id,
            clean(tekst)[:200],
            team,
            at,
        )

    async def finish_interne_taken(self, interactie_id: UUID, at: datetime) -> None:
        await self._connection.execute(
            """update interne_taak set status = 'verwerkt', afgehandeld_op = $2
               where interactie_id = $1 and status <> 'verwerkt' and team is null and actor_id is null""",
            interactie_id,
            at,
        )
