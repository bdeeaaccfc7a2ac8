# SPDX-License-Identifier: EUPL-1.2
"""The BRP over HTTP (Haal Centraal personen bevragen 2.x): one bron of the klantbeeld, and a search for herkennen.

Nothing is kept (GE-12). A bsn travels in the body only, never in a URL, a log line or an error (A09, invariant 9).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
import msgspec

from schakel.begrippen.antwoord import Antwoord, Gevonden, Leeg, Onbereikbaar
from schakel.begrippen.bsn import Bsn, InvalidBsn
from schakel.begrippen.doel import Doel
from schakel.kit.clock import Clock, system_clock
from schakel.klantbeeld.bron import Klantsleutels
from schakel.klantbeeld.gegevens import Datum, Gegeven
from schakel.koppelingen.brp import _gegevens, _wire
from schakel.koppelingen.brp._gegevens import FIELDS
from schakel.regie.catalogus import BRP

PAD = "/haalcentraal/api/brp/personen"
#: Seconds; the composer has its own, shorter patience.
TIMEOUT = httpx.Timeout(3.0, connect=1.0)
MAX_BYTES = 1_000_000
RAADPLEEG = "RaadpleegMetBurgerservicenummer"
ZOEK = "ZoekMetGeslachtsnaamEnGeboortedatum"
_ZOEK_FIELDS = ("burgerservicenummer", "naam.volledigeNaam", "geboorte.datum")


@dataclass(frozen=True, slots=True)
class GevondenPersoon:
    """One hit of a search; without address, which a search does not need."""

    bsn: Bsn
    naam: str
    geboortedatum: Datum
    geheim: bool


class Unusable(Exception):
    """The answer cannot be used; the text says why in Dutch, without anything that was asked or answered."""


class BrpBron:
    """Fills the klantbeeld's port `Bron`. One client for the process; `close` it at the end."""

    naam = BRP
    attributen = frozenset(FIELDS)

    def __init__(
        self,
        base_url: str,
        *,
        headers: Mapping[str, str] | None = None,
        clock: Clock = system_clock,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._client = httpx.AsyncClient(
            base_url=base_url,
            timeout=TIMEOUT,
            headers=headers,
            follow_redirects=False,
            trust_env=False,
            transport=transport,
        )
        self._clock = clock

    async def close(self) -> None:
        await self._client.aclose()

    async def vraag(
        self, sleutels: Klantsleutels, attributen: frozenset[str], doel: Doel
    ) -> Antwoord[Mapping[str, Gegeven]]:
        """What the BRP says of this person. Leeg without a bsn, or when the BRP does not know it."""
        asked = attributen & self.attributen
        if sleutels.bsn is None or not asked:
            return Leeg()
        nummer = sleutels.bsn.reveal()
        fields = ["burgerservicenummer", *sorted({path for name in asked for path in FIELDS[name]})]
        try:
            personen = await self._ask({"type": RAADPLEEG, "fields": fields, "burgerservicenummer": [nummer]})
            if not personen:
                return Leeg()
            if len(personen) > 1 or personen[0].bsn != nummer:
                raise Unusable("gaf een antwoord over iemand anders")
        except Unusable as unusable:
            return Onbereikbaar(self.naam, str(unusable))
        return Gevonden(_gegevens.read(personen[0], asked, self._clock()))

    async def zoek(self, geslachtsnaam: str, geboortedatum: date, doel: Doel) -> Antwoord[Sequence[GevondenPersoon]]:
        """Persons with this name and birth date; at least three letters and a `*` also finds the start of a name."""
        vraag = {
            "type": ZOEK,
            "fields": list(_ZOEK_FIELDS),
            "geslachtsnaam": geslachtsnaam,
            "geboortedatum": geboortedatum.isoformat(),
        }
        try:
            hits = [_hit(persoon) for persoon in await self._ask(vraag)]
        except Unusable as unusable:
            return Onbereikbaar(self.naam, str(unusable))
        return Gevonden(tuple(hits)) if hits else Leeg()

    async def _ask(self, vraag: Mapping[str, Any]) -> Sequence[_wire.Persoon]:
        try:
            async with self._client.stream("POST", PAD, json=vraag) as response:
                body = await _read(response)
            antwoord = _wire.decode(body)
        except httpx.TimeoutException:
            raise Unusable("antwoordt te laat") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError):
            raise Unusable("is niet te bereiken") from None
        except (msgspec.DecodeError, UnicodeDecodeError):  # `from None`: the cause quotes what was answered
            raise Unusable("gaf een antwoord dat wij niet begrijpen") from None
        if antwoord.type != vraag["type"]:
            raise Unusable("gaf een antwoord op een andere vraag")
        return antwoord.personen


async def _read(response: httpx.Response) -> bytes:
    if response.status_code in (401, 403):
        raise Unusable("laat ons niet toe")
    if response.status_code != 200:
        raise Unusable(f"gaf foutcode {response.status_code}")
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > MAX_BYTES:
            raise Unusable("gaf een te lang antwoord")
    return bytes(body)


def _hit(persoon: _wire.Persoon) -> GevondenPersoon:
    try:
        bsn = Bsn(persoon.bsn or "")
    except InvalidBsn:
        raise Unusable("gaf een ongeldig nummer") from None
    naam = persoon.naam.tekst if persoon.naam else ""
    geboren = persoon.geboorte.datum if persoon.geboorte else None
    return GevondenPersoon(
        bsn, naam, _gegevens.datum(geboren) if geboren else Datum(), persoon.geheimhouding_persoonsgegevens
    )
