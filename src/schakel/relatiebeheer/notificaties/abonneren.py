# SPDX-License-Identifier: EUPL-1.2
"""Abonneren: the rules for an abonnement, whoever makes it; only a subscriber that listens gets one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from schakel.kit.projection import Invalid
from schakel.relatiebeheer.notificaties.abonnement import Aanvraag, Abonnementen, Bezorger, Vorm
from schakel.relatiebeheer.notificaties.topics import TOPICS, Keuze
from schakel.relatiebeheer.register.poorten import Refused

MAX_URL, MAX_AUTH, MAX_NAAM = 1000, 1000, 100
_HEADER = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")  # a line end in it would be a header of its own


@dataclass(frozen=True, slots=True)
class Abonneren:
    """`opslag` for what needs no rules: looking, pausing, replaying, withdrawing."""

    opslag: Abonnementen
    bezorger: Bezorger

    async def add(self, aanvraag: Aanvraag, token_id: UUID | None = None) -> UUID:
        """Raises Refused with all that is wrong; the subscriber is called only when the rest is right."""
        await self._hold(aanvraag)
        return await self.opslag.add(aanvraag, token_id)

    async def change(self, abonnement_id: UUID, aanvraag: Aanvraag) -> None:
        """The same, for one that is there."""
        await self._hold(aanvraag)
        await self.opslag.change(abonnement_id, aanvraag)

    async def _hold(self, aanvraag: Aanvraag) -> None:
        invalid = check_aanvraag(aanvraag) or await self.bezorger.check(aanvraag)
        if invalid:
            raise Refused(invalid)


def check_aanvraag(aanvraag: Aanvraag) -> Sequence[Invalid]:
    """What can be said without calling anybody."""
    invalid = []
    if not aanvraag.naam or len(aanvraag.naam) > MAX_NAAM:
        invalid.append(Invalid("naam", "invalid", f"Geef een naam van ten hoogste {MAX_NAAM} tekens."))
    if not _is_address(aanvraag.url):
        invalid.append(Invalid("callbackUrl", "invalid", "Voer een geldige URL in, zonder gebruikersnaam."))
    if len(aanvraag.auth) > MAX_AUTH or not _HEADER.fullmatch(aanvraag.auth):
        reason = f"Geef een waarde voor de autorisatieheader van ten hoogste {MAX_AUTH} gewone tekens."
        invalid.append(Invalid("auth", "invalid", reason))
    elif aanvraag.vorm is Vorm.DOORGEVEN and not all(aanvraag.auth.partition(":")[::2]):
        invalid.append(Invalid("auth", "invalid", "Geef het client-id en het geheim, met een dubbele punt ertussen."))
    if not aanvraag.kanalen:
        invalid.append(Invalid("kanalen", "required", "Kies ten minste één kanaal."))
    for place, keuze in enumerate(aanvraag.kanalen):
        invalid += _check_keuze(f"kanalen.{place}", keuze)
    return invalid


def _check_keuze(name: str, keuze: Keuze) -> list[Invalid]:
    topic = TOPICS.get(keuze.naam)
    if topic is None:
        return [Invalid(f"{name}.naam", "does_not_exist", "Dit kanaal bestaat niet.")]
    return [
        Invalid(f"{name}.filters", "inconsistent-abonnement-filters", f"Op {key[:100]} kunt u hier niet filteren.")
        for key in keuze.filters
        if key not in topic.filters
    ]


def _is_address(url: str) -> bool:
    if len(url) > MAX_URL or not re.fullmatch(r"[\x21-\x7e]+", url):
        return False
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    return right and parts.username is None and not parts.fragment
