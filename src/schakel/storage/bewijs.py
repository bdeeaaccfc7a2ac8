# SPDX-License-Identifier: EUPL-1.2
"""Bewijsregels: that something was received, composed or delivered, as a salted digest that erasure can break."""

import hashlib
import os
from datetime import datetime
from uuid import UUID

from schakel.storage.pool import Connection


async def add_bewijsregel(
    connection: Connection,
    interactie_id: UUID,
    soort: str,
    at: datetime,
    inhoud: str,
    bericht_id: UUID | None = None,
) -> None:
    """Append one line; the content itself is not in it (Wmebv: proof without a second copy)."""
    zout = os.urandom(16)
    await connection.execute(
        """insert into bewijsregel (interactie_id, bericht_id, soort, moment, zout, digest)
           values ($1, $2, $3, $4, $5, $6)""",
        interactie_id,
        bericht_id,
        soort,
        at,
        zout,
        hashlib.sha256(zout + inhoud.encode()).digest(),
    )
