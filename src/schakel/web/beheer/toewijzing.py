# SPDX-License-Identifier: EUPL-1.2
"""GET /verdeling/beslissingen/{id}: why this colleague got this, with the ten best candidates, in words (KI-1)."""

from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from schakel.identiteit.wie import Rol
from schakel.kit.errors import Forbidden
from schakel.web.diensten import diensten_of
from schakel.web.page import AnyRequest, render
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of


@get("/verdeling/beslissingen/{beslissing_id:uuid}", guards=[medewerker_only()], include_in_schema=False)
async def toewijzing(request: AnyRequest, beslissing_id: FromPath[UUID]) -> Response[bytes]:
    """For who works in that team, and who leads one: it says how full colleagues were."""
    diensten, wie = diensten_of(request), medewerker_of(request)
    beslissing = await diensten.verdeelbeheer.beslissing(beslissing_id)
    if wie.team != beslissing.team and not wie.rollen & {Rol.TEAMLEIDER, Rol.BEHEERDER}:
        raise Forbidden
    versies = {versie.versie: versie for versie in await diensten.verdeelbeheer.versies()}
    return render(
        request,
        "beheer/toewijzing.html",
        beslissing=beslissing,
        versie=versies.get(beslissing.versie),
        geldt_nu=beslissing.versie == max(versies, default=0),
        teams=dict(await diensten.lezer.teams()),
        is_mijn=beslissing.actor_id == wie.id,
    )
