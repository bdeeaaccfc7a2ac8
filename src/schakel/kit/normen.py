# SPDX-License-Identifier: EUPL-1.2
"""Normen: which requirements are shown, by which deciding line and which test. Reads a checkout, decides nothing.

A norm counts when a deciding line carries its id as a comment, a test marked with that id passed in the last run, and,
where the mutation sample disables that line, the test noticed.
"""

import ast
import csv
import io
import json
import re
import tokenize
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SHOWN = "aangetoond"
OUTCOMES = ".schakel-normen.json"
_COMMENT = re.compile(r"(?:#|//|--|/\*|<!--|\{#)\s*(.+)")
_CODE = frozenset({".py", ".sql", ".html", ".js", ".css", ".toml", ".bpmn", ".dmn"})

Places = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Norm:
    """One requirement. `wie`: who must show it where software cannot; empty when software can."""

    id: str
    kort: str
    artikel: str = ""
    wie: str = ""

    def is_named_by(self, naming: str) -> bool:
        """`Awb 2:17` names every lid of that article; an id names only itself."""
        articles = re.split(r"[,;]\s*", self.artikel)
        return naming == self.id or any(re.match(rf"{re.escape(naming)}(?![\w.:])", article) for article in articles)


def read_omnichannel(root: Path) -> list[Norm]:
    with (root / "normen" / "omnichannel.csv").open(encoding="utf-8", newline="") as lines:
        return [Norm(row["id"], row["kort"], wie=row["wie"]) for row in csv.DictReader(lines, delimiter=";")]


def read_wet(root: Path) -> list[Norm]:
    rows = json.loads((root / "normen" / "wet.json").read_text(encoding="utf-8"))
    return [Norm(row["id"], row["kort"], artikel=row["artikel"]) for row in rows]


def comment_namings(line: str) -> list[str]:
    """The ids or articles at the start of a comment: `# KS-4, KI-0: why` names two."""
    comment = _COMMENT.search(line)
    if not comment:
        return []
    text = re.split(r":\s|\s*(?:\*/|-->|#\})", comment.group(1))[0]
    return [part.strip() for part in re.split(r",|\ben\b", text) if part.strip()]


def find_code(root: Path, known: Sequence[Norm]) -> Places:
    """Deciding lines below src, by norm."""
    found: dict[str, list[str]] = defaultdict(list)
    files = [path for path in sorted((root / "src").rglob("*")) if path.suffix in _CODE and "assets" not in path.parts]
    contracts = root / ".importlinter"  # the import contracts decide too
    for path in [*files, *([contracts] if contracts.is_file() else [])]:
        for number, comment in _comments(path):
            for naming in comment_namings(comment):
                for norm in known:
                    if norm.is_named_by(naming):
                        found[norm.id].append(f"{path.relative_to(root).as_posix()}:{number}")
    return found


def _comments(path: Path) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; of Python the comments only, so that a docstring that names a norm does not count."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield from enumerate(text.splitlines(), 1)
        return
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def find_tests(root: Path, known: Sequence[Norm]) -> Places:
    """Tests that are marked with a norm, by norm, as pytest names them."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((root / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for test, namings in _marked(tree.body, path.relative_to(root).as_posix(), ()):
            for norm in known:
                if any(norm.is_named_by(naming) for naming in namings):
                    found[norm.id].append(test)
    return found


def _marked(body: list[ast.stmt], prefix: str, outer: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            namings = outer + tuple(_namings_of(node.decorator_list))
            if isinstance(node, ast.ClassDef):
                yield from _marked(node.body, f"{prefix}::{node.name}", namings)
            elif node.name.startswith("test"):
                yield f"{prefix}::{node.name}", namings


def _namings_of(decorators: list[ast.expr]) -> Iterator[str]:
    for decorator in decorators:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).split(".")[-1] == "norm":
            yield from (
                arg.value for arg in decorator.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            )


def read_outcomes(root: Path) -> dict[str, set[str]]:
    """What each test did in the last run; a test with parameters has all its outcomes."""
    path = root / OUTCOMES
    found: dict[str, set[str]] = defaultdict(set)
    if path.is_file():
        for test, outcome in json.loads(path.read_text(encoding="utf-8")).items():
            found[test.split("[")[0]].add(outcome)
            found[test].add(outcome)
    return found


def read_mutaties(root: Path) -> dict[str, list[str]]:
    """The tests of the mutation sample, by norm."""
    path = root / "tests" / "architecture" / "mutaties.toml"
    found: dict[str, list[str]] = defaultdict(list)
    if path.is_file():
        for number, row in enumerate(tomllib.loads(path.read_text(encoding="utf-8")).get("mutatie", []), 1):
            test = f"tests/architecture/test_mutatie.py::test_the_test_notices[{row['norm']}-{number}]"
            found[row["norm"]].append(test)
    return found


@dataclass(frozen=True, slots=True)
class Stand:
    """What is known of one norm."""

    norm: Norm
    code: Sequence[str]
    tests: Sequence[str]
    staat: str


def judge(norm: Norm, code: Sequence[str], tests: Sequence[tuple[str, set[str]]], mutaties: Sequence[set[str]]) -> str:
    """The state of one norm in words; only one of them counts."""
    if norm.wie:
        return f"bij {norm.wie}"
    if not code or not tests:
        return "open" if not code and not tests else "geen test" if code else "geen beslisregel"
    if any("failed" in outcomes for _, outcomes in tests):
        return "test faalt"
    if not any(outcomes == {"passed"} for _, outcomes in tests):
        return "test niet gedraaid"
    if any(outcomes != {"passed"} for outcomes in mutaties):
        return "test merkt de mutatie niet"
    return SHOWN


def judge_all(root: Path, known: Sequence[Norm]) -> list[Stand]:
    code, tests = find_code(root, known), find_tests(root, known)
    outcomes, mutaties = read_outcomes(root), read_mutaties(root)
    found = []
    for norm in known:
        mine = [(test, outcomes.get(test, set())) for test in tests.get(norm.id, ())]
        proofs = [outcomes.get(test, set()) for test in mutaties.get(norm.id, ())]
        staat = judge(norm, code.get(norm.id, ()), mine, proofs)
        found.append(Stand(norm, code.get(norm.id, ()), [test for test, _ in mine], staat))
    return found


def report(root: Path) -> str:
    """The whole table; the last line is the number that counts."""
    if not (root / "tests").is_dir() or not (root / "normen").is_dir():
        return "schakel normen werkt in een kopie van de broncode, met de mappen src, tests en normen."
    omnichannel, wet = judge_all(root, read_omnichannel(root)), judge_all(root, read_wet(root))
    lines = [line for stand in omnichannel for line in _lines(stand)]
    lines += ["", "Wet en regels, alleen wat een beslisregel of test heeft"]
    lines += [line for stand in wet if stand.code or stand.tests for line in _lines(stand)]
    lines += ["", f"Wet en regels: {_shown(wet)} van {len(wet)} aangetoond"]
    return "\n".join([*lines, f"{_shown(omnichannel)} van {len(omnichannel)} aangetoond"])


def _shown(standen: Sequence[Stand]) -> int:
    return sum(stand.staat == SHOWN for stand in standen)


def _lines(stand: Stand) -> Iterator[str]:
    label = f"{stand.norm.artikel}: {stand.norm.kort}" if stand.norm.artikel else stand.norm.kort
    yield f"{stand.norm.id:6} {stand.staat:28} {label}"
    yield from (f"{'':6}   code  {place}" for place in stand.code)
    yield from (f"{'':6}   test  {test}" for test in stand.tests)
