# SPDX-License-Identifier: EUPL-1.2
"""GET /: the public start. Says what one can try here, as whom, and that every person is invented."""

from collections.abc import Mapping
from typing import NamedTuple

from litestar import Response, get
from litestar.handlers import BaseRouteHandler

from schakel.web.diensten import diensten_of
from schakel.web.page import AnyRequest, render


class Rolkaart(NamedTuple):
    """A demo account that a visitor may be, where it begins, and what one can do with it."""

    account: str
    naam: str
    functie: str
    icoon: str
    zin: str
    begin: str = "/werk"


INWONER = Rolkaart(
    *("aylin", "Aylin", "Inwoner", "user", "Vraag een parkeervergunning aan en kijk wie uw gegevens zag.", "/digid")
)
MEDEWERKERS = (
    Rolkaart("maud", "Maud", "Medewerker klantcontact", "headset", "Een vraag van elk kanaal, en alles op één scherm."),
    Rolkaart(
        *("ruben", "Ruben", "Medewerker balie", "building-community"),
        "Ga met een Wisselcode verder waar de klant was.",
        "/balie",
    ),
    Rolkaart("femke", "Femke", "Vakspecialist", "book", "Krijg werk met alles wat de klant al vertelde."),
    Rolkaart("samira", "Samira", "Teamleider", "activity", "Zie welke beloften het team haalde.", "/beheer"),
    Rolkaart("kees", "Kees", "Beheerder", "settings", "Zet een nieuwe versie van een proces neer.", "/beheer"),
)


@get("/", include_in_schema=False)
async def start(request: AnyRequest) -> Response[bytes]:
    return show_start(request, await diensten_of(request).beheer.cijfers())


def show_start(request: AnyRequest, cijfers: Mapping[str, int]) -> Response[bytes]:
    """`cijfers`: figures of this installation by what they count ("inwoners")."""
    return render(request, "klant/start.html", rolkaarten=(INWONER, *MEDEWERKERS), cijfers=cijfers)


HANDLERS: list[BaseRouteHandler] = [start]
