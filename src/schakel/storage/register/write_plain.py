# SPDX-License-Identifier: EUPL-1.2
"""Plain: the writes that clients do most, in one statement with their answer and their line, without a transaction."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from schakel.relatiebeheer.register.invoer import read_invoer
from schakel.relatiebeheer.register.maak import read_maak
from schakel.relatiebeheer.register.poorten import Write
from schakel.relatiebeheer.register.regels import REGELS
from schakel.storage.register import write_maak, write_partijen
from schakel.storage.register.write_context import Writing
from schakel.storage.register.write_references import look_up
from schakel.storage.register.write_together import Insert, insert_of


@dataclass(frozen=True, slots=True)
class Birth:
    """What will be there: each object of the answer by its name, and the rows that make it."""

    objects: Mapping[str, tuple[str, UUID | None]]
    inserts: Sequence[Insert]


async def _partij(writing: Writing, body: Mapping[str, Any]) -> Birth:
    resource = writing.resource("partijen")
    invoer = read_invoer(resource, body)
    REGELS[resource.name](invoer)
    partij_id, inserts = await write_partijen.plain_partij(writing, resource, invoer)
    return Birth({"partij": (resource.name, partij_id)}, inserts)


async def _maak(writing: Writing, body: Mapping[str, Any]) -> Birth:
    vraag = read_maak(writing.api.resources, body)
    write_maak.judge(vraag, await look_up(writing, vraag.whole, write_maak.references_of(writing, vraag)))
    made, rows = write_maak.rows_of(writing, vraag)
    return Birth(made, [insert_of(table, several) for table, several in rows.items()])


#: By resource: whether a body asks for nothing more, and how it is read.
_PLAIN: Mapping[
    str, tuple[Callable[[Mapping[str, Any]], bool], Callable[[Writing, Mapping[str, Any]], Awaitable[Birth]]]
] = {
    "partijen": (write_partijen.is_plain, _partij),
    write_maak.MAAK_KLANTCONTACT: (write_maak.is_plain, _maak),
}
_GUARDED = ("vertrouwelijk", "indicatieGeheimhouding")


def is_plain(write: Write) -> bool:
    """Nothing that may have to be undone after it was written: no key to keep, nothing its writer may not see."""
    if write.uuid is not None or write.resource not in _PLAIN or "idempotency-key" in write.headers:
        return False
    inner = (write.body, write.body.get("klantcontact"))
    guarded = any(isinstance(one, Mapping) and one.get(name) for one in inner for name in _GUARDED)
    return not guarded and _PLAIN[write.resource][0](write.body)


async def prepare_birth(writing: Writing, write: Write) -> Birth:
    """Raises Refused with everything that is wrong."""
    return await _PLAIN[write.resource][1](writing, write.body)
