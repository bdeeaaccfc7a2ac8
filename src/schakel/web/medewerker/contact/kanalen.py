# SPDX-License-Identifier: EUPL-1.2
"""Kanalen on which a medewerker speaks with a klant himself, and writes down what was said."""

from schakel.begrippen.kanaal import Kanaal
from schakel.identiteit.wie import Rol
from schakel.web.page import AnyRequest
from schakel.web.wie import medewerker_of

#: In the order of the choice on a screen.
WERKKANALEN = (Kanaal.TELEFOON, Kanaal.BALIE)


def read_kanaal(given: str, otherwise: Kanaal) -> Kanaal:
    """One of these, however it was sent."""
    return next((kanaal for kanaal in WERKKANALEN if kanaal == given), otherwise)


def usual_kanaal(request: AnyRequest) -> Kanaal:
    """Where this medewerker speaks with klanten; on a form he can choose the other one."""
    return Kanaal.BALIE if Rol.BALIEMEDEWERKER in medewerker_of(request).rollen else Kanaal.TELEFOON
