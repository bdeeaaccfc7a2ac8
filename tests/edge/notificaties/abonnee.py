# SPDX-License-Identifier: EUPL-1.2
"""Abonnee: a subscriber on loopback that misbehaves on demand."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

AUTH = "Bearer geheim-van-de-abonnee"
CUT = -1  # in place of a status: break the connection off after reading


@dataclass
class Notificatie:
    """What came in."""

    headers: dict[str, str]
    body: dict[str, Any]
    status: int

    @property
    def sleutel(self) -> str:
        """The same each time that the same line is sent."""
        return self.headers["idempotency-key"]

    @property
    def resource_id(self) -> str:
        return str(self.body.get("subject") or self.body["resourceUrl"]).rpartition("/")[2]


@dataclass
class Abonnee:
    """`behave` gives for the body and how often its sleutel came the status to answer; `pause` the seconds before."""

    url: str = ""
    behave: Callable[[dict[str, Any], int], int] = lambda _body, _times: 204
    pause: Callable[[dict[str, Any]], float] = lambda _body: 0.0
    open_door: bool = False
    heard: list[Notificatie] = field(default_factory=list)
    under_way: int = 0
    most_under_way: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def taken(self) -> list[Notificatie]:
        """What it said yes to, without the test call."""
        return [one for one in self.heard if one.status == 204 and not _is_test(one.body)]

    async def until(self, holds: Callable[["Abonnee"], bool], seconds: float = 20) -> None:
        """Wait for what comes in."""
        async with asyncio.timeout(seconds):
            while not holds(self):
                self._news.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), 1)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, OSError, ValueError):
            while await self._answer(reader, writer):
                pass
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        body = json.loads(await reader.readexactly(int(headers["content-length"])))
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await asyncio.sleep(self.pause(body))
        self.under_way -= 1
        times = 1 + sum(one.headers["idempotency-key"] == headers["idempotency-key"] for one in self.heard)
        if headers.get("authorization") != AUTH and not self.open_door:
            status = 403
        else:
            status = 204 if _is_test(body) else self.behave(body, times)
        self.heard.append(Notificatie(headers, body, status))
        self._news.set()
        if status == CUT:
            return False
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:1/\r\n\r\n".encode())
        await writer.drain()
        return True


def _is_test(body: dict[str, Any]) -> bool:
    return body.get("kanaal") == "test" or str(body.get("type", "")).endswith(".test")


@asynccontextmanager
async def abonnee(**how: Any) -> AsyncIterator[Abonnee]:
    """Listening on a free port of loopback."""
    one = Abonnee(**how)
    server = await asyncio.start_server(one.serve, "127.0.0.1", 0, backlog=1000)
    one.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/callback"
    try:
        yield one
    finally:
        server.close()
