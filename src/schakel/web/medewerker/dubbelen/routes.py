# SPDX-License-Identifier: EUPL-1.2
"""Routes of this part of the house."""

from litestar.handlers import BaseRouteHandler

from schakel.web.medewerker.dubbelen import lijst, vergelijk

HANDLERS: list[BaseRouteHandler] = [
    lijst.dubbelen_page,
    lijst.unmerge,
    vergelijk.compare_page,
    vergelijk.merge,
    vergelijk.declare_two,
]
