# SPDX-License-Identifier: EUPL-1.2
"""Kandidaten: who can take this work, how well he fits, and in words why, or why not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.kanaalintegratie.verdeling.feiten import BEST, GOED, Inzet, Kandidaat, Werkitem
from schakel.kanaalintegratie.verdeling.regels import Kanaaleigenschappen, Verdeelregels

_REST = 1800.0


@dataclass(frozen=True, slots=True)
class Vraag:
    """One werkitem with what its kanaal asks. `los`: demands that no longer count, because it waited long."""

    item: Werkitem
    kanaal: Kanaaleigenschappen
    regels: Verdeelregels
    los: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Geschikt:
    """Somebody who can, with the work that would have to yield."""

    inzet: Inzet
    score: float
    onderbroken: tuple[UUID, ...] = ()


def judge(vraag: Vraag, inzet: Inzet) -> Geschikt | str:
    """His score, or in words what keeps this medewerker from it.

    Interrupted work keeps its place against new work that can wait, not against a klant who waits.
    """
    item, eenheden = vraag.item, vraag.kanaal.eenheden
    if inzet.vrij < eenheden and not vraag.kanaal.synchroon:
        return "heeft geen ruimte meer"  # first, because on a busy day it is true of nearly everyone
    if (reden := _keeps_from(item, inzet, vraag.los)) is not None:
        return reden
    vrij, own = inzet.vrij, inzet.vrij_voor(item.kanaal)
    if not vraag.kanaal.synchroon:
        kept = inzet.te_hervatten
        vrij, own = vrij - sum(kept.values()), own - kept.get(item.kanaal, 0)
    if own < eenheden:
        return "heeft geen ruimte meer op dit kanaal"
    yielding = () if vrij >= eenheden else _yielding(vraag, inzet, eenheden - vrij)
    if yielding is None:
        return "heeft geen ruimte meer"
    criteria = vraag.regels.criteria
    score = sum(criteria[naam] * deel for naam, deel in _parts(vraag, inzet, len(yielding)))
    return Geschikt(inzet, round(score, 4), yielding)


def _keeps_from(item: Werkitem, inzet: Inzet, los: frozenset[str]) -> str | None:
    if inzet.team != item.team:
        return "hoort bij een ander team"
    if item.kanaal not in inzet.kanalen:
        return "werkt niet op dit kanaal"
    if inzet.actor_id in item.niet_naar:
        return "gaf dit eerder terug"
    if item.taal not in inzet.talen and "taal" not in los:  # MK-1
        return "spreekt de taal niet"
    if item.productgroep:
        niveau = inzet.niveau(item.productgroep)
        if niveau < 1 and "product" not in los:
            return "kent dit product niet"
        if niveau < GOED and not los & {"niveau", "product"}:
            return "kent dit product nog niet goed genoeg"
    return None


def _yielding(vraag: Vraag, inzet: Inzet, tekort: int) -> tuple[UUID, ...] | None:
    """The least interrupted work that may yield; None when that is not enough, or nobody waits for a person."""
    if not vraag.kanaal.synchroon:
        return None
    found, regels = [], vraag.regels
    for werk in sorted(inzet.werk, key=lambda each: each.onderbrekingen):
        may = regels.kanaal(werk.kanaal, live=werk.live).onderbreekbaar and werk.onderbrekingen < regels.onderbrekingen
        if may and not werk.onderbroken:
            found.append(werk.id)
            tekort -= werk.eenheden
            if tekort <= 0:
                return tuple(found)
    return None


def _parts(vraag: Vraag, inzet: Inzet, yielding: int) -> tuple[tuple[str, float], ...]:
    """Each criterium from 0 to 1; its weight is the teamleider's (KI-1)."""
    item, last = vraag.item, inzet.laatste_op
    rest = 1.0 if last is None else min(max((vraag.at - last).total_seconds() / _REST, 0.0), 1.0)
    niveau = inzet.niveau(item.productgroep) if item.productgroep else 0
    return (
        ("niveau", niveau / BEST),
        ("eerder", float(item.eerder == inzet.actor_id)),
        ("ruimte", max(inzet.vrij, 0) / inzet.capaciteit),
        ("rust", rest),
        ("onderbreken", float(yielding)),
    )


def explain(vraag: Vraag, geschikt: Geschikt) -> Kandidaat:
    """The same score with each criterium that gave points, in words."""
    inzet, times = geschikt.inzet, len(geschikt.onderbroken)
    words = {
        "niveau": f"kent het product op niveau {inzet.niveau(vraag.item.productgroep)} van {BEST}",
        "eerder": "hielp deze klant hier al mee",
        "ruimte": f"heeft {max(inzet.vrij, 0)} van {inzet.capaciteit} vrij",
        "rust": _spell_rest(inzet.laatste_op, vraag.at),
        "onderbreken": f"moet {times} keer ander werk laten wijken",
    }
    redenen = tuple(
        f"{words[naam]}: {round(vraag.regels.criteria[naam] * deel, 1):+g}".replace(".", ",")
        for naam, deel in _parts(vraag, inzet, times)
        if deel
    )
    return Kandidaat(inzet.actor_id, geschikt.score, redenen)


def _spell_rest(laatste_op: datetime | None, at: datetime) -> str:
    if laatste_op is None:
        return "kreeg vandaag nog niets"
    minutes = int((at - laatste_op).total_seconds() // 60)
    return f"kreeg {minutes} minuten niets" if minutes != 1 else "kreeg 1 minuut niets"
