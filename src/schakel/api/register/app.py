# SPDX-License-Identifier: EUPL-1.2
"""App: one API over HTTP. Pure ASGI under one mount, because its paths, errors and headers are the standard's own."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from uuid import UUID

import msgspec
from litestar import asgi
from litestar.enums import ScopeType
from litestar.handlers import ASGIRouteHandler
from litestar.types import HTTPScope, Receive, Scope, Send

from schakel.api.register import fouten
from schakel.api.register.aanmelding import Aanmelding
from schakel.api.register.body import read_body
from schakel.api.register.bulk import NDJSON, answer_bulk, check_bulk
from schakel.api.register.fouten import Fout
from schakel.api.register.parameters import (
    Vraag,
    page_links,
    read_list,
    read_one,
    read_pairs,
    read_search,
    read_switches,
)
from schakel.kit.errors import SchakelError
from schakel.kit.projection import Api, Resource
from schakel.relatiebeheer.register.poorten import Bulkwrites, Page, Reads, Write, Writes, Written
from schakel.relatiebeheer.register.toegang import Houder
from schakel.relatiebeheer.register.versie import etag
from schakel.relatiebeheer.register.zoekvraag import read_zoekvraag

_log = logging.getLogger(__name__)
_LIST, _ONE, _ROAD = ("GET", "POST"), ("GET", "PUT", "PATCH", "DELETE"), ("POST",)
_JSON = b"application/json"
_PROBLEM = b"application/problem+json"
_ACCEPTED = ("*/*", "application/*", "application/json", "application/problem+json", NDJSON)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: a body, or a stream of its parts."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] | None = None
    type: bytes = _JSON
    stream: AsyncGenerator[bytes, None] | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One request, read as far as every request must be."""

    method: str
    headers: Mapping[bytes, bytes]
    query: bytes
    receive: Receive

    def header(self, name: str) -> str:
        """Its value; empty when it is not there."""
        return self.headers.get(name.encode(), b"").decode("latin-1")


#: A road of our own below one object, as `_zoek` is in other ZGW standards: POST, with a body.
Extension = Callable[[Call, UUID, Houder], Awaitable[Answer]]
#: Which object took the place of one that is not there any more.
Successor = Callable[[UUID], Awaitable[UUID | None]]


