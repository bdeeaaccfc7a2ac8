# SPDX-License-Identifier: EUPL-1.2
"""Klok: what a belofte says now. The same words are made in the browser each minute (static/js/klok.js)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from schakel.web.notatie import duur, klokstand, korte_datum, local

SOON = timedelta(hours=4)  # nearer than this we say how long, further away we say when
TIGHT = timedelta(hours=2)  # tight when we do not know when it began
TIGHT_SHARE = 0.25  # tight when less than this of the whole time is left


@dataclass(frozen=True, slots=True)
class Klokstand:
    """`soort` gives the colour (empty: none), `icoon` the picture, `woord` the words."""

    soort: str
    icoon: str
    woord: str


def klokstand_of(
    belofte_op: datetime | None, stil_sinds: datetime | None, begonnen_op: datetime | None, now: datetime
) -> Klokstand:
    """Ruim, krap, te laat, or standing still because the klant is to act."""
    if belofte_op is None:
        return Klokstand("", "clock", "geen belofte")
    if stil_sinds is not None:
        return Klokstand("", "player-pause", "staat stil")
    left = belofte_op - now
    if left < timedelta(0):
        return Klokstand("fout", "clock-exclamation", f"{rough(-left)} te laat")
    tight = TIGHT if begonnen_op is None else (belofte_op - begonnen_op) * TIGHT_SHARE
    soort, icoon = ("let", "clock-exclamation") if left <= tight else ("", "clock")
    if left < SOON:
        return Klokstand(soort, icoon, f"nog {rough(left)}")
    day = korte_datum(belofte_op, now)
    near = day in ("vandaag", "morgen")
    return Klokstand(soort, icoon, f"{day} {klokstand(belofte_op)}" if near else day)


def rough(span: timedelta) -> str:
    """To the minute: a clock that ticks seconds makes nervous."""
    minutes = max(1, int(span.total_seconds() // 60))
    return duur(timedelta(minutes=minutes))


def belofte_zin(belofte_op: datetime, now: datetime) -> str:
    """`vandaag vóór 17.00`, `vóór vrijdag 27 november`."""
    at = local(belofte_op)
    day = korte_datum(belofte_op, now)
    if day in ("vandaag", "morgen"):
        return f"{day} vóór {klokstand(at)}"
    return f"uiterlijk {day}"
