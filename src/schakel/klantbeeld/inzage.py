# SPDX-License-Identifier: EUPL-1.2
"""Inzage: the one call for a klantbeeld, for medewerker and inwoner alike, and who looked before (KB-1, GE-2)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from schakel.begrippen.doel import Doel
from schakel.identiteit.wie import Wie
from schakel.klantbeeld.beeld import Klantbeeld
from schakel.klantbeeld.bron import Klantsleutels
from schakel.klantbeeld.compose import Klantbeelden
from schakel.klantbeeld.gegevens import Adres, Datum
from schakel.regie.logboek import Inzageregel, Logboek, Verwerking, for_klant


class Klanten(Protocol):
    """By what keys bronnen know our partijen."""

    async def klantsleutels(self, partij_id: UUID) -> Klantsleutels:
        """Raises NotFound."""
        ...


class Inzagen(Protocol):
    """The logboek as its subject may read it."""

    async def inzageregels(self, pseudonym: bytes, since: datetime, limit: int) -> Sequence[Verwerking]:
        """Newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Klantinzage:
    """Composes a klantbeeld and tells who looked."""

    klantbeelden: Klantbeelden
    klanten: Klanten
    logboek: Logboek
    inzagen: Inzagen
    pseudonym: Callable[[UUID], bytes]

    async def klantbeeld(self, partij_id: UUID, wie: Wie, doel: Doel) -> Klantbeeld:
        """Everything that this one may see for this doel, now. Raises NotFound."""
        sleutels = await self.klanten.klantsleutels(partij_id)
        return await self.klantbeelden.compose(sleutels, wie, doel, self.logboek)

    async def wie_keek(self, partij_id: UUID, since: datetime, limit: int = 100) -> Sequence[Inzageregel]:
        """Every use of the data of this partij, newest first, in words for the klant."""
        found = await self.inzagen.inzageregels(self.pseudonym(partij_id), since, limit)
        return [for_klant(verwerking) for verwerking in found]


def known_values(klantbeeld: Klantbeeld) -> Mapping[str, tuple[str, str]]:
    """Value and bron by bron_sleutel, to fill in a form (NO-7). Parts of an address count as fields of their own."""
    found: dict[str, tuple[str, str]] = {}
    for sectie in klantbeeld.secties:
        for veld in sectie.velden:
            bron = veld.herkomst.bron
            match veld.waarde:
                case Adres():
                    found[veld.sleutel] = (veld.waarde.tekst, bron)
                    parts = {
                        name: getattr(veld.waarde, name) for name in ("straat", "huisnummer", "postcode", "woonplaats")
                    }
                    found |= {f"{veld.sleutel}.{name}": (part, bron) for name, part in parts.items() if part}
                case Datum():
                    found[veld.sleutel] = (veld.waarde.tekst, bron)
                case str():
                    found[veld.sleutel] = (veld.waarde, bron)
    return found
