# SPDX-License-Identifier: EUPL-1.2
"""Which files belong to the house, and how the architecture tests read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Made by tools or by a run, never by us; git ignores them too.
MADE = frozenset({"__pycache__", "node_modules", ".venv", ".git", ".schakel", "build", "dist", "uitvoer"})
#: Front-end files of others, fetched at set-up.
ASSETS = Path("src/schakel/web/assets")


def walk(root: Path, *folders: str) -> Iterator[Path]:
    """Every file of ours below these folders of `root`, in order."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            here = path.relative_to(root)
            if path.is_file() and not MADE.intersection(here.parts) and not here.is_relative_to(ASSETS):
                yield path


def python_files(root: Path, *folders: str) -> Iterator[Path]:
    yield from (path for path in walk(root, *folders) if path.suffix == ".py")


@cache
def _parse(path: Path, _changed: int) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def parse(path: Path) -> ast.Module:
    """The syntax tree of a file, read once as long as it does not change."""
    return _parse(path, path.stat().st_mtime_ns)


def place(root: Path, path: Path, line: int = 0) -> str:
    """How a finding names its place, clickable in most editors."""
    here = path.relative_to(root).as_posix()
    return f"{here}:{line}" if line else here
