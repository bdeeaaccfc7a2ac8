# SPDX-License-Identifier: EUPL-1.2
"""Our own evaluator of DMN decision tables and requirements graphs."""

from schakel.proceslogica.dmn.definities import Definities, check
from schakel.proceslogica.dmn.findings import (
    BeslissingOnbekend,
    BeslissingOnmogelijk,
    Bevinding,
    FeitOngeldig,
    FeitOntbreekt,
    ModelRefused,
)
from schakel.proceslogica.dmn.outcome import Geraakt, Kolom, Reden, Regel, Tabelbeeld, Uitkomst
from schakel.proceslogica.dmn.values import Maanden, Waarde

__all__ = [
    "BeslissingOnbekend",
    "BeslissingOnmogelijk",
    "Bevinding",
    "Definities",
    "FeitOngeldig",
    "FeitOntbreekt",
    "Geraakt",
    "Kolom",
    "Maanden",
    "ModelRefused",
    "Reden",
    "Regel",
    "Tabelbeeld",
    "Uitkomst",
    "Waarde",
    "check",
]
