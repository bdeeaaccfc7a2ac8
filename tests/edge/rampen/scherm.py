# SPDX-License-Identifier: EUPL-1.2
"""Scherm: does what a person does at a screen, in a process of its own that may die: `folder url action arguments`."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from schakel.begrippen.kanaal import Kanaal
from schakel.begrippen.kanaalsessie import Sessiegebeurtenis, Sessiesoort
from schakel.kanaalintegratie.ontvangst import Bekend
from schakel.kanaalintegratie.registratie import Registratie
from tests.edge.stad import Stad, open_stad


async def hand_in(stad: Stad, interactie_id: str) -> None:
    diensten = stad.diensten
    async with diensten.open_werk() as werk:
        await diensten.behandelingen.hand_in(
            werk, UUID(interactie_id), Kanaal.WEBFORMULIER, "een druk op de knop", diensten.clock()
        )


async def answer(stad: Stad, interactie_id: str) -> None:
    diensten = stad.diensten
    async with diensten.open_werk() as werk:
        await diensten.behandelingen.take_step(
            werk,
            UUID(interactie_id),
            "beantwoorden",
            {"antwoord": "De container wordt morgen geleegd."},
            "een druk op de knop",
            diensten.clock(),
            actor_id=await stad.actor("ruben"),
            door="Ruben",
        )


async def count_contact(stad: Stad) -> None:
    said = Registratie("Openingstijden", "Hoe laat gaat het gemeentehuis dicht?", "een druk op de knop", naam="Iemand")
    await stad.diensten.registreren.register(Kanaal.TELEFOON, said, Bekend(), vervolg=False)


async def try_code(stad: Stad) -> None:
    await stad.diensten.wissel.admit(stad.diensten.open_werk, "balie 1", stad.diensten.clock())


async def control_file(stad: Stad, bijlage_id: str) -> None:
    await stad.huis.bestandscontrole.control(UUID(bijlage_id))


async def hear(stad: Stad, at: str) -> None:
    moment = datetime.fromisoformat(at)
    said = Sessiegebeurtenis("centrale", "g1", Sessiesoort.GAAT_OVER, moment, toestel="201")
    await stad.diensten.telefoon.take(said)


async def finish_call(stad: Stad, sessie_id: str) -> None:
    await stad.diensten.telefoon.finish(UUID(sessie_id), await stad.actor("ruben"))


ACTIONS: dict[str, Callable[..., Awaitable[None]]] = {
    action.__name__: action for action in (hand_in, answer, count_contact, try_code, control_file, hear, finish_call)
}


async def main(folder: str, url: str, action: str, *arguments: str) -> None:
    async with open_stad(Path(folder), url) as stad:
        await ACTIONS[action](stad, *arguments)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
