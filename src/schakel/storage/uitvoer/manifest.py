# SPDX-License-Identifier: EUPL-1.2
"""Manifest: what is in an export, with counts and SHA-256; whether its files are whole can be checked anywhere."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from schakel.kit.errors import SchakelError

MANIFEST, BESTANDENLIJST, FORMAAT = "manifest.json", "bestanden.ndjson", 1
Say = Callable[[str], None]
_CHUNK = 1 << 20


class NotAnExport(SchakelError):
    """Or one that was not finished: the manifest is written last."""

    title = "In deze map staat geen hele export"
    advice = "Maak de export opnieuw, of kies een andere map."


class Deel(msgspec.Struct):
    """One file of lines."""

    naam: str
    regels: int
    sha256: str


class Manifest(msgspec.Struct):
    """`schema_` is the revision of the database; `volgnummers` the last value of every sequence."""

    formaat: int
    schema_: str = msgspec.field(name="schema")
    gemaakt_op: str = ""
    bsn: str = "versleuteld"
    sleutelmerk: str = ""
    tabellen: list[Deel] = []
    bestanden: Deel = msgspec.field(default_factory=lambda: Deel(BESTANDENLIJST, 0, ""))
    volgnummers: dict[str, int | None] = {}


class Bestand(msgspec.Struct):
    """One file of content."""

    pad: str
    bytes: int
    sha256: str


def table_file(folder: Path, naam: str) -> Path:
    return folder / "tabellen" / f"{naam}.ndjson"


def read_manifest(folder: Path) -> Manifest:
    try:
        found = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        raise NotAnExport from None
    if found.formaat != FORMAAT:
        raise NotAnExport(f"De export heeft formaat {found.formaat}.")
    return found


def check_files(folder: Path, say: Say) -> bool:
    """Every file against its count and SHA-256."""
    manifest, whole = read_manifest(folder), True
    for deel in [*manifest.tabellen, manifest.bestanden]:
        path = folder / BESTANDENLIJST if deel is manifest.bestanden else table_file(folder, deel.naam)
        if _measure(path) != (deel.regels, deel.sha256):
            whole = False
            say(f"{path.name} is niet meer zoals het geschreven is.")
    if not (folder / BESTANDENLIJST).exists():
        return False
    with (folder / BESTANDENLIJST).open("rb") as listed:
        for line in listed:
            file = msgspec.json.decode(line, type=Bestand)
            if _measure(folder / file.pad)[1] != file.sha256:
                whole = False
                say(f"{file.pad} is niet meer zoals het geschreven is.")
    say("De export is heel." if whole else "De export is niet heel.")
    return whole


def _measure(path: Path) -> tuple[int, str]:
    """Lines and SHA-256; of a file that is not there nothing fits."""
    digest, count = hashlib.sha256(), 0
    if not path.is_file():
        return -1, ""
    with path.open("rb") as opened:
        while part := opened.read(_CHUNK):
            digest.update(part)
            count += part.count(b"\n")
    return count, digest.hexdigest()
