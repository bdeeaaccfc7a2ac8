# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a model or with the facts, in sentences for the beheerder. Never with the value of a fact."""

from collections.abc import Sequence
from dataclasses import dataclass

from schakel.kit.errors import SchakelError
from schakel.proceslogica.dmn.values import Waarde


@dataclass(frozen=True, slots=True)
class Bevinding:
    """One thing found in a model. `element`: its name or id; `cel`: "regel 3, kolom leeftijd", or empty.

    `voorbeeld`: facts that show it, for an overlap or a gap.
    """

    element: str
    cel: str
    melding: str
    voorbeeld: tuple[tuple[str, Waarde], ...] = ()

    def __str__(self) -> str:
        return ": ".join(part for part in (self.element, self.cel, self.melding) if part)


class ModelRefused(SchakelError):
    """The model cannot be taken in; `bevindingen` says everything that is wrong with it."""

    status = 422
    title = "Dit model kan niet worden gebruikt"
    advice = "Verbeter het model op de genoemde plekken en bied het opnieuw aan."

    def __init__(self, bevindingen: Sequence[Bevinding]) -> None:
        super().__init__("\n".join(str(bevinding) for bevinding in bevindingen))
        self.bevindingen = tuple(bevindingen)


class BeslissingOnbekend(SchakelError):
    """There is no decision by this key."""

    status = 404
    title = "Deze beslissing bestaat niet"
    advice = "Controleer de sleutel van de beslissing."


class FeitOntbreekt(SchakelError):
    """A fact that the rules need is not there. An empty fact (null) is there."""

    status = 422
    title = "Er ontbreekt een gegeven"
    advice = "Vul dit gegeven aan en probeer het opnieuw."

    def __init__(self, naam: str) -> None:
        super().__init__(f"Het gegeven '{naam}' ontbreekt.")
        self.naam = naam


class FeitOngeldig(SchakelError):
    """A fact is of another kind than the rules expect, or not one of the allowed values."""

    status = 422
    title = "Een gegeven past niet bij de regels"
    advice = "Controleer dit gegeven en probeer het opnieuw."

    def __init__(self, naam: str, verwacht: str) -> None:
        super().__init__(f"Het gegeven '{naam}' klopt niet: verwacht wordt {verwacht}.")
        self.naam = naam


class BeslissingOnmogelijk(SchakelError):
    """The rules contradict each other for these facts; only seen at run time when cells compute."""

    status = 422
    title = "De regels spreken elkaar tegen"
    advice = "Laat de beheerder de beslistabel nakijken."
