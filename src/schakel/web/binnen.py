# SPDX-License-Identifier: EUPL-1.2
"""Binnen: what every way of signing in and out ends with: a new sessie for a new person, and no old one left."""

from litestar import Response
from litestar.datastructures import Cookie

from schakel.web.diensten import diensten_of
from schakel.web.page import AnyRequest, see_other
from schakel.web.sessie import ended_cookie, sessie_cookie, sessie_token
from schakel.web.state import web_of


async def entered(request: AnyRequest, token: str, path: str, *more: Cookie) -> Response[None]:
    """A new token for who enters: one that somebody knew before is worth nothing."""
    await _close(request)
    return see_other(request, path, cookies=[sessie_cookie(token, https=web_of(request).https), *more])


async def left(request: AnyRequest, path: str) -> Response[None]:
    """Nobody is signed in here any more."""
    await _close(request)
    return see_other(request, path, cookies=[ended_cookie(https=web_of(request).https)])


async def _close(request: AnyRequest) -> None:
    token = sessie_token(request, https=web_of(request).https)
    if token:
        await diensten_of(request).aanmelden.close(token)
