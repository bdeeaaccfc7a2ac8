# SPDX-License-Identifier: EUPL-1.2
"""Onderwerpobjecten that take their klantcontact along when they are erased."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from schakel.kit.projection import Resource
from schakel.storage.register.write_context import Writing
from schakel.storage.register.write_klantcontacten import erase_klantcontact
from schakel.storage.register.write_rows import erase, locked

_OTHERS = """
select exists (select from onderwerpobject where id <> $2 and (klantcontact_id = $1 or was_klantcontact_id = $1))"""


async def erase_with_klantcontact(writing: Writing, resource: Resource, row: asyncpg.Record) -> Sequence[UUID]:
    """The klantcontacten that stay, because another onderwerpobject is about them too."""
    connection, klantcontact_id = writing.connection, row["klantcontact_id"]
    if klantcontact_id is None:
        await erase(writing, resource, row["id"])
        return []
    klantcontacten = writing.resource("klantcontacten")
    klantcontact = await locked(writing, klantcontacten, klantcontact_id)
    shared = await connection.fetchval(_OTHERS, klantcontact_id, row["id"])
    await erase(writing, resource, row["id"])
    if shared:
        return [klantcontact_id]
    adressen = await connection.fetch(
        """select d.id from digitaal_adres d join betrokkene b on b.id = d.betrokkene_id
           where b.klantcontact_id = $1 and d.partij_id is null""",
        klantcontact_id,
    )
    for adres in adressen:
        await erase(writing, writing.resource("digitaleadressen"), adres["id"])
    await erase_klantcontact(writing, klantcontacten, klantcontact)
    return []
