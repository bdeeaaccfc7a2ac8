# SPDX-License-Identifier: EUPL-1.2
"""Who asks, as the rules know them, from the sessie behind a request."""

from uuid import UUID

from schakel.identiteit.wie import Betrouwbaarheidsniveau, Inwoner, Medewerker, known_rollen
from schakel.web.sessie import Connection, inwoner, medewerker


def medewerker_of(connection: Connection) -> Medewerker:
    """Raises NotSignedIn or Forbidden."""
    sessie = medewerker(connection)
    assert isinstance(sessie.actor_id, UUID)
    return Medewerker(sessie.actor_id, sessie.naam, known_rollen(sessie.rollen), sessie.team, sessie.functie)


def inwoner_of(connection: Connection) -> Inwoner:
    """Raises NotSignedIn."""
    sessie = inwoner(connection)
    assert isinstance(sessie.partij_id, UUID)
    return Inwoner(sessie.partij_id, Betrouwbaarheidsniveau.of(sessie.niveau))
