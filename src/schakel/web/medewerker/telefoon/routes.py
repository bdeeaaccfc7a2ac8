# SPDX-License-Identifier: EUPL-1.2
"""Routes of this part of the house."""

from litestar.handlers import BaseRouteHandler

from schakel.web.medewerker.telefoon import telefoon

HANDLERS: list[BaseRouteHandler] = [telefoon.bar, telefoon.page, telefoon.choose, telefoon.finish]
