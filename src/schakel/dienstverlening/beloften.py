# SPDX-License-Identifier: EUPL-1.2
"""Beloften: until when, said to the klant and to the medewerker in one and the same moment (KR-2, NO-9)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.openingstijden import Openingstijden
from schakel.dienstverlening.producten import Product
from schakel.dienstverlening.serviceformules import Klok, Serviceformule, Servicelevel
from schakel.dienstverlening.termijnen import TERMIJNEN, Opschorting, Verzoeksoort, termijn_end
from schakel.kit.clock import AMSTERDAM

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
MAANDEN_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Belofte:
    """`uiterlijk`: aware, always inside or at the end of an open spell. `termijn`: last day by law, if any.

    `aantal` is in the unit of `klok`: werkdagen or minutes of open time. `grond` says where the figure comes from.
    """

    uiterlijk: datetime
    ontvangen_op: datetime
    klok: Klok
    aantal: int
    grond: str
    tekst_klant: str
    tekst_medewerker: str
    termijn: date | None = None


def promise(
    product: Product | None,
    kanaal: Kanaal,
    ontvangen_op: datetime,
    formule: Serviceformule,
    openingstijden: Openingstijden,
    *,
    soort: Verzoeksoort | None = None,
) -> Belofte:
    """What we promise for this product on this kanaal; a kanaal without servicelevel gets the slowest of the formule.

    For a formal message the law's last day goes along, and the belofte never passes it (Awb 4:13 and others).
    """
    level = formule.servicelevels.get(kanaal) or max(formule.servicelevels.values(), key=_slowness)  # SF-0, KR-2
    grond = f"serviceformule {formule.naam}, {kanaal}"
    if product is not None and product.werkdagen is not None:  # the product's own promise goes first
        level = replace(level, klok=Klok.WERKDAG, aantal=product.werkdagen)
        grond = f"product {product.naam}"
    uiterlijk = _end(level.klok, level.aantal, ontvangen_op, openingstijden)
    termijn = None
    if soort is not None:
        termijn = termijn_end(soort, ontvangen_op.astimezone(AMSTERDAM).date())
        grond = f"{grond}; {TERMIJNEN[soort].grond}"
        uiterlijk = min(uiterlijk, openingstijden.end_of(termijn))
    return Belofte(
        uiterlijk=uiterlijk,
        ontvangen_op=ontvangen_op,
        klok=level.klok,
        aantal=level.aantal,
        grond=grond,
        tekst_klant=tekst_klant(uiterlijk, ontvangen_op, level.klok, soort, termijn),
        tekst_medewerker=_tekst_medewerker(uiterlijk, level, termijn),
        termijn=termijn,
    )


def _slowness(level: Servicelevel) -> int:
    return level.aantal * (480 if level.klok is Klok.WERKDAG else 1)


def _end(klok: Klok, aantal: int, since: datetime, openingstijden: Openingstijden) -> datetime:
    if klok is Klok.OPENINGSTIJD:
        return openingstijden.add(since, timedelta(minutes=aantal))
    day = openingstijden.kalender.add_werkdagen(since.astimezone(AMSTERDAM).date(), aantal)
    return openingstijden.end_of(day)  # NO-9: never on a day on which nobody is there


def shifted(belofte: Belofte, opschortingen: Iterable[Opschorting], at: datetime, hours: Openingstijden) -> datetime:
    """The same promise after the clock stood still: exactly the open time, or the werkdagen, that it stood still.

    What lies before receipt or after `at` does not count; overlapping spells count once.
    """
    uiterlijk = belofte.uiterlijk
    for van, tot in _merged(belofte.ontvangen_op, opschortingen, at):
        if van >= uiterlijk:  # already late: standing still does not repair that
            break
        if belofte.klok is Klok.OPENINGSTIJD:
            uiterlijk = hours.add(uiterlijk, hours.between(van, tot)) if tot > van else uiterlijk
        else:
            days = hours.kalender.count_werkdagen(van.astimezone(AMSTERDAM).date(), tot.astimezone(AMSTERDAM).date())
            if days:
                end_day = uiterlijk.astimezone(AMSTERDAM).date()
                uiterlijk = hours.end_of(hours.kalender.add_werkdagen(end_day, days))
    return uiterlijk


def _merged(since: datetime, spells: Iterable[Opschorting], at: datetime) -> list[tuple[datetime, datetime]]:
    merged: list[tuple[datetime, datetime]] = []
    for van, tot in sorted((max(s.van, since), min(s.tot or at, at)) for s in spells):
        if merged and van <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(tot, merged[-1][1]))
        elif tot > van:
            merged.append((van, tot))
    return merged


@dataclass(frozen=True, slots=True)
class Resterend:
    """What is left. `tijd` is open time (negative: late); `werkdagen` the days left; `stil`: the clock stands still."""

    tijd: timedelta
    werkdagen: int
    stil: bool
    uiterlijk: datetime


def remaining(belofte: Belofte, opschortingen: Iterable[Opschorting], at: datetime, hours: Openingstijden) -> Resterend:
    """How much of the promise is left at `at`."""
    spells = tuple(opschortingen)
    uiterlijk = shifted(belofte, spells, at, hours)
    tijd = hours.between(at, uiterlijk) if at <= uiterlijk else -hours.between(uiterlijk, at)
    days = hours.kalender.count_werkdagen(at.astimezone(AMSTERDAM).date(), uiterlijk.astimezone(AMSTERDAM).date())
    stil = any(s.van <= at and (s.tot is None or at < s.tot) for s in spells)
    return Resterend(tijd, days, stil, uiterlijk)


def spell_dag(dag: date, since: date) -> str:
    """As in "vrijdag 27 november", with the year only when it is another one."""
    year = f" {dag.year}" if dag.year != since.year else ""
    return f"{DAGEN[dag.weekday()]} {dag.day} {MAANDEN[dag.month - 1]}{year}"


def tekst_klant(
    uiterlijk: datetime,
    ontvangen_op: datetime,
    klok: Klok,
    soort: Verzoeksoort | None = None,
    termijn: date | None = None,
) -> str:
    """The promise in B1: "U hoort uiterlijk vrijdag 27 november van ons." """
    local, received = uiterlijk.astimezone(AMSTERDAM), ontvangen_op.astimezone(AMSTERDAM).date()
    day = "vandaag" if local.date() == received else spell_dag(local.date(), received)
    if klok is Klok.OPENINGSTIJD:
        day = f"{day} om {local.hour}.{local.minute:02d} uur"
    text = f"U hoort uiterlijk {day} van ons."
    if termijn is None:
        return text
    decides = soort in (Verzoeksoort.AANVRAAG, Verzoeksoort.BEZWAAR)
    rest = "Wij beslissen" if decides else "U krijgt ons hele antwoord"
    return f"{text} {rest} uiterlijk {spell_dag(termijn, received)}."


def _tekst_medewerker(uiterlijk: datetime, level: Servicelevel, termijn: date | None) -> str:
    local = uiterlijk.astimezone(AMSTERDAM)
    unit = "werkdagen" if level.klok is Klok.WERKDAG else "minuten openingstijd"
    unit = "werkdag" if (level.klok, level.aantal) == (Klok.WERKDAG, 1) else unit
    text = f"Belofte: antwoord vóór {DAGEN[local.weekday()][:2]} {local.day} {MAANDEN_KORT[local.month - 1]}, "
    text += f"{local.hour}.{local.minute:02d} ({level.aantal} {unit})"
    return text if termijn is None else f"{text}; wettelijk uiterlijk {termijn.day} {MAANDEN[termijn.month - 1]}"
