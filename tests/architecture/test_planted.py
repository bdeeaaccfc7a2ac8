# SPDX-License-Identifier: EUPL-1.2
"""Every rule of the house can fail: each planted violation is found, in a copy of the house."""

import shutil
from pathlib import Path

import grimp
import pytest
from house_files import ROOT
from rules_pl0 import kanaal_branches, process_literals
from rules_shape import named_hosts, oversized, private_imports, without_caption, without_licence
from rules_words import misnamed, split_words
from test_house import run_lint_imports

LICENCE = "# SPDX-License-Identifier: EUPL-1.2\n"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small house: a few folders and one product."""
    for folder in ("", "begrippen", "kanalen", "kanalen/email", "kit", "proceslogica", "dienstverlening", "web"):
        plant(tmp_path, f"src/schakel/{folder}/__init__.py", '"""A folder."""\n')
    plant(tmp_path, "src/schakel/begrippen/kanaal.py", 'EMAIL = Kanaal("e-mail")\n')
    (tmp_path / "src/schakel/dienstverlening/producten.csv").write_text("sleutel,naam\nkapvergunning,Boom kappen\n")
    plant(tmp_path, "src/schakel/begrippen/begrippen.toml", '[klant]\nniet = ["customer", "klant_record"]\n')
    return tmp_path


def plant(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(LICENCE + text)


def test_the_small_house_itself_is_clean(house: Path) -> None:
    for rule in (oversized, without_caption, without_licence, named_hosts, process_literals, kanaal_branches, misnamed):
        assert rule(house) == []


def test_long_files_and_functions_are_found(house: Path) -> None:
    plant(house, "src/schakel/web/long.html", "<br>\n" * 400)
    plant(house, "src/schakel/kit/long.py", "def run() -> None:\n" + "    print()\n" * 60)
    assert [line.split(":")[0] for line in oversized(house)] == ["src/schakel/kit/long.py", "src/schakel/web/long.html"]


def test_a_folder_without_caption_is_found(house: Path) -> None:
    plant(house, "src/schakel/kit/deep/thing.py", "")
    assert without_caption(house) == ["src/schakel/kit/deep"]


def test_a_file_without_licence_is_found(house: Path) -> None:
    (house / "src/schakel/web/page.css").write_text("a{}")
    assert without_licence(house) == ["src/schakel/web/page.css"]


@pytest.mark.parametrize(
    "text",
    [
        "customerName = 1",
        "def find_customer(): ...",
        "class KlantRecord: ...",
        "for klant_record in []: ...",
        "import x as customer",
    ],
)
def test_a_forbidden_word_is_found_however_it_is_spelled(house: Path, text: str) -> None:
    plant(house, "src/schakel/kit/words.py", text)
    assert len(misnamed(house)) == 1


def test_a_word_inside_another_or_in_a_string_is_no_finding(house: Path) -> None:
    plant(house, "src/schakel/kit/words.py", 'klant = "customer"\nklant_recorder = customers = 1\n')
    assert misnamed(house) == []
    assert split_words("HTTPKlantBeeld2") == ("http", "klant", "beeld")


def test_a_host_in_a_lock_or_a_text_is_found(house: Path) -> None:
    (house / "package-lock.json").write_text('{"packages": {"node_modules/x": {"resolved": "anything"}}}')
    (house / "requirements").mkdir()
    (house / "requirements/run.txt").write_text("--index-url somewhere\n")
    (house / "README.md").write_text("see " + "pypi." + "org")
    assert len(named_hosts(house)) == 3


def test_a_product_by_name_in_a_face_is_found(house: Path) -> None:
    plant(house, "src/schakel/web/page.py", 'if product == "kapvergunning": ...\n')
    plant(house, "src/schakel/web/page.html", '<a data-product="kapvergunning">')
    assert process_literals(house) == [
        "src/schakel/web/page.html:2: kapvergunning",
        "src/schakel/web/page.py:2: kapvergunning",
    ]


@pytest.mark.norm("KR-0", "PL-0")
@pytest.mark.parametrize(
    "text",
    [
        'if kanaal == "e-mail": ...',
        "if Kanaal.EMAIL != x.kanaal: ...",
        'y = kanaal in ("e-mail", z)',
        "match k:\n  case Kanaal.EMAIL: ...",
        'match k:\n  case "e-mail": ...',
        'match bijdrage.afzender.kanaal:\n  case "e-mail" | "brief": ...',
        'match bijdrage.afzender:\n  case Afzender(kanaal="e-mail"): ...',
        "match bijdrage.langs:\n  case Kanaal.EMAIL: ...",
    ],
)
def test_a_rule_that_asks_for_one_kanaal_is_found(house: Path, text: str) -> None:
    plant(house, "src/schakel/proceslogica/rule.py", text + "\n")
    assert len(kanaal_branches(house)) == 1


def test_a_field_that_is_called_as_a_kanaal_is_none(house: Path) -> None:
    text = 'match veld.soort:\n  case "e-mail": ...\nif veld.soort == "e-mail": ...\n'
    plant(house, "src/schakel/proceslogica/rule.py", text)
    assert kanaal_branches(house) == []


def test_a_private_module_used_elsewhere_is_found() -> None:
    graph = grimp.ImportGraph()
    graph.add_import(importer="schakel.kit.clock", imported="schakel.kit._tick")
    assert private_imports(graph) == []
    graph.add_import(importer="schakel.web.page", imported="schakel.kit._tick")
    assert private_imports(graph) == ["schakel.web.page imports schakel.kit._tick"]


@pytest.mark.parametrize(
    ("path", "line", "contract"),
    [
        ("kanalen/email", "import schakel.relatiebeheer", "PL-0: a kanaal translates"),
        ("kanalen/email", "import schakel.kanalen.balie", "No kanaal knows its neighbour"),
        ("web", "import schakel.proceslogica.motor", "PL-0: web and api see only the contract"),
        ("web", "import asyncpg", "Only storage speaks SQL"),
        ("regie", "import httpx", "The core knows no database"),
        ("kit", "import schakel.begrippen", "Imports run downhill only"),
        ("storage", "import SpiffWorkflow", "Only proceslogica knows SpiffWorkflow"),
    ],
)
@pytest.mark.norm("PL-0", "GE-9")
def test_an_import_that_runs_uphill_breaks_its_contract(tmp_path: Path, path: str, line: str, contract: str) -> None:
    shutil.copytree(
        ROOT / "src/schakel",
        tmp_path / "src/schakel",
        ignore=shutil.ignore_patterns("assets", "__pycache__", "*.csv", "*.html"),
    )
    shutil.copy(ROOT / ".importlinter", tmp_path)
    with (tmp_path / "src/schakel" / path / "__init__.py").open("a") as file:
        file.write(f"{line}\n")
    broken = [text for text in run_lint_imports(tmp_path).stdout.splitlines() if text.endswith("BROKEN")]
    assert any(text.startswith(contract) for text in broken), broken
