# SPDX-License-Identifier: EUPL-1.2
"""The rule on words: no name in the code uses a synonym that begrippen.toml forbids."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from house_files import parse, place, python_files

GLOSSARY = Path("src/schakel/begrippen/begrippen.toml")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

Words = tuple[str, ...]


def split_words(name: str) -> Words:
    """`klantContact`, `KlantContact`, `KLANT_CONTACT` and `klant_contact` are all klant + contact."""
    return tuple(word.lower() for word in _WORD.findall(name))


def forbidden_words(glossary: Path) -> dict[Words, str]:
    """Each forbidden row of words, with the word to use for it."""
    terms = tomllib.loads(glossary.read_text(encoding="utf-8"))
    return {split_words(no): term for term, entry in terms.items() for no in entry.get("niet", ())}


def names_in(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name that this module defines; names of others and strings are not ours to choose."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node.lineno
            case ast.alias(asname=str(name)) | ast.ExceptHandler(name=str(name)):
                yield name, node.lineno
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name, node.lineno


def misnamed(root: Path, glossary: Path | None = None) -> list[str]:
    """Names, of files and folders too, that use a forbidden word, with the word to use."""
    forbidden = forbidden_words(glossary or root / GLOSSARY)
    found = []
    for path in python_files(root, "src", "tests", "tools"):
        named = [(part, 0) for part in path.relative_to(root).with_suffix("").parts]
        for name, line in [*named, *names_in(parse(path))]:
            words = split_words(name)
            for start in range(len(words)):
                for stop in range(start + 1, len(words) + 1):
                    if term := forbidden.get(words[start:stop]):
                        found.append(f"{place(root, path, line)}: {name}: say {term}")
    return sorted(set(found))
