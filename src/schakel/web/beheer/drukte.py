# SPDX-License-Identifier: EUPL-1.2
"""GET /beheer/drukte: per kanaal what was promised and what was reached, use and switches, and what klanten said."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from litestar import Response, get
from litestar.params import FromQuery

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.bezetting import Drukte, Verwachting, expect, needed
from schakel.dienstverlening.meting import Gebruik, Meting, Telling, judge, usage
from schakel.dienstverlening.serviceformules import Klok, Servicelevel
from schakel.kanaalintegratie.dienst import Dienst
from schakel.kanaalintegratie.verdeling.beheer import DruksteUur
from schakel.web.beheer.blad import METEN, PERIODEN, periode_of
from schakel.web.diensten import diensten_of
from schakel.web.notatie import duur, werkdagen
from schakel.web.page import AnyRequest, render

PATIENCE = timedelta(minutes=3)
"""How long people wait before they hang up, on average; a choice, until a gemeente counts it."""
HANDLING = 300.0
"""Seconds, where nobody counted."""
CLOSE = 2
"""Percent above the promise, below which it is a near thing."""


class Belofteregel(NamedTuple):
    """One promise, of a serviceformule on a kanaal, and what came of it."""

    formule: str
    belofte: str
    meting: Meting
    soort: str
    icoon: str
    oordeel: str


@get("/beheer/drukte", guards=[METEN], include_in_schema=False)
async def drukte(request: AnyRequest, periode: FromQuery[str] = "") -> Response[bytes]:
    diensten, gekozen = diensten_of(request), periode_of(periode)
    now = diensten.clock()
    since = gekozen.since(now)
    regels = promises(await diensten.beheer.tellingen(since, now), diensten.dienst)
    gebruik = usage(await diensten.beheer.verkeer(since))
    return render(
        request,
        "beheer/drukte.html",
        perioden=PERIODEN,
        gekozen=gekozen,
        since=since,
        beloften=regels,
        gemist=[(kanaal, one) for kanaal, group in regels.items() for one in group if one.meting.gehaald is False],
        gebruik=gebruik,
        wissels=switch_table(gebruik),
        feedback=await diensten.beheer.feedback(since),
        bezetting=staffing(
            await diensten.verdeelbeheer.drukste_uren(since),
            diensten.dienst.formules[diensten.dienst.standaardformule].servicelevels,
        ),
    )


class Bezettingsregel(NamedTuple):
    """The busiest hour of a kanaal on which people wait: how many are needed, and what one fewer or more would do."""

    uur: DruksteUur
    level: Servicelevel
    verwachtingen: Sequence[tuple[str, Verwachting]]


def staffing(uren: Sequence[DruksteUur], levels: Mapping[Kanaal, Servicelevel]) -> list[Bezettingsregel]:
    """Only where the servicelevel says how long one may wait (KI-3)."""
    found = []
    for uur in uren:
        level = levels.get(Kanaal(uur.kanaal))
        if level is None or not level.wachttijd or not level.wachttijd_deel:
            continue
        druk = Drukte(uur.aantal, timedelta(seconds=uur.seconden or HANDLING), PATIENCE)
        within = timedelta(seconds=level.wachttijd)
        enough = needed(druk, within, level.wachttijd_deel / 100)
        if enough is not None:
            ends = (("1 minder", -1), ("genoeg", 0), ("1 meer", 1), ("2 meer", 2))
            some = [(woord, expect(druk, enough.mensen + extra, within)) for woord, extra in ends]
            found.append(Bezettingsregel(uur, level, [(woord, each) for woord, each in some if each.mensen]))
    return found


def promises(tellingen: Sequence[Telling], dienst: Dienst) -> dict[Kanaal, list[Belofteregel]]:
    """By kanaal, one line per serviceformule in which something was promised (KR-3)."""
    found: dict[Kanaal, list[Belofteregel]] = {}
    for sleutel, formule in dienst.formules.items():
        mine = [telling for telling in tellingen if formule_of(telling.product, dienst) == sleutel]
        normen = {level.kanaal: level.deel for level in formule.servicelevels.values()}
        for meting in judge(mine, normen):  # KR-3, KI-2
            if meting.aantal or meting.open:
                level = formule.servicelevels.get(meting.kanaal)
                belofte = spell_level(level) if level else "geen belofte"
                found.setdefault(meting.kanaal, []).append(
                    Belofteregel(formule.naam, belofte, meting, *verdict(meting))
                )
    return found


def formule_of(product: str, dienst: Dienst) -> str:
    """A vraag without a product, or with one that is no longer offered, goes by the formule for everything."""
    known = dienst.producten.get(product)
    return known.serviceformule if known else dienst.standaardformule


def spell_level(level: Servicelevel) -> str:
    """`antwoord binnen 2 werkdagen`."""
    if level.klok is Klok.WERKDAG:
        return f"antwoord binnen {werkdagen(level.aantal)}"
    return f"antwoord binnen {duur(level.aantal * 60)} open tijd"


def verdict(meting: Meting) -> tuple[str, str, str]:
    """Colour, icon and word."""
    if meting.deel is None or meting.gehaald is None:
        return "", "help-circle", "Nog geen oordeel"
    if not meting.gehaald:
        return "fout", "alert-triangle", "Onder de belofte"
    if meting.deel < meting.norm + CLOSE:
        return "let", "clock-exclamation", "Net gehaald"
    return "goed", "check", "Gehaald"


class Wisselregel(NamedTuple):
    """Where legs came from, with their number per kanaal. `van` None: no switch before it."""

    van: Kanaal | None
    aantallen: list[int]
    totaal: int


def switch_table(gebruik: Gebruik) -> list[Wisselregel]:
    """From and to; the columns add up to the raw traffic (KS-5)."""
    naar = list(gebruik.aantallen)
    origins = dict.fromkeys(van for van, _ in gebruik.wissels)
    switched = [[gebruik.wissels.get((van, kanaal), 0) for kanaal in naar] for van in origins]
    stayed = [gebruik.aantallen[kanaal] - sum(row[n] for row in switched) for n, kanaal in enumerate(naar)]
    rows = [Wisselregel(van, row, sum(row)) for van, row in zip(origins, switched, strict=True)]
    return [Wisselregel(None, stayed, sum(stayed)), *sorted(rows, key=lambda row: -row.totaal)]
