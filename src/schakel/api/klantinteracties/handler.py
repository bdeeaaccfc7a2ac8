# SPDX-License-Identifier: EUPL-1.2
"""Handler: the API under its own path."""

from litestar.handlers import ASGIRouteHandler

from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.api.register.aanmelding import Aanmelding
from schakel.api.register.app import RegisterApp, register_handler
from schakel.relatiebeheer.register.poorten import Reads, Writes

#: The only parameter of a write in the standard: whether the klantcontact goes with its onderwerpobject.
_PARAMETERS = {("DELETE", "onderwerpobjecten"): frozenset({"cascade"})}


def klantinteracties_handler(host: str, reads: Reads, writes: Writes, aanmelding: Aanmelding) -> ASGIRouteHandler:
    """`host` is the public address of this gemeente, without a path."""
    return register_handler(RegisterApp(KLANTINTERACTIES, host, reads, writes, aanmelding, _PARAMETERS))
