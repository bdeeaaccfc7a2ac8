# SPDX-License-Identifier: EUPL-1.2
"""Lijnen: open connections to subscribers, used again while they last. Redirects are not followed.

Not the pool of the HTTP library: that looks at every connection for every request, and we have a hundred at once.
"""

import asyncio
import ssl
from collections.abc import Mapping, Sequence

import httpcore

from schakel.koppelingen.notificaties.adres import Guarded, Network

_CONNECT = 3.0
_KEEP = 15.0  # seconds that a line stays open without work
_MAX_ANSWER = 65_536


class Lijnen:
    """Every address has lines of its own: one that is slow keeps no other waiting."""

    def __init__(self, allowed: Sequence[Network]) -> None:
        self._backend = Guarded(allowed)
        self._tls = ssl.create_default_context()
        self._idle: dict[str, list[httpcore.AsyncHTTPConnection]] = {}

    async def call(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, patience: float
    ) -> tuple[int, bytes]:
        """The status and the start of the answer, within so many seconds in all."""
        whole = httpcore.URL(url)
        pairs: list[tuple[bytes | str, bytes | str]] = [
            ("Host", _host(whole)),
            ("Content-Length", str(len(body))),
            *headers.items(),
        ]
        timeout = {"connect": _CONNECT, "read": patience, "write": patience, "pool": patience}
        request = httpcore.Request(method, whole, headers=pairs, content=body, extensions={"timeout": timeout})
        line = await self._take(whole.origin)
        try:
            async with asyncio.timeout(patience):
                answer = await line.handle_async_request(request)
                said = await _read(answer)
        finally:
            await self._give_back(line, whole.origin)
        return answer.status, said

    async def close(self) -> None:
        for lines in self._idle.values():
            for line in lines:
                await line.aclose()
        self._idle.clear()

    async def _take(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        idle = self._idle.get(str(origin), [])
        while idle:
            line = idle.pop()
            if not line.has_expired():
                return line
            await line.aclose()
        return httpcore.AsyncHTTPConnection(origin, self._tls, keepalive_expiry=_KEEP, network_backend=self._backend)

    async def _give_back(self, line: httpcore.AsyncHTTPConnection, origin: httpcore.Origin) -> None:
        idle = self._idle.setdefault(str(origin), [])
        if line.is_idle():
            idle.append(line)
        else:
            await line.aclose()
        while idle and idle[0].has_expired():
            await idle.pop(0).aclose()


def _host(url: httpcore.URL) -> bytes:
    name = b"[%b]" % url.host if b":" in url.host else url.host
    return name if url.port is None else b"%b:%d" % (name, url.port)


async def _read(answer: httpcore.Response) -> bytes:
    body = bytearray()
    async for part in answer.aiter_stream():
        body += part
        if len(body) > _MAX_ANSWER:
            return bytes(body)
    await answer.aclose()
    return bytes(body)
