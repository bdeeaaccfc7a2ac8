# SPDX-License-Identifier: EUPL-1.2
"""Ontvanger: the next mail server on the way out, that behaves as badly as the name of the addressee says."""

import asyncio
import email
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

#: By the first word of the address. Each but `nooit` only the first time; `dicht` has taken the text by then.
DICHT, STRAKS, NOOIT, LAAT = "dicht", "straks", "nooit", "laat"
LATE_SECONDS = 3.0


@dataclass
class Ontvanger:
    """`taken` are the texts it took over, by Message-ID, whether or not it got to say so."""

    taken: Counter[str] = field(default_factory=Counter)
    addressees: dict[str, str] = field(default_factory=dict)
    port: int = 0
    _seen: set[str] = field(default_factory=set)

    @property
    def doubles(self) -> int:
        """Texts that came more often than once, each time but the first."""
        return sum(self.taken.values()) - len(self.taken)

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, EOFError):
            await self._converse(reader, writer)
        writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 ontvanger.example\r\n")
        addressee = ""
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"RCPT":
                addressee = line.decode().partition("<")[2].partition(">")[0]
            if verb == b"DATA":
                writer.write(b"354 kom maar\r\n")
                answer = await self._take(await reader.readuntil(b"\r\n.\r\n"), addressee)
                if not answer:
                    return
                writer.write(answer)
            elif verb == b"QUIT":
                writer.write(b"221 dag\r\n")
                return
            else:
                writer.write(b"250 ok\r\n")

    async def _take(self, text: bytes, addressee: str) -> bytes:
        """What to say; nothing: close instead."""
        how = addressee.partition("@")[0].partition(".")[0]
        first = addressee not in self._seen
        self._seen.add(addressee)
        if how == NOOIT:
            return b"550 5.1.1 onbekend\r\n"
        if how == STRAKS and first:
            return b"451 4.3.0 later\r\n"
        kenmerk = str(email.message_from_bytes(text)["Message-ID"])
        self.taken[kenmerk] += 1
        self.addressees[kenmerk] = addressee
        if how == DICHT and first:
            return b""
        if how == LAAT and first:
            await asyncio.sleep(LATE_SECONDS)
        return b"250 2.0.0 overgenomen\r\n"


@asynccontextmanager
async def ontvanger() -> AsyncIterator[Ontvanger]:
    """Listening on a free port of loopback."""
    listening = Ontvanger()
    server = await asyncio.start_server(listening.converse, "127.0.0.1", 0, limit=2**20, backlog=512)
    listening.port = server.sockets[0].getsockname()[1]
    try:
        yield listening
    finally:
        server.close()
