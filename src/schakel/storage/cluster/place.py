# SPDX-License-Identifier: EUPL-1.2
"""Where the database lives: PostgreSQL refuses to run as root, and another user must be able to reach its files."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from schakel.kit.errors import SchakelError
from schakel.storage.cluster.binaries import Binaries

NOBODY = 65534


class UnsafePlace(SchakelError):
    """Somebody else made the folder that we want to use."""

    title = "De map voor de database is niet van ons"
    advice = "Verwijder de genoemde map of kies een andere SCHAKEL_DATA."


@dataclass(frozen=True, slots=True)
class Place:
    """`uid` is None when we run as an ordinary user: then PostgreSQL runs as that user too."""

    data: Path
    bin: Path
    uid: int | None


def find_place(schakel_data: Path, binaries: Binaries) -> Place:
    """Prepare the folder above the data; move what the database's user could not reach."""
    schakel_data.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        base = schakel_data / "postgres"
        base.mkdir(mode=0o700, exist_ok=True)
        return Place(base / "data", binaries.bin, None)
    base = schakel_data / "postgres" if reachable(schakel_data) else _elsewhere(schakel_data)
    _own(base)
    folder = binaries.bin
    if not reachable(binaries.bin):
        folder = _copy_binaries(binaries, base)
    return Place(base / "data", folder, NOBODY)


def reachable(path: Path) -> bool:
    """Whether any user can pass through every folder down to this one."""
    real = path.resolve()
    return all(folder.stat().st_mode & 0o001 for folder in (real, *real.parents))


def _elsewhere(schakel_data: Path) -> Path:
    name = hashlib.sha256(str(schakel_data.resolve()).encode()).hexdigest()[:16]
    return Path("/var/tmp") / f"schakel-{name}"  # noqa: S108 -- owner and mode are checked in _own


def _own(base: Path) -> None:
    try:
        base.mkdir(mode=0o700)
        os.chown(base, NOBODY, NOBODY)
    except FileExistsError:
        found = base.lstat()
        if base.is_symlink() or found.st_uid != NOBODY or found.st_mode & 0o077:
            raise UnsafePlace(str(base)) from None


def _copy_binaries(binaries: Binaries, base: Path) -> Path:
    """A copy that the database's user can read, with the libraries beside it as the loader expects."""
    target = base / "pginstall"
    if not (target / "bin" / "postgres").exists():
        half = base / "half"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(binaries.root, half / "pg" / binaries.root.name)
        if binaries.libs:
            shutil.copytree(binaries.libs, half / binaries.libs.name)
        for path in (half, *half.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        half.rename(target.with_name("pg-copy"))
        (base / "pginstall").symlink_to(Path("pg-copy") / "pg" / binaries.root.name)
    return target / "bin"
