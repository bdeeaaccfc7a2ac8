# SPDX-License-Identifier: EUPL-1.2
"""Webformulier: a posted form, kept as JSON, to a Gespreksbijdrage."""

import hashlib
from datetime import datetime

import msgspec

from schakel.begrippen.gespreksbijdrage import Afzender, Bijlage, Gespreksbijdrage
from schakel.begrippen.kanaal import Kanaal


class Formulier(msgspec.Struct, frozen=True):
    """What a klant filled in. `inzending`: the key the page made, so that pressing twice sends once."""

    onderwerp: str
    vraag: str
    inzending: str
    naam: str = ""
    email: str = ""
    bijlagen: tuple[tuple[str, str, bytes], ...] = ()


class WebformulierKanaal:
    """Translates; decides nothing (PL-0)."""

    kanaal = Kanaal.WEBFORMULIER

    def to_gespreksbijdrage(self, origineel: bytes, envelop: dict[str, object]) -> Gespreksbijdrage:
        """`origineel` is the form as JSON, written by `to_origineel`."""
        formulier = msgspec.json.decode(origineel, type=Formulier)
        return Gespreksbijdrage(
            afzender=Afzender(Kanaal.WEBFORMULIER, formulier.email.strip(), formulier.naam.strip()),
            onderwerp=formulier.onderwerp.strip(),
            tekst=formulier.vraag,
            ontvangen_op=datetime.fromisoformat(str(envelop["received_at"])),
            bijlagen=tuple(Bijlage(*bijlage) for bijlage in formulier.bijlagen),
            vingerafdruk=hashlib.sha256(f"webformulier:{formulier.inzending}".encode()).hexdigest(),
        )


def to_origineel(formulier: Formulier) -> bytes:
    """The form as it is kept."""
    return msgspec.json.encode(formulier)
