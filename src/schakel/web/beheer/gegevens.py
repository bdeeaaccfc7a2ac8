# SPDX-License-Identifier: EUPL-1.2
"""GET /beheer/gegevens: every klantgegeven with bron, eigenaar and doelen, and which rol sees it for which doel."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from litestar import Response, get

from schakel.begrippen.doel import Doel
from schakel.identiteit.wie import Medewerker, Rol
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


class Gegevenregel(NamedTuple):
    """One line: `ziet` are rollen that see it for the chosen doel, or for any doel."""

    gegeven: Klantgegeven
    doelen: Sequence[str]
    bij_doel: bool
    ziet: Sequence[str]
    te_laat: bool


@get("/beheer/gegevens", guards=[BEHEERDER], include_in_schema=False)
async def gegevens(request: AnyRequest, doel: str = "") -> Response[bytes]:
    today = diensten_of(request).clock().astimezone(AMSTERDAM).date()
    binding, known = DOELEN.get(doel), catalogus()
    chosen = [binding.doel] if binding else [each.doel for each in DOELEN.values()]
    regels = [
        Gegevenregel(
            gegeven,
            [DOELEN[sleutel].doel.omschrijving for sleutel in gegeven.doelen],
            binding is not None and gegeven.klasse in binding.klassen,
            [ROLLEN[rol] for rol in ROLLEN if any(sees(rol, one, gegeven) for one in chosen)],
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


def sees(rol: Rol, doel: Doel, gegeven: Klantgegeven) -> bool:
    """What the rule itself says, for somebody with this one rol."""
    wie = Medewerker(NOBODY, "", frozenset({rol}), "")
    return decide_bevoegdheid(wie, doel, gegeven.klasse, NOBODY).mag
