# SPDX-License-Identifier: EUPL-1.2
"""The house stands as designed: layers, words, size, captions, licence, locks, PL-0."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from house_files import ROOT
from rules_pl0 import kanaal_branches, process_keys, process_literals
from rules_shape import named_hosts, oversized, private_imports, without_caption, without_licence
from rules_words import misnamed


def run_lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """import-linter on the tree at `root`, whatever package is installed."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    return subprocess.run(
        command,
        cwd=root,
        env={"PYTHONPATH": str(root / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.norm("PL-0", "PL-2", "KI-0")
def test_imports_run_downhill_only() -> None:
    done = run_lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_contract_has_an_exception() -> None:
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text(encoding="utf-8")


def test_no_file_or_function_is_too_long() -> None:
    assert oversized(ROOT) == []


def test_every_folder_has_its_caption() -> None:
    assert without_caption(ROOT) == []


def test_every_code_file_names_its_licence() -> None:
    assert without_licence(ROOT) == []


def test_private_modules_stay_within_their_folder() -> None:
    assert private_imports(grimp.build_graph("schakel", cache_dir=None)) == []


def test_no_name_uses_a_forbidden_word() -> None:
    assert misnamed(ROOT) == []


def test_no_lock_or_file_names_a_package_host() -> None:
    assert named_hosts(ROOT) == []


@pytest.mark.norm("PL-0")
def test_faces_and_kanalen_know_no_product_or_proces_by_name() -> None:
    assert process_keys(ROOT)
    assert process_literals(ROOT) == []


@pytest.mark.norm("KR-0", "PL-0")
def test_no_rule_asks_for_one_kanaal_by_name() -> None:
    assert kanaal_branches(ROOT) == []
