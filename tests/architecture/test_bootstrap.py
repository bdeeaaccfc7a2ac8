# SPDX-License-Identifier: EUPL-1.2
"""Set-up says in one Dutch sentence what is missing, and finds what is there."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from house_files import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import bootstrap

DEBIAN = "postgres (PostgreSQL) {}.14 (Debian {}.14-0+deb12u1)"


def program(path: Path, says: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing but a shell."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(bootstrap.glob, "glob", lambda _pattern: [])
    for name in ("DATABASE_URL", "SCHAKEL_POSTGRES"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "bin"


def test_an_old_python_can_read_it_far_enough_to_say_so() -> None:
    ast.parse((ROOT / "tools/bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    with pytest.raises(bootstrap.Stop, match=r"Python 3\.11 of nieuwer nodig en dit is 3\.9"):
        bootstrap.check_python()


def test_a_missing_venv_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(bootstrap.Stop, match=r"apt install python3\.\d+-venv"):
        bootstrap.check_python()


def test_make_without_python_names_the_package(tmp_path: Path) -> None:
    make = shutil.which("make")
    assert make, "make is how this suite was started"
    (tmp_path / "sh").symlink_to("/bin/sh")
    command = [make, "-C", str(ROOT), "start", "PYTHON=python-that-is-not-here"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": str(tmp_path)})
    assert done.returncode != 0
    assert "apt install python3 python3-venv" in done.stderr


@pytest.mark.parametrize(("version", "wheel"), [("15", False), ("18", False), ("14", True)])
def test_a_system_postgres_that_is_new_enough_is_used(programs: Path, version: str, wheel: bool) -> None:
    program(programs / "initdb", "initdb")
    program(programs / "postgres", DEBIAN.format(version, version))
    assert bootstrap.needs_database_wheel() is wheel


@pytest.mark.parametrize(
    ("settings", "wheel"),
    [({}, True), ({"DATABASE_URL": "postgresql://x"}, False), ({"SCHAKEL_POSTGRES": "systeem"}, False)],
)
def test_without_one_the_wheel_is_the_last_choice(
    programs: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], wheel: bool
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert bootstrap.needs_database_wheel() is wheel


def test_the_wheel_can_be_asked_for(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://x")
    monkeypatch.setenv("SCHAKEL_POSTGRES", "wheel")
    assert bootstrap.needs_database_wheel()


def test_a_stamp_changes_with_the_content_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "run.txt"
    absent = bootstrap.digest(file)
    file.write_text("a")
    first = bootstrap.digest(file)
    file.write_text("b")
    assert len({absent, first, bootstrap.digest(file)}) == 3
