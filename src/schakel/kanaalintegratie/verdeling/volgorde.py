# SPDX-License-Identifier: EUPL-1.2
"""Volgorde: what goes first is what costs most to let wait a moment longer (generalised c-mu, deadline-aware).

Waiting costs gewicht x progress ^ macht, with progress as part of the time that was promised. Its slope decides, taken
a little ahead: a caller who just came in will soon be late, a letter of yesterday will not.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from schakel.kanaalintegratie.verdeling.feiten import Werkitem
from schakel.kanaalintegratie.verdeling.regels import Verdeelregels


def voortgang(item: Werkitem, at: datetime) -> float:
    """Which part of its time it has waited: 0 at first, 1 at the last moment, and on."""
    length = max((item.uiterlijk - item.sinds).total_seconds(), 1.0)
    return max((at - item.sinds).total_seconds(), 0.0) / length


def urgentie(item: Werkitem, regels: Verdeelregels, at: datetime) -> float:
    """The marginal cost of waiting at the end of the vooruitblik."""
    gewicht = regels.kanaal(item.kanaal, live=item.live).gewicht * (regels.spoed if item.spoed else 1.0)
    ahead = voortgang(item, at + timedelta(seconds=regels.vooruitblik))
    marginal: float = gewicht * regels.macht * ahead ** (regels.macht - 1)
    return marginal


def order(items: Iterable[Werkitem], regels: Verdeelregels, at: datetime) -> list[Werkitem]:
    """The most urgent first; what is equal goes by age."""
    return sorted(items, key=lambda item: (-urgentie(item, regels, at), item.sinds, item.id))
