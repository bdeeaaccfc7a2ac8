# SPDX-License-Identifier: EUPL-1.2
"""/beheer/kanalen: is everything in, is everything out, and what stands still and asks for a person?"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.beheer import Kanaalstand
from schakel.kanaalintegratie.gezondheid import Controle, Gezondheid, examine
from schakel.kit.errors import Conflict
from schakel.web.beheer.blad import BEHEERDER
from schakel.web.diensten import Diensten, diensten_of
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.wie import medewerker_of

log = logging.getLogger(__name__)
SILENT = timedelta(days=7)
SOORTEN: Mapping[str, str] = {
    "registreer": "Een binnengekomen bericht registreren",
    "verzend": "Een bericht versturen",
}


class NotHeld(Conflict):
    """A colleague was first, or it went by itself."""

    title = "Dit werk staat niet meer stil"
    advice = "Ververs de pagina. U hoeft niets te doen."


class Kanaaltoestand(NamedTuple):
    """One kanaal and its state in words."""

    stand: Kanaalstand
    soort: str
    icoon: str
    woord: str
    toelichting: str


@get("/beheer/kanalen", guards=[BEHEERDER], include_in_schema=False)
async def kanalen(request: AnyRequest, gedaan: FromQuery[str] = "") -> Response[bytes]:
    diensten = diensten_of(request)
    return render(
        request,
        "beheer/kanalen.html",
        regels=await states(diensten),
        vastgehouden=await diensten.beheer.vastgehouden(),
        soorten=SOORTEN,
        gezondheid=await health(request),
        gedaan=gedaan == "opnieuw",
    )


@post("/beheer/kanalen/vastgehouden/{job_id:int}", guards=[BEHEERDER], include_in_schema=False)
async def retry(request: AnyRequest, job_id: FromPath[int]) -> Response[None]:
    """Queue held work again."""
    if job_id >= 2**63 or not await diensten_of(request).beheer.release(job_id):
        raise NotHeld
    log.info("werk %d opnieuw in de rij gezet door medewerker %s", job_id, medewerker_of(request).id)
    return see_other(request, "/beheer/kanalen?gedaan=opnieuw")


async def health(request: AnyRequest) -> Gezondheid:
    """Of every part that app handed over."""
    controles: Sequence[Controle] = request.app.state.get("controles", ())
    return await examine(controles)


async def states(diensten: Diensten) -> list[Kanaaltoestand]:
    """Every kanaal that is connected or was ever used, those that ask for attention first."""
    now = diensten.clock()
    known = {stand.kanaal: stand for stand in await diensten.beheer.kanalen(now)}
    connected = diensten.inbox.kanalen
    names = [*connected, *(Kanaal(name) for name in known if name not in connected)]
    bare = (known.get(name) or Kanaalstand(name, None, 0, 0, 0, 0, 0) for name in names)
    found = [Kanaaltoestand(stand, *judge(stand, now, connected=stand.kanaal in connected)) for stand in bare]
    return sorted(found, key=lambda regel: ("let", "goed", "").index(regel.soort))


def judge(stand: Kanaalstand, now: datetime, *, connected: bool) -> tuple[str, str, str, str]:
    """Colour, icon, word and what it means."""
    if stand.bij_persoon or stand.onbekend:
        said = "Van deze berichten is niet zeker dat ze aankwamen. Het team van de vraag ziet ze bij zijn werk."
        return "let", "alert-triangle", "Vraagt een mens", said
    if not connected:
        return "", "plug-connected-x", "Niet aangesloten", "Alleen contacten uit het verleden."
    if stand.laatst_in is None:
        return "", "circle-dashed", "Nog niets binnen", "Aangesloten, en klaar voor het eerste contact."
    if now - stand.laatst_in > SILENT:
        return "let", "clock-exclamation", "Lang stil", "Meer dan een week niets binnen. Kijk of dit klopt."
    return "goed", "check", "Open", ""
