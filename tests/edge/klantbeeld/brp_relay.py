# SPDX-License-Identifier: EUPL-1.2
"""What stands between us and the BRP in these tests: a relay that counts, and servers that fail in their own way."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import msgspec

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Relay:
    """Passes every byte on to the small BRP and keeps what was asked."""

    def __init__(self, target: str) -> None:
        self._host, self._port = urlsplit(target).hostname, urlsplit(target).port
        self._heard = bytearray()

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The body of every request that reached the BRP, in order."""
        return [msgspec.json.decode(one.partition(b"\r\n\r\n")[2]) for one in self._heard.split(b"POST ")[1:]]

    def forget(self) -> None:
        """Count from here."""
        self._heard.clear()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self._host, self._port)
        await asyncio.gather(self._pass(reader, back, self._heard), self._pass(there, writer, bytearray()))

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, heard: bytearray) -> None:
        while data := await source.read(65536):
            heard += data
            target.write(data)
            await target.drain()
        target.close()


@asynccontextmanager
async def listening(handler: Handler) -> AsyncIterator[str]:
    """The base url of a server that treats every connection so."""
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


def refusing() -> str:
    """The base url of a port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return f"http://127.0.0.1:{port}"


async def break_off_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hears the question and hangs up."""
    await reader.readuntil(b"\r\n\r\n")
    writer.close()


async def break_off_half_way(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Starts to answer, and hangs up."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b'HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"type": "Raadpleeg')
    await writer.drain()
    writer.close()
