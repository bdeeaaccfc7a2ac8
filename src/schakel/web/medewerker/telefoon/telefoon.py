# SPDX-License-Identifier: EUPL-1.2
"""/telefoon: the call bar on every page, the extension one sits at, and the list of whom to call back."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from schakel.kanaalintegratie.inzien import TeVeelTreffers
from schakel.kanaalintegratie.kanaalsessies import Kanaalsessie
from schakel.kanaalintegratie.lezen import Treffer, Zoekvraag
from schakel.kit.errors import InvalidInput, NotFound
from schakel.web.diensten import diensten_of
from schakel.web.formulier import read_form
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

CURRENT, MISSED, MOST = timedelta(hours=12), timedelta(days=7), 50
_TOESTEL = re.compile(r"[0-9A-Za-z+@._-]{0,50}")


@get("/telefoon/balk", guards=[medewerker_only()], include_in_schema=False)
async def bar(request: AnyRequest) -> Response[bytes]:
    """What rings or was just spoken at my extension; empty when nothing does."""
    diensten, wie = diensten_of(request), medewerker_of(request)
    lijst = diensten.telefoon.lijst
    toestel = await lijst.toestel_of(wie.id)
    sessie = await lijst.current(toestel, diensten.clock() - CURRENT) if toestel else None
    mogelijk = await possible(request, sessie) if sessie else ()
    return render(request, "medewerker/telefoon/balk.html", gesprek=sessie, mogelijk=mogelijk)


async def spoken_call(request: AnyRequest) -> Kanaalsessie | None:
    """The call at my extension that somebody spoke in, and that is not written down yet."""
    diensten = diensten_of(request)
    toestel = await diensten.telefoon.lijst.toestel_of(medewerker_of(request).id)
    sessie = await diensten.telefoon.lijst.current(toestel, diensten.clock() - CURRENT) if toestel else None
    return sessie if sessie and sessie.verbonden_op else None


async def possible(request: AnyRequest, sessie: Kanaalsessie) -> Sequence[Treffer]:
    """Whoever has this number: a suggestion, because a number proves nothing (invariant 6)."""
    if not sessie.nummer:
        return ()
    try:
        return await diensten_of(request).inzien.zoek(medewerker_of(request), Zoekvraag(adres=sessie.nummer), 5)
    except TeVeelTreffers:
        return ()


@get("/telefoon", guards=[medewerker_only()], include_in_schema=False)
async def page(request: AnyRequest) -> Response[bytes]:
    return await _page(request, {})


@post("/telefoon/toestel", guards=[medewerker_only()], include_in_schema=False)
async def choose(request: AnyRequest) -> Response[Any]:
    """Where he sits today; whoever sat there before does not any more."""
    toestel = (await read_form(request)).text("toestel").strip()
    if not _TOESTEL.fullmatch(toestel):
        return await _page(request, {"toestel": "Een toestel heeft alleen letters en cijfers, zoals 201."}, toestel)
    await diensten_of(request).telefoon.lijst.set_toestel(medewerker_of(request).id, toestel)
    return see_other(request, "/telefoon")


@post("/telefoon/{sessie_id:uuid}/klaar", guards=[medewerker_only()], include_in_schema=False)
async def finish(request: AnyRequest, sessie_id: FromPath[UUID]) -> Response[None]:
    """Nothing to write down, or called back."""
    diensten = diensten_of(request)
    if await diensten.telefoon.lijst.get(sessie_id) is None:
        raise NotFound
    await diensten.telefoon.finish(sessie_id, medewerker_of(request).id)
    form = await read_form(request)
    return see_other(request, "/telefoon" if form.text("terug") == "lijst" else "/werk")


async def _page(request: AnyRequest, fouten: dict[str, str], toestel: str | None = None) -> Response[bytes]:
    diensten, wie = diensten_of(request), medewerker_of(request)
    lijst = diensten.telefoon.lijst
    return render(
        request,
        "medewerker/telefoon/telefoon.html",
        status_code=InvalidInput.status if fouten else 200,
        toestel=await lijst.toestel_of(wie.id) if toestel is None else toestel,
        gemist=await lijst.missed(diensten.clock() - MISSED, MOST),
        fouten=fouten,
    )
