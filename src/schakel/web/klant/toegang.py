# SPDX-License-Identifier: EUPL-1.2
"""Toegang: what an inwoner must have shown before he reads of his own, and what a file of his looks like."""

from litestar import Response
from litestar.handlers import BaseRouteHandler

from schakel.identiteit.wie import Betrouwbaarheidsniveau
from schakel.kit.errors import Forbidden
from schakel.web.sessie import Connection, inwoner


class NiveauTooLow(Forbidden):
    """Who he is, is not sure enough for this (GE-8)."""

    title = "Log in met een hoger niveau"
    advice = "Hier staan gegevens die alleen u mag zien. Log opnieuw in, met de DigiD-app en een controle."
    sign_in = "/digid"


def ingelogd(connection: Connection, _: BaseRouteHandler) -> None:
    """A guard: an inwoner whose identity is sure enough to see all that is his."""
    try:
        inwoner(connection, Betrouwbaarheidsniveau.SUBSTANTIEEL)
    except Forbidden:
        raise NiveauTooLow from None  # GE-8


def as_file(naam: str, inhoud: bytes) -> Response[bytes]:
    """To keep, never to open here: a bijlage may hold a script."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._- ") else "_" for sign in naam)
    headers = {
        "Content-Disposition": f'attachment; filename="{plain[-100:] or "bijlage"}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(inhoud, media_type="application/octet-stream", headers=headers)
