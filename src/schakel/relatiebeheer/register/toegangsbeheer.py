# SPDX-License-Identifier: EUPL-1.2
"""Toegangsbeheer: which programs may use the APIs, for which doel, until when; what a beheerder makes and withdraws."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from schakel.kit.errors import Conflict, InvalidInput
from schakel.kit.projection import Guard
from schakel.relatiebeheer.register.toegang import ALL, READ, WRITE

#: How long access may last: a program that nobody looks after stops by itself.
LANGST = timedelta(days=731)
_CLIENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,99}")
_GUARDS: Mapping[Guard, str] = {
    Guard.VERTROUWELIJK: "Ziet ook vertrouwelijke klantcontacten",
    Guard.GEHEIM: "Ziet ook gegevens van wie geheimhouding vroeg",
}


class ClientIdTaken(Conflict):
    """Two programs cannot have the same one."""

    title = "Dit client-id is al in gebruik"
    advice = "Kies een ander client-id, of trek de oude toegang eerst in."


@dataclass(frozen=True, slots=True)
class Toegangregel:
    """Access of one program, without its secret. `client_id` is empty for a plain token."""

    id: UUID
    naam: str
    eigenaar: str
    doel: str
    client_id: str
    scopes: Sequence[str]
    gemaakt_op: datetime
    verloopt_op: datetime
    ingetrokken_op: datetime | None

    def works(self, at: datetime) -> bool:
        return self.ingetrokken_op is None and self.verloopt_op > at


@dataclass(frozen=True, slots=True)
class Aanvraag:
    """What a beheerder asks for. With `client_id` the program signs its own tokens (ZGW)."""

    naam: str
    eigenaar: str
    doel: str
    scopes: Sequence[str]
    verloopt_op: datetime
    client_id: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Gemaakt:
    """A new access, with the secret that is shown this once."""

    regel: Toegangregel
    geheim: str


class Toegangen(Protocol):
    """Where access is kept: by digest, or for who signs, as ciphertext."""

    async def all(self) -> Sequence[Toegangregel]:
        """Newest first, those that ended too."""
        ...

    async def add(
        self, token: str, naam: str, eigenaar: str, doel: str, scopes: Sequence[str], verloopt_op: datetime
    ) -> UUID: ...

    async def add_client(
        self, client_id: str, secret: str, naam: str, eigenaar: str, doel: str, scopes: Sequence[str],
        verloopt_op: datetime,
    ) -> UUID:  # fmt: skip
        """Raises ClientIdTaken."""
        ...

    async def withdraw(self, id: UUID, at: datetime) -> bool:
        """False when it is not there, or was withdrawn before."""
        ...


@dataclass(frozen=True, slots=True)
class Toegangsbeheer:
    """`resources` are the names of what the APIs have, as scopes name them; `doelen` those of regie, by key."""

    toegangen: Toegangen
    resources: Sequence[str]
    doelen: Mapping[str, str]

    async def make(self, aanvraag: Aanvraag, at: datetime) -> Gemaakt:
        """A new access; raises InvalidInput or ClientIdTaken."""
        fouten = self._mistakes(aanvraag, at)
        if fouten:
            raise InvalidInput(fouten)
        a, geheim = aanvraag, secrets.token_urlsafe(32)
        what = (a.naam, a.eigenaar, a.doel, a.scopes, a.verloopt_op)
        if a.client_id:
            made = await self.toegangen.add_client(a.client_id, geheim, *what)
        else:
            made = await self.toegangen.add(geheim, *what)
        regel = Toegangregel(made, a.naam, a.eigenaar, a.doel, a.client_id, a.scopes, at, a.verloopt_op, None)
        return Gemaakt(regel, geheim)

    def _mistakes(self, aanvraag: Aanvraag, at: datetime) -> dict[str, str]:
        fouten = {}
        if not 0 < len(aanvraag.naam) <= 100:
            fouten["naam"] = "Vul een naam in van ten hoogste 100 tekens, zoals KISS."
        if not 0 < len(aanvraag.eigenaar) <= 100:
            fouten["eigenaar"] = "Vul in welk team of welke functie hiervoor zorgt."
        if aanvraag.doel not in self.doelen:
            fouten["doel"] = "Kies waarvoor dit systeem de gegevens nodig heeft."
        if not any(scope.partition(":")[2] in (READ, WRITE) for scope in aanvraag.scopes):
            fouten["rechten"] = "Kies ten minste één onderdeel dat dit systeem mag lezen of schrijven."
        if not at < aanvraag.verloopt_op <= at + LANGST:
            fouten["duur"] = "Kies hoelang de toegang geldt: ten hoogste twee jaar."
        if aanvraag.client_id and not _CLIENT_ID.fullmatch(aanvraag.client_id):
            fouten["client_id"] = "Gebruik 2 tot 100 letters, cijfers, punten of streepjes."
        return fouten

    def scopes(self, read: Iterable[str], write: Iterable[str], guards: Iterable[str]) -> tuple[str, ...]:
        """From what was ticked: names of resources or `*`; what is not known is left out."""
        known = (ALL, *self.resources)
        ways = ((READ, set(read)), (WRITE, set(write)))
        found = [f"{name}:{way}" for way, chosen in ways for name in known if name in chosen]
        return (*found, *(guard for guard in Guard if guard in set(guards)))


def spell(scopes: Sequence[str]) -> list[str]:
    """In words, what somebody with these scopes may do."""
    ways = {way: [scope.partition(":")[0] for scope in scopes if scope.endswith(f":{way}")] for way in (READ, WRITE)}
    said = []
    for way, names in ways.items():
        if ALL in names:
            said.append(f"Mag alles {way}")
        elif names:
            said.append(f"Mag {way}: {', '.join(names)}")
    said += [words for guard, words in _GUARDS.items() if guard in scopes]
    return said or ["Mag niets"]
