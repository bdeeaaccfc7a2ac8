# SPDX-License-Identifier: EUPL-1.2
"""Werkaanbod: what a medewerker says to verdeling: I am here, I take this, I give this back, I go on with it later."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schakel.kanaalintegratie.verdeling.feiten import Beschikbaarheid
from schakel.kanaalintegratie.verdeling.poort import Verdeelwerk
from schakel.kit.errors import Conflict, InvalidInput

REDENEN = (
    "Dit hoort bij een ander team",
    "Hier weet ik te weinig van",
    "Ik ken deze klant persoonlijk",
    "Ik heb nu iets wat voor moet gaan",
)
"""Why work is given back: the first two say what somebody could learn, or that the verdeling is wrong (MK-1)."""


@dataclass(frozen=True, slots=True)
class Werkaanbod:
    """Each deed is one unit of work."""

    async def announce_as(
        self, werk: Verdeelwerk, actor_id: UUID, beschikbaarheid: Beschikbaarheid, at: datetime
    ) -> None:
        """What was offered to who goes away, goes to a colleague at once."""
        van_kracht = await werk.verdelingen.van_kracht()
        for back in await werk.verdelingen.announce_as(actor_id, beschikbaarheid, van_kracht.regels, at):
            await werk.announce(back)

    async def accept(self, werk: Verdeelwerk, interactie_id: UUID, actor_id: UUID, at: datetime) -> None:
        """Be its regiehouder from now on."""
        if not await werk.verdelingen.accept(interactie_id, actor_id, at):
            raise Conflict("De tijd om dit werk aan te nemen is voorbij. Het gaat nu naar een collega.")
        await werk.announce(interactie_id)

    async def give_back(self, werk: Verdeelwerk, interactie_id: UUID, actor_id: UUID, reden: str, at: datetime) -> None:
        """Back to the wachtrij, as old as it was, and not to him again."""
        if not reden.strip():
            raise InvalidInput({"reden": "Kies waarom u dit werk teruggeeft."})
        if not await werk.verdelingen.give_back(interactie_id, actor_id, reden.strip(), at):
            raise Conflict("Dit werk is u niet meer aangeboden.")
        await werk.announce(interactie_id)

    async def lay_aside(self, werk: Verdeelwerk, interactie_id: UUID, actor_id: UUID) -> None:
        """He stays regiehouder; the room is free for other work until he picks it up again."""
        if not await werk.verdelingen.lay_aside(interactie_id, actor_id):
            raise Conflict("U werkt nu niet aan deze vraag.")
        await werk.announce(interactie_id)
