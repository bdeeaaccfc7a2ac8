# SPDX-License-Identifier: EUPL-1.2
"""Registratie: a contact in person or by voice, as a medewerker writes it down, in the shape every kanaal shares."""

import hashlib
from datetime import datetime

import msgspec

from schakel.begrippen.gespreksbijdrage import Afzender, Gespreksbijdrage
from schakel.begrippen.kanaal import Kanaal


class Registratie(msgspec.Struct, frozen=True):
    """What was said. `sleutel`: made by the screen, so that pressing twice registers once."""

    onderwerp: str
    samenvatting: str
    sleutel: str
    naam: str = ""
    nummer: str = ""


def registered_bijdrage(kanaal: Kanaal, origineel: bytes, envelop: dict[str, object]) -> Gespreksbijdrage:
    """The Gespreksbijdrage of a Registratie kept as JSON."""
    registratie = msgspec.json.decode(origineel, type=Registratie)
    return Gespreksbijdrage(
        afzender=Afzender(kanaal, registratie.nummer.strip(), registratie.naam.strip()),
        onderwerp=registratie.onderwerp.strip(),
        tekst=registratie.samenvatting,
        ontvangen_op=datetime.fromisoformat(str(envelop["received_at"])),
        vingerafdruk=hashlib.sha256(f"{kanaal}:{registratie.sleutel}".encode()).hexdigest(),
    )
