# SPDX-License-Identifier: EUPL-1.2
"""GET /: the public start. Says what one can try here, as whom, and that every person is invented."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from schakel.web.page import render

Cijfers = Callable[[], Awaitable[Mapping[str, str]]]


class Rolkaart(NamedTuple):
    """A demo account that a visitor may be: what POST /demo/aanmelden takes, and what one can do with it."""

    account: str
    naam: str
    functie: str
    icoon: str
    zin: str


ROLKAARTEN = (
    Rolkaart("aylin", "Aylin", "Inwoner", "user", "Vraag een parkeervergunning aan en kijk wie uw gegevens zag."),
    Rolkaart("maud", "Maud", "Medewerker klantcontact", "headset", "Een vraag van elk kanaal, en alles op één scherm."),
    Rolkaart(
        "ruben", "Ruben", "Medewerker balie", "building-community", "Ga met een Wisselcode verder waar de klant was."
    ),
    Rolkaart("femke", "Femke", "Vakspecialist", "book", "Krijg werk met alles wat de klant al vertelde."),
    Rolkaart("samira", "Samira", "Teamleider", "activity", "Zie welke beloften het team haalde, per kanaal."),
    Rolkaart("kees", "Kees", "Beheerder", "settings", "Zet een nieuwe versie van een proces of een regel neer."),
)


def start_handler(cijfers: Cijfers, smtp: str = "") -> HTTPRouteHandler:
    """`cijfers`: figures of this installation by what they count ("inwoners"); `smtp`: where its mail comes in."""

    @get("/", include_in_schema=False)
    async def start(request: Request[Any, Any, Any]) -> Response[bytes]:
        return render(request, "klant/start.html", rolkaarten=ROLKAARTEN, cijfers=await cijfers(), smtp=smtp)

    return start
