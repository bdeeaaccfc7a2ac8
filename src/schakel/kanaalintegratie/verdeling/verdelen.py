# SPDX-License-Identifier: EUPL-1.2
"""Verdelen: one round over what waits and who is there. Facts in, decisions with their reasons out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from schakel.kanaalintegratie.verdeling.feiten import Hervatting, InHanden, Inzet, Toewijzing, Werkitem
from schakel.kanaalintegratie.verdeling.kandidaten import Geschikt, Vraag, explain, judge
from schakel.kanaalintegratie.verdeling.regels import GEVRAAGD, Verdeelregels
from schakel.kanaalintegratie.verdeling.volgorde import order, voortgang

KEPT = 10
"""How many candidates a decision remembers."""
_NOT_YET = 1_000_000
"""What is only now being offered cannot yield in the same round."""


@dataclass(frozen=True, slots=True)
class Ronde:
    """What one round decided: new work for somebody, and interrupted work that goes on."""

    toewijzingen: tuple[Toewijzing, ...]
    hervattingen: tuple[Hervatting, ...]


def divide(
    wachtend: Iterable[Werkitem],
    inzetten: Iterable[Inzet],
    regels: Verdeelregels,
    at: datetime,
    *,
    is_open: Mapping[str, bool] | None = None,
    hoogstens: int = 50,
) -> Ronde:
    """`is_open`: of kanalen with opening hours; where nobody would be there for the klant, nothing is offered."""
    open_now = is_open or {}
    may = [item for item in wachtend if _may_go(item, regels, open_now)]
    teams: dict[str, dict[UUID, Inzet]] = defaultdict(dict)
    for inzet in inzetten:
        teams[inzet.team][inzet.actor_id] = inzet
    found = _offer(order(may, regels, at), teams, regels, at, hoogstens)
    return Ronde(tuple(found), tuple(_resume(teams)))


def _may_go(item: Werkitem, regels: Verdeelregels, is_open: Mapping[str, bool]) -> bool:
    synchroon = regels.kanaal(item.kanaal, live=item.live).synchroon
    if synchroon and not is_open.get(item.kanaal, True):
        return False
    return synchroon or item.spoed or not regels.noodstand


def _offer(
    items: Sequence[Werkitem],
    teams: dict[str, dict[UUID, Inzet]],
    regels: Verdeelregels,
    at: datetime,
    hoogstens: int,
) -> list[Toewijzing]:
    found: list[Toewijzing] = []
    hopeless: set[object] = set()
    for item in items:
        if len(found) >= hoogstens:
            break
        los = regels.losgelaten(voortgang(item, at))
        kind = (item.team, item.kanaal, item.productgroep, item.taal, los, item.niet_naar)
        if kind in hopeless:
            continue
        team = teams[item.team]
        toewijzing = choose(item, team.values(), regels, at)
        if toewijzing is None:
            hopeless.add(kind)
            continue
        team[toewijzing.actor_id] = _taken(team[toewijzing.actor_id], toewijzing, at)
        found.append(toewijzing)
    return found


def choose(item: Werkitem, inzetten: Iterable[Inzet], regels: Verdeelregels, at: datetime) -> Toewijzing | None:
    """The best candidate for this work with all that was weighed; None when nobody can."""
    part = voortgang(item, at)
    vraag = Vraag(item, regels.kanaal(item.kanaal, live=item.live), regels, regels.losgelaten(part), at)
    can: list[Geschikt] = []
    cannot: dict[str, int] = {}
    for inzet in inzetten:
        judged = judge(vraag, inzet)
        if isinstance(judged, str):
            cannot[judged] = cannot.get(judged, 0) + 1
        else:
            can.append(judged)
    if not can:
        return None
    can.sort(key=lambda each: (-each.score, each.inzet.actor_id))
    return Toewijzing(
        werkitem=item,
        actor_id=can[0].inzet.actor_id,
        eenheden=vraag.kanaal.eenheden,
        onderbroken=can[0].onderbroken,
        kandidaten=tuple(explain(vraag, each) for each in can[:KEPT]),  # KI-1
        afgevallen=cannot,
        voortgang=round(part, 3),
        redenen=_reasons(item, part, vraag.los),
    )


def _reasons(item: Werkitem, part: float, los: frozenset[str]) -> tuple[str, ...]:
    said = [f"Wachtte {part:.0%} van de afgesproken tijd.".replace("%", " %")]
    said += ["Dit heeft spoed."] if item.spoed else []
    said += [f"Wij zochten niet langer {GEVRAAGD[naam]}, omdat het lang wachtte." for naam in GEVRAAGD if naam in los]
    return tuple(said)


def _taken(inzet: Inzet, toewijzing: Toewijzing, at: datetime) -> Inzet:
    """The medewerker once this is his, so that the next choice in the same round knows."""
    for werk in inzet.werk:
        if werk.id in toewijzing.onderbroken:
            inzet = with_room(inzet, werk, -werk.eenheden, onderbroken=True)
    new = InHanden(
        toewijzing.werkitem.id, toewijzing.werkitem.kanaal, toewijzing.eenheden, _NOT_YET, live=toewijzing.werkitem.live
    )
    return replace(with_room(replace(inzet, werk=(*inzet.werk, new)), new, new.eenheden), laatste_op=at)


def _resume(teams: dict[str, dict[UUID, Inzet]]) -> list[Hervatting]:
    """What was interrupted goes on as soon as there is room again."""
    found = []
    for inzet in (inzet for team in teams.values() for inzet in team.values()):
        for werk in inzet.werk:
            if werk.onderbroken and werk.eenheden <= min(inzet.vrij, inzet.vrij_voor(werk.kanaal)):
                found.append(Hervatting(werk.id, inzet.actor_id, werk.eenheden))
                inzet = with_room(inzet, werk, werk.eenheden)
    return found


def with_room(inzet: Inzet, werk: InHanden, extra: int, *, onderbroken: bool = False) -> Inzet:
    """This medewerker with so many werkeenheden more for this work, or less."""
    hoogstens, bezet = inzet.kanalen.get(werk.kanaal, (0, 0))
    return replace(
        inzet,
        bezet=inzet.bezet + extra,
        kanalen={**inzet.kanalen, werk.kanaal: (hoogstens, bezet + extra)},
        werk=tuple(replace(w, onderbroken=onderbroken) if w.id == werk.id else w for w in inzet.werk),
    )
