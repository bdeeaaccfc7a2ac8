# SPDX-License-Identifier: EUPL-1.2
"""/bijlage and /origineel: what a klant sent, to keep and never to run."""

from urllib.parse import quote
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from schakel.web.diensten import diensten_of
from schakel.web.page import AnyRequest
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of


@get("/bijlage/{bijlage_id:uuid}", guards=[medewerker_only()], include_in_schema=False)
async def bijlage(request: AnyRequest, bijlage_id: FromPath[UUID]) -> Response[bytes]:
    naam, _, inhoud = await diensten_of(request).inzien.bijlage(medewerker_of(request), bijlage_id)
    return _to_keep(naam, inhoud)


@get("/origineel/{origineel_id:uuid}", guards=[medewerker_only()], include_in_schema=False)
async def origineel(request: AnyRequest, origineel_id: FromPath[UUID]) -> Response[bytes]:
    """As it came in, byte for byte."""
    inhoud = await diensten_of(request).inzien.origineel(medewerker_of(request), origineel_id)
    return _to_keep(f"origineel-{origineel_id}.txt", inhoud)


def _to_keep(naam: str, inhoud: bytes) -> Response[bytes]:
    """Whatever it says it is, a browser only stores it."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(naam, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(inhoud, headers=headers, media_type="application/octet-stream")
