# SPDX-License-Identifier: EUPL-1.2
"""GET /beheer: what asks for attention now, and where everything else is."""

from typing import NamedTuple

from litestar import Response, get

from schakel.identiteit.wie import Rol
from schakel.kit.clock import AMSTERDAM
from schakel.regie.catalogus import catalogus
from schakel.web.beheer.blad import METEN, PERIODEN
from schakel.web.beheer.drukte import promises
from schakel.web.beheer.kanalen import health, states
from schakel.web.diensten import Diensten, diensten_of
from schakel.web.page import AnyRequest, render
from schakel.web.wie import medewerker_of


class Aandachtspunt(NamedTuple):
    """Something to do: how many, what it is, why, and where."""

    aantal: int
    wat: str
    uitleg: str
    adres: str
    doe: str


@get("/beheer", guards=[METEN], include_in_schema=False)
async def overzicht(request: AnyRequest) -> Response[bytes]:
    diensten = diensten_of(request)
    points = await _missed(diensten)
    if Rol.BEHEERDER in medewerker_of(request).rollen:
        points = [*await _standing_still(diensten), *_overdue(diensten), *points]
    return render(
        request,
        "beheer/overzicht.html",
        punten=[point for point in points if point.aantal],
        gezondheid=await health(request),
        cijfers=await diensten.beheer.cijfers(),
    )


async def _standing_still(diensten: Diensten) -> list[Aandachtspunt]:
    standen = [regel.stand for regel in await states(diensten)]
    adres = "/beheer/kanalen"
    return [
        Aandachtspunt(
            len(await diensten.beheer.vastgehouden()),
            "keer werk dat stilstaat",
            "Dit mislukte te vaak. U beslist of het opnieuw mag.",
            adres,
            "Bekijk het werk",
        ),
        Aandachtspunt(
            sum(stand.bij_persoon + stand.onbekend for stand in standen),
            "berichten niet zeker aangekomen",
            "Het team van de vraag ziet ze bij zijn werk.",
            adres,
            "Bekijk per kanaal",
        ),
        Aandachtspunt(
            sum(stand.te_registreren for stand in standen),
            "binnengekomen berichten nog niet gelezen",
            "Ze zijn bewaard en worden vanzelf een vraag.",
            adres,
            "Bekijk per kanaal",
        ),
    ]


def _overdue(diensten: Diensten) -> list[Aandachtspunt]:
    gaps = catalogus().gaps(diensten.clock().astimezone(AMSTERDAM).date())
    uitleg = "Een gegeven zonder eigenaar of doel, of te laat nagekeken."
    return [Aandachtspunt(len(gaps), "klantgegevens niet op orde", uitleg, "/beheer/gegevens", "Bekijk de gegevens")]


async def _missed(diensten: Diensten) -> list[Aandachtspunt]:
    """Promises of the last week that were not kept."""
    week, now = PERIODEN[1], diensten.clock()
    regels = promises(await diensten.beheer.tellingen(week.since(now), now), diensten.dienst)
    missed = sum(one.meting.gehaald is False for group in regels.values() for one in group)
    uitleg = "In de laatste 7 dagen kwam minder op tijd dan wij beloven."
    adres = f"/beheer/drukte?periode={week.sleutel}"
    return [Aandachtspunt(missed, "beloften onder de norm", uitleg, adres, "Bekijk de drukte")]
