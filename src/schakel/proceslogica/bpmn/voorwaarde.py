# SPDX-License-Identifier: EUPL-1.2
"""Voorwaarden at gateways: our own small language, so that nothing in a model is ever run as Python.

`eigenaar = "lease" and not(aantal > 2)`: names, =, !=, <, <=, >, >=, and, or, not(), parentheses, texts, numbers,
true, false, null. All else is refused at upload.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError, VisitError

MAX_LENGTH = 1_000
_GRAMMAR = r"""
?start: either
?either: both ("or" both)*
?both: one ("and" one)*
?one: "not" "(" either ")" -> negate
    | "(" either ")"
    | NAME OPERATOR literal -> compare
    | NAME -> holds
literal: STRING | NUMBER | "true" -> yes | "false" -> no | "null" -> nothing
OPERATOR: "!=" | "<=" | ">=" | "=" | "<" | ">"
NAME: /(?!(?:and|or|not|true|false|null)(?![a-z0-9_]))[a-z][a-z0-9_]*/
STRING: /"[^"\\\n]*"/
NUMBER: /-?[0-9]{1,12}(\.[0-9]{1,6})?/
%ignore /[ \t\r\n]+/
"""
_PARSER = Lark(_GRAMMAR, parser="lalr", maybe_placeholders=False)
Test = Callable[[Mapping[str, object]], bool]


class UnknownExpression(ValueError):
    """Not in our language; the message says where, in Dutch."""


@dataclass(frozen=True, slots=True)
class Voorwaarde:
    """A condition that was understood. `namen`: the facts it looks at."""

    tekst: str
    namen: frozenset[str]
    test: Test


@lru_cache(maxsize=512)
def understand(tekst: str) -> Voorwaarde:
    """Raises UnknownExpression."""
    if len(tekst) > MAX_LENGTH:
        raise UnknownExpression(f"de voorwaarde is langer dan {MAX_LENGTH} tekens")
    try:
        tree = _PARSER.parse(tekst)
        namen = frozenset(str(token) for token in tree.scan_values(_is_name))
        return Voorwaarde(tekst, namen, _Compile().transform(tree))
    except (LarkError, RecursionError) as problem:
        if isinstance(problem, VisitError) and isinstance(problem.orig_exc, UnknownExpression):
            raise problem.orig_exc from None
        place = getattr(problem, "pos_in_stream", None)
        near = f" vanaf “{tekst[place : place + 20]}”" if isinstance(place, int) and place >= 0 else ""
        raise UnknownExpression(f"de voorwaarde “{tekst[:80]}” begrijpen wij niet{near}") from None


def _is_name(token: object) -> bool:
    return isinstance(token, Token) and token.type == "NAME"


def _same(fact: object, wanted: object) -> bool:
    return isinstance(fact, bool) == isinstance(wanted, bool) and fact == wanted


def _ordered(fact: object, wanted: object, compare: Callable[[Any, Any], bool]) -> bool:
    """False when the two cannot be put in order: an empty fact is not smaller than anything."""
    numbers = all(isinstance(each, int | float) and not isinstance(each, bool) for each in (fact, wanted))
    return (numbers or (isinstance(fact, str) and isinstance(wanted, str))) and compare(fact, wanted)


_COMPARE: dict[str, Callable[[object, object], bool]] = {
    "=": _same,
    "!=": lambda fact, wanted: not _same(fact, wanted),
    "<": lambda fact, wanted: _ordered(fact, wanted, lambda a, b: a < b),
    "<=": lambda fact, wanted: _ordered(fact, wanted, lambda a, b: a <= b),
    ">": lambda fact, wanted: _ordered(fact, wanted, lambda a, b: a > b),
    ">=": lambda fact, wanted: _ordered(fact, wanted, lambda a, b: a >= b),
}


class _Compile(Transformer[Token, Any]):
    def either(self, parts: list[Test]) -> Test:
        return lambda facts: any(part(facts) for part in parts)

    def both(self, parts: list[Test]) -> Test:
        return lambda facts: all(part(facts) for part in parts)

    def negate(self, parts: list[Test]) -> Test:
        return lambda facts: not parts[0](facts)

    def holds(self, parts: list[Token]) -> Test:
        name = str(parts[0])
        return lambda facts: facts.get(name) is True

    def compare(self, parts: list[Any]) -> Test:
        name, compare, wanted = str(parts[0]), _COMPARE[str(parts[1])], parts[2]
        return lambda facts: compare(facts.get(name), wanted)

    def literal(self, parts: list[Token]) -> object:
        text = str(parts[0])
        if parts[0].type == "STRING":
            return text[1:-1]
        return float(text) if "." in text else int(text)

    def yes(self, _: list[Token]) -> bool:
        return True

    def no(self, _: list[Token]) -> bool:
        return False

    def nothing(self, _: list[Token]) -> None:
        return None
