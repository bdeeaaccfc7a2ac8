# SPDX-License-Identifier: EUPL-1.2
"""One SMTP connection of aiosmtpd with bounds on number, memory and time, and replies in words one can act on."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, AnyStr

from aiosmtpd.smtp import SMTP

MAX_SIZE = 35 * 1024 * 1024
MAX_CONNECTIONS = 200
#: Received and not yet answered: of one connection, and of all together.
MAX_UNANSWERED, MAX_UNANSWERED_ALL = 2 * MAX_SIZE, 256 * 1024 * 1024
IDLE_SECONDS = 300.0  # RFC 5321 4.5.3.2.7
_TOO_BIG = f"552 5.3.4 Uw bericht is groter dan {MAX_SIZE // 1024 // 1024} MB. Stuur minder of kleinere bijlagen"
_CLEARER = {
    "552 Error: message size exceeds fixed maximum message size": _TOO_BIG,
    "552 Error: Too much mail data": _TOO_BIG,
}
_PLAIN_ADDRESS = re.compile(
    r"<([a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9.-]+)>(.*)", re.I
)


@dataclass(slots=True)
class Load:
    """What all connections of one intake hold together."""

    connections: int = 0
    unanswered: int = 0


class _Connection(SMTP):
    """aiosmtpd reads the conversation; this guards it."""

    command_size_limit = 2_048
    line_length_limit = 1024 * 1024  # real mail has lines over the 998 of RFC 5322, and refusing would lose it

    def __init__(self, handler: object, load: Load, **options: Any) -> None:
        super().__init__(handler, **options)
        self._load, self._unanswered, self._counted = load, 0, False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._counted = True
        self._load.connections += 1
        if self._load.connections > MAX_CONNECTIONS:
            self._turn_away(b"421 4.3.2 Het is nu te druk, probeer het later opnieuw\r\n")

    def connection_lost(self, error: Exception | None) -> None:
        if self._counted:
            self._counted = False
            self._load.connections -= 1
            self._answered()
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        self._unanswered += len(data)
        self._load.unanswered += len(data)
        if self._unanswered > MAX_UNANSWERED or self._load.unanswered > MAX_UNANSWERED_ALL:
            self._turn_away(b"421 4.3.1 Te veel tegelijk, probeer het later opnieuw\r\n")
            return
        super().data_received(data)

    async def push(self, status: AnyStr) -> None:
        self._answered()
        if isinstance(status, str):
            await super().push(_CLEARER.get(status, status))
        else:
            await super().push(status)

    def _answered(self) -> None:
        self._load.unanswered -= self._unanswered
        self._unanswered = 0

    def _turn_away(self, farewell: bytes) -> None:
        transport = self.transport
        if isinstance(transport, asyncio.WriteTransport) and not transport.is_closing():
            transport.write(farewell)
            transport.close()

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """The library's own grammar takes a fifth of all time here; nearly every address is a plain one."""
        if plain := _PLAIN_ADDRESS.fullmatch(arg.strip()):
            return plain[1], plain[2]
        found: tuple[str | None, str | None] = super()._getaddr(arg)
        return found


def connection_factory(
    handler: object, load: Load, hostname: str, loop: asyncio.AbstractEventLoop
) -> Callable[[], asyncio.Protocol]:
    """For `create_server`."""

    def connect() -> asyncio.Protocol:
        connection: asyncio.Protocol = _Connection(
            handler,
            load,
            data_size_limit=MAX_SIZE,
            enable_SMTPUTF8=True,
            hostname=hostname,
            ident="Schakel",
            timeout=IDLE_SECONDS,
            loop=loop,
        )
        return connection

    return connect
