# SPDX-License-Identifier: EUPL-1.2
"""`schakel normen` counts a norm only when code, test and outcome are all there."""

import json
from pathlib import Path

import pytest

from schakel.kit.normen import OUTCOMES, Norm, comment_namings, judge, report

PASSED, FAILED = {"passed"}, {"failed"}


@pytest.mark.parametrize(
    ("line", "namings"),
    [
        ("x = 1  # KS-4", ["KS-4"]),
        ("if y:  # KS-4, KI-0: the code goes along", ["KS-4", "KI-0"]),
        ("-- Awb 2:17 en KR-2", ["Awb 2:17", "KR-2"]),
        ("<p> <!-- KB-1 --> {# KS-2 #}", ["KB-1"]),
        ("a { /* VN-3 */ }", ["VN-3"]),
        ("x = 'KS-4'", []),
        ('"""Going on elsewhere (KS-4)."""', []),
    ],
)
def test_ids_count_at_the_start_of_a_comment(line: str, namings: list[str]) -> None:
    assert comment_namings(line) == namings


def test_an_article_names_its_leden_but_not_its_neighbours() -> None:
    norm = Norm("W02", "Vertegenwoordigen", artikel="Awb 2:1(2-3), 2:2")
    assert norm.is_named_by("W02")
    assert norm.is_named_by("Awb 2:1")
    assert not norm.is_named_by("Awb 2")
    assert not Norm("W23", "Bevestigen", artikel="Awb 2:17(1)").is_named_by("Awb 2:1")


@pytest.mark.parametrize(
    ("code", "tests", "mutaties", "staat"),
    [
        ([], [], [], "open"),
        (["a.py:1"], [], [], "geen test"),
        ([], [("t", PASSED)], [], "geen beslisregel"),
        (["a.py:1"], [("t", PASSED)], [], "aangetoond"),
        (["a.py:1"], [("t", set())], [], "test niet gedraaid"),
        (["a.py:1"], [("t", {"skipped"})], [], "test niet gedraaid"),
        (["a.py:1"], [("t", PASSED), ("u", FAILED)], [], "test faalt"),
        (["a.py:1"], [("t", PASSED)], [PASSED], "aangetoond"),
        (["a.py:1"], [("t", PASSED)], [FAILED], "test merkt de mutatie niet"),
        (["a.py:1"], [("t", PASSED)], [set()], "test merkt de mutatie niet"),
    ],
)
def test_a_norm_counts_only_when_all_is_there(
    code: list[str], tests: list[tuple[str, set[str]]], mutaties: list[set[str]], staat: str
) -> None:
    assert judge(Norm("KS-4", "Wisselen"), code, tests, mutaties) == staat


def test_what_software_cannot_show_names_who_must() -> None:
    assert judge(Norm("MK-2", "Meedenken", wie="teamleider"), ["a.py:1"], [("t", PASSED)], []) == "bij teamleider"


def test_the_report_ends_with_the_number(tmp_path: Path) -> None:
    for path, text in {
        "normen/omnichannel.csv": "id;soort;kort;richtinggevend;bijdrage;wie\nKS-4;x;Wisselen;;;\nKR-2;x;Belofte;;;\n",
        "normen/wet.json": json.dumps([{"id": "W23", "artikel": "Awb 2:17(1)", "kort": "Bevestigen", "gelezen": True}]),
        "src/schakel/a.py": '"""\n# KR-2 in a docstring\n"""\nx = 1  # KS-4\ny = 2  # Awb 2:17\n',
        "tests/test_a.py": '@norm("KS-4")\nclass TestA:\n    @norm("Awb 2:17")\n    def test_x(self): ...\n',
        OUTCOMES: json.dumps({"tests/test_a.py::TestA::test_x[1]": "passed"}),
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)

    said = report(tmp_path)

    assert said.endswith("\nWet en regels: 1 van 1 aangetoond\n1 van 2 aangetoond")
    assert "code  src/schakel/a.py:4" in said
    assert "KR-2   open" in said
    assert "test  tests/test_a.py::TestA::test_x" in said
