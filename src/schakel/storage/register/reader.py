# SPDX-License-Identifier: EUPL-1.2
"""Reader: the reads of one API on PostgreSQL; fills the port `Reads`."""

import hashlib
import re
import secrets
from collections.abc import Callable, Sequence
from uuid import UUID

from schakel.kit.clock import Clock, system_clock
from schakel.kit.projection import Api, Guard, Parameter
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.regie.logboek import Verwerkingssoort
from schakel.relatiebeheer.register.poorten import Page, PartijZoekvraag
from schakel.relatiebeheer.register.toegang import Houder
from schakel.storage.crypto import Kluis
from schakel.storage.pool import Connection, Database
from schakel.storage.register.statements import Compiler, Statement
from schakel.storage.register.walk import FIXED
from schakel.storage.register.where import argument
from schakel.storage.register.write_together import Insert, clauses, shape_of, values_of
from schakel.storage.zoeken import search_partijen

_BLOCK = 64  # bytes in which SHA-256 takes its key
_KEPT = 2_000  # shapes of requests; more than a client ever has


def halves(key: bytes) -> tuple[bytes, bytes]:
    """The two keys of HMAC, for SQL that has sha256 only."""
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in block) + b"logboek:", bytes(b ^ 0x5C for b in block)


def for_reading(url: str, *, max_size: int = 8) -> Database:
    """Connections for these reads alone: every plan made once, for any value, and by index."""
    fixed = "plan_cache_mode=force_generic_plan&enable_seqscan=off"
    return Database(f"{url}{'&' if '?' in url else '?'}{fixed}", min_size=1, max_size=max_size)


