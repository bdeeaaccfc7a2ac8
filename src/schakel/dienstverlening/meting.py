# SPDX-License-Identifier: EUPL-1.2
"""Meting: what was promised and what was reached, per kanaal; use and switches. Recomputable (KR-3, KS-5)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class Telling:
    """Beloften of one kanaal and product, counted: what measuring needs of them, however many there are."""

    kanaal: Kanaal
    aantal: int
    binnen: int
    open: int
    product: str = ""


def tally(points: Iterable[Meetpunt], at: datetime) -> list[Telling]:
    """Count: late means counted, whether answered or not; still running and not late means not counted yet."""
    groups: dict[tuple[Kanaal, str], list[Meetpunt]] = defaultdict(list)
    for point in points:
        groups[point.kanaal, point.product].append(point)
    found = []
    for (kanaal, product), group in groups.items():
        ended = [p for p in group if p.beantwoord_op is not None or p.uiterlijk < at]  # KR-3, KI-2
        within = sum(p.beantwoord_op is not None and p.beantwoord_op <= p.uiterlijk for p in ended)
        found.append(Telling(kanaal, len(ended), within, len(group) - len(ended), product))
    return found


def judge(tellingen: Iterable[Telling], normen: Mapping[Kanaal, int]) -> list[Meting]:
    """One Meting per kanaal that has tellingen or a norm, in the order of `normen`, then by name."""
    per_kanaal: dict[Kanaal, list[Telling]] = defaultdict(list)
    for telling in tellingen:
        per_kanaal[telling.kanaal].append(telling)
    kanalen = [*normen, *sorted(per_kanaal.keys() - normen.keys())]
    return [_judge(kanaal, per_kanaal.get(kanaal, []), normen.get(kanaal, 100)) for kanaal in kanalen]


def _judge(kanaal: Kanaal, tellingen: list[Telling], norm: int) -> Meting:
    total, within = sum(t.aantal for t in tellingen), sum(t.binnen for t in tellingen)
    deel = 100 * within / total if total >= ENOUGH else None
    return Meting(
        kanaal=kanaal,
        aantal=total,
        binnen=within,
        open=sum(t.open for t in tellingen),
        deel=deel,
        norm=norm,
        gehaald=None if deel is None else deel >= norm,
        mediaan=None,
        tekst=share_text(within, total),
    )


def measure(points: Iterable[Meetpunt], normen: Mapping[Kanaal, int], at: datetime) -> list[Meting]:
    """Count and judge, and the median of how long it took."""
    every = list(points)
    lengths: dict[Kanaal, list[float]] = defaultdict(list)
    for p in every:
        if p.duur is not None and (p.beantwoord_op is not None or p.uiterlijk < at):
            lengths[p.kanaal].append(p.duur.total_seconds())
    metingen = judge(tally(every, at), normen)
    medians = {kanaal: timedelta(seconds=median(seconds)) for kanaal, seconds in lengths.items()}
    return [replace(meting, mediaan=medians.get(meting.kanaal)) for meting in metingen]


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
    """What a Verkeersregel tells here: this leg's kanaal, and the kanaal that the same question came from, if any.

    `aantal`: how many such legs there were.
    """

    kanaal: Kanaal
    vanuit: Kanaal | None = None
    product: str = ""
    aantal: int = 1


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
        aantallen[leg.kanaal] += leg.aantal
        if leg.vanuit is not None and leg.vanuit != leg.kanaal:  # KS-5
            wissels[leg.vanuit, leg.kanaal] += leg.aantal
    return Gebruik(dict(aantallen.most_common()), dict(wissels.most_common()), aantallen.total())
