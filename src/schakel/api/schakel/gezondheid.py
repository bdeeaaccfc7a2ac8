# SPDX-License-Identifier: EUPL-1.2
"""GET /gezondheid: the state of every part, held jobs included."""

from collections.abc import Sequence

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from schakel.kanaalintegratie.gezondheid import Controle, Gezondheid, Staat, examine


def gezondheid_handler(controles: Sequence[Controle]) -> HTTPRouteHandler:
    """200 while every part does its job, 503 when one does not; never personal data."""

    @get("/gezondheid")
    async def gezondheid() -> Response[Gezondheid]:
        found = await examine(controles)
        return Response(found, status_code=503 if found.staat is Staat.FOUT else 200)

    return gezondheid
