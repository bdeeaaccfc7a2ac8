# SPDX-License-Identifier: EUPL-1.2
"""Finds durable steps of the main road without a crash point, by reading the code of the core.

Durable is: a unit of work that the core opens and writes in, and what a person does once by a `sleutel` in a unit of
work that his screen opened.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

CORE = ("kanaalintegratie", "proceslogica", "klantbeeld", "dienstverlening", "relatiebeheer", "regie", "identiteit")
_WRITES = re.compile(r"\b(insert into|update|delete from|nextval)\b", re.IGNORECASE)


def without_crashpoint(package: Path) -> list[str]:
    """`module:line` of every durable step that nothing dies at. `package` is the folder of schakel."""
    writers, found = writing_methods(package / "storage"), []
    for path in (path for folder in CORE for path in sorted((package / folder).rglob("*.py"))):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        lines = [block.lineno for block, after in _units(tree) if _is_durable(block, writers) and not _dies(after)]
        lines += [method.lineno for method in _once_only(tree) if "reaches" not in _called(method)]
        found += [f"{path.relative_to(package)}:{line}" for line in sorted(lines)]
    return found


def named_in(package: Path) -> dict[str, list[str]]:
    """Every crash point by name, with what is done with it in the code: register, reached, reaches."""
    found: dict[str, list[str]] = {}
    for path in sorted(package.rglob("*.py")):
        for call in _calls(ast.parse(path.read_text(encoding="utf-8"))):
            name = _name(call)
            first = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else ""
            if name in {"register", "reached", "reaches"} and "." in str(first):
                found.setdefault(str(first), []).append(name)
    return found


def writing_methods(storage: Path) -> set[str]:
    """Names of what writes in storage, directly or through another of these."""
    bodies: dict[str, list[ast.AST]] = {}
    for path in storage.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                bodies.setdefault(node.name, []).append(node)
    found = {name for name, nodes in bodies.items() if any(map(_has_write, nodes))}
    while more := {name for name, nodes in bodies.items() if any(found & _called(n) for n in nodes)} - found:
        found |= more
    return found


def _units(tree: ast.AST) -> Iterator[tuple[ast.AsyncWith, Sequence[ast.stmt]]]:
    """Each unit of work that is opened here, with the statements behind it."""
    for node in ast.walk(tree):
        for _, body in ast.iter_fields(node):
            if isinstance(body, list):
                for place, statement in enumerate(body):
                    if isinstance(statement, ast.AsyncWith) and any(
                        "open_werk" in _called(item.context_expr) for item in statement.items
                    ):
                        yield statement, body[place + 1 :]


def _is_durable(block: ast.AsyncWith, writers: set[str]) -> bool:
    """It writes itself, or gives the unit of work to somebody else."""
    for call in (call for statement in block.body for call in _calls(statement)):
        if any(isinstance(argument, ast.Name) and argument.id == "werk" for argument in call.args):
            return True
        if ast.unparse(call.func).startswith("werk.") and _name(call) in writers:
            return True
    return False


def _dies(after: Sequence[ast.stmt]) -> bool:
    """A crash point comes before anything else that takes time."""
    for statement in after:
        if "reached" in _called(statement):
            return True
        if any(isinstance(node, ast.Await | ast.AsyncWith) for node in ast.walk(statement)):
            return False
    return False


def _once_only(tree: ast.AST) -> Iterator[ast.AsyncFunctionDef]:
    """What is done once by its `sleutel` in the unit of work of a screen; not the description of it in a port."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_"):
            arguments = {a.arg: ast.unparse(a.annotation) if a.annotation else "" for a in node.args.args}
            described = isinstance(node.body[-1], ast.Expr) and isinstance(node.body[-1].value, ast.Constant)
            if "sleutel" in arguments and arguments.get("werk") == "Behandelwerk" and not described:
                yield node


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (each for each in ast.walk(node) if isinstance(each, ast.Call))


def _called(node: ast.AST) -> set[str]:
    return {_name(call) for call in _calls(node)}


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _has_write(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.Constant) and isinstance(each.value, str) and _WRITES.search(each.value)
        for each in ast.walk(node)
    )
