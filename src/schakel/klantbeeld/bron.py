# SPDX-License-Identifier: EUPL-1.2
"""Bron: the port through which a register or our own data tell what they know of one klant (KB-0, KB-5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from schakel.begrippen.antwoord import Antwoord
from schakel.begrippen.bsn import Bsn
from schakel.begrippen.doel import Doel
from schakel.klantbeeld.gegevens import Gegeven


@dataclass(frozen=True, slots=True)
class Klantsleutels:
    """By what bronnen know this klant. Has no bsn when the partij was never linked to one.

    `geheim`: our own record already says that the address is geheim, so that it is not even asked for.
    """

    partij_id: UUID
    bsn: Bsn | None = None
    geheim: bool = False


class Bron(Protocol):
    """Where klantgegevens come from. `naam` and `attributen` are those of the Klantgegevenscatalogus."""

    @property
    def naam(self) -> str: ...

    @property
    def attributen(self) -> frozenset[str]: ...

    async def vraag(
        self, sleutels: Klantsleutels, attributen: frozenset[str], doel: Doel
    ) -> Antwoord[Mapping[str, Gegeven]]:
        """What it knows of these attributes now. One that has no value is left out. May be cut off at any await."""
        ...
