# SPDX-License-Identifier: EUPL-1.2
"""SMTP out: one bericht to the next hop, and an honest account of how that ended."""

import re
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError

import aiosmtplib

from schakel.begrippen.bericht import Bericht, Bezorging, BezorgUitkomst
from schakel.begrippen.kanaal import Kanaal
from schakel.kanalen.email.compose import compose, with_token

TIMEOUT, DATA_TIMEOUT = 30.0, 120.0
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")
_AT_LINE_START = re.compile(rb"^\.", re.MULTILINE)
_LINE_FAULTS = (aiosmtplib.SMTPException, OSError, TimeoutError, EOFError)


@dataclass(slots=True)
class _Progress:
    """How far one attempt came: what was being done, and whether the text may have been handed over."""

    step: str = "verbinden"
    handed_over: bool = False


@dataclass(frozen=True, slots=True)
class SmtpUit:
    """Fills `OutboundKanaal`. `naam` and `adres` are what the klant sees as sender; time-outs in seconds."""

    host: str
    port: int
    naam: str
    adres: str
    timeout: float = TIMEOUT
    data_timeout: float = DATA_TIMEOUT
    kanaal: Kanaal = Kanaal.EMAIL

    async def deliver(self, bericht: Bericht) -> Bezorging:
        """One attempt. BEZORGD means: the next mail server took it over, not yet that the klant has it."""
        local, _, domain = bericht.aan.rpartition("@")
        try:
            aan = f"{local}@{domain.encode('idna').decode()}" if not domain.isascii() else bericht.aan
            utf8 = not aan.isascii()
            content = compose(bericht, self.naam, self.adres, utf8=utf8)
        except (ValueError, LookupError, TypeError, AttributeError, MessageError):
            return Bezorging(BezorgUitkomst.MISLUKT, "Dit bericht of adres kan niet over e-mail.")
        # Encrypted when the next hop offers it; its certificate is not checked, as between mail servers (RFC 7435).
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            timeout=self.timeout,
            start_tls=None,
            validate_certs=False,
            local_hostname=self.adres.rpartition("@")[2],
        )
        progress = _Progress()
        try:
            return await self._exchange(client, bericht, aan, content, utf8, progress)
        except aiosmtplib.SMTPResponseException as answer:
            return _judge(answer.code, answer.message, progress)
        except _LINE_FAULTS as fault:
            return _judge(0, type(fault).__name__, progress)
        except (ValueError, RuntimeError) as fault:  # the library cannot say this to the other side
            return _judge(0 if progress.handed_over else 553, type(fault).__name__, progress)
        finally:
            client.close()

    async def _exchange(
        self, client: aiosmtplib.SMTP, bericht: Bericht, aan: str, content: bytes, utf8: bool, progress: _Progress
    ) -> Bezorging:
        await client.connect()
        progress.step = "afzender"
        options, encoding = (["SMTPUTF8"], "utf-8") if utf8 else ([], "ascii")
        if utf8 and not client.supports_extension("smtputf8"):
            return Bezorging(BezorgUitkomst.MISLUKT, "De mailserver kan geen adressen met bijzondere letters aan.")
        await client.mail(with_token(self.adres, bericht.token), options=options, encoding=encoding)
        progress.step = "ontvanger"
        await client.rcpt(aan, encoding=encoding)
        progress.step = "tekst"
        ready = await client.execute_command(b"DATA")
        if ready.code != 354:
            return _judge(ready.code, ready.message, progress)
        if client.protocol is None:
            return _judge(0, "SMTPServerDisconnected", progress)
        progress.handed_over = True  # from here on, silence says nothing (invariant 1)
        client.protocol.write(_AT_LINE_START.sub(b"..", content) + b".\r\n")
        answer = await client.protocol.read_response(timeout=self.data_timeout)
        with suppress(*_LINE_FAULTS):  # it has been taken over; a rude goodbye changes nothing
            if answer.code == 250:
                await client.quit(timeout=2)
        return _judge(answer.code, answer.message, progress)


def _judge(code: int, said: str, progress: _Progress) -> Bezorging:
    """`code` as the other side gave it, below 200 when it gave none; then `said` is the name of the fault.

    Of what it said only the codes are kept, because servers repeat the address in their text (invariant 9).
    """
    if 200 <= code < 300 and progress.handed_over:
        return Bezorging(BezorgUitkomst.BEZORGD, "Overgenomen door de volgende mailserver.")
    if 400 <= code < 600:
        enhanced = _ENHANCED.search(said)
        uitkomst = BezorgUitkomst.MISLUKT if code >= 500 else BezorgUitkomst.TIJDELIJK_MISLUKT
        shown = f"{code} {enhanced[0]}" if enhanced else str(code)
        return Bezorging(uitkomst, f"De mailserver zei {shown} (stap: {progress.step}).")
    if progress.handed_over:
        return Bezorging(BezorgUitkomst.ONBEKEND, "Verbinding weg na overdracht; het kan zijn aangekomen.")
    return Bezorging(BezorgUitkomst.TIJDELIJK_MISLUKT, f"Geen gesprek met de mailserver (stap: {progress.step}).")
