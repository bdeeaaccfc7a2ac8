# SPDX-License-Identifier: EUPL-1.2
"""IMAP in: follows one mailbox, takes every message in once, and says what it could not get.

The list of what we have is compared with the list of the server at each look, so that neither a long outage
(chatwoot#10429) nor a number that was passed over leaves a message behind.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import compat32

from schakel.kanaalintegratie.gezondheid import Deel, Staat
from schakel.kanaalintegratie.vindplaats import Vergelijking, Vindplaats, Vindplaatsen
from schakel.kanalen.email.envelop import Envelop
from schakel.kanalen.email.headers import Headers
from schakel.kanalen.email.imap_client import ImapSessie, NotThere
from schakel.kanalen.email.postbus import Postbus
from schakel.kit.log import place_of

Store = Callable[[bytes, Envelop, Vindplaats], Awaitable[None]]
LATE = timedelta(minutes=15)
LONGEST_PAUSE, TRIES = 300.0, 3
_log = logging.getLogger(__name__)
_ONLY_HEADERS = 256 * 1024
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to")


@dataclass(frozen=True, slots=True)
class Ritme:
    """Seconds. `look`: between two looks, also when the server keeps silent; `timeout`: of one answer."""

    look: float = 240.0
    timeout: float = 30.0
    pause: float = 1.0


class ImapIn:
    """One mailbox. `store` keeps the bytes and their vindplaats in one unit of work."""

    def __init__(self, postbus: Postbus, store: Store, boek: Vindplaatsen, ritme: Ritme | None = None) -> None:
        self.postbus, self._store, self._boek = postbus, store, boek
        self._ritme = ritme or Ritme()
        self.received = self.left = 0
        self.looked_at: datetime | None = None
        self._began = datetime.now(UTC)
        self._sinds = self._began
        self._broke: Counter[Vindplaats] = Counter()
        self._fault = ""

    async def run(self) -> None:
        """Until cancelled. A line that drops is opened again, after a pause that grows."""
        pause = self._ritme.pause
        while True:
            looked_at = self.looked_at
            try:
                async with ImapSessie(self.postbus, self._ritme.timeout) as sessie:
                    await self._follow(sessie)
            except Exception as fault:  # the line, the server or our own database: the messages wait, so try again
                self._fault = type(fault).__name__
                _log.warning("postbus niet bereikt: %s %s", self._fault, place_of(fault))
            pause = self._ritme.pause if self.looked_at != looked_at else min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311  # spreads the tries, guards nothing

    async def _follow(self, sessie: ImapSessie) -> None:
        account, reeks = self.postbus.account, await sessie.select()
        now = datetime.now(UTC).replace(microsecond=0)  # a mail server writes down whole seconds
        self._sinds = await self._boek.open(account, self.postbus.sinds or now)
        before = await sessie.numbers_before(self._sinds.date())
        await self._boek.pass_over(account, reeks, before, now)
        while True:
            await self._look(sessie, reeks)
            if not sessie.can_wait():
                await asyncio.sleep(self._ritme.look)
            else:
                await sessie.wait(self._ritme.look)

    async def _look(self, sessie: ImapSessie, reeks: int) -> None:
        """Take in what lies there and is not on our list, oldest first."""
        there, known = await sessie.numbers(), await self._boek.known(self.postbus.account, reeks)
        left = 0
        for nummer in [nummer for nummer in there if nummer not in known]:  # KI-0
            left += not await self._take(sessie, Vindplaats(self.postbus.account, reeks, nummer))
        self.left, self._fault, self.looked_at = left, "", datetime.now(UTC)
        vergelijking = Vergelijking(self.looked_at, len(there), len(there) - left, left)
        await self._boek.compared(self.postbus.account, vergelijking)

    async def _take(self, sessie: ImapSessie, plaats: Vindplaats) -> bool:
        """One message never holds up the next (zammad#2754), also when asking for it breaks the line each time."""
        if self._broke[plaats] >= TRIES:
            return False
        self._broke[plaats] += 1
        try:
            content, received_at = await sessie.fetch(plaats.nummer)
        except NotThere:
            await self._boek.leave(plaats, "De mailserver geeft dit bericht niet af.", datetime.now(UTC))
            return False
        del self._broke[plaats]  # a fault of ours in keeping it says nothing of the message
        if received_at < self._sinds:
            await self._boek.pass_over(plaats.account, plaats.reeks, [plaats.nummer], datetime.now(UTC))
        elif not await self._boek.seen_before(plaats, content):
            await self._store(content, envelop_of(content, self.postbus.gebruiker, received_at), plaats)
            self.received += 1
        return True

    async def check(self) -> Deel:
        """For the health page."""
        naam = f"postbus {self.postbus.folder} op {self.postbus.host}"
        cijfers = {"ontvangen": self.received, "blijft liggen": self.left}
        since = self.looked_at or self._began
        if datetime.now(UTC) - since > LATE:
            tekst = f"Wij konden sinds {since:%d-%m-%Y %H:%M} UTC niet in deze postbus kijken ({self._fault})."
            return Deel(naam, Staat.FOUT, tekst, cijfers)
        if self.left:
            tekst = f"{self.left} bericht(en) geeft de mailserver niet af. Bekijk ze in de postbus zelf."
            return Deel(naam, Staat.LET_OP, tekst, cijfers)
        if self._fault:
            return Deel(
                naam, Staat.LET_OP, f"De verbinding viel weg ({self._fault}). Wij proberen het opnieuw.", cijfers
            )
        return Deel(naam, Staat.GOED, "Alles wat er ligt, is binnen.", cijfers)


def envelop_of(content: bytes, gebruiker: str, received_at: datetime) -> Envelop:
    """What SMTP would have said, as the last mail server wrote it down in the headers."""
    headers = Headers(message_from_bytes(content[:_ONLY_HEADERS], policy=compat32))
    mail_from = headers.text("return-path").strip("<> ")
    rcpt_to = [headers.text(name).strip("<> ") for name in _DELIVERED if headers.text(name)]
    return Envelop(mail_from, tuple(dict.fromkeys(rcpt_to)) or (gebruiker,), received_at)
