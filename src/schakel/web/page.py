# SPDX-License-Identifier: EUPL-1.2
"""Page: templates become answers. Everything is escaped, and a name that is not there is a mistake, not a gap."""

import gzip
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Request, Response
from litestar.datastructures import Cookie
from markupsafe import Markup

from schakel.kit.clock import Clock
from schakel.web import notatie
from schakel.web.asset import Assets
from schakel.web.klok import Klokstand, belofte_zin, klokstand_of
from schakel.web.sessie import sessie_of
from schakel.web.state import web_of

TEMPLATES = Path(__file__).parent / "templates"
AnyRequest = Request[Any, Any, Any]
PLAIN = (
    *("getal", "procent", "euro", "seconden", "werkdagen", "grootte", "duur", "telefoon", "postcode", "wisselcode"),
    *("bsn_laatste", "geboortedatum", "alineas"),
)
WORTH_PACKING = 1400  # bytes: what fits in one packet gains nothing


def make_templates(assets: Assets, clock: Clock, gemeente: str, *, demo: bool, telefoon: bool = False) -> Environment:
    """The one environment of templates, with the notations of the house as filters."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals |= {"asset": assets.url, "icoon_adres": assets.icon_url, "nu": clock, "gemeente": gemeente}
    env.globals |= {"demo": demo, "telefoon": telefoon}

    def klokstand(
        belofte_op: datetime | None, stil_sinds: datetime | None = None, begonnen_op: datetime | None = None
    ) -> Klokstand:
        return klokstand_of(belofte_op, stil_sinds, begonnen_op, clock())

    env.globals["klokstand"] = klokstand
    env.filters |= {name: getattr(notatie, name) for name in PLAIN}
    env.filters["belofte"] = lambda belofte_op: belofte_zin(belofte_op, clock())
    env.filters["klokstand"] = lambda moment: notatie.time_tag(moment, notatie.klokstand(moment))
    env.filters["datum"] = lambda value: notatie.time_tag(value, notatie.datum(value, clock()))
    env.filters["tijdstip"] = lambda moment: notatie.tijdstip(moment, clock())

    def korte_datum(value: date | datetime) -> Markup:
        return notatie.time_tag(value, notatie.korte_datum(value, clock()))

    env.filters["korte_datum"] = korte_datum
    return env


def render(
    request: AnyRequest,
    template: str,
    *,
    status_code: int = 200,
    headers: Mapping[str, str] | None = None,
    cookies: list[Cookie] | None = None,
    **context: Any,
) -> Response[bytes]:
    """A page, or a part of one for htmx. Templates also get `pad`, `sessie` and `csrf`. Packed where that helps."""
    sessie = sessie_of(request)
    base = {"pad": request.url.path, "sessie": sessie, "csrf": sessie.csrf if sessie else ""}
    page = web_of(request).templates.get_template(template).render({**base, **context}).encode()
    heads = {**(headers or {}), "Vary": "Accept-Encoding"}
    if len(page) > WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        page, heads["Content-Encoding"] = gzip.compress(page, 5, mtime=0), "gzip"
    return Response(page, status_code=status_code, media_type=MediaType.HTML, headers=heads, cookies=cookies or [])


def see_other(request: AnyRequest, path: str, *, cookies: list[Cookie] | None = None) -> Response[None]:
    """After a form: go and look there (303); htmx is told in its own header, because a browser follows a 303 itself."""
    if is_htmx(request):
        return Response(None, status_code=200, headers={"HX-Redirect": path}, cookies=cookies or [])
    return Response(None, status_code=303, headers={"Location": path}, cookies=cookies or [])


def is_htmx(request: AnyRequest) -> bool:
    return request.headers.get("hx-request") == "true"
