# SPDX-License-Identifier: EUPL-1.2
"""Webformulier: a posted form, kept as JSON, to a Gespreksbijdrage."""

import hashlib
from datetime import datetime

import msgspec

from schakel.begrippen.gespreksbijdrage import Afzender, Bijlage, Gespreksbijdrage
from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.inzending import Inzending


class WebformulierKanaal:
    """Translates; decides nothing (PL-0)."""

    kanaal = Kanaal.WEBFORMULIER

    def to_gespreksbijdrage(self, origineel: bytes, envelop: dict[str, object]) -> Gespreksbijdrage:
        """`origineel` is the Inzending as JSON. Changed after a first press it is another one, and kept too."""
        inzending = msgspec.json.decode(origineel, type=Inzending)
        return Gespreksbijdrage(
            afzender=Afzender(Kanaal.WEBFORMULIER, inzending.email.strip(), inzending.naam.strip()),
            onderwerp=inzending.onderwerp.strip(),
            tekst=inzending.tekst,
            ontvangen_op=datetime.fromisoformat(str(envelop["received_at"])),
            bijlagen=tuple(Bijlage(*bijlage) for bijlage in inzending.bijlagen),
            vingerafdruk=hashlib.sha256(b"webformulier:" + origineel).hexdigest(),
        )
