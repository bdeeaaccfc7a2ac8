# SPDX-License-Identifier: EUPL-1.2
"""Rules on shape: size, captions, licence lines, private modules, names of hosts. Each returns its findings."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import grimp
from house_files import parse, place, python_files, walk

MAX_FILE = 400
MAX_FUNCTION = 60
CODE = frozenset({".py", ".html", ".js", ".css", ".sql", ".lark"})
SPDX = "SPDX-License-Identifier: EUPL-1.2"
#: In parts, so that this file names no host either.
REGISTRIES = re.compile(
    r"(?<![\w.-])(?:" + "|".join(("pypi[.]org", "pythonhosted[.]org", "npmjs[.](?:org|com)", "debian[.]org")) + r")\b"
)


def oversized(root: Path) -> list[str]:
    """Files of more than 400 lines, functions of more than 60."""
    found = []
    for path in walk(root, "src", "tests", "tools"):
        if path.suffix not in CODE:
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MAX_FILE:
            found.append(f"{place(root, path)}: {lines} lines")
        if path.suffix == ".py":
            found += [f"{place(root, path, line)}: {name} has {size} lines" for name, line, size in _long(path)]
    return found


def _long(path: Path) -> Iterator[tuple[str, int, int]]:
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > MAX_FUNCTION:
                yield node.name, node.lineno, size


def without_caption(root: Path) -> list[str]:
    """Folders of the package with Python in them whose `__init__` does not say in one line what they are."""
    found = []
    for folder in sorted({path.parent for path in python_files(root, "src/schakel")}):
        init = folder / "__init__.py"
        text = ast.get_docstring(parse(init)) if init.is_file() else None
        if not text or not text.splitlines()[0].strip():
            found.append(place(root, folder))
    return found


def without_licence(root: Path) -> list[str]:
    """Code files that do not carry the SPDX line at the top (below a #! line or a doctype)."""
    found = []
    for path in walk(root, "src", "tests", "tools"):
        if path.suffix in CODE and not any(SPDX in line for line in path.read_text(encoding="utf-8").splitlines()[:2]):
            found.append(place(root, path))
    return found


def private_imports(graph: grimp.ImportGraph) -> list[str]:
    """Imports of a `_module` from outside the folder it lives in."""
    found = []
    for module in sorted(graph.modules):
        parts = module.split(".")
        for depth, part in enumerate(parts):
            if part.startswith("_") and not part.startswith("__"):
                home = ".".join(parts[:depth])
                found += [
                    f"{importer} imports {module}"
                    for importer in sorted(graph.find_modules_that_directly_import(module))
                    if importer != home and not importer.startswith(home + ".")
                ]
    return found


def named_hosts(root: Path) -> list[str]:
    """Locks and settings that name where packages come from: they must work against any mirror."""
    found = []
    for lock in [*root.glob("package-lock.json"), *walk(root, "tools", "tests", "src")]:
        if lock.name == "package-lock.json":
            packages = json.loads(lock.read_text(encoding="utf-8")).get("packages", {})
            found += [
                f"{place(root, lock)}: {name} is resolved" for name, entry in packages.items() if "resolved" in entry
            ]
    for path in walk(root, "requirements"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"--(?:extra-)?index-url|--find-links|--trusted-host|://", line):
                found.append(f"{place(root, path, number)}: {line.strip()}")
    npmrc = root / ".npmrc"
    if npmrc.is_file() and "registry=" in npmrc.read_text(encoding="utf-8").replace(" ", ""):
        found.append(".npmrc names a registry")
    tops = [
        path
        for path in sorted(root.iterdir())
        if path.is_file() and path.suffix in {"", ".md", ".toml", ".yml", ".json"}
    ]
    for path in [*tops, *walk(root, "src", "tests", "tools", "docs", "normen", "requirements", ".ci")]:
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [f"{place(root, path)}: {match.group()}" for match in REGISTRIES.finditer(text)]
    return found
