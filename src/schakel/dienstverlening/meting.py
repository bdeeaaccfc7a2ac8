# SPDX-License-Identifier: EUPL-1.2
"""Meting: what was promised and what was reached, per kanaal; use and switches. Recomputable (KR-3, KS-5)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from schakel.begrippen.kanaal import Kanaal

ENOUGH = 20
"""Below this many a percentage says nothing; say "9 van 11"."""


@dataclass(frozen=True, slots=True)
class Meetpunt:
    """One belofte and how it ended. `duur` is time on the belofte's own clock, for the median; None while open."""

    kanaal: Kanaal
    uiterlijk: datetime
    beantwoord_op: datetime | None
    duur: timedelta | None = None
    product: str = ""


@dataclass(frozen=True, slots=True)
class Meting:
    """`aantal`: beloften that ended or are late; `binnen`: in time; `open`: still running, not late, not counted.

    `deel` is a percentage, None below twenty; `norm` is the share promised; `gehaald` is None when too few.
    """

    kanaal: Kanaal
    aantal: int
    binnen: int
    open: int
    deel: float | None
    norm: int
    gehaald: bool | None
    mediaan: timedelta | None
    tekst: str


def measure(points: Iterable[Meetpunt], normen: Mapping[Kanaal, int], at: datetime) -> list[Meting]:
    """One Meting per kanaal that has points or a norm, in the order of `normen`, then by name."""
    per_kanaal: dict[Kanaal, list[Meetpunt]] = defaultdict(list)
    for point in points:
        per_kanaal[point.kanaal].append(point)
    kanalen = [*normen, *sorted(per_kanaal.keys() - normen.keys())]
    return [_measure(kanaal, per_kanaal.get(kanaal, []), normen.get(kanaal, 100), at) for kanaal in kanalen]


def _measure(kanaal: Kanaal, points: list[Meetpunt], norm: int, at: datetime) -> Meting:
    ended = [p for p in points if p.beantwoord_op is not None or p.uiterlijk < at]
    within = sum(p.beantwoord_op is not None and p.beantwoord_op <= p.uiterlijk for p in ended)
    lengths = [p.duur.total_seconds() for p in ended if p.duur is not None]
    deel = 100 * within / len(ended) if len(ended) >= ENOUGH else None
    return Meting(
        kanaal=kanaal,
        aantal=len(ended),
        binnen=within,
        open=len(points) - len(ended),
        deel=deel,
        norm=norm,
        gehaald=None if deel is None else deel >= norm,
        mediaan=timedelta(seconds=median(lengths)) if lengths else None,
        tekst=share_text(within, len(ended)),
    )


def share_text(within: int, total: int) -> str:
    """ "99,8 %", or "te weinig voor een percentage: 9 van 11"."""
    if total == 0:
        return "nog niets te meten"
    if total < ENOUGH:
        return f"te weinig voor een percentage: {within} van {total}"
    tenths = within * 1000 // total  # never rounded up to a promise that was not kept
    return f"{tenths // 10},{tenths % 10}\N{NARROW NO-BREAK SPACE}%"


@dataclass(frozen=True, slots=True)
class Verkeer:
    """What a Verkeersregel tells here: this leg's kanaal, and the kanaal that the same question came from, if any."""

    kanaal: Kanaal
    vanuit: Kanaal | None = None
    product: str = ""


@dataclass(frozen=True, slots=True)
class Gebruik:
    """`aantallen` add up to all legs; `wissels` holds (from, to) with from unlike to; `totaal` is the raw traffic."""

    aantallen: Mapping[Kanaal, int]
    wissels: Mapping[tuple[Kanaal, Kanaal], int]
    totaal: int


def usage(legs: Iterable[Verkeer]) -> Gebruik:
    """Use and switches over all legs, the anonymous ones too (KS-5)."""
    aantallen: Counter[Kanaal] = Counter()
    wissels: Counter[tuple[Kanaal, Kanaal]] = Counter()
    for leg in legs:
        aantallen[leg.kanaal] += 1
        if leg.vanuit is not None and leg.vanuit != leg.kanaal:
            wissels[leg.vanuit, leg.kanaal] += 1
    return Gebruik(dict(aantallen.most_common()), dict(wissels.most_common()), aantallen.total())
