# SPDX-License-Identifier: EUPL-1.2
"""Handler: the API under its own path."""

from litestar.handlers import ASGIRouteHandler

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.register.aanmelding import Aanmelding
from schakel.api.register.app import RegisterApp, register_handler
from schakel.relatiebeheer.register.poorten import Reads, Writes


def contactgegevens_handler(host: str, reads: Reads, writes: Writes, aanmelding: Aanmelding) -> ASGIRouteHandler:
    """`host` is the public address of this gemeente, without a path."""
    return register_handler(RegisterApp(CONTACTGEGEVENS, host, reads, writes, aanmelding, {}))
