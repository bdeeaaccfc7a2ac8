# SPDX-License-Identifier: EUPL-1.2
"""Controle: a page of the register that moved in, held against the rows as our own API shows them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from schakel.kit.projection import Api, Resource
from schakel.relatiebeheer.overname.poorten import Pagina, Verschil
from schakel.relatiebeheer.overname.vergelijken import add_up, differences, fingerprint, is_own
from schakel.storage.crypto import Kluis
from schakel.storage.pool import Connection
from schakel.storage.register.render import Renderer
from schakel.storage.register.where import Names, standing

Rows = Sequence[tuple[UUID, bytes]]
_MARKER = "~overname:"
_TOKEN = re.compile(rb"~overname:([0-9a-f]+)~")
#: More of one kind help nobody; the count of what is equal says how many there are.
_NOT_HERE = "ontbreekt hier"


@dataclass(frozen=True, slots=True)
class Controle:
    """Of one resource, within one transaction."""

    connection: Connection
    kluis: Kluis
    api: Api
    resource: Resource
    overname_id: UUID

    async def not_seen(self, pagina: Pagina) -> Rows:
        """A row that moved to the next page while that was asked for, is held once."""
        rows = await self.connection.fetch(
            """insert into overname_gezien (resource, uuid) select $1, unnest($2::uuid[]) on conflict do nothing
               returning uuid""",
            self.resource.name,
            [uuid for uuid, _ in pagina.rijen],
        )
        fresh = {row["uuid"] for row in rows}
        return [row for row in pagina.rijen if row[0] in fresh]

    async def missing(self, rows: Rows) -> set[UUID]:
        """Those that are not here."""
        asked = [uuid for uuid, _ in rows]
        sql = f"select id from {self.resource.table} where id = any($1)"
        return set(asked) - {row["id"] for row in await self.connection.fetch(sql, asked)}

    async def differing(self, rows: Rows) -> set[UUID]:
        """Those that are here, but not the same."""
        here = await self._here([uuid for uuid, _ in rows])
        pairs = ((uuid, msgspec.json.decode(raw)) for uuid, raw in rows if uuid in here)
        return {uuid for uuid, theirs in pairs if differences(self.resource, theirs, here[uuid])[0]}

    async def hold(self, rows: Rows, number: int, aantal: int) -> list[Verschil]:
        """Add this page to the afdrukken of both sides, and say what differs."""
        here = await self._here([uuid for uuid, _ in rows])
        found: list[Verschil] = []
        there_sum = here_sum = given = 0
        for uuid, raw in rows:
            theirs: Mapping[str, Any] = msgspec.json.decode(raw)
            there_sum += fingerprint(self.resource, uuid, theirs, theirs)
            if uuid not in here:
                found.append(Verschil(self.resource.name, uuid, "hele regel", _NOT_HERE))
                continue
            here_sum += fingerprint(self.resource, uuid, here[uuid], theirs)
            fields, numbers = differences(self.resource, theirs, here[uuid])
            given += numbers
            found += [Verschil(self.resource.name, uuid, name, "is hier anders") for name in fields]
        await self._add(number, aantal, (len(rows), len(here), given), (there_sum, here_sum))
        return found

    async def _add(self, number: int, aantal: int, counts: tuple[int, int, int], sums: tuple[int, int]) -> None:
        row = await self.connection.fetchrow(
            """select bron_afdruk, hier_afdruk from overname_resource
               where overname_id = $1 and resource = $2 for update""",
            self.overname_id,
            self.resource.name,
        )
        assert row is not None  # made when the overname began
        await self.connection.execute(
            """update overname_resource set controlepagina = $3, aantal = $4, vergeleken = vergeleken + $5,
                 hier = hier + $6, toegekend = toegekend + $7, bron_afdruk = $8, hier_afdruk = $9
               where overname_id = $1 and resource = $2""",
            self.overname_id, self.resource.name, number, aantal, *counts,
            add_up(row["bron_afdruk"], sums[0]), add_up(row["hier_afdruk"], sums[1]),
        )  # fmt: skip

    async def _here(self, uuids: Sequence[UUID]) -> dict[UUID, Mapping[str, Any]]:
        rows = await self.connection.fetch(_rendered(self.api.path, self.resource.name, _Key(self.api)), list(uuids))
        return {row["id"]: msgspec.json.decode(self._reveal(row["regel"])) for row in rows}

    def _reveal(self, regel: bytes) -> bytes:
        """With the numbers in place of their tokens: in memory, to be compared."""
        return _TOKEN.sub(lambda found: self.kluis.decrypt(bytes.fromhex(found[1].decode())).encode(), regel)


@dataclass(frozen=True)
class _Key:
    """An Api has mappings in it, which a cache cannot take."""

    api: Api

    def __hash__(self) -> int:
        return hash(self.api.path)


@lru_cache
def _rendered(path: str, name: str, key: _Key) -> str:
    """The rows as our API shows them to who may see everything."""
    whole, names = key.api.resources[name], Names()
    resource = replace(whole, relations=tuple(relation for relation in whole.relations if is_own(relation)))
    text = Renderer(key.api, path, _MARKER, frozenset()).whole(resource, "r", names, None)
    where = " and ".join(["r.id = any($1)", *standing(resource, "r")])
    return f"select r.id, convert_to({text}, 'UTF8') as regel from {resource.table} r where {where}"
