# SPDX-License-Identifier: EUPL-1.2
"""A stand-in for Open Klant: ours, not the real one. It holds a small register and answers lists over real sockets.

It does what was seen of Open Klant: pages by number with a largest size, newest first, `next` absolute and sometimes on
an inner http address, 400 on a parameter it does not know, 404 past the end, addresses and groups full of empty texts,
klantcontacten without nummer, and fields that an older version lacks. What a network does is added: 429, 503, a line
that is cut half-way an answer, and rows that come or go while a list is read.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import msgspec

Row = dict[str, Any]
Scope = MutableMapping[str, Any]
INNER = "http://openklant.intern.example:8000"
TOKEN = "token-van-open-klant"
PATHS = ("/klantinteracties/api/v1/", "/contactgegevens/api/v1/")


@dataclass
class OpenKlant:
    """An ASGI application. `rows` are newest first. `before`: called with resource and page before each answer."""

    rows: dict[str, list[Row]]
    largest: int = 500
    faults: list[object] = field(default_factory=list)
    before: Callable[[str, int], None] = lambda resource, page: None
    asked: list[tuple[str, int]] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    async def __call__(self, scope: Scope, receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        if scope["type"] == "lifespan":
            for part in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{part}.complete"})
            return
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.hosts.add(headers["host"])
        status, body, more = self._answer(scope["path"], parse_qs(scope["query_string"].decode()), headers)
        length = str(len(body) + (1000 if status == 299 else 0)).encode()
        start = {"type": "http.response.start", "status": 200 if status == 299 else status}
        await send({**start, "headers": [(b"content-type", b"application/json"), (b"content-length", length), *more]})
        await send({"type": "http.response.body", "body": body, "more_body": status == 299})
        if status == 299:
            raise ConnectionAbortedError  # uvicorn closes the line with less than was promised

    def _answer(self, path: str, query: dict[str, list[str]], headers: dict[str, str]) -> Any:
        if headers.get("authorization") != f"Token {TOKEN}":
            return 401, b'{"code":"authentication_failed"}', []
        base, _, resource = path.rpartition("/")
        if f"{base}/" not in PATHS or resource not in self.rows:
            return 404, b'{"code":"not_found"}', []
        if set(query) - {"page", "pageSize"}:
            return 400, b'{"code":"unknown-parameters"}', []
        fault = self.faults.pop(0) if self.faults else None
        if fault == "cut":
            return 299, b'{"count":', []
        if isinstance(fault, int):
            return fault, b"{}", [(b"retry-after", b"1")] if fault == 429 else []
        return self._page(base, resource, int(query["page"][0]), min(self.largest, int(query["pageSize"][0])))

    def _page(self, base: str, resource: str, number: int, size: int) -> Any:
        self.before(resource, number)
        self.asked.append((resource, number))
        rows = self.rows[resource]
        part = rows[(number - 1) * size : number * size]
        if not part and number > 1:
            return 404, b'{"code":"not_found","detail":"Ongeldige pagina."}', []
        following = f"{INNER}{base}/{resource}?page={number + 1}&pageSize={size}" if number * size < len(rows) else None
        body = {"count": len(rows), "next": following, "previous": None, "results": part}
        return 200, msgspec.json.encode(body), []
