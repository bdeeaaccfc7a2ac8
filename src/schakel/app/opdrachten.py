# SPDX-License-Identifier: EUPL-1.2
"""The commands that move a register in, or everything out: their arguments, and the database they work on."""

from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from schakel.app.overname import move_in, open_klant_arguments
from schakel.app.uitvoer import check, export_arguments, key_arguments, move_back, move_out
from schakel.kit.settings import Settings
from schakel.storage.cluster import NoDatabase, attach, own_database

Say = Callable[[str], None]


def add_moves(commands: Any) -> None:
    """`exporteer` and `importeer`, beside the other commands."""
    export_arguments(commands.add_parser("exporteer", help="schrijf alles in open formaten in een map"))
    bronnen = commands.add_parser("importeer", help="haal gegevens binnen").add_subparsers(dest="bron", required=True)
    open_klant_arguments(bronnen.add_parser("open-klant", help="neem een Open Klant over, met alle relaties"))
    back: ArgumentParser = bronnen.add_parser("export", help="lees een export van Schakel in een lege database")
    back.add_argument("map", type=Path)
    key_arguments(back)


async def move(settings: Settings, chosen: Namespace, say: Say) -> int:
    """In or out, beside a Schakel that runs or with a database of its own."""
    if chosen.command == "exporteer" and chosen.controleer:
        return check(chosen, say)
    async with _database(settings) as url:
        if chosen.command == "exporteer":
            return await move_out(settings, url, chosen, say)
        way = move_in if chosen.bron == "open-klant" else move_back
        return await way(settings, url, chosen, say)


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[str]:
    """That of a `schakel start` that runs, or DATABASE_URL; else the embedded one, for as long as this lasts."""
    try:
        url = attach(settings, patience=0)
    except NoDatabase:
        async with own_database(settings) as url:
            yield url
    else:
        yield url
