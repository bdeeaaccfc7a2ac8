# SPDX-License-Identifier: EUPL-1.2
"""SqlWrites: the writes of one API on PostgreSQL; fills the port `Writes`. One write is one transaction.

Start reading here: a body is read by the description of its resource, held against the rules, written along the road of
its resource, and answered with the object as any reader sees it.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from uuid import UUID

import msgspec

from schakel.kit.clock import Clock, system_clock
from schakel.kit.errors import Conflict, Forbidden
from schakel.kit.projection import Api, Resource
from schakel.relatiebeheer.register.botsing import Overtaken
from schakel.relatiebeheer.register.invoer import Invoer, read_invoer
from schakel.relatiebeheer.register.poorten import Bulkantwoord, Bulkregel, Refused, Write, Written
from schakel.relatiebeheer.register.regels import REGELS
from schakel.relatiebeheer.register.toegang import Houder
from schakel.relatiebeheer.register.versie import etag
from schakel.storage.pool import Database
from schakel.storage.register.reader import RegisterReader
from schakel.storage.register.write_bulk import Bulk
from schakel.storage.register.write_context import House, Writing
from schakel.storage.register.write_faults import NUMMER_TAKEN, refusals
from schakel.storage.register.write_identificatoren import current_identificator
from schakel.storage.register.write_maak import MAAK_KLANTCONTACT, maak_klantcontact
from schakel.storage.register.write_onderwerpobjecten import erase_with_klantcontact
from schakel.storage.register.write_partijen import current_links
from schakel.storage.register.write_plain import is_plain, prepare_birth
from schakel.storage.register.write_references import asked, look_up
from schakel.storage.register.write_repeat import recall, remember
from schakel.storage.register.write_roads import CORRECT, CREATE, ERASE, HOLD, correct_row, create_row, erase_row
from schakel.storage.register.write_rows import current, locked
from schakel.storage.register.write_together import Insert

_TRIES = 5


class SqlWrites:
    """Makes, corrects and erases; answers as the `reader` of the same API does. `base` is its address outside."""

    def __init__(
        self,
        database: Database,
        reader: RegisterReader,
        api: Api,
        base: str,
        house: House,
        clock: Clock = system_clock,
    ) -> None:
        self._database, self._reader, self._api, self._base = database, reader, api, base
        self._house, self._clock = house, clock

    async def write(self, write: Write) -> Written:
        """Raises Refused, NotFound, Conflict, Overtaken or Forbidden; then nothing was changed."""
        for _ in range(_TRIES):
            try:
                with refusals():
                    return await self._once(write)
            except Refused as refused:
                if refused.invalid != (NUMMER_TAKEN,) or _gave_nummer(write.body):
                    raise
        raise Conflict

    async def write_many(
        self, lots: AsyncIterator[Sequence[Bulkregel]], houder: Houder
    ) -> AsyncGenerator[Sequence[Bulkantwoord], None]:
        """Klantcontacten, each line as the body of maak-klantcontact."""

        @asynccontextmanager
        async def opened() -> AsyncIterator[Writing]:
            async with self._database.transaction() as connection:
                yield Writing(connection, self._api, self._house, houder, self._clock())

        async with aclosing(Bulk(self._api, self._reader, opened).run(lots)) as running:
            async for answers in running:
                yield answers

    async def _once(self, write: Write) -> Written:
        if is_plain(write):
            async with self._database.connection() as connection:
                return await self._plain(
                    Writing(connection, self._api, self._house, write.houder, self._clock()), write
                )
        async with self._database.transaction() as connection:
            writing = Writing(connection, self._api, self._house, write.houder, self._clock())
            earlier = await recall(writing, write)
            if earlier is not None:
                return earlier
            written = await self._write(writing, write)
            await remember(writing, write, written)
            return written

    async def _write(self, writing: Writing, write: Write) -> Written:
        if write.resource == MAAK_KLANTCONTACT:
            return await self._made(writing, write.resource, await maak_klantcontact(writing, write.body))
        resource = self._api.resources[write.resource]
        if write.uuid is None:
            return await self._create(writing, resource, write)
        if write.method == "DELETE":
            return await self._erase(writing, resource, write.uuid, write)
        return await self._correct(writing, resource, write.uuid, write)

    async def _create(self, writing: Writing, resource: Resource, write: Write) -> Written:
        invoer = read_invoer(resource, write.body)
        _hold(resource, invoer)
        facts = await look_up(writing, invoer, asked(resource, invoer.values))
        uuid = await CREATE.get(resource.name, create_row)(writing, resource, invoer, facts)
        return await self._answer(writing, resource, uuid, 201, "aanmaken")

    async def _correct(self, writing: Writing, resource: Resource, uuid: UUID, write: Write) -> Written:
        if resource.name in HOLD:
            await HOLD[resource.name](writing, uuid)
        row = await locked(writing, resource, uuid)
        if "if-match" in write.headers:
            lacks = writing.houder.rechten.lacks
            _match(await self._reader.seen(writing.connection, resource.name, uuid, lacks), write.headers)
        now = current(resource, row)
        if resource.name == "partijen":
            now |= await current_links(writing, uuid)
        elif resource.name == "partij-identificatoren":
            now |= current_identificator(row)
        invoer = read_invoer(resource, write.body, partial=write.method == "PATCH", current=now)
        _hold(resource, invoer)
        facts = await look_up(writing, invoer, asked(resource, invoer.values))
        await CORRECT.get(resource.name, correct_row)(writing, resource, row, invoer, facts)
        return await self._answer(writing, resource, uuid, 200, "wijzigen")

    async def _erase(self, writing: Writing, resource: Resource, uuid: UUID, write: Write) -> Written:
        if resource.name in HOLD:
            await HOLD[resource.name](writing, uuid)
        row = await locked(writing, resource, uuid)
        (body,) = await self._shown(writing, [(resource.name, uuid)], "verwijderen")
        _match(body, write.headers)
        if resource.name == "onderwerpobjecten" and write.parameters.get("cascade") == "true":
            kept = await erase_with_klantcontact(writing, resource, row)
            urls = [f"{self._base}/klantcontacten/{one}" for one in kept]
            return Written(200, msgspec.json.encode({"behouden": urls}))
        await ERASE.get(resource.name, erase_row)(writing, resource, row)
        return Written(204, b"")

    async def _plain(self, writing: Writing, write: Write) -> Written:
        birth = await prepare_birth(writing, write)
        return await self._made(writing, write.resource, birth.objects, birth.inserts)

    async def _made(
        self,
        writing: Writing,
        resource: str,
        objects: Mapping[str, tuple[str, UUID | None]],
        inserts: Sequence[Insert] = (),
    ) -> Written:
        there = {name: (kind, uuid) for name, (kind, uuid) in objects.items() if uuid is not None}
        bodies = await self._shown(writing, list(there.values()), "aanmaken", inserts)
        if resource != MAAK_KLANTCONTACT:
            ((_, uuid),) = there.values()
            return Written(201, bodies[0], uuid, {"ETag": etag(bodies[0])})
        answer = {name: msgspec.Raw(body) for name, body in zip(there, bodies, strict=True)}
        return Written(201, msgspec.json.encode(answer))

    async def _answer(self, writing: Writing, resource: Resource, uuid: UUID, status: int, did: str) -> Written:
        (body,) = await self._shown(writing, [(resource.name, uuid)], did)
        return Written(status, body, uuid, {"ETag": etag(body)})

    async def _shown(
        self, writing: Writing, objects: Sequence[tuple[str, UUID]], did: str, inserts: Sequence[Insert] = ()
    ) -> Sequence[bytes]:
        """Who may not read what he wrote, may not write it."""
        bodies = await self._reader.written(writing.connection, objects, writing.houder, did, inserts)
        shown = [body for body in bodies if body is not None]
        if len(shown) < len(bodies):
            raise Forbidden
        return shown


def _match(body: bytes | None, headers: Mapping[str, str]) -> None:
    """If-Match: the client changes what he saw, or nothing."""
    wanted = headers.get("if-match", "*").strip()
    if wanted != "*" and etag(body or b"") not in (one.strip().removeprefix("W/") for one in wanted.split(",")):
        raise Overtaken


def _hold(resource: Resource, invoer: Invoer) -> None:
    regel = REGELS.get(resource.name)
    if regel is not None:
        regel(invoer)


def _gave_nummer(body: Mapping[str, object]) -> bool:
    inner = (body, body.get("klantcontact"), body.get("internetaak"))
    return any(isinstance(one, Mapping) and bool(one.get("nummer")) for one in inner)
