# SPDX-License-Identifier: EUPL-1.2
"""/stroom: tells the screens of medewerkers at once in which Interactie something changed; never what."""

from collections.abc import AsyncIterator
from contextlib import aclosing

import msgspec
from litestar import get
from litestar.response import ServerSentEvent, ServerSentEventMessage

from schakel.kanaalintegratie.levend import Levend
from schakel.web.diensten import diensten_of
from schakel.web.page import AnyRequest
from schakel.web.sessie import medewerker, medewerker_only

MAX_ID = 40
_UNKNOWN = "-"


@get("/stroom", guards=[medewerker_only()], include_in_schema=False)
async def stroom(request: AnyRequest) -> ServerSentEvent:
    """From after `?na=`, or after Last-Event-ID, which a browser that reconnects sends and is newer."""
    diensten, until = diensten_of(request), medewerker(request).verloopt_op
    na: str = request.headers.get("last-event-id", "") or request.query_params.get("na", "")

    async def events() -> AsyncIterator[ServerSentEventMessage]:
        yield ServerSentEventMessage(comment="open")  # at once, so that the browser knows that the line is there
        async with aclosing(diensten.levend.follow(na[:MAX_ID])) as gebeurtenissen:
            async for gebeurtenis in gebeurtenissen:
                if diensten.clock() >= until:  # who is no longer signed in hears nothing more
                    return
                if gebeurtenis is None:
                    yield ServerSentEventMessage(comment="stil")
                else:
                    said = msgspec.json.encode({"interactie": gebeurtenis.interactie}).decode()
                    yield ServerSentEventMessage(data=said, id=gebeurtenis.id)

    return ServerSentEvent(events(), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


async def current_id(levend: Levend) -> str:
    """Where we are now, for a page to follow from: an id that nobody knows is answered with just that."""
    async with aclosing(levend.follow(_UNKNOWN)) as gebeurtenissen:
        async for gebeurtenis in gebeurtenissen:
            return gebeurtenis.id if gebeurtenis else ""
    return ""
