# SPDX-License-Identifier: EUPL-1.2
"""`schakel exporteer` and `schakel importeer export`: everything out in open formats, and back in."""

import base64
import binascii
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from schakel.kit.errors import InvalidInput
from schakel.kit.settings import Settings
from schakel.storage.crypto import Kluis, master_key
from schakel.storage.migrations import migrate
from schakel.storage.uitvoer.geheimen import Geheimen
from schakel.storage.uitvoer.inlezen import read_back
from schakel.storage.uitvoer.manifest import check_files
from schakel.storage.uitvoer.uitschrijven import write_out

Say = Callable[[str], None]


class NoKey(InvalidInput):
    """Plain numbers leave only when somebody says so."""

    title = "Kies hoe burgerservicenummers de export in gaan"
    advice = (
        "Geef --sleutel BESTAND (32 bytes in base64; maak het met: openssl rand -base64 32), of --bsn-leesbaar als u "
        "zeker weet dat leesbare nummers mogen."
    )


def export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("map", type=Path, help="een map die nog niet bestaat of leeg is")
    parser.add_argument("--controleer", action="store_true", help="kijk na of een export nog heel is")
    key_arguments(parser)


def key_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--sleutel", type=Path, help="bestand met de sleutel van de export")
    parser.add_argument("--bsn-leesbaar", action="store_true", help="burgerservicenummers onversleuteld")


async def move_out(settings: Settings, url: str, chosen: Namespace, say: Say) -> int:
    """Write all of it; the database goes on as usual."""
    await write_out(url, chosen.map, _secrets(settings, chosen), say)
    return 0


async def move_back(settings: Settings, url: str, chosen: Namespace, say: Say) -> int:
    """Read an export into an empty database; nothing is there when it does not come out equal."""
    await migrate(url)
    await read_back(url, chosen.map, _secrets(settings, chosen), say)
    return 0


def check(chosen: Namespace, say: Say) -> int:
    """Without a database: are all files whole?"""
    return 0 if check_files(chosen.map, say) else 1


def _secrets(settings: Settings, chosen: Namespace) -> Geheimen:
    kluis = Kluis(master_key(settings))
    if chosen.sleutel is None:
        if not chosen.bsn_leesbaar:
            raise NoKey
        return Geheimen(kluis, None)
    try:
        key = base64.b64decode(chosen.sleutel.read_text(), validate=False)
    except (OSError, binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise NoKey(detail="Het bestand met de sleutel is er niet, of is geen 32 bytes in base64.")
    return Geheimen(kluis, key)
