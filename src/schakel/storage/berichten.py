# SPDX-License-Identifier: EUPL-1.2
"""Outgoing berichten and their attempts in PostgreSQL."""

from datetime import datetime, timedelta
from uuid import UUID

from schakel.begrippen.bericht import Bezorging, BezorgUitkomst
from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.werk import NieuwBericht, TeVerzenden
from schakel.kit.text import clean
from schakel.storage.bewijs import add_bewijsregel
from schakel.storage.jobs import enqueue
from schakel.storage.pool import Connection


class SqlBerichten:
    """Fills kanaalintegratie's port `Berichten`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, bericht: NieuwBericht) -> bool:
        tag = await self._connection.execute(
            """insert into bericht (id, interactie_id, berichttype, inhoudsklasse, kanaal, aan, onderwerp, tekst,
                 volledig, kenmerk, token, antwoord_op, automatisch, actor_id, verstuursleutel, redenen, status,
                 opgesteld_op)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
               on conflict (verstuursleutel) do nothing""",
            bericht.id,
            bericht.interactie_id,
            bericht.berichttype,
            bericht.inhoudsklasse,
            bericht.kanaal,
            bericht.aan,
            clean(bericht.onderwerp),
            clean(bericht.tekst),
            clean(bericht.volledig),
            bericht.kenmerk,
            bericht.token,
            list(bericht.antwoord_op),
            bericht.automatisch,
            bericht.actor_id,
            bericht.verstuursleutel,
            list(bericht.redenen),
            bericht.status,
            bericht.opgesteld_op,
        )
        if tag != "INSERT 0 1":
            return False
        await add_bewijsregel(
            self._connection, bericht.interactie_id, "opgesteld", bericht.opgesteld_op, bericht.volledig, bericht.id
        )
        return True

    async def last_bevestiging(self, aan: str) -> datetime | None:
        found: datetime | None = await self._connection.fetchval(
            """select opgesteld_op from bericht where aan = $1 and berichttype = 'ontvangstbevestiging'
               order by opgesteld_op desc limit 1""",
            aan,
        )
        return found

    async def begin_attempt(self, bericht_id: UUID, at: datetime) -> TeVerzenden | None:
        row = await self._connection.fetchrow(
            """update bericht set status = 'onderweg', pogingen = pogingen + 1
               where id = $1 and status in ('klaar', 'onderweg', 'onbekend')
               returning id, interactie_id, kanaal, aan, onderwerp, tekst, kenmerk, token, antwoord_op, automatisch,
                         pogingen as poging, onbekend as eerder_onbekend""",
            bericht_id,
        )
        if row is None:
            return None
        await self._connection.execute(
            """update bezorging set geeindigd_op = $2, toelichting = 'Afgebroken; wij weten niet of het aankwam.'
               where bericht_id = $1 and geeindigd_op is null""",
            bericht_id,
            at,
        )
        await self._connection.execute(
            "insert into bezorging (bericht_id, poging, begonnen_op) values ($1, $2, $3)", bericht_id, row["poging"], at
        )
        values = dict(row)
        values["kanaal"] = Kanaal(values["kanaal"])
        values["antwoord_op"] = tuple(values["antwoord_op"])
        return TeVerzenden(**values)

    async def end_attempt(self, verzending: TeVerzenden, bezorging: Bezorging, status: str, at: datetime) -> None:
        await self._connection.execute(
            """update bezorging set geeindigd_op = $3, uitkomst = $4, toelichting = $5
               where bericht_id = $1 and poging = $2""",
            verzending.id,
            verzending.poging,
            at,
            bezorging.uitkomst,
            clean(bezorging.toelichting)[:500],
        )
        await self._connection.execute(
            """update bericht set status = $2, bezorgd_op = case when $2 = 'bezorgd' then $3::timestamptz end,
                 onbekend = onbekend + $4
               where id = $1""",
            verzending.id,
            status,
            at,
            int(bezorging.uitkomst is BezorgUitkomst.ONBEKEND),
        )
        await add_bewijsregel(
            self._connection, verzending.interactie_id, bezorging.uitkomst, at, verzending.kenmerk, verzending.id
        )

    async def send_later(self, bericht_id: UUID, wait: timedelta) -> None:
        await enqueue(self._connection, "verzend", bericht_id.bytes, delay=wait or None)
