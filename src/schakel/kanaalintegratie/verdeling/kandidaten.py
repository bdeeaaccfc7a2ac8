# SPDX-License-Identifier: EUPL-1.2
"""Kandidaten: who can take this work, how well he fits, and in words why, or why not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.kanaalintegratie.verdeling.feiten import Inzet, Kandidaat, Werkitem
from schakel.kanaalintegratie.verdeling.regels import Verdeelregels

GOED = 2
"""The niveau that is asked for first: 1 knows a product, 2 knows it well."""
_REST = 1800.0


@dataclass(frozen=True, slots=True)
class Geschikt:
    """Somebody who can, with the work that would have to yield."""

    kandidaat: Kandidaat
    onderbroken: tuple[UUID, ...] = ()


def judge(item: Werkitem, inzet: Inzet, regels: Verdeelregels, los: frozenset[str], at: datetime) -> Geschikt | str:
    """His score, or in words what keeps this medewerker from it. `los`: demands that no longer count.

    Interrupted work keeps its place against new work that can wait, not against a klant who waits.
    """
    if (reden := _keeps_from(item, inzet, los)) is not None:
        return reden
    eenheden, kept = regels.kanaal(item.kanaal).eenheden, inzet.te_hervatten
    if regels.kanaal(item.kanaal).synchroon:
        kept = {}
    if inzet.vrij_voor(item.kanaal) - kept.get(item.kanaal, 0) < eenheden:
        return "heeft geen ruimte meer op dit kanaal"
    yielding = _yielding(item, inzet, regels, eenheden - inzet.vrij + sum(kept.values()))
    if yielding is None:
        return "heeft geen ruimte meer"
    return Geschikt(_score(item, inzet, regels, len(yielding), at), yielding)


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
        niveau = inzet.productgroepen.get(item.productgroep, 0)
        if niveau < 1 and "product" not in los:
            return "kent dit product niet"
        if niveau < GOED and not los & {"niveau", "product"}:
            return "kent dit product nog niet goed genoeg"
    return None


def _yielding(item: Werkitem, inzet: Inzet, regels: Verdeelregels, tekort: int) -> tuple[UUID, ...] | None:
    """Nothing when there is room; else the least interrupted work that may yield; None when that is not enough."""
    if tekort <= 0:
        return ()
    if not regels.kanaal(item.kanaal).synchroon:
        return None
    found = []
    for werk in sorted(inzet.werk, key=lambda each: each.onderbrekingen):
        may = regels.kanaal(werk.kanaal).onderbreekbaar and werk.onderbrekingen < regels.onderbrekingen
        if may and not werk.onderbroken:
            found.append(werk.id)
            tekort -= werk.eenheden
            if tekort <= 0:
                return tuple(found)
    return None


def _score(item: Werkitem, inzet: Inzet, regels: Verdeelregels, yielding: int, at: datetime) -> Kandidaat:
    """Each criterium counts from 0 to 1, times its weight (KI-1)."""
    niveau = min(inzet.productgroepen.get(item.productgroep, 0), 3) if item.productgroep else 0
    rest = 1.0 if inzet.laatste_op is None else min((at - inzet.laatste_op).total_seconds() / _REST, 1.0)
    parts = (
        ("niveau", niveau / 3, f"kent het product op niveau {niveau} van 3"),
        ("eerder", float(item.eerder == inzet.actor_id), "hielp deze klant hier al mee"),
        ("ruimte", max(inzet.vrij, 0) / inzet.capaciteit, f"heeft {max(inzet.vrij, 0)} van {inzet.capaciteit} vrij"),
        ("rust", max(rest, 0.0), _spell_rest(inzet.laatste_op, at)),
        ("onderbreken", float(yielding), f"moet {yielding} keer ander werk laten wijken"),
    )
    points = [(regels.criteria[naam] * deel, words) for naam, deel, words in parts if deel]
    redenen = tuple(f"{words}: {round(value, 1):+g}".replace(".", ",") for value, words in points)
    return Kandidaat(inzet.actor_id, round(sum(value for value, _ in points), 4), redenen)


def _spell_rest(laatste_op: datetime | None, at: datetime) -> str:
    if laatste_op is None:
        return "kreeg vandaag nog niets"
    minutes = int((at - laatste_op).total_seconds() // 60)
    return f"kreeg {minutes} minuten niets" if minutes != 1 else "kreeg 1 minuut niets"
