# SPDX-License-Identifier: EUPL-1.2
"""Open Klant over HTTP: its lists, page by page. The only reads there are; nothing is ever written there.

It asks by page number and never follows `next`: behind a proxy that is often http, or another host, and would carry the
token there. A page that does not come is asked for again, with longer and longer waits.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from uuid import UUID

import httpx
import msgspec

from schakel.kit.errors import SchakelError
from schakel.kit.projection import Api
from schakel.relatiebeheer.overname.poorten import Pagina

#: What Open Klant gives at most; one that gives less is asked for the same pages in smaller parts.
PAGE_SIZE = 500
TRIES = 8
_TIMEOUT = httpx.Timeout(60.0, connect=10.0)
_LONGEST = 60.0
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
#: Without these an address is not that of a register.
_MUST = ("partijen", "klantcontacten")

Sleep = Callable[[float], Awaitable[None]]


class BronAntwoordtNiet(SchakelError):
    """Tried often enough; what came is kept."""

    status = 502
    title = "Open Klant antwoordt niet"
    advice = "Kijk of Open Klant draait. Geef dan hetzelfde commando: het gaat verder waar het was."


class BronWeigert(SchakelError):
    """The token is wrong, or the address is."""

    status = 502
    title = "Open Klant geeft deze gegevens niet"
    advice = "Controleer --url en het token. Geef dan hetzelfde commando: het gaat verder waar het was."


class _Row(msgspec.Struct):
    uuid: UUID


class _List(msgspec.Struct):
    count: int
    results: list[msgspec.Raw]
    next: str | None = None


class OpenKlantBron:
    """Fills the port `Bron`. Close it at the end."""

    def __init__(self, url: str, token: str, *, sleep: Sleep = asyncio.sleep) -> None:
        self.url, self._sleep = url.rstrip("/").partition("/klantinteracties")[0], sleep
        self._client = httpx.AsyncClient(
            timeout=_TIMEOUT,
            headers={"Authorization": f"Token {token}", "Accept": "application/json"},
            follow_redirects=False,  # the token goes to the address that was given, and nowhere else
            trust_env=False,
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def page(self, api: Api, resource: str, number: int) -> Pagina | None:
        """Newest first."""
        answer = await self._get(f"{self.url}{api.path}/{resource}", number)
        if answer is None:
            if number == 1 and resource in _MUST:
                raise BronWeigert(f"Op dit adres is geen lijst van {resource}.")
            return None
        try:
            found = msgspec.json.decode(answer, type=_List)
            rows = [(msgspec.json.decode(raw, type=_Row).uuid, bytes(raw)) for raw in found.results]
        except msgspec.DecodeError:
            raise BronWeigert(f"Het antwoord op {resource}, pagina {number}, is geen lijst.") from None
        return Pagina(found.count, found.next is None, rows)

    async def _get(self, address: str, number: int) -> bytes | None:
        """The body; None for a page that is not there."""
        why, wait = "", 0.0
        for attempt in range(TRIES):
            if attempt:
                await self._sleep(wait or min(_LONGEST, 2.0**attempt) * random.uniform(0.5, 1.0))  # noqa: S311
            wait = 0.0
            try:
                answer = await self._client.get(address, params={"page": number, "pageSize": PAGE_SIZE})
            except httpx.TransportError as fault:  # a cut line, a timeout, half an answer
                why = type(fault).__name__
                continue
            match answer.status_code:
                case HTTPStatus.OK:
                    return answer.content
                case HTTPStatus.NOT_FOUND:
                    return None
                case status if status in _AGAIN:
                    why, wait = f"status {status}", _retry_after(answer)
                case status:
                    raise BronWeigert(f"Het antwoord heeft status {status}.")
        raise BronAntwoordtNiet(f"{TRIES} keer geprobeerd, het laatst: {why}.")


def _retry_after(answer: httpx.Response) -> float:
    """The seconds it asks for, within reason; 0 when it does not say."""
    said = answer.headers.get("Retry-After", "")
    return min(_LONGEST, float(said)) if said.isdigit() else 0.0
