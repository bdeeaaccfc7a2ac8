# SPDX-License-Identifier: EUPL-1.2
"""Inloggen: a medewerker proves who he is at the gemeente's own provider; his groepen there say what he may do here."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from schakel.identiteit.wie import Rol
from schakel.kit.errors import SchakelError

STANDAARD = Path(__file__).with_name("groepen.toml")
#: Where one tries again. Every page about a failure points here.
ADRES = "/inloggen"


class InloggenMislukt(SchakelError):
    """Nobody came in. Says what to do, never what the provider said: that may hold a name."""

    status = 401
    title = "Inloggen is niet gelukt"
    advice = "Log opnieuw in. Lukt het weer niet? Bel dan uw beheerder."
    sign_in = ADRES


class ProviderOnbereikbaar(InloggenMislukt):
    """It is down, late, or says what nobody understands. Not a mistake of ours, so no 5xx."""

    status = 424
    title = "Het inlogsysteem antwoordt niet"
    advice = "Wacht een paar minuten en log dan opnieuw in. Wie al is ingelogd, kan gewoon doorwerken."


class PogingVerlopen(InloggenMislukt):
    """The browser came back too late, twice, or without what we gave it."""

    status = 400
    title = "Deze inlogpoging geldt niet meer"
    advice = "U deed er te lang over, of u begon in een ander tabblad. Log opnieuw in."


class ProviderWeigert(InloggenMislukt):
    """The provider let nobody through, or the medewerker stopped there."""

    title = "Het inlogsysteem liet u niet door"
    advice = "Log opnieuw in met uw account van de gemeente. Lukt het weer niet? Bel dan uw beheerder."


class BewijsOngeldig(InloggenMislukt):
    """What the provider gave is not signed as it should be, is too old, or was meant for another."""

    title = "Wij kunnen niet zeker weten wie u bent"
    advice = "Log opnieuw in. Ziet u deze melding weer? Bel dan uw beheerder en noem deze zin."


class GeenGroep(InloggenMislukt):
    """Known at the provider, in no groep that we know."""

    status = 403
    title = "Uw account heeft hier nog geen rol"
    advice = "Vraag uw beheerder om u in een groep van Schakel te zetten. Log daarna opnieuw in."


class GroepenOngeldig(SchakelError):
    """`detail` says which line of the file is wrong."""

    title = "Het bestand met groepen klopt niet"
    advice = "Pas het bestand van SCHAKEL_OIDC_GROEPEN aan en start opnieuw."


@dataclass(frozen=True, slots=True)
class Groep:
    """What being in one groep of the provider means here."""

    naam: str
    rollen: frozenset[Rol]
    team: str = ""
    functie: str = "Medewerker"


@dataclass(frozen=True, slots=True, repr=False)
class Ingelogd:
    """Whom the provider says this is. `account` names him for ever, `sid` this one time that he logged in."""

    account: str
    naam: str
    groepen: frozenset[str]
    sid: str
    verder: str


@dataclass(frozen=True, slots=True)
class Toewijzing:
    """What somebody is here, from his groepen."""

    rollen: frozenset[Rol]
    team: str
    functie: str


@dataclass(frozen=True, slots=True, repr=False)
class Vertrek:
    """Where the browser goes, and what it must bring back: sealed, for its cookie alone."""

    adres: str
    bewijs: str


@dataclass(frozen=True, slots=True, repr=False)
class Beeindigd:
    """Who logged out at the provider: of one time (`sid`) or, without it, everywhere."""

    account: str
    sid: str


class Inlogdienst(Protocol):
    """The provider, as the screens know it. Every method raises an InloggenMislukt."""

    async def begin(self, verder: str) -> Vertrek:
        """Send somebody there; afterwards he goes on to `verder`."""
        ...

    async def complete(self, terug: Mapping[str, str], bewijs: str) -> Ingelogd:
        """Who came back, from the query that the provider gave and the `bewijs` of the cookie."""
        ...

    async def end_address(self) -> str | None:
        """Where one logs out at the provider too; None when it offers no such thing or does not answer."""
        ...

    async def ended(self, token: str) -> Beeindigd:
        """Whom the provider itself logs out (back-channel)."""
        ...


class Medewerkersessies(Protocol):
    """Where who logged in becomes a medewerker with a sessie."""

    async def open_for_ingelogde(
        self, ingelogd: Ingelogd, toewijzing: Toewijzing, token: str, csrf: str, at: datetime
    ) -> None: ...

    async def close_of(self, beeindigd: Beeindigd) -> int:
        """End his sessies; how many there were."""
        ...


@dataclass(frozen=True, slots=True)
class Inloggen:
    """What the screens need to let a medewerker in."""

    dienst: Inlogdienst
    groepen: Sequence[Groep]
    sessies: Medewerkersessies


def assign(groepen: Sequence[Groep], van: frozenset[str]) -> Toewijzing:
    """What somebody in these groepen may be; raises GeenGroep when that is nothing."""
    own = [groep for groep in groepen if groep.naam in van]
    if not own:
        raise GeenGroep
    team = next((groep.team for groep in own if groep.team), "")
    return Toewijzing(frozenset().union(*(groep.rollen for groep in own)), team, own[0].functie)


def read_groepen(path: Path | None) -> Sequence[Groep]:
    """From the gemeente's own file, or from ours; raises GroepenOngeldig."""
    try:
        found = tomllib.loads((path or STANDAARD).read_text(encoding="utf-8"))
    except OSError:
        raise GroepenOngeldig(f"Het bestand {path} is niet te lezen.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise GroepenOngeldig(f"Het bestand {path} is geen TOML.") from None
    rows = found.get("groep")
    if not isinstance(rows, list) or not rows:
        raise GroepenOngeldig("Er staat geen enkele [[groep]] in.")
    return tuple(_groep(row, number) for number, row in enumerate(rows, 1))


def _groep(row: Any, number: int) -> Groep:
    rollen = row.get("rollen") if isinstance(row, dict) else None
    texts = [row.get(name, "") for name in ("naam", "team", "functie")] if rollen else [None]
    if not isinstance(rollen, list) or not all(isinstance(text, str) for text in texts) or not row.get("naam"):
        raise GroepenOngeldig(f"Groep {number} heeft een naam en rollen nodig.")
    unknown = [str(rol) for rol in rollen if rol not in tuple(Rol)]
    if unknown:
        raise GroepenOngeldig(f"Groep {number} noemt een rol die er niet is. Kies uit: {', '.join(Rol)}.")
    return Groep(row["naam"], frozenset(map(Rol, rollen)), row.get("team", ""), row.get("functie") or "Medewerker")
