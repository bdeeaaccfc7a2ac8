# SPDX-License-Identifier: EUPL-1.2
"""Overdrachten in PostgreSQL. The Interactie is locked first, as everywhere."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from schakel.kanaalintegratie.overdracht import Contextbundel, NieuweOverdracht, Overdrachtsoort, Verlopen
from schakel.kit.errors import Conflict, InvalidInput
from schakel.kit.ids import new_id
from schakel.kit.text import clean
from schakel.storage.pool import Connection

_BUNDEL = """
select count(g.id) filter (where g.richting <> 'intern') as bijdragen,
       count(g.id) filter (where g.richting = 'intern') as notities,
       (select count(*) from bijlage b where b.interactie_id = $1) as bijlagen, i.belofte_op is not null as belofte,
       i.vastgesteld, i.proces_id is not null as proces,
       exists (select from antwoordconcept c
               where c.interactie_id = $1 and c.actor_id = $2 and c.tekst <> '') as concept
from interactie i left join gespreksbijdrage g on g.interactie_id = i.id where i.id = $1 group by i.id"""


class SqlOverdrachten:
    """Fills kanaalintegratie's port `Overdrachten`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def offer(self, nieuw: NieuweOverdracht) -> UUID:
        naar_team, naar_actor = nieuw.naar_team, None
        if nieuw.soort is Overdrachtsoort.TERUGLEG:
            naar_team, naar_actor = await self._came_from(nieuw.interactie_id)
        row = await self._connection.fetchrow(_BUNDEL, nieuw.interactie_id, nieuw.van_actor)
        assert row is not None
        overdracht_id = new_id()
        try:
            await self._connection.execute(
                """insert into overdracht (id, interactie_id, van_actor, van_team, naar_team, naar_actor, soort, reden,
                     bundel, aangeboden_op, tot)
                   select $1, id, $2, team, $3, $4, $5, $6, $7, $8, $9 from interactie where id = $10""",
                overdracht_id,
                nieuw.van_actor,
                naar_team,
                naar_actor,
                nieuw.soort,
                clean(nieuw.reden),
                msgspec.json.encode(Contextbundel(**row)).decode(),
                nieuw.op,
                nieuw.tot,
                nieuw.interactie_id,
            )
        except asyncpg.ForeignKeyViolationError:
            raise InvalidInput({"team": "Dit team kennen wij niet. Kies een team uit de lijst."}) from None
        except asyncpg.UniqueViolationError:
            raise Conflict("Deze vraag is al aangeboden. Wacht op het antwoord.") from None
        return overdracht_id

    async def _came_from(self, interactie_id: UUID) -> tuple[str, UUID | None]:
        row = await self._connection.fetchrow(
            """select o.van_team, o.van_actor from overdracht o join interactie i on i.id = o.interactie_id
               where o.interactie_id = $1 and o.status = 'geaccepteerd' and o.naar_team = i.team
               order by o.besloten_op desc limit 1""",
            interactie_id,
        )
        if row is None:
            raise Conflict("Deze vraag kwam niet van een ander team.")
        return row["van_team"], row["van_actor"]

    async def accept(self, overdracht_id: UUID, actor_id: UUID, at: datetime) -> UUID | None:
        row = await self._decide(overdracht_id, "geaccepteerd", actor_id, "", at)
        if row is None:
            return None
        interactie_id: UUID = row["interactie_id"]
        await self._connection.execute(  # EO-3: team and regiehouder in one, so that it is never nobody's
            "update interactie set team = $2, regiehouder = $3, laatste_op = $4, versie = versie + 1 where id = $1",
            interactie_id,
            row["naar_team"],
            actor_id,
            at,
        )
        await self._connection.execute(
            """insert into antwoordconcept (interactie_id, actor_id, tekst, bewaard_op)
               select interactie_id, $3, tekst, $4 from antwoordconcept where interactie_id = $1 and actor_id = $2
               on conflict do nothing""",
            interactie_id,
            row["van_actor"],
            actor_id,
            at,
        )
        return interactie_id

    async def refuse(self, overdracht_id: UUID, actor_id: UUID, antwoord: str, at: datetime) -> UUID | None:
        row = await self._decide(overdracht_id, "geweigerd", actor_id, antwoord, at)
        return row["interactie_id"] if row else None

    async def _decide(
        self, overdracht_id: UUID, status: str, actor_id: UUID, antwoord: str, at: datetime
    ) -> asyncpg.Record | None:
        await self._connection.execute(
            "select from interactie where id = (select interactie_id from overdracht where id = $1) for update",
            overdracht_id,
        )
        found: asyncpg.Record | None = await self._connection.fetchrow(
            """update overdracht set status = $2, besloten_op = $3, besloten_door = $4, antwoord = $5
               where id = $1 and status = 'aangeboden' and tot > $3 returning interactie_id, naar_team, van_actor""",
            overdracht_id,
            status,
            at,
            actor_id,
            clean(antwoord),
        )
        return found

    async def expire_one(self, at: datetime) -> Verlopen | None:
        row = await self._connection.fetchrow(
            """update overdracht set status = 'verlopen', besloten_op = $1 where id = (
                 select id from overdracht where status = 'aangeboden' and tot <= $1 order by tot limit 1
                 for update skip locked)
               returning interactie_id, (select naam from team where sleutel = naar_team) as naar_team""",
            at,
        )
        return Verlopen(**row) if row else None
