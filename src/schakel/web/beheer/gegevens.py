# SPDX-License-Identifier: EUPL-1.2
"""GET /beheer/gegevens: every klantgegeven with bron, eigenaar and doelen, and which rol sees it for which doel."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from litestar import Response, get
from litestar.params import FromQuery

from schakel.begrippen.doel import Doel
from schakel.identiteit.wie import Betrouwbaarheidsniveau, GeautomatiseerdeActor, Inwoner, Medewerker, Rol, Wie
from schakel.kit.clock import AMSTERDAM
from schakel.regie.bevoegdheid import ROL_DOELEN, decide_bevoegdheid
from schakel.regie.catalogus import Klantgegeven, catalogus
from schakel.regie.doelen import DOELEN
from schakel.web.beheer.blad import BEHEERDER
from schakel.web.diensten import diensten_of
from schakel.web.page import AnyRequest, render

NOBODY = UUID(int=0)
ROLLEN = {
    Rol.KCC_MEDEWERKER: "KCC",
    Rol.BALIEMEDEWERKER: "Balie",
    Rol.VAKSPECIALIST: "Vakspecialist",
    Rol.TEAMLEIDER: "Teamleider",
    Rol.BEHEERDER: "Beheerder",
}
#: Somebody of each kind, to ask the rule about; each with one rol, because rollen do not add up.
KIJKERS: Mapping[str, Wie] = {
    **{naam: Medewerker(NOBODY, "", frozenset({rol}), "") for rol, naam in ROLLEN.items()},
    "De klant zelf": Inwoner(NOBODY, Betrouwbaarheidsniveau.HOOG),
    "Automatisch": GeautomatiseerdeActor(""),
}


class Gegevenregel(NamedTuple):
    """One line: `ziet` are those who see it for the chosen doel, or for any doel."""

    gegeven: Klantgegeven
    doelen: Sequence[str]
    bij_doel: bool
    ziet: Sequence[str]
    te_laat: bool


@get("/beheer/gegevens", guards=[BEHEERDER], include_in_schema=False)
async def gegevens(request: AnyRequest, doel: FromQuery[str] = "") -> Response[bytes]:
    today = diensten_of(request).clock().astimezone(AMSTERDAM).date()
    binding, known = DOELEN.get(doel), catalogus()
    chosen = [binding.doel] if binding else [each.doel for each in DOELEN.values()]
    regels = [
        Gegevenregel(
            gegeven,
            [DOELEN[sleutel].doel.omschrijving for sleutel in gegeven.doelen],
            binding is not None and gegeven.klasse in binding.klassen,
            [naam for naam, wie in KIJKERS.items() if any(sees(wie, one, gegeven) for one in chosen)],
            gegeven.herziening < today,
        )
        for gegeven in known.klantgegevens
    ]
    return render(
        request,
        "beheer/gegevens.html",
        regels=regels,
        versie=known.versie,
        bronnen=known.bronnen,
        eigenaren=known.eigenaren,
        gebreken=known.gaps(today),
        doelen=[(each.doel.sleutel, each.doel.omschrijving) for each in DOELEN.values()],
        doel=binding.doel if binding else None,
        rollen=[(ROLLEN[rol], sorted(one.omschrijving for one in ROL_DOELEN[rol])) for rol in ROLLEN],
    )


def sees(wie: Wie, doel: Doel, gegeven: Klantgegeven) -> bool:
    """What the rule itself says."""
    return decide_bevoegdheid(wie, doel, gegeven.klasse, NOBODY).mag
