# SPDX-License-Identifier: EUPL-1.2
"""Stap: which of the possible steps the desk offers, to whom, and how its fields look. Pure; the proces decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schakel.identiteit.wie import Medewerker, Rol
from schakel.proceslogica.contract import Behandelstand, Stap, Veld
from schakel.web.medewerker.contact.invulling import Veldbeeld

LANG = "lange_tekst"
CONCEPT = "concept"


@dataclass(frozen=True, slots=True)
class Aanbod:
    """The one step to do now, and the others that are possible. `aanvraag`: filling in for the klant comes first."""

    stap: Stap | None
    andere: Sequence[Stap]
    aanvraag: bool

    @property
    def is_antwoord(self) -> bool:
        """Whether the step is writing to the klant: it begins with a long text."""
        return bool(self.stap and self.stap.velden and self.stap.velden[0].soort == LANG)

    @property
    def tekstveld(self) -> str:
        """The field whose text is kept as the draft of this medewerker; empty when there is none."""
        velden = self.stap.velden if self.stap else ()
        return next((veld.sleutel for veld in velden if veld.soort == LANG), "")


def offer_of(stand: Behandelstand, wanted: str) -> Aanbod:
    """What was chosen, when possible; else filling in what the klant began; else what the proces offers first."""
    possible = list(stand.stand.mogelijke_stappen) if stand.stand else []
    is_draft = stand.verzoek is not None and stand.verzoek.status == CONCEPT and bool(stand.klantstappen)
    if is_draft:  # handed in as a whole, with every check
        possible = [stap for stap in possible if stap.voor != "klant"]
    stap = next((stap for stap in possible if stap.sleutel == wanted), None)
    if stap is None and not is_draft:
        stap = next((stap for stap in possible if stap.primair), possible[0] if possible else None)
    return Aanbod(stap, [other for other in possible if other != stap], is_draft and stap is None)


def may_do(wie: Medewerker, stap: Stap) -> bool:
    """What is for a vakspecialist is not for everybody; the rest is."""
    return stap.voor != "vakspecialist" or Rol.VAKSPECIALIST in wie.rollen


def answer_of(form: Mapping[str, str], velden: Sequence[Veld]) -> dict[str, str]:
    """Of what was posted only what this step asks."""
    return {veld.sleutel: form.get(veld.sleutel, "") for veld in velden}


def fields_of(stap: Stap, invoer: Mapping[str, str], fouten: Mapping[str, str]) -> Sequence[Veldbeeld]:
    """The fields of a step as the screen shows them, with what was typed."""
    return [
        Veldbeeld(veld, invoer.get(veld.sleutel, ""), "", "", None, None, fouten.get(veld.sleutel, ""))
        for veld in stap.velden
    ]
