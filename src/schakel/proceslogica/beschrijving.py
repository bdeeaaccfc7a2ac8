# SPDX-License-Identifier: EUPL-1.2
"""Beschrijving: a proces in words, element by element, in the order in which a case comes along them."""

from collections.abc import Sequence

from schakel.proceslogica.bpmn.model import Effectregel, Knoop, Procesmodel, Stroom
from schakel.proceslogica.contract import Modelstap, Vervolg

_SOORTEN = {
    "start": "Begin",
    "einde": "Einde",
    "stap": "Stap",
    "effect": "Gevolg",
    "beslissing": "Beslissing",
    "keuze": "Keuze",
    "parallel": "Tegelijk",
    "wacht": "Wat het eerst komt",
}
_EFFECTEN = {
    "stuur_bericht": "Stuurt de klant een bericht",
    "zet_status": "Zet de status",
    "leg_voor_aan_team": "Legt het werk voor aan een team",
    "vraag_feedback": "Vraagt de klant hoe het ging",
    "maak_interne_taak": "Maakt een interne taak",
}


def describe(model: Procesmodel) -> Sequence[Modelstap]:
    """Every element that a case can reach, from the start on."""
    order = _order(model)
    number = {knoop.id: place for place, knoop in enumerate(order, 1)}
    return [
        Modelstap(
            number[knoop.id],
            _naam(model, knoop),
            _SOORTEN[knoop.soort],
            _uitleg(knoop),
            tuple(
                Vervolg(number[stroom.naar], _naam(model, model.knopen[stroom.naar]), _als(stroom))
                for stroom in model.uit[knoop.id]
            ),
        )
        for knoop in order
    ]


def _order(model: Procesmodel) -> list[Knoop]:
    found: dict[str, Knoop] = {}
    ahead = [model.doel[""]]
    while ahead:
        knoop = ahead.pop(0)
        if knoop.id not in found:
            found[knoop.id] = knoop
            ahead += [model.knopen[stroom.naar] for stroom in model.uit[knoop.id]]
    return list(found.values())


def _naam(model: Procesmodel, knoop: Knoop) -> str:
    """What the drawing calls it. A poort often has no name; where ways meet it chooses nothing."""
    meets = len(model.uit[knoop.id]) == 1 < len(model.erin[knoop.id])
    return knoop.naam or ("Samen verder" if meets else _SOORTEN[knoop.soort])


def _uitleg(knoop: Knoop) -> str:
    if knoop.stap:
        velden = ", ".join(veld.label for veld in knoop.stap.velden)
        return f"Voor de {knoop.stap.voor}." + (f" Vraagt: {velden}" if velden else "")
    if knoop.effect:
        return _effect(knoop.effect)
    return f"De regels van \u2018{knoop.beslissing}\u2019 beslissen." if knoop.beslissing else ""


def _effect(effect: Effectregel) -> str:
    values = ", ".join(f"{name}: {value}" for name, value in effect.vast.items())
    return _EFFECTEN.get(effect.soort, effect.soort) + (f" ({values})." if values else ".")


def _als(stroom: Stroom) -> str:
    if stroom.voorwaarde:
        return stroom.voorwaarde.tekst
    return "in elk ander geval" if stroom.standaard else ""
