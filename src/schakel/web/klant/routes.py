# SPDX-License-Identifier: EUPL-1.2
"""Routes of the face for the klant."""

from schakel.web.klant import aanmelden, gegevens, mening, mijn, proefpostbus, start, veiligheid, verder, vraag
from schakel.web.klant.aanvraag import indienen, invullen

HANDLERS = [
    *start.HANDLERS,
    *aanmelden.HANDLERS,
    *vraag.HANDLERS,
    *mijn.HANDLERS,
    *gegevens.HANDLERS,
    *indienen.HANDLERS,
    *invullen.HANDLERS,
    *verder.HANDLERS,
    *mening.HANDLERS,
    *proefpostbus.HANDLERS,
    *veiligheid.HANDLERS,
]
