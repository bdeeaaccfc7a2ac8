# SPDX-License-Identifier: EUPL-1.2
"""Behandelstand: a verzoek as the screen at the balie shows it: per thema each veld with what was given, where and by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from schakel.kanaalintegratie.verzoek import Verzoekbijlage, Waarde
from schakel.proceslogica.contract import Behandelstand, Veld

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
    def tekst(self) -> str:
        """As one reads it: the label of a choice, not its value."""
        keuzes = {"ja": "Ja", "nee": "Nee"} if self.veld.soort == "ja_nee" else dict(self.veld.keuzes)
        return keuzes.get(self.waarde, self.waarde)


@dataclass(frozen=True, slots=True)
class Thema:
    """The questions of one step."""

    titel: str
    uitleg: str
    velden: Sequence[Veldbeeld]

    @property
    def ontbreekt(self) -> int:
        """How many answers are still needed."""
        return sum(v.veld.verplicht and not v.is_ingevuld for v in self.velden)


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
