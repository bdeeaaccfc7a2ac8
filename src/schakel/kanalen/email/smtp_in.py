# SPDX-License-Identifier: EUPL-1.2
"""SMTP in: a relaying mail server hands us a message; it is on disk before that server is told OK."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from aiosmtpd.smtp import SMTP, Session
from aiosmtpd.smtp import Envelope as SmtpEnvelope

from schakel.kanalen.email.connection import Load, connection_factory
from schakel.kanalen.email.envelop import Envelop
from schakel.kit.log import place_of

MAX_RECIPIENTS = 100
STORE_SECONDS = 60.0
Store = Callable[[bytes, Envelop], Awaitable[None]]

_log = logging.getLogger(__name__)
_UNFIT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SmtpInState:
    """For the health page: how it goes, without personal data."""

    connections: int
    received: int
    refused: int
    not_stored: int
    last_received_at: datetime | None


class SmtpIn:
    """The handler of aiosmtpd. `domein`: one or more of ours; empty takes any recipient (the demo's own postbus)."""

    def __init__(self, store: Store, domein: str | Sequence[str] = "", *, store_seconds: float = STORE_SECONDS) -> None:
        domeinen = (domein,) if isinstance(domein, str) else domein
        self._store, self._store_seconds = store, store_seconds
        self._domeinen = frozenset(naam.lower() for naam in domeinen if naam)
        self.load = Load()
        self.received = self.refused = self.not_stored = 0
        self.last_received_at: datetime | None = None

    def state(self) -> SmtpInState:
        """As it is now."""
        return SmtpInState(self.load.connections, self.received, self.refused, self.not_stored, self.last_received_at)

    async def handle_EHLO(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: SmtpEnvelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Commands are read in order whatever comes behind them, so a sender need not wait (RFC 2920)."""
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: SmtpEnvelope, address: str, options: list[str]
    ) -> str:
        """The sender as claimed; the null sender of a bounce becomes empty later."""
        if _UNFIT.search(address):
            return "553 5.1.7 Dit afzenderadres bevat tekens die niet kunnen"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: SmtpEnvelope, address: str, options: list[str]
    ) -> str:
        """Only mail for our own domain: no open relay."""
        if _UNFIT.search(address):
            return "553 5.1.3 Dit adres bevat tekens die niet kunnen"
        if self._domeinen and address.rpartition("@")[2].lower() not in self._domeinen:
            self.refused += 1
            return "550 5.7.1 Dit adres is niet van ons"
        if len(envelope.rcpt_tos) >= MAX_RECIPIENTS:
            return "452 4.5.3 Te veel geadresseerden"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: SmtpEnvelope) -> str:  # noqa: N802
        """OK only when it is stored; a fault of ours makes the sender try again."""
        content = envelope.original_content or b""
        mail_from = "" if envelope.mail_from in (None, "<>") else envelope.mail_from
        at = datetime.now(UTC)
        try:
            async with asyncio.timeout(self._store_seconds):
                await self._store(content, Envelop(mail_from, tuple(envelope.rcpt_tos), at, _peer(session)))  # KI-0
        except Exception as fault:  # whatever it is: a 5xx would throw the mail away, a 4xx brings it back
            self.not_stored += 1
            _log.warning(
                "bericht niet bewaard, afzender probeert opnieuw: %s %s", type(fault).__name__, place_of(fault)
            )
            return "451 4.3.0 Wij konden uw bericht nu niet bewaren, probeer het later opnieuw"
        self.received += 1
        self.last_received_at = at
        return "250 2.0.0 OK, bewaard"

    async def handle_exception(self, fault: Exception) -> str:
        """A fault in the conversation itself; the library would say 500, which makes a sender give up."""
        _log.warning("fout in een smtp-gesprek: %s %s", type(fault).__name__, place_of(fault))
        return "451 4.3.0 Er ging bij ons iets mis, probeer het later opnieuw"


async def listen(smtp_in: SmtpIn, host: str, port: int, hostname: str) -> asyncio.Server:
    """Serve in this event loop; `port` 0 takes a free one."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(connection_factory(smtp_in, smtp_in.load, hostname, loop), host, port, backlog=512)


def _peer(session: Session) -> str:
    peer = session.peer
    return str(peer[0]) if isinstance(peer, tuple) and peer else ""
