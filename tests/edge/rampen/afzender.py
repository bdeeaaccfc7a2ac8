# SPDX-License-Identifier: EUPL-1.2
"""Afzender: a mail server that hands each mail over until it hears 250, as RFC 5321 asks of every sender."""

import asyncio
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

DOMEIN = "lindewaard.example"
_PAUSE = 0.2
_LINE_FAULTS = (OSError, EOFError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Mail:
    """From one sender to the gemeente."""

    afzender: str
    inhoud: bytes


def brief(n: int, afzender: str = "") -> Mail:
    """A small mail that no other mail resembles. Every sender is another one unless it is given."""
    adres = afzender or f"inwoner{n}@post.example"
    return Mail(
        adres,
        f"From: Inwoner {n} <{adres}>\r\nTo: info@{DOMEIN}\r\nSubject: Vraag {n} over de groene container\r\n"
        f"Date: Tue, 24 Nov 2026 10:00:00 +0100\r\nMessage-ID: <{n}@post.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"Goedendag,\r\n\r\nDe container van nummer {n} is dinsdag niet geleegd. Wat nu?\r\n".encode(),
    )


@dataclass
class Afzender:
    """`acknowledged` are the mails that heard 250; `handed_over` counts every time a text went out."""

    port: int
    connections: int = 1
    seconds: float = 120
    acknowledged: list[Mail] = field(default_factory=list)
    handed_over: int = 0

    async def send(self, mails: Iterable[Mail]) -> float:
        """All of them; gives the seconds it took. Raises TimeoutError when the other side stays away."""
        waiting, begun = deque(mails), time.perf_counter()
        async with asyncio.timeout(self.seconds):
            await asyncio.gather(*(self._work_through(waiting) for _ in range(self.connections)))
        return time.perf_counter() - begun

    async def _work_through(self, waiting: deque[Mail]) -> None:
        while waiting:
            with suppress(*_LINE_FAULTS):
                await self._converse(waiting)
                continue
            await asyncio.sleep(_PAUSE)

    async def _converse(self, waiting: deque[Mail]) -> None:
        """One connection, as many mails as it lasts; the mail under way when it breaks goes back in the row."""
        async with asyncio.timeout(10):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            await _expect(reader, b"220")
            writer.write(b"EHLO afzender.example\r\n")
            await _expect(reader, b"250")
            while waiting:
                mail = waiting.popleft()
                try:
                    await self._deliver(reader, writer, mail)
                except _LINE_FAULTS:
                    waiting.append(mail)
                    raise
                self.acknowledged.append(mail)
        finally:
            writer.close()

    async def _deliver(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, mail: Mail) -> None:
        writer.write(f"MAIL FROM:<{mail.afzender}>\r\nRCPT TO:<info@{DOMEIN}>\r\nDATA\r\n".encode())
        for code in (b"250", b"250", b"354"):
            await _expect(reader, code)
        self.handed_over += 1
        writer.write(mail.inhoud.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        await _expect(reader, b"250")


async def _expect(reader: asyncio.StreamReader, code: bytes) -> None:
    """Anything else than this code breaks the conversation off."""
    while True:
        line = await asyncio.wait_for(reader.readline(), 90)
        if not line.startswith(code):
            raise EOFError
        if line[3:4] != b"-":
            return
