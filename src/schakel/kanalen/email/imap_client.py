# SPDX-License-Identifier: EUPL-1.2
"""ImapSessie: one conversation with an IMAP server, in a thread of its own because the library waits."""

import asyncio
import ssl
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any, Self

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from schakel.kanalen.email.postbus import Postbus

#: What a dropped line, a late answer or a server in trouble looks like.
FAULTS = (IMAPClientError, OSError, EOFError, TimeoutError, ValueError, UnicodeError)


class NotThere(Exception):
    """The server lists this message and does not hand it over."""


class ImapSessie:
    """Reads and changes nothing: the folder is opened read-only, and no message becomes \\Seen."""

    def __init__(self, postbus: Postbus, timeout: float) -> None:
        self._postbus, self._timeout = postbus, timeout
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="imap")
        self._client: IMAPClient | None = None

    async def __aenter__(self) -> Self:
        try:
            self._client = await self._do(self._log_in)
        except BaseException:
            self._thread.shutdown(wait=False)
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        with suppress(*FAULTS):
            if self._client:
                self._client.shutdown()  # from here: a thread that waits for an answer wakes up
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def select(self) -> int:
        """Open the folder; its UIDVALIDITY."""
        found = await self._do(self.client.select_folder, self._postbus.folder, True)
        return int(found[b"UIDVALIDITY"])

    async def numbers(self) -> list[int]:
        """The UIDs of all that is there, oldest first."""
        await self._do(self.client.noop)  # a server tells what came since on the next command
        return sorted(await self._do(self.client.search, "ALL"))

    async def numbers_before(self, day: date) -> list[int]:
        """The UIDs of what came on an earlier day."""
        return sorted(await self._do(self.client.search, ["BEFORE", day]))

    async def fetch(self, uid: int) -> tuple[bytes, datetime]:
        """One message as it lies there, and when the server received it; raises NotThere."""
        found = (await self._do(self.client.fetch, [uid], ["BODY.PEEK[]", "INTERNALDATE"])).get(uid, {})
        content, received_at, now = found.get(b"BODY[]"), found.get(b"INTERNALDATE"), datetime.now(UTC)
        if not isinstance(content, bytes):
            raise NotThere
        return content, min(received_at, now) if isinstance(received_at, datetime) else now

    def can_wait(self) -> bool:
        """Whether this server tells by itself that something came (IDLE, RFC 2177)."""
        return bool(self.client.has_capability("IDLE"))

    async def wait(self, seconds: float, slice_seconds: float = 1.0) -> bool:
        """IDLE until something happens in the folder or this time is over; True when something did."""
        await self._do(self.client.idle)
        try:
            loop = asyncio.get_running_loop()
            until = loop.time() + seconds
            while loop.time() < until:
                if _is_news(await self._do(self.client.idle_check, slice_seconds)):
                    return True
            return False
        finally:
            await self._do(self.client.idle_done)

    @property
    def client(self) -> IMAPClient:
        assert self._client is not None, "inside `async with` only"
        return self._client

    def _log_in(self) -> IMAPClient:
        postbus = self._postbus
        context = ssl.create_default_context()
        client = IMAPClient(
            postbus.host, port=postbus.port, ssl=postbus.tls, ssl_context=context, timeout=self._timeout
        )
        if not postbus.tls and not postbus.is_local:
            client.starttls(context)
        client.normalise_times = False  # aware, as the server says it
        client.login(postbus.gebruiker, postbus.wachtwoord)
        return client

    async def _do(self, call: Callable[..., Any], *arguments: object) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: call(*arguments))


def _is_news(answers: Sequence[Any]) -> bool:
    """A server also says `OK Still here` now and then."""
    return any(isinstance(answer, tuple) and answer[-1] in (b"EXISTS", b"EXPUNGE", b"FETCH") for answer in answers)
