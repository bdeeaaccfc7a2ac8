# SPDX-License-Identifier: EUPL-1.2
"""Kanalen on which a medewerker speaks with a klant himself, and writes down what was said."""

from schakel.begrippen.kanaal import Kanaal

#: In the order of the choice on a screen.
WERKKANALEN = (Kanaal.TELEFOON, Kanaal.BALIE)


def read_kanaal(given: str, otherwise: Kanaal) -> Kanaal:
    """One of these, however it was sent."""
    return next((kanaal for kanaal in WERKKANALEN if kanaal == given), otherwise)
