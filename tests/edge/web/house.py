# SPDX-License-Identifier: EUPL-1.2
"""A small site on the real house: one sessie, some handlers that go wrong, every component on one page."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
from litestar import Litestar, Request, Response, get, post
from litestar.response import ServerSentEvent

from schakel.kit.errors import Conflict, InvalidInput
from schakel.web.formulier import read_form
from schakel.web.klant.start import show_start
from schakel.web.page import see_other
from schakel.web.plugin import WebPlugin
from schakel.web.sessie import inwoner, medewerker, medewerker_only

PARTS = Path(__file__).with_name("onderdelen.html").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 24, 13, 2, tzinfo=UTC)
AnyRequest = Request[Any, Any, Any]


class ASessie(msgspec.Struct, frozen=True):
    """As storage gives it."""

    soort: str = "medewerker"
    csrf: str = "geheim-token"
    naam: str = "Maud Jansen"
    verloopt_op: datetime = NOW + timedelta(hours=9)
    niveau: str = ""
    actor_id: UUID | None = None
    partij_id: UUID | None = None
    functie: str = "Medewerker klantcontact"
    team: str = "kcc"
    rollen: tuple[str, ...] = ("kcc-medewerker",)


class ASessies:
    """The tokens `maud` and `aylin` are known."""

    known = {"maud": ASessie(actor_id=uuid4()), "aylin": ASessie(partij_id=uuid4(), niveau="substantieel")}

    async def find(self, token: str, at: datetime) -> ASessie | None:
        return self.known.get(token)


@post("/echo")
async def echo(request: AnyRequest) -> dict[str, str]:
    return (await read_form(request)).fields()


@post("/fout", guards=[medewerker_only()])
async def invalid() -> None:
    raise InvalidInput({"naam": "Vul een naam in."})


@get("/botsing")
async def conflict() -> None:
    raise Conflict


@get("/kapot")
async def broken() -> None:
    raise ZeroDivisionError("aylin@post.example")


@get("/werk")
async def desk(request: AnyRequest) -> dict[str, str]:
    return {"naam": medewerker(request).naam}


@get("/mijn")
async def mine(request: AnyRequest) -> dict[str, str]:
    return {"naam": inwoner(request).naam}


@get("/beheer", guards=[medewerker_only("beheerder")])
async def beheer() -> dict[str, str]:
    return {}


@post("/verder")
async def onward_form(request: AnyRequest) -> Response[None]:
    return see_other(request, "/werk")


@get("/onderdelen")
async def parts(request: AnyRequest) -> Response[str]:
    web = request.app.state["web"]
    page = web.templates.from_string(PARTS)
    context = {"request": request, "pad": "/werk", "sessie": ASessies.known["maud"], "csrf": "x", "at": NOW}
    context["minute"] = timedelta(minutes=1)
    return Response(page.render(context), media_type="text/html")


streams: list[int] = []


@get("/levend")
async def live_page(request: AnyRequest) -> Response[str]:
    page = request.app.state["web"].templates.from_string(
        '{% extends "basis.html" %}{% block gegevens %} data-live="/levend/stroom"{% endblock %}'
    )
    return Response(page.render({"csrf": ""}), media_type="text/html")


@get("/levend/stroom")
async def stream() -> ServerSentEvent:
    streams.append(1)

    async def events() -> AsyncIterator[str]:
        for _ in range(100):
            yield '{"interactie": "abc"}'
            await asyncio.sleep(0.1)

    return ServerSentEvent(events())


@get("/levend/aantal")
async def stream_count() -> int:
    return len(streams)


@get("/")
async def start(request: AnyRequest) -> Response[bytes]:
    return show_start(request, {"inwoners": 5000, "contacten dit jaar": 31204, "open vragen": 4, "beslissingen": 48})


def make_site(*, https: bool = False) -> Litestar:
    handlers = [echo, invalid, conflict, broken, desk, mine, beheer, onward_form, parts]
    handlers += [live_page, stream, stream_count, start]
    plugin = WebPlugin(ASessies(), lambda: NOW, "Lindewaard", https=https)
    return Litestar(handlers, plugins=[plugin], openapi_config=None, logging_config=None)
