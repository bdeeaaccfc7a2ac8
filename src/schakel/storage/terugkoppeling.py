# SPDX-License-Identifier: EUPL-1.2
"""Invitations to give feedback, and what klanten answered, in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.feedback import Feedback
from schakel.kanaalintegratie.terugkoppeling import Gevraagd
from schakel.kit.text import clean
from schakel.storage.pool import Connection


class SqlUitnodigingen:
    """Fills kanaalintegratie's port `Uitnodigingen`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, digest: bytes, interactie_id: UUID, kanaal: Kanaal, at: datetime) -> None:
        await self._connection.execute(
            "insert into feedback (digest, interactie_id, kanaal, uitgenodigd_op) values ($1, $2, $3, $4)",
            digest,
            interactie_id,
            kanaal,
            at,
        )

    async def last_asked(self, interactie_id: UUID) -> datetime | None:
        found: datetime | None = await self._connection.fetchval(
            """select max(f.uitgenodigd_op) from feedback f join interactie i on i.id = f.interactie_id
               where i.partij_id = (select partij_id from interactie where id = $1)""",
            interactie_id,
        )
        return found

    async def get(self, digest: bytes, *, lock: bool = False) -> Gevraagd | None:
        row = await self._connection.fetchrow(
            f"""select f.interactie_id, i.nummer, i.onderwerp, f.gegeven_op
                from feedback f join interactie i on i.id = f.interactie_id
                where f.digest = $1{" for update of f" if lock else ""}""",
            digest,
        )
        return Gevraagd(**dict(row)) if row else None

    async def give(self, digest: bytes, feedback: Feedback, at: datetime) -> None:
        await self._connection.execute(
            """update feedback set gegeven_op = $2, vertrouwen = $3, persoonlijk = $4, gemak = $5, beantwoord = $6,
                 woorden = $7 where digest = $1""",
            digest,
            at,
            feedback.vertrouwen,
            feedback.persoonlijke_benadering,
            feedback.gemak,
            {True: "ja", False: "nee", None: ""}[feedback.beantwoord],
            clean(feedback.toelichting),
        )