class RegisterReader:
    """One statement per request. `name_key` is the key of the pseudonyms; `base` the address of the API outside."""

    def __init__(
        self, database: Database, kluis: Kluis, name_key: bytes, api: Api, base: str, clock: Clock = system_clock
    ) -> None:
        self._database, self._kluis, self._clock, self._api = database, kluis, clock, api
        self._inner, self._outer = halves(name_key)
        word = secrets.token_hex(8)  # nobody who writes a text here can know it
        self._compiler = Compiler(api, base, f"~{word}:")
        self._token = re.compile(f"~{word}:([0-9a-f]+)~".encode())
        self._shapes: dict[object, Statement] = {}

    async def page(
        self,
        resource: str,
        parameters: Sequence[Parameter],
        expand: Sequence[str],
        page: int,
        size: int,
        houder: Houder,
        order: str = "",
    ) -> Page:
        """Newest first, or in the order asked; an empty page where there is no such page."""
        shape = (
            resource, tuple(_shape(p) for p in parameters), tuple(expand), houder.rechten.lacks, size, page == 1, order
        )  # fmt: skip
        described = self._api.resources[resource]
        statement = self._statement(
            shape,
            lambda: self._compiler.page(
                described, parameters, expand, houder.rechten.lacks, size, first=page == 1, order=order
            ),
        )
        values = [self._value(parameters[index]) for index in statement.order]
        offset = (page - 1) * size
        async with self._database.connection() as connection:
            row = await connection.fetchrow(statement.sql, *self._line(houder), offset, *values)
        assert row is not None  # a select without from
        return Page(row[0], self.reveal(row[1]))

    async def search(
        self, resource: str, vraag: PartijZoekvraag, expand: Sequence[str], page: int, size: int, houder: Houder
    ) -> Page:
        """The best first; two statements and a line, however many there are."""
        described, lacks = self._api.resources[resource], houder.rechten.lacks
        statement = self._statement(
            (resource, "zoeken", tuple(expand), lacks),
            lambda: self._compiler.these(described, expand, lacks, "zoeken"),
        )
        async with self._database.connection() as connection:
            found = await search_partijen(connection, vraag, geheim=Guard.GEHEIM not in lacks)
            shown = found[(page - 1) * size : page * size]
            results: bytes = await connection.fetchval(statement.sql, *self._line(houder), shown)
        return Page(len(found), self.reveal(results))

    async def one(self, resource: str, uuid: UUID, expand: Sequence[str], houder: Houder) -> bytes | None:
        """The JSON of one object; None when it is not there, or not for this houder."""
        described, lacks = self._api.resources[resource], houder.rechten.lacks
        statement = self._statement(
            (resource, tuple(expand), lacks), lambda: self._compiler.one(described, expand, lacks, log=True)
        )
        async with self._database.connection() as connection:
            found: bytes | None = await connection.fetchval(statement.sql, *self._line(houder), uuid)
        return None if found is None else self.reveal(found)

    async def seen(self, connection: Connection, resource: str, uuid: UUID, lacks: frozenset[Guard]) -> bytes | None:
        """The object as it is, for a write that goes on only when it is what the client saw; leaves no line."""
        statement = self._statement(
            (resource, lacks), lambda: self._compiler.one(self._api.resources[resource], None, lacks, log=False)
        )
        found: bytes | None = await connection.fetchval(statement.sql, uuid)
        return None if found is None else self.reveal(found)

    async def written(
        self,
        connection: Connection,
        objects: Sequence[tuple[str, UUID]],
        houder: Houder,
        did: str,
        inserts: Sequence[Insert] = (),
    ) -> Sequence[bytes | None]:
        """The answer to a write, with its line: of one object, and of those written along.

        `inserts` are made by this very statement, and are all that there is of their tables in the answer.
        """
        lacks, names, new = houder.rechten.lacks, tuple(name for name, _ in objects), shape_of(inserts)
        resource, *others = (self._api.resources[name] for name in names)
        before = clauses(new, FIXED + len(names)) if new else ""
        statement = self._statement(
            (names, lacks, did, new), lambda: self._compiler.written(resource, others, lacks, did, before)
        )
        uuids = (uuid for _, uuid in objects)
        row = await connection.fetchrow(statement.sql, *self._line(houder), *uuids, *values_of(inserts))
        assert row is not None  # a select without from
        return [body and self.reveal(body) for body in row]

    async def note(
        self, connection: Connection, resource: str, partijen: Sequence[UUID], houder: Houder, did: str
    ) -> None:
        """The line of a write that shows nothing: what was done, and about whom."""
        described = self._api.resources[resource]
        statement = self._statement(("note", resource, did), lambda: self._compiler.note(described, did))
        await connection.execute(statement.sql, *self._line(houder), partijen)

    def reveal(self, answer: bytes) -> bytes:
        """The answer with the numbers in place of their tokens."""
        return self._token.sub(lambda m: self._kluis.decrypt(bytes.fromhex(m[1].decode())).encode(), answer)

    def _statement(self, shape: object, compile_it: Callable[[], Statement]) -> Statement:
        known = self._shapes.get(shape)
        if known is None:
            if len(self._shapes) >= _KEPT:
                self._shapes.clear()
            known = self._shapes[shape] = compile_it()
        return known

    def _line(self, houder: Houder) -> tuple[object, ...]:
        soort = Verwerkingssoort.INZAGE if houder.wie else Verwerkingssoort.AUTOMATISCH
        return (
            self._inner, self._outer, houder.wie or houder.naam, houder.naam, houder.doel, soort,
            vervalt_op("verwerking", self._clock()),
        )  # fmt: skip

    def _value(self, parameter: Parameter) -> object:
        if parameter.filter.secret:
            number = str(parameter.value)
            return [self._kluis.blind("bsn", number), number.encode()]
        return argument(parameter)


def _shape(parameter: Parameter) -> tuple[str, object]:
    """What of a value is in the SQL itself: yes or no, and that it is empty or has a count of its own."""
    value = parameter.value
    return parameter.filter.name, value if isinstance(value, bool) or value == "" or parameter.filter.choices else None
