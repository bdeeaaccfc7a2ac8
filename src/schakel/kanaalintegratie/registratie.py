# SPDX-License-Identifier: EUPL-1.2
"""Registratie: a contact in person or by voice, as a medewerker writes it down, in the shape every kanaal shares."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from schakel.begrippen.gespreksbijdrage import Afzender, Gespreksbijdrage
from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.inbox import Inbox
from schakel.kanaalintegratie.ontvangst import Bekend
from schakel.kanaalintegratie.werk import Verkeersregel
from schakel.kit import crashpoints
from schakel.kit.errors import InvalidInput
from schakel.relatiebeheer.klantcontacten import Vastlegging, decide_vastlegging

crashpoints.register("registratie.geteld", "the Verkeersregel is on disk, the medewerker has not seen that")
MAX_SAMENVATTING = 20_000


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


@dataclass(frozen=True, slots=True)
class Vastgelegd:
    """What was kept. Without `interactie_id` only a Verkeersregel, which holds nothing of a person."""

    interactie_id: UUID | None
    nummer: str


@dataclass(frozen=True, slots=True)
class Registreren:
    """Writes down a contact that a medewerker had (RB-2, RB-3)."""

    inbox: Inbox

    async def register(self, kanaal: Kanaal, registratie: Registratie, bekend: Bekend, *, vervolg: bool) -> Vastgelegd:
        """Keep what the four cases say. `vervolg`: something must still happen. Raises InvalidInput."""
        known = bekend.partij_id is not None or bekend.interactie_id is not None
        if decide_vastlegging(bekend=known, mag_bewaren=True, vervolg=vervolg) is Vastlegging.ALLEEN_VERKEERSREGEL:
            at = self.inbox.clock()
            async with self.inbox.open_werk() as werk:
                await werk.verkeer.add(Verkeersregel(kanaal, at, "direct beantwoord", bekend.product))
            crashpoints.reached("registratie.geteld")
            return Vastgelegd(None, "")
        if not registratie.samenvatting.strip() and not registratie.onderwerp.strip():
            raise InvalidInput({"samenvatting": "Schrijf in één zin waar het over ging."})
        if len(registratie.samenvatting) > MAX_SAMENVATTING:
            raise InvalidInput({"samenvatting": f"Dit is te lang. Houd het korter dan {MAX_SAMENVATTING} tekens."})
        return Vastgelegd(*await self.inbox.take_in(kanaal, msgspec.json.encode(registratie), bekend))
