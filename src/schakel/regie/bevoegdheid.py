# SPDX-License-Identifier: EUPL-1.2
"""Bevoegdheid: may this one see this gegevensklasse for this doel? Pure, and it says why not (NO-8, GE-8, KB-1)."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from schakel.begrippen.doel import Doel
from schakel.identiteit.wie import Betrouwbaarheidsniveau, GeautomatiseerdeActor, Inwoner, Medewerker, Rol, Wie
from schakel.regie import doelen as d
from schakel.regie.doelen import DOELEN, Gegevensklasse, K


class Weigering(StrEnum):
    """Why not, as the asker reads it."""

    ROL_ZONDER_DOEL = "Dit doel hoort niet bij uw rol."
    ANDER_DOEL = "Dit hoort bij een ander doel. U heeft het hier niet nodig."
    ROL = "Uw rol mag dit niet zien."
    GEHEIM = "Dit adres is geheim. U heeft het voor dit doel niet nodig."
    GEHEIM_ONBEKEND = "Wij weten nu niet of dit adres geheim is. Daarom tonen wij het niet."
    IEMAND_ANDERS = "Dit zijn gegevens van iemand anders."
    NIVEAU = "Log in met een hoger niveau om dit te zien."


@dataclass(frozen=True, slots=True)
class Bevoegdheid:
    """Allowed when there is no weigering."""

    weigering: Weigering | None = None

    @property
    def mag(self) -> bool:
        return self.weigering is None

    @property
    def reden(self) -> str:
        """A Dutch sentence; empty when allowed."""
        return self.weigering.value if self.weigering else ""


_MAG = Bevoegdheid()
_HELPERS = frozenset({d.VRAAG, d.HERKENNEN, d.PARKEERVERGUNNING, d.VERHUIZING, d.DUBBELEN})
ROL_DOELEN: dict[Rol, frozenset[Doel]] = {
    Rol.KCC_MEDEWERKER: _HELPERS,
    Rol.BALIEMEDEWERKER: _HELPERS,
    Rol.VAKSPECIALIST: _HELPERS | {d.BEZWAAR},
    Rol.TEAMLEIDER: frozenset({d.KWALITEIT}),
    Rol.BEHEERDER: frozenset(),
}
_HELPEN = DOELEN[d.VRAAG.sleutel].klassen
ROL_KLASSEN: dict[Rol, frozenset[Gegevensklasse]] = {
    Rol.KCC_MEDEWERKER: _HELPEN,
    Rol.BALIEMEDEWERKER: _HELPEN | {K.GEZIN},
    Rol.VAKSPECIALIST: _HELPEN | {K.GEZIN, K.BSN},
    Rol.TEAMLEIDER: frozenset({K.CONTACTEN, K.VERZOEKEN}),
    Rol.BEHEERDER: frozenset(),
}
#: Who may see an address that is geheim, for a doel that cannot do without it.
ROLLEN_GEHEIM_ADRES = frozenset({Rol.VAKSPECIALIST})
DOELEN_INWONER = frozenset({d.INZAGE, d.VOORINVULLEN})  # NO-6: of himself he may see it all
DOELEN_GEAUTOMATISEERD = frozenset({d.VOORINVULLEN, d.VERDELING})
#: What an inwoner sees of himself at the lowest niveau too (GE-8: more needs more certainty).
KLASSEN_LAAG = frozenset({K.NAAM, K.CONTACTEN, K.VERZOEKEN, K.VOORKEUREN})


def decide_bevoegdheid(
    wie: Wie, doel: Doel, klasse: Gegevensklasse, partij_id: UUID, *, geheim: bool | None = False
) -> Bevoegdheid:
    """Whether `wie` may see this klasse of this partij now. `geheim` is None when no bron could say so."""
    binding = DOELEN.get(doel.sleutel)
    if isinstance(wie, Inwoner) and wie.partij_id != partij_id:  # NO-8, KB-1
        return Bevoegdheid(Weigering.IEMAND_ANDERS)
    if binding is None or binding.doel != doel or not _serves(wie, doel):
        return Bevoegdheid(Weigering.ROL_ZONDER_DOEL)
    if klasse not in binding.klassen:  # NO-8, A01: the doel binds, whoever asks
        return Bevoegdheid(Weigering.ANDER_DOEL)
    match wie:
        case Inwoner(betrouwbaarheidsniveau=niveau):
            enough = niveau >= Betrouwbaarheidsniveau.SUBSTANTIEEL or klasse in KLASSEN_LAAG  # D01
            return _MAG if enough else Bevoegdheid(Weigering.NIVEAU)
        case GeautomatiseerdeActor():
            return _MAG
        case Medewerker(rollen=rollen):
            return _for_medewerker(rollen, doel, klasse, geheim=geheim, adres_nodig=binding.adres_nodig)


def _serves(wie: Wie, doel: Doel) -> bool:
    match wie:
        case Inwoner():
            return doel in DOELEN_INWONER
        case GeautomatiseerdeActor():
            return doel in DOELEN_GEAUTOMATISEERD
        case Medewerker(rollen=rollen):
            return any(doel in ROL_DOELEN[rol] for rol in rollen)


def _for_medewerker(
    rollen: frozenset[Rol], doel: Doel, klasse: Gegevensklasse, *, geheim: bool | None, adres_nodig: bool
) -> Bevoegdheid:
    """Only the rollen that serve this doel count: two half rollen never add up to a whole one."""
    serving = frozenset(rol for rol in rollen if doel in ROL_DOELEN[rol])
    if not any(klasse in ROL_KLASSEN[rol] for rol in serving):  # GE-8
        return Bevoegdheid(Weigering.ROL)
    if klasse is K.ADRES and geheim is not False and not (adres_nodig and serving & ROLLEN_GEHEIM_ADRES):  # A23
        return Bevoegdheid(Weigering.GEHEIM if geheim else Weigering.GEHEIM_ONBEKEND)
    return _MAG