@dataclass(frozen=True, slots=True)
class RegisterApp:
    """`host` is the public address of this gemeente, without a path."""

    api: Api
    host: str
    reads: Reads
    writes: Writes
    aanmelding: Aanmelding
    extensions: Mapping[tuple[str, str], Extension] = field(default_factory=dict)
    successors: Mapping[str, Successor] = field(default_factory=dict)
    bulk: Bulkwrites | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI. Whatever happens, the answer is one that a client of this standard can read."""
        if scope["type"] != ScopeType.HTTP:
            return
        call = Call(scope["method"], dict(scope["headers"]), scope["query_string"], receive)
        try:
            answer = await self._answer(call, self._path(scope))
        except Fout as fout:
            answer = self._refusal(call, fout)
        except SchakelError as error:
            answer = self._refusal(call, fouten.of_rules(error))
        except Exception as error:  # the last line of defence: a client never sees a trace
            _log.error("onverwachte fout: %s", type(error).__name__, exc_info=error)
            answer = self._refusal(call, fouten.unexpected())
        await self._send(answer, send, head=call.method == "HEAD")

    def _path(self, scope: HTTPScope) -> list[str]:
        raw = scope.get("raw_path") or scope["path"].encode()
        path = raw.partition(b"?")[0].decode("latin-1")
        return path.removeprefix(self.api.path).split("/")[1:]

    async def _answer(self, call: Call, path: list[str]) -> Answer:
        if path == ["schema", "overlay.yaml"]:
            _allow(call.method, ("GET",))
            return Answer(200, self.api.overlay, type=b"application/yaml")
        if not _accepts_json(call.header("accept")):
            raise fouten.not_acceptable()
        houder = await self.aanmelding.recognise(call.header("authorization"))
        match path:
            case [] | [""]:
                return self._root(call)
            case [name] if name in self.api.resources:
                return await self._collection(call, self.api.resources[name], houder)
            case [name] if name in self.api.roads:
                _allow(call.method, _ROAD)
                return await self._write(call, name, None, houder)
            case [name, "_zoek"] if name in self.api.searched:
                return await self._search(call, self.api.resources[name], houder)
            case [name, "_bulk"] if self.bulk is not None and name in self.api.bulk:
                return self._many(call, name, self.bulk, houder)
            case [name, uuid] if name in self.api.resources:
                return await self._object(call, self.api.resources[name], uuid, houder)
            case [name, uuid, road] if (name, road) in self.extensions:
                _allow(call.method, _ROAD)
                return await self.extensions[name, road](call, _uuid(uuid), houder)
        raise fouten.not_found()

    def _root(self, call: Call) -> Answer:
        _allow(call.method, ("GET",))
        names = sorted([*self.api.resources, *self.api.roads])
        return Answer(200, msgspec.json.encode({name: f"{self._base}/{name}" for name in names}))

    @property
    def _base(self) -> str:
        return self.host + self.api.path

    async def _collection(self, call: Call, resource: Resource, houder: Houder) -> Answer:
        method = _allow(call.method, _LIST)
        if method == "POST":
            return await self._write(call, resource.name, None, houder)
        if not houder.rechten.may_read(resource.name):
            raise fouten.permission_denied()
        pairs = read_pairs(call.query)
        vraag = read_list(resource, pairs)
        found = await self.reads.page(
            resource.name, vraag.parameters, vraag.expand, vraag.page, vraag.size, houder, vraag.order
        )
        return self._page(resource.name, pairs, vraag, found, _LIST)

    async def _search(self, call: Call, resource: Resource, houder: Houder) -> Answer:
        """A POST that changes nothing: in a body, for an address is written down everywhere."""
        _allow(call.method, _ROAD)
        if not houder.rechten.may_read(resource.name):
            raise fouten.permission_denied()
        pairs = read_pairs(call.query)
        vraag = read_search(resource, pairs)
        asked = read_zoekvraag(await read_body(call.header("content-type"), call.receive))
        found = await self.reads.search(resource.name, asked, vraag.expand, vraag.page, vraag.size, houder)
        return self._page(f"{resource.name}/_zoek", pairs, vraag, found, _ROAD)

    def _page(
        self, path: str, pairs: Sequence[tuple[str, str]], vraag: Vraag, found: Page, allowed: Sequence[str]
    ) -> Answer:
        if not self.api.paged:
            return Answer(200, b"[%b]" % found.results, {"Allow": ", ".join(allowed)})
        if vraag.page > 1 and (vraag.page - 1) * vraag.size >= found.count:
            raise fouten.not_found("Ongeldige pagina.")
        links = page_links(f"{self._base}/{path}", pairs, vraag, found.count)
        following, previous = (msgspec.json.encode(link) for link in links)
        head = b'{"count":%d,"next":%b,"previous":%b,"results":[' % (found.count, following, previous)
        return Answer(200, b"".join((head, found.results, b"]}")), {"Allow": ", ".join(allowed)})

    async def _object(self, call: Call, resource: Resource, text: str, houder: Houder) -> Answer:
        method = _allow(call.method, _ONE)
        uuid = _uuid(text)
        if method != "GET":
            return await self._write(call, resource.name, uuid, houder)
        if not houder.rechten.may_read(resource.name):
            raise fouten.permission_denied()
        vraag = read_one(resource, read_pairs(call.query))
        body = await self.reads.one(resource.name, uuid, vraag.expand, houder)
        if body is None:
            raise await self._gone(resource.name, uuid)
        return Answer(200, body, {"Allow": ", ".join(_ONE), "ETag": etag(body)})

    async def _gone(self, name: str, uuid: UUID) -> Fout:
        """404; where another object took its place, a header says which. Clients drop their token when redirected."""
        now = await self.successors[name](uuid) if name in self.successors else None
        if now is None:
            return fouten.not_found()
        link = {"Link": f'<{self._base}/{name}/{now}>; rel="successor-version"'}
        return replace(fouten.not_found("Dit is samengevoegd met een ander object."), headers=link)

    async def _write(self, call: Call, name: str, uuid: UUID | None, houder: Houder) -> Answer:
        if not houder.rechten.may_write(name):
            raise fouten.permission_denied()
        switches = read_switches(read_pairs(call.query), self.api.parameters.get((call.method, name), frozenset()))
        body = {} if call.method == "DELETE" else await read_body(call.header("content-type"), call.receive)
        headers = {key: call.header(key) for key in ("if-match", "idempotency-key") if call.header(key)}
        written = await self.writes.write(Write(call.method, name, uuid, body, houder, switches, headers))
        return self._written(name, written)

    def _many(self, call: Call, name: str, bulk: Bulkwrites, houder: Houder) -> Answer:
        _allow(call.method, _ROAD)
        if not (houder.rechten.may_write(name) and houder.rechten.may_write(self.api.bulk[name])):
            raise fouten.permission_denied()
        read_switches(read_pairs(call.query), frozenset())
        check_bulk(call.header("content-type"), call.header("idempotency-key"))
        stream = answer_bulk(bulk, call.receive, f"{self._base}/{name}", houder)
        return Answer(200, type=NDJSON.encode(), stream=stream)

    def _written(self, name: str, written: Written) -> Answer:
        headers = dict(written.headers)
        if written.status == 201 and written.uuid is not None:
            headers["Location"] = f"{self._base}/{name}/{written.uuid}"
        return Answer(written.status, written.body, headers)

    def _refusal(self, call: Call, fout: Fout) -> Answer:
        wants_problem = "application/problem+json" in call.header("accept")
        return Answer(fout.status, fout.body(self.host), fout.headers, _PROBLEM if wants_problem else _JSON)

    async def _send(self, answer: Answer, send: Send, *, head: bool) -> None:
        headers = [(b"api-version", self.api.version.encode())]
        if answer.stream is None:
            headers.append((b"content-length", str(len(answer.body)).encode()))
        if answer.body or answer.stream:
            headers.append((b"content-type", answer.type))
        headers += [(key.lower().encode(), value.encode("latin-1")) for key, value in (answer.headers or {}).items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        if answer.stream is not None:
            async with aclosing(answer.stream) as parts:
                async for part in parts:
                    await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b"" if head else answer.body, "more_body": False})


def _allow(method: str, allowed: Sequence[str]) -> str:
    """The method as we treat it; HEAD is GET without the body."""
    if method not in allowed and not (method == "HEAD" and "GET" in allowed):
        raise fouten.method_not_allowed(method, allowed)
    return "GET" if method == "HEAD" else method


def _accepts_json(accept: str) -> bool:
    return not accept or any(part.partition(";")[0].strip().lower() in _ACCEPTED for part in accept.split(","))


def _uuid(text: str) -> UUID:
    if len(text) != 36:
        raise fouten.not_found()
    try:
        return UUID(text)
    except ValueError:
        raise fouten.not_found() from None


def register_handler(app: RegisterApp) -> ASGIRouteHandler:
    """The API as a handler of Litestar."""

    @asgi(app.api.path, is_mount=True, copy_scope=False)
    async def mounted(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send)

    return mounted
