# SPDX-License-Identifier: EUPL-1.2
"""Where the database lives: PostgreSQL refuses to run as root, and another user must be able to reach its files."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from schakel.kit.errors import SchakelError
from schakel.storage.cluster.binaries import Binaries

NOBODY = 65534


class UnsafePlace(SchakelError):
    """`detail` names the folder and what is wrong with it."""

    title = "De map voor de database is niet te gebruiken"
    advice = "Herstel de genoemde map, of kies een andere map met SCHAKEL_DATA."


@dataclass(frozen=True, slots=True)
class Place:
    """`base` is the database's own folder. `uid` is None for an ordinary user: PostgreSQL runs as that user too."""

    base: Path
    uid: int | None

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def made_by(self) -> int | None:
        """The major version of PostgreSQL that made the data; None when there are none yet."""
        try:
            return int((self.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None


def find_place(schakel_data: Path) -> Place:
    """Below SCHAKEL_DATA, or, for root, where another user can reach it; a file in SCHAKEL_DATA then says where."""
    schakel_data.mkdir(parents=True, exist_ok=True)
    inside, record = schakel_data / "postgres", schakel_data / "postgres-map"
    if os.geteuid() != 0:
        inside.mkdir(mode=0o700, exist_ok=True)
        _check(inside, os.geteuid())
        return Place(inside, None)
    if record.exists():
        base = Path(record.read_text().strip())
    elif inside.exists() or reachable(schakel_data):
        base = inside
        if not base.exists():
            base.mkdir(mode=0o700)
            os.chown(base, NOBODY, NOBODY)
    else:
        base = _elsewhere()
        record.write_text(f"{base}\n")
    _check(base, NOBODY)
    if not reachable(base.parent):
        raise UnsafePlace(f"{base}: de gebruiker van de database (nummer {NOBODY}) kan er niet bij.")
    return Place(base, NOBODY)


def reachable(path: Path) -> bool:
    """Whether any user can pass through every folder down to this one."""
    real = path.resolve()
    return all(folder.stat().st_mode & 0o001 for folder in (real, *real.parents))


def place_binaries(place: Place, binaries: Binaries) -> Path:
    """The folder to run them from: their own, or a copy with the libraries beside it as the loader expects."""
    if place.uid is None or reachable(binaries.bin):
        return binaries.bin
    copy = place.base / f"pg-{binaries.version}"
    if not copy.exists():
        half = Path(tempfile.mkdtemp(prefix="half-", dir=place.base))
        shutil.copytree(binaries.root, half / "pg" / binaries.root.name)
        if binaries.libs:
            shutil.copytree(binaries.libs, half / binaries.libs.name)
        for path in (half, *half.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044))
        half.rename(copy)
    return copy / "pg" / binaries.root.name / binaries.bin.name


def _elsewhere() -> Path:
    """A new folder for data that must stay: /var/lib first, because some systems sweep /var/tmp."""
    for parent in (Path("/var/lib"), Path("/var/tmp")):  # noqa: S108 -- mkdtemp makes it ours alone
        if parent.is_dir() and os.access(parent, os.W_OK) and reachable(parent):
            base = Path(tempfile.mkdtemp(prefix="schakel-", dir=parent))
            os.chown(base, NOBODY, NOBODY)
            return base
    raise UnsafePlace("/var/lib en /var/tmp: hier kan geen map voor de database komen.")


def _check(base: Path, uid: int) -> None:
    try:
        found = base.lstat()
    except FileNotFoundError:
        raise UnsafePlace(f"{base}: deze map met de gegevens is weg.") from None
    if base.is_symlink() or found.st_uid != uid or found.st_mode & 0o077:
        raise UnsafePlace(f"{base}: deze map is van een andere gebruiker, of anderen mogen erin.")
