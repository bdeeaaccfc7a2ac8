# SPDX-License-Identifier: EUPL-1.2
"""Telefoon: what a medewerker registers of a contact to a Gespreksbijdrage."""

from schakel.begrippen.gespreksbijdrage import Gespreksbijdrage
from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.registratie import registered_bijdrage


class TelefoonKanaal:
    """Translates; decides nothing (PL-0)."""

    kanaal = Kanaal.TELEFOON

    def to_gespreksbijdrage(self, origineel: bytes, envelop: dict[str, object]) -> Gespreksbijdrage:
        """`origineel` is a Registratie as JSON."""
        return registered_bijdrage(self.kanaal, origineel, envelop)
