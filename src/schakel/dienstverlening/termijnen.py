# SPDX-License-Identifier: EUPL-1.2
"""Termijnen: until when the law lets us decide, by kind of formal message (Awb, Woo, AVG, Algemene termijnenwet)."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from schakel.dienstverlening.feestdagen import shift_end
from schakel.kit.clock import AMSTERDAM

_DAG = timedelta(days=1)


class Verzoeksoort(StrEnum):
    """Kinds of formal message that start a termijn by law. A guess from text; a medewerker decides."""

    AANVRAAG = "aanvraag"
    BEZWAAR = "bezwaar"
    KLACHT = "klacht"
    WOO = "woo-verzoek"
    PRIVACY = "privacyverzoek"
    INGEBREKESTELLING = "ingebrekestelling"


@dataclass(frozen=True, slots=True)
class Termijn:
    """`weken` or `maanden` until the end, and how much may be added. `grond` names the articles."""

    grond: str
    weken: int = 0
    maanden: int = 0
    extra_weken: int = 0
    extra_maanden: int = 0


TERMIJNEN = {
    Verzoeksoort.AANVRAAG: Termijn("Awb 4:13", weken=8),  # W35: more only by naming a new date (Awb 4:14)
    Verzoeksoort.BEZWAAR: Termijn("Awb 7:10", weken=6, extra_weken=6),  # W40
    Verzoeksoort.KLACHT: Termijn("Awb 9:11", weken=6, extra_weken=4),  # W41
    Verzoeksoort.WOO: Termijn("Woo 4.4", weken=4, extra_weken=2),  # O03
    Verzoeksoort.PRIVACY: Termijn("AVG 12 lid 3", maanden=1, extra_maanden=2),  # A10
    Verzoeksoort.INGEBREKESTELLING: Termijn("Awb 4:17 lid 3", weken=2),  # W38
}


@dataclass(frozen=True, slots=True)
class Opschorting:
    """A spell in which the clock stands still, because the klant is to act. `tot` is None while it lasts."""

    van: datetime
    tot: datetime | None = None
    reden: str = ""


def termijn_end(
    soort: Verzoeksoort,
    ontvangen: date,
    *,
    verlengd: bool = False,
    bezwaartermijn_end: date | None = None,
    opschortingen: Iterable[Opschorting] = (),
    today: date | None = None,
) -> date:
    """The last day on which we may decide.

    A bezwaar counts from the day after the bezwaartermijn, when that end is known (Awb 7:10). An opschorting that
    still lasts counts until `today`; without `today` it is refused. Each one counts from the day after the invitation
    until the day of the supplement (Awb 4:15); overlaps count once.
    """
    termijn = TERMIJNEN[soort]
    start = max(ontvangen, bezwaartermijn_end) if soort is Verzoeksoort.BEZWAAR and bezwaartermijn_end else ontvangen
    weken = termijn.weken + (termijn.extra_weken if verlengd else 0)
    maanden = termijn.maanden + (termijn.extra_maanden if verlengd else 0)
    end = _add_months(start, maanden) + timedelta(weeks=weken) + timedelta(days=_stood_still(opschortingen, today))
    if weken > 12 or maanden > 3:  # Algemene termijnenwet art. 4: longer ones do not shift
        return end
    return shift_end(end)


def _add_months(dag: date, months: int) -> date:
    month = dag.month - 1 + months
    year, month = dag.year + month // 12, month % 12 + 1
    return date(year, month, min(dag.day, calendar.monthrange(year, month)[1]))


def _stood_still(opschortingen: Iterable[Opschorting], today: date | None) -> int:
    days: set[date] = set()
    for spell in opschortingen:
        if spell.tot is None and today is None:
            raise ValueError("an opschorting that lasts needs today")
        last = spell.tot.astimezone(AMSTERDAM).date() if spell.tot else today
        day = spell.van.astimezone(AMSTERDAM).date()
        while last and day < last:
            day += _DAG
            days.add(day)
    return len(days)
