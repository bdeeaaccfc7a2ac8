# SPDX-License-Identifier: EUPL-1.2
"""/.well-known/security.txt (RFC 9116): where a weakness can be told, renewed by itself."""

from datetime import UTC, timedelta

from litestar import MediaType, Response, get
from litestar.handlers import BaseRouteHandler

from schakel.web.diensten import diensten_of
from schakel.web.page import AnyRequest

VALID = timedelta(days=180)


@get("/.well-known/security.txt", include_in_schema=False)
async def security_txt(request: AnyRequest) -> Response[str]:
    diensten = diensten_of(request)
    expires = (diensten.clock() + VALID).astimezone(UTC)  # B07
    lines = (
        f"Contact: {diensten.publiek_adres}/vraag?onderwerp=Kwetsbaarheid",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
        f"Canonical: {diensten.publiek_adres}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", media_type=MediaType.TEXT)


HANDLERS: list[BaseRouteHandler] = [security_txt]
