# SPDX-License-Identifier: EUPL-1.2
"""Invulling: a verzoek as the screen at the balie shows it: per thema each veld, who gave the answer and where."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.kanaalintegratie.verzoek import Verzoekbijlage, Waarde
from schakel.proceslogica.contract import Behandelstand, Processtand, Veld
from schakel.web.notatie import postcode

KLANT = "klant"


@dataclass(frozen=True, slots=True)
class Veldbeeld:
    """One question with its answer so far. `uit_register`: we knew it; shown as a fact, open to correction."""

    veld: Veld
    waarde: str
    bron: str
    kanaal: str
    op: datetime | None
    bijlage: Verzoekbijlage | None
    fout: str

    @property
    def is_ingevuld(self) -> bool:
        return bool(self.waarde)

    @property
    def uit_register(self) -> bool:
        return self.is_ingevuld and self.bron != KLANT

    @property
    def keuzes(self) -> Sequence[tuple[str, str, str]]:
        """As the macro for choices takes them."""
        keuzes = (("ja", "Ja"), ("nee", "Nee")) if self.veld.soort == "ja_nee" else self.veld.keuzes
        return [(waarde, woord, "") for waarde, woord in keuzes]

    @property
    def tekst(self) -> str:
        """As one reads and types it: the label of a choice, a day in the Dutch order."""
        if self.veld.soort == "datum" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", self.waarde):
            jaar, maand, dag = self.waarde.split("-")
            return f"{int(dag)}-{int(maand)}-{jaar}"
        if self.veld.soort == "postcode":
            return postcode(self.waarde)
        return next((woord for waarde, woord, _ in self.keuzes if waarde == self.waarde), self.waarde)

    @property
    def invoersoort(self) -> str:
        """The type of the box, for the right keys on a screen."""
        return {"email": "email", "telefoon": "tel"}.get(self.veld.soort, "text")


@dataclass(frozen=True, slots=True)
class Thema:
    """The questions of one step."""

    titel: str
    uitleg: str
    velden: Sequence[Veldbeeld]

    @property
    def ontbreekt(self) -> int:
        """How many answers are still needed, or must be another one."""
        return sum(bool(v.fout) or (v.veld.verplicht and not v.is_ingevuld) for v in self.velden)


def themas_of(stand: Behandelstand, bijlagen: Sequence[Verzoekbijlage], fouten: Mapping[str, str]) -> Sequence[Thema]:
    """Every step that is for the klant now."""
    gegevens = stand.verzoek.gegevens if stand.verzoek else {}
    by_veld = {bijlage.veld: bijlage for bijlage in bijlagen}
    return [
        Thema(
            stap.titel,
            stap.uitleg,
            [_veld(veld, gegevens.get(veld.sleutel), by_veld, fouten) for veld in stap.velden],
        )
        for stap in stand.klantstappen
    ]


def _veld(
    veld: Veld, given: Waarde | None, bijlagen: Mapping[str, Verzoekbijlage], fouten: Mapping[str, str]
) -> Veldbeeld:
    return Veldbeeld(
        veld,
        given.waarde if given else "",
        given.bron if given else "",
        given.kanaal if given else "",
        datetime.fromisoformat(given.op) if given and given.op else None,
        bijlagen.get(veld.sleutel),
        fouten.get(veld.sleutel, ""),
    )


def answered(themas: Sequence[Thema]) -> tuple[int, int]:
    """How many questions have an answer, of how many."""
    velden = [veld for thema in themas for veld in thema.velden]
    return sum(veld.is_ingevuld for veld in velden), len(velden)


def changed_fields(stand: Behandelstand, typed: Mapping[str, str]) -> dict[str, str]:
    """What the form says of the fields of this step; an empty box that always was empty says nothing."""
    gegevens = stand.verzoek.gegevens if stand.verzoek else {}
    found = {}
    for veld in stand.velden:
        if veld.soort == "bijlage" or veld.sleutel not in typed:
            continue
        if typed[veld.sleutel] or veld.sleutel in gegevens:
            found[veld.sleutel] = typed[veld.sleutel]
    return found


@dataclass(frozen=True, slots=True)
class Waarom:
    """One decision in words: what it comes to, and the facts that made it so."""

    beslissing_id: UUID
    redenen: Sequence[tuple[str, str]]


def waarom_of(stand: Processtand | None) -> Sequence[Waarom]:
    """Each reason once, its conclusion first; a formula is for who opens the rules."""
    told: set[str] = set()
    found = []
    for beslissing in stand.beslissingen if stand else ():
        fresh = [reden for reden in beslissing.redenen if reden not in told and not reden.startswith("formule:")]
        told.update(fresh)
        if fresh:
            found.append(Waarom(beslissing.id, [_conclusion(reden) for reden in fresh]))
    return found


def _conclusion(reden: str) -> tuple[str, str]:
    """A reason ends with what follows from its facts."""
    facts, _, last = reden.rstrip(".").rpartition("; ")
    return last, facts
