# SPDX-License-Identifier: EUPL-1.2
"""Clamd: asks the daemon of ClamAV what is in a file (INSTREAM, clamd(8)); the file travels, no path does."""

import asyncio
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from schakel.begrippen.virusoordeel import Virusoordeel
from schakel.kanaalintegratie.bestandscontrole import ScannerUnreachable
from schakel.kanaalintegratie.gezondheid import Deel, Staat

CHUNK = 256 * 1024
NAAM = "virusscanner"
STALE = timedelta(days=7)
_DATE = "%a %b %d %H:%M:%S %Y"


@dataclass(frozen=True, slots=True)
class Clamd:
    """Fills `Scanner`. `timeout` in seconds, of one file."""

    host: str
    port: int
    timeout: float = 60.0

    async def scan(self, inhoud: bytes) -> Virusoordeel:
        """Raises ScannerUnreachable."""
        said = await self._ask(b"zINSTREAM\0", _chunks(inhoud))
        if said.endswith("OK"):
            return Virusoordeel.SCHOON
        if "Heuristics.Encrypted" in said or "size limit exceeded" in said:
            return Virusoordeel.ONLEESBAAR
        if not said.endswith("FOUND"):
            raise ScannerUnreachable
        return Virusoordeel.BESMET

    async def check(self) -> Deel:
        """For the health page: whether it answers, and how old what it knows is."""
        try:
            version = await self._ask(b"zVERSION\0", ())
        except ScannerUnreachable:
            return Deel(NAAM, Staat.FOUT, "De virusscanner antwoordt niet: bijlagen blijven dicht tot hij er weer is.")
        made = re.search(r"/(\w{3} \w{3} +\d+ [\d:]+ \d{4})$", version)
        since = datetime.strptime(made[1], _DATE).replace(tzinfo=UTC) if made else None
        if since and datetime.now(UTC) - since > STALE:
            return Deel(NAAM, Staat.LET_OP, f"De virusscanner kent virussen tot {since:%d-%m-%Y}. Werk hem bij.")
        return Deel(NAAM, Staat.GOED, "De virusscanner antwoordt.")

    async def _ask(self, command: bytes, chunks: Iterable[bytes]) -> str:
        try:
            async with asyncio.timeout(self.timeout):
                reader, writer = await asyncio.open_connection(self.host, self.port)
                try:
                    with suppress(ConnectionError):  # it stops listening to what is too large, and then says so
                        writer.write(command)
                        for chunk in chunks:
                            writer.write(chunk)
                            await writer.drain()
                    return (await reader.readuntil(b"\0"))[:-1].decode(errors="replace").strip()
                finally:
                    writer.close()
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            raise ScannerUnreachable from None


def _chunks(inhoud: bytes) -> Iterable[bytes]:
    for start in range(0, len(inhoud), CHUNK):
        chunk = inhoud[start : start + CHUNK]
        yield len(chunk).to_bytes(4) + chunk
    yield bytes(4)
