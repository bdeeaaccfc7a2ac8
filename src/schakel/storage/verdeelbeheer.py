# SPDX-License-Identifier: EUPL-1.2
"""What a teamleider sees and changes of verdeling: rules with their versions, capaciteit, decisions."""

from datetime import datetime

import msgspec

from schakel.kanaalintegratie.verdeling.regels import Verdeelregels
from schakel.storage.pool import Database


async def prepare_verdeelregels(database: Database, at: datetime, regels: Verdeelregels) -> None:
    """A first version, where there is none."""
    async with database.connection() as connection:
        await connection.execute(
            """insert into verdeelregels (regels, vanaf, reden) select $1, $2, 'Zoals Schakel ze meebrengt'
               where not exists (select from verdeelregels)""",
            msgspec.json.encode(regels).decode(),
            at,
        )
