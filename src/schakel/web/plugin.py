# SPDX-License-Identifier: EUPL-1.2
"""Plugin: puts the house of the screens under every handler: sessie, csrf, headers, errors, assets, templates."""

from litestar.config.app import AppConfig
from litestar.plugins import InitPlugin

from schakel.kit.clock import Clock
from schakel.web.asset import assets_handler, load_assets
from schakel.web.errors import error_handlers
from schakel.web.page import make_templates
from schakel.web.security import add_headers, recognise_sessie
from schakel.web.sessie import Sessies
from schakel.web.state import WebState

MAX_BODY = 30_000_000  # bytes: three large bijlagen at once; Litestar takes it as an argument, not from a plugin


class WebPlugin(InitPlugin):
    """app gives one to Litestar; the faces only add their handlers."""

    def __init__(
        self,
        sessies: Sessies,
        clock: Clock,
        gemeente: str,
        *,
        https: bool = False,
        demo: bool = True,
        telefoon: bool = False,
    ) -> None:
        assets = load_assets()
        templates = make_templates(assets, clock, gemeente, demo=demo, telefoon=telefoon)
        self.state = WebState(sessies, clock, gemeente, https, demo, assets, templates)

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        app_config.state["web"] = self.state
        app_config.route_handlers = [*app_config.route_handlers, assets_handler(self.state.assets)]
        app_config.guards = [recognise_sessie, *app_config.guards]
        app_config.before_send = [*app_config.before_send, add_headers]
        app_config.exception_handlers = {**error_handlers(), **app_config.exception_handlers}
        return app_config
