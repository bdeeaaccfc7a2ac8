# SPDX-License-Identifier: EUPL-1.2
"""State: what the faces share and app hands over."""

from dataclasses import dataclass

from jinja2 import Environment

from schakel.kit.clock import Clock
from schakel.web.asset import Assets
from schakel.web.sessie import Connection, Sessies


@dataclass(frozen=True, slots=True)
class WebState:
    """`https`: whether browsers reach us over https. `demo`: a gemeente of invented persons, and said so on screen."""

    sessies: Sessies
    clock: Clock
    gemeente: str
    https: bool
    demo: bool
    assets: Assets
    templates: Environment


def web_of(connection: Connection) -> WebState:
    state: WebState = connection.app.state["web"]
    return state
