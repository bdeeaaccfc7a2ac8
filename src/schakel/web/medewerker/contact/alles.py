# SPDX-License-Identifier: EUPL-1.2
"""Alles van deze klant: every contact over all kanalen, whatever it was about; from the klant page and the desk."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from schakel.kit.errors import Forbidden
from schakel.regie.doelen import VRAAG
from schakel.web.diensten import diensten_of
from schakel.web.medewerker.contact.vaststellen import link, require_vaststelling
from schakel.web.page import AnyRequest, render
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

SIZE = 50


@get("/klant/{partij_id:uuid}/alles", guards=[medewerker_only()], include_in_schema=False)
async def of_klant(request: AnyRequest, partij_id: FromPath[UUID]) -> Response[bytes]:
    """When it is established who this is."""
    diensten, v = diensten_of(request), request.query_params.get("v", "")
    require_vaststelling(request, partij_id, v, diensten.clock())
    skip = _skip(request)
    lijst = await diensten.inzien.of_klant(medewerker_of(request), partij_id, VRAAG, skip, SIZE)
    here, back = f"/klant/{partij_id}/alles", link(f"/klant/{partij_id}", v=v)
    return _page(request, lijst=lijst, skip=skip, here=here, v=v, terug=back, naar="Terug naar de klant")


@get("/werk/{interactie_id:uuid}/alles", guards=[medewerker_only()], include_in_schema=False)
async def of_vraag(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    """Of the klant of this question, for the doel of this question."""
    diensten, wie = diensten_of(request), medewerker_of(request)
    beeld = await diensten.inzien.interactie(wie, interactie_id)
    if not beeld.vastgesteld or beeld.partij_id is None:
        raise Forbidden  # invariant 6
    doel, skip = diensten.inzien.decide_doel(wie, beeld), _skip(request)
    lijst = await diensten.inzien.of_klant(wie, beeld.partij_id, doel, skip, SIZE)
    here, back = f"/werk/{interactie_id}/alles", f"/werk/{interactie_id}"
    return _page(request, lijst=lijst, skip=skip, here=here, v="", terug=back, naar="Alleen deze vraag")


def _skip(request: AnyRequest) -> int:
    asked = request.query_params.get("na", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


def _page(request: AnyRequest, *, here: str, v: str, skip: int, **context: Any) -> Response[bytes]:
    older = skip + SIZE if context["lijst"].totaal > skip + SIZE else 0
    return render(
        request,
        "medewerker/contact/alles.html",
        skip=skip,
        ouder=link(here, v=v, na=older) if older else "",
        **context,
    )
