# SPDX-License-Identifier: EUPL-1.2
"""Concepts, presence, regie and overdracht in PostgreSQL."""

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from schakel.kit.errors import InvalidInput
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
        tag: str = await self._connection.execute(
            """update interactie set regiehouder = $2, laatste_op = $3, versie = versie + 1
               where id = $1 and (regiehouder is null or regiehouder = $2) and not exists (
                 select from werkitem where interactie_id = $1 and stand = 'aangeboden' and actor_id <> $2)""",
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

    async def offer(self, interactie_id: UUID, actor_id: UUID, naar_team: str, reden: str, at: datetime) -> UUID:
        overdracht_id = new_id()
        try:
            await self._connection.execute(
                """insert into overdracht (id, interactie_id, van_actor, van_team, naar_team, reden, aangeboden_op)
                   select $1, id, $2, team, $3, $4, $5 from interactie where id = $6""",
                overdracht_id,
                actor_id,
                naar_team,
                clean(reden),
                at,
                interactie_id,
            )
        except asyncpg.ForeignKeyViolationError:
            raise InvalidInput({"team": "Dit team kennen wij niet. Kies een team uit de lijst."}) from None
        return overdracht_id

    async def decide_offer(self, overdracht_id: UUID, actor_id: UUID, status: str, at: datetime) -> UUID | None:
        row = await self._connection.fetchrow(
            """update overdracht set status = $2, besloten_op = $3, besloten_door = $4
               where id = $1 and status = 'aangeboden' returning interactie_id, naar_team""",
            overdracht_id,
            status,
            at,
            actor_id,
        )
        if row is None:
            return None
        if status == "geaccepteerd":  # EO-3: until then it stays where it was
            await self._connection.execute(
                """update interactie set team = $2, regiehouder = $3, laatste_op = $4, versie = versie + 1
                   where id = $1""",
                row["interactie_id"],
                row["naar_team"],
                actor_id,
                at,
            )
        interactie_id: UUID = row["interactie_id"]
        return interactie_id

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
