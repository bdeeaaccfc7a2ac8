# SPDX-License-Identifier: EUPL-1.2
"""The rules of PL-0 that imports cannot show: no product or proces by name, no kanaal by name in a decision."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from house_files import parse, place, python_files, walk

PRODUCTEN = Path("src/schakel/dienstverlening/producten.csv")
#: The outside of the house: translates and shows, decides nothing.
OUTSIDE = ("src/schakel/web", "src/schakel/api", "src/schakel/kanalen")
#: The rules of the house: the same facts through any kanaal give the same decision.
DECIDING = tuple(
    f"src/schakel/{part}"
    for part in (
        "proceslogica",
        "kanaalintegratie",
        "klantbeeld",
        "dienstverlening",
        "relatiebeheer",
        "regie",
        "identiteit",
    )
)

#: Makes up the year of a fictitious gemeente; what its klanten do per kanaal is data, not a rule.
DEMO = Path("src/schakel/dienstverlening/lindewaard")


def process_keys(root: Path) -> set[str]:
    """Keys of producten and processen: what only dienstverlening and proceslogica may know by name."""
    keys: set[str] = set()
    producten = root / PRODUCTEN
    if producten.is_file():
        with producten.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(line for line in lines if not line.startswith("#"))
            keys |= {row[0] for row in list(rows)[1:] if row and row[0]}
    for model in walk(root, "src/schakel/proceslogica"):
        if model.suffix == ".bpmn":
            keys |= set(re.findall(r"<(?:\w+:)?process\b[^>]*?\bid=\"([^\"]+)\"", model.read_text(encoding="utf-8")))
        if model.suffix == ".dmn":
            keys |= set(re.findall(r"<(?:\w+:)?decision\b[^>]*?\bid=\"([^\"]+)\"", model.read_text(encoding="utf-8")))
    return keys


def process_literals(root: Path) -> list[str]:
    """Keys written out as a literal in web, api or kanalen, in Python or in a template."""
    keys = process_keys(root)
    found = []
    for path in walk(root, *OUTSIDE):
        if path.suffix == ".py":
            found += [f"{place(root, path, line)}: {text}" for text, line in _strings(parse(path)) if text in keys]
        elif path.suffix in {".html", ".js"}:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                found += [
                    f"{place(root, path, number)}: {text}"
                    for text in re.findall(r"[\"']([\w.-]+)[\"']", line)
                    if text in keys
                ]
    return found


def _strings(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node.lineno


def kanaal_values(root: Path) -> set[str]:
    """The spellings of every Kanaal we know."""
    text = (root / "src/schakel/begrippen/kanaal.py").read_text(encoding="utf-8")
    return set(re.findall(r"Kanaal\(\"([^\"]+)\"\)", text))


def kanaal_branches(root: Path) -> list[str]:
    """Places in the rules that compare with one kanaal by name (`if kanaal == ...`, `case Kanaal.EMAIL`)."""
    values = kanaal_values(root)
    found = []
    for path in python_files(root, *DECIDING):
        if path.is_relative_to(root / DEMO):
            continue
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Compare):
                sides = [part for side in (node.left, *node.comparators) for part in _elements(side)]
                if any(_is_one_kanaal(side, values) for side in sides) and any(map(_speaks_of_kanaal, sides)):
                    found.append(place(root, path, node.lineno))
            elif isinstance(node, ast.Match):
                found += [place(root, path, line) for line in _kanaal_cases(node, values)]
    return found


def _kanaal_cases(match: ast.Match, values: set[str]) -> Iterator[int]:
    """Cases that are about one kanaal. A bare name may hold a kanaal; `veld.soort` is by its name another thing."""
    for case in match.cases:
        about = _speaks_of_kanaal(match.subject) or _speaks_of_kanaal(case.pattern)
        if isinstance(match.subject, ast.Attribute) and not about:
            continue
        for part in ast.walk(case.pattern):
            if isinstance(part, ast.MatchValue) and _is_one_kanaal(part.value, values):
                yield part.value.lineno


def _elements(side: ast.expr) -> list[ast.expr]:
    return list(side.elts) if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]


def _is_one_kanaal(side: ast.expr, values: set[str]) -> bool:
    match side:
        case ast.Attribute(value=ast.Name(id="Kanaal")):
            return True
        case ast.Constant(value=str(text)):
            return text in values
    return False


def _speaks_of_kanaal(part: ast.expr | ast.pattern) -> bool:
    return "kanaal" in ast.unparse(part).lower()
