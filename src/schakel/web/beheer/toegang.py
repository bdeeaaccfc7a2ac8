# SPDX-License-Identifier: EUPL-1.2
"""/beheer/toegang: which programs may use the APIs; a new one is shown its secret once, an old one is withdrawn."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from schakel.kit.errors import Conflict, InvalidInput
from schakel.relatiebeheer.register.toegang import ALL
from schakel.relatiebeheer.register.toegangsbeheer import Aanvraag, ClientIdTaken, Gemaakt, spell
from schakel.web.beheer.blad import BEHEERDER
from schakel.web.diensten import diensten_of
from schakel.web.formulier import Formulier, read_form
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.wie import medewerker_of

log = logging.getLogger(__name__)
DUREN = (("90", "3 maanden"), ("180", "6 maanden"), ("365", "1 jaar"), ("730", "2 jaar"))
SOORTEN = (
    (
        "token",
        "Een token",
        "Het systeem stuurt bij elke vraag dezelfde code mee. Zo werken KISS, ITA en Open Formulieren.",
    ),
    (
        "client",
        "Een client-id met geheim",
        "Het systeem tekent zelf (ZGW). Dan staat in het logboek ook wie het gebruikte.",
    ),
)
RECHTEN = (
    ("lezen", "Alles lezen", "Partijen, klantcontacten, taken en alles wat erbij hoort."),
    ("schrijven", "Alles lezen en schrijven", "Ook nieuwe contacten maken, wijzigen en verwijderen."),
    ("kiezen", "Alleen wat ik hieronder kies", "Het veiligst: geef niet meer dan nodig is."),
)


class NotWithdrawn(Conflict):
    """Somebody was first, or it never was."""

    title = "Deze toegang werkt niet meer"
    advice = "Ga terug naar de lijst. U hoeft niets te doen."


@get("/beheer/toegang", guards=[BEHEERDER], include_in_schema=False)
async def toegang(request: AnyRequest, gedaan: FromQuery[str] = "") -> Response[bytes]:
    return await _show(request, ingetrokken=gedaan == "ingetrokken")


@post("/beheer/toegang", guards=[BEHEERDER], include_in_schema=False)
async def make(request: AnyRequest) -> Response[bytes]:
    """The secret is on this one answer and nowhere else: not in an address, a log line or the list."""
    formulier, diensten = await read_form(request), diensten_of(request)
    try:
        gemaakt = await diensten.toegang.make(_aanvraag(request, formulier.checked()), diensten.clock())
    except InvalidInput as wrong:
        return await _show(request, formulier, wrong.fields)
    except ClientIdTaken as taken:
        return await _show(request, formulier, {"client_id": f"{taken.title}. {taken.advice}"})
    log.info("toegang %s gemaakt door medewerker %s", gemaakt.regel.id, medewerker_of(request).id)
    return await _show(request, gemaakt=gemaakt)


@post("/beheer/toegang/{toegang_id:uuid}/intrekken", guards=[BEHEERDER], include_in_schema=False)
async def withdraw(request: AnyRequest, toegang_id: FromPath[UUID]) -> Response[None]:
    diensten = diensten_of(request)
    if not await diensten.toegang.toegangen.withdraw(toegang_id, diensten.clock()):
        raise NotWithdrawn
    log.info("toegang %s ingetrokken door medewerker %s", toegang_id, medewerker_of(request).id)
    return see_other(request, "/beheer/toegang?gedaan=ingetrokken")


def _aanvraag(request: AnyRequest, formulier: Formulier) -> Aanvraag:
    diensten, rechten = diensten_of(request), formulier.text("rechten")
    read, write = formulier.texts("lezen"), formulier.texts("schrijven")
    if rechten != "kiezen":
        read, write = [ALL], [ALL] if rechten == "schrijven" else []
    if rechten not in {key for key, *_ in RECHTEN}:
        read = write = []
    signs = formulier.text("soort") == "client"
    if signs and not formulier.text("client_id"):
        raise InvalidInput({"client_id": "Vul het client-id in dat u bij het andere systeem instelt."})
    days = {key: timedelta(days=int(key)) for key, _ in DUREN}.get(formulier.text("duur"), timedelta())
    return Aanvraag(
        naam=formulier.text("naam"),
        eigenaar=formulier.text("eigenaar"),
        doel=formulier.text("doel"),
        scopes=diensten.toegang.scopes(read, write, formulier.texts("extra")),
        verloopt_op=diensten.clock() + days,
        client_id=formulier.text("client_id") if signs else "",
    )


async def _show(
    request: AnyRequest,
    formulier: Formulier | None = None,
    fouten: Mapping[str, str] | None = None,
    *,
    gemaakt: Gemaakt | None = None,
    ingetrokken: bool = False,
) -> Response[bytes]:
    diensten, given = diensten_of(request), formulier or Formulier()
    chosen = {name: set(given.texts(name)) for name in ("lezen", "schrijven", "extra")}
    return render(
        request,
        "beheer/toegang.html",
        status_code=InvalidInput.status if fouten else 200,
        regels=await diensten.toegang.toegangen.all(),
        gemaakt=gemaakt,
        ingetrokken=ingetrokken,
        fouten=fouten or {},
        gegeven=given.fields(),
        gekozen=chosen,
        doelen=diensten.toegang.doelen,
        resources=diensten.toegang.resources,
        soorten=SOORTEN,
        rechten=RECHTEN,
        duren=DUREN,
        adres=diensten.publiek_adres,
        at=diensten.clock(),
        spell=spell,
    )
