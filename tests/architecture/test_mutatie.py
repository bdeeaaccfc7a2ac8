# SPDX-License-Identifier: EUPL-1.2
"""The mutation sample: with a deciding line disabled, the test that shows the norm must fail."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from house_files import ROOT

from schakel.kit.normen import comment_namings, read_omnichannel, read_wet

MAX_SECONDS = 60
SAMPLE = Path(__file__).with_name("mutaties.toml")


@dataclass(frozen=True, slots=True)
class Mutatie:
    """One deciding line, and how it is broken."""

    norm: str
    file: str
    line: str
    broken: str
    test: str


MUTATIES = [Mutatie(**row) for row in tomllib.loads(SAMPLE.read_text(encoding="utf-8")).get("mutatie", [])]


def run_broken(mutatie: Mutatie, root: Path, copy: Path) -> tuple[bool, str]:
    """Whether the test failed (not: could not run) on a copy of src with the line broken; and what it said."""
    shutil.copytree(root / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "assets"))
    if (assets := root / "src/schakel/web/assets").is_dir():
        (copy / "src/schakel/web/assets").symlink_to(assets)
    file = copy / mutatie.file
    text = file.read_text(encoding="utf-8")
    assert text.count(mutatie.line) == 1, f"{mutatie.file} must hold this text once: {mutatie.line!r}"
    file.write_text(text.replace(mutatie.line, mutatie.broken), encoding="utf-8")
    # CI would turn a skip into a failure, and so a test that did not run into one that noticed.
    env = {
        **os.environ,
        "PYTHONPATH": str(copy / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "SCHAKEL_MUTATIE": "1",
        "CI": "",
    }
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "--tb=line", mutatie.test]
    done = subprocess.run(
        command,
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        timeout=MAX_SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    noticed = done.returncode == pytest.ExitCode.TESTS_FAILED and bool(re.search(r"\b\d+ failed\b", done.stdout))
    return noticed, done.stdout + done.stderr


@pytest.mark.mutatie
@pytest.mark.parametrize("mutatie", [pytest.param(m, id=f"{m.norm}-{n}") for n, m in enumerate(MUTATIES, 1)])
def test_the_test_notices(mutatie: Mutatie, tmp_path: Path) -> None:
    noticed, said = run_broken(mutatie, ROOT, tmp_path)
    assert noticed, said


def test_the_sample_is_about_deciding_lines() -> None:
    known = [*read_omnichannel(ROOT), *read_wet(ROOT)]
    assert len(MUTATIES) == 20
    for mutatie in MUTATIES:
        lines = (ROOT / mutatie.file).read_text(encoding="utf-8").splitlines()
        near = [n for n, line in enumerate(lines) if mutatie.line.splitlines()[0] in line]
        namings = [naming for n in near for line in lines[max(0, n - 2) : n + 3] for naming in comment_namings(line)]
        norm = next(norm for norm in known if norm.id == mutatie.norm)
        assert any(norm.is_named_by(naming) for naming in namings), f"{mutatie.norm} is not at {mutatie.line!r}"


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A package with one decision, and a test of it."""
    house = tmp_path / "house"
    (house / "src/schakel").mkdir(parents=True)
    (house / "tests").mkdir()
    (house / "src/schakel/__init__.py").write_text("def decide():\n    return 1  # KS-4\n")
    (house / "tests/test_it.py").write_text("import schakel\n\ndef test_it():\n    assert schakel.decide() == 1\n")
    return house


@pytest.mark.parametrize(
    ("broken", "noticed"),
    [("return 2", True), ("return 1", False), ("return 1; nonsense(", False), ("import absent", True)],
    ids=["breaks", "changes nothing", "no Python", "raises"],
)
def test_the_machinery_tells_noticed_from_not(small_house: Path, tmp_path: Path, broken: str, noticed: bool) -> None:
    mutatie = Mutatie("KS-4", "src/schakel/__init__.py", "return 1", broken, "tests/test_it.py::test_it")
    assert run_broken(mutatie, small_house, tmp_path / "copy")[0] is noticed
