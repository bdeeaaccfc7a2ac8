# SPDX-License-Identifier: EUPL-1.2
"""GET /beheer/serviceformules: what a klant may count on, per kind of product and per kanaal. Read only."""

from collections import Counter

from litestar import Response, get

from schakel.web.beheer.blad import BEHEERDER
from schakel.web.beheer.drukte import spell_level
from schakel.web.diensten import diensten_of
from schakel.web.page import AnyRequest, render


@get("/beheer/serviceformules", guards=[BEHEERDER], include_in_schema=False)
async def serviceformules(request: AnyRequest) -> Response[bytes]:
    dienst = diensten_of(request).dienst
    return render(
        request,
        "beheer/serviceformules.html",
        formules=dienst.formules.values(),
        standaard=dienst.standaardformule,
        producten=Counter(product.serviceformule for product in dienst.producten.values()),
        spell_level=spell_level,
    )
