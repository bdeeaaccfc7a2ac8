# SPDX-License-Identifier: EUPL-1.2
"""Logboek: one line for every use of personal data, and what the klant reads of it (NO-8, A05, A12)."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from schakel.begrippen.doel import Doel
from schakel.identiteit.wie import GeautomatiseerdeActor, Inwoner, Medewerker, Wie
from schakel.regie.doelen import DOELEN

HOUR = timedelta(hours=1)


class Verwerkingssoort(StrEnum):
    """Who used the data: a person looked, the klant himself did, software did; or nothing was shown."""

    INZAGE = "inzage"
    EIGEN = "eigen inzage"
    AUTOMATISCH = "automatisch"
    GEWEIGERD = "geweigerd"


@dataclass(frozen=True, slots=True)
class Verwerking:
    """One use of personal data. `betrokkenen` are pseudonyms; `doel` is a sleutel; `gezien` are gegevensklassen.

    `wie` is the name of a medewerker or of software; of an inwoner nothing is kept but the pseudonym.
    """

    moment: datetime
    wie: str
    functie: str
    team: str
    doel: str
    activiteit: str
    soort: Verwerkingssoort
    bronnen: tuple[str, ...]
    gezien: tuple[str, ...]
    betrokkenen: tuple[bytes, ...]
    actor_id: UUID | None = None


class Logboek(Protocol):
    """Where verwerkingen are kept, append-only."""

    async def record(self, verwerking: Verwerking) -> None:
        """Durable when it returns; raising means that the data may not be shown."""
        ...


def pseudonym(key: bytes, partij_id: UUID) -> bytes:
    """The name of a partij in the logboek: found by who has the key, meaningless to who has not (A20)."""
    return hmac.new(key, b"logboek:" + partij_id.bytes, hashlib.sha256).digest()  # A20


def describe_verwerking(
    wie: Wie,
    doel: Doel,
    *,
    bronnen: tuple[str, ...],
    gezien: tuple[str, ...],
    betrokkenen: tuple[bytes, ...],
    moment: datetime,
) -> Verwerking:
    """The line for this use; nothing seen makes it a refusal."""
    actor_id, naam, functie, team = None, "", "", ""
    match wie:
        case Medewerker():
            actor_id, naam, functie, team = wie.id, wie.naam, wie.functie, wie.team
            soort = Verwerkingssoort.INZAGE
        case Inwoner():
            functie, soort = "U zelf", Verwerkingssoort.EIGEN
        case GeautomatiseerdeActor():
            naam, functie, soort = wie.naam, "Automatisch", Verwerkingssoort.AUTOMATISCH
    if not gezien:
        soort = Verwerkingssoort.GEWEIGERD
    return Verwerking(
        moment,
        naam,
        functie,
        team,
        doel.sleutel,
        doel.verwerkingsactiviteit,
        soort,
        bronnen,
        gezien,
        betrokkenen,
        actor_id,
    )


@dataclass(frozen=True, slots=True)
class Inzageregel:
    """What the klant reads of one verwerking: function and team, never the name of a medewerker. `eigen`: himself."""

    moment: datetime
    wie: str
    gezien: tuple[str, ...]
    waarom: str
    grondslag: str
    bronnen: tuple[str, ...]
    automatisch: bool
    eigen: bool = False


@dataclass(frozen=True, slots=True)
class Inzagebundel:
    """The same look, again and again within one hour: read as one line. `sinds`: of the first of them."""

    regel: Inzageregel
    sinds: datetime
    keer: int


def bundle(regels: Iterable[Inzageregel]) -> list[Inzagebundel]:
    """Put equal lines that follow each other within an hour together; newest first, as they came."""
    bundels: list[Inzagebundel] = []
    for regel in regels:
        last = bundels[-1] if bundels else None
        if last and last.regel.moment - regel.moment < HOUR and replace(regel, moment=last.regel.moment) == last.regel:
            bundels[-1] = Inzagebundel(last.regel, regel.moment, last.keer + 1)
        else:
            bundels.append(Inzagebundel(regel, regel.moment, 1))
    return bundels


def for_klant(verwerking: Verwerking, teamnaam: str = "") -> Inzageregel:
    """The line as the klant may read it (GE-2). `teamnaam` is the public name of the team, if it differs."""
    binding = DOELEN.get(verwerking.doel)
    team = teamnaam or verwerking.team
    return Inzageregel(
        moment=verwerking.moment,
        wie=f"{verwerking.functie}, team {team}" if team else verwerking.functie,  # A12: not the name
        gezien=verwerking.gezien,
        waarom=binding.doel.omschrijving if binding else verwerking.activiteit,  # GE-2
        grondslag=binding.doel.grondslag if binding else "onbekend",
        bronnen=verwerking.bronnen,
        automatisch=verwerking.soort is Verwerkingssoort.AUTOMATISCH,
        eigen=verwerking.soort is Verwerkingssoort.EIGEN,
    )
