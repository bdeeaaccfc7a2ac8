# SPDX-License-Identifier: EUPL-1.2
"""Unary tests: what an input cell asks of its value, as a closure, and in Dutch words for the screen."""

from collections.abc import Callable
from dataclasses import dataclass

from schakel.proceslogica.dmn.explain import operand, phrase_compare, phrase_interval
from schakel.proceslogica.dmn.feel import NOTHING, Expressie, Node, Omgeving, Scope, comparable, compile_node, parse
from schakel.proceslogica.dmn.lexer import CellError
from schakel.proceslogica.dmn.operators import COMPARE, same
from schakel.proceslogica.dmn.values import Waarde

Check = Callable[[Waarde, Omgeving], bool]


@dataclass(frozen=True, slots=True)
class Cel:
    """A compiled input cell. `always`: it says -. `constants`: where its answer can change, when it needs no facts."""

    check: Check
    phrase: str
    always: bool = False
    constant: bool = True
    constants: tuple[Waarde, ...] = ()
    ordered: bool = False

    def takes(self, value: Waarde) -> bool:
        """As a list of allowed values: does it allow this one? No value is always allowed. For constant cells."""
        return value is None or self.check(value, NOTHING)


@dataclass(frozen=True, slots=True)
class _Test:
    check: Check
    phrase: str
    operands: tuple[Expressie, ...]
    ordered: bool
    plain: bool = False


def compile_unary(text: str, kind: str, scope: Scope) -> Cel:
    """`kind`: the type of the column. Raises CellError."""
    node = parse(text, scope.names, unary=True)
    if node.kind == "anything":
        return Cel(lambda value, env: True, "telt niet mee", always=True)
    tests = [_compile(part, kind, scope) for part in node.parts[0].parts]
    operands = [each for test in tests for each in test.operands]
    negated = node.kind == "negated"
    return Cel(
        _joined([test.check for test in tests], negated),
        _phrase(tests, negated),
        constant=all(each.constant for each in operands),
        constants=tuple(each.value for each in operands if each.constant),
        ordered=any(test.ordered for test in tests),
    )


def _joined(checks: list[Check], negated: bool) -> Check:
    if negated:
        return lambda value, env: not any(check(value, env) for check in checks)
    if len(checks) == 1:
        return checks[0]
    return lambda value, env: any(check(value, env) for check in checks)


def _phrase(tests: list[_Test], negated: bool) -> str:
    if all(test.plain for test in tests):
        listed = ", ".join(test.phrase for test in tests)
        one = len(tests) == 1
        return (
            (f"is niet {listed}" if one else f"is geen van: {listed}")
            if negated
            else (f"is {listed}" if one else f"is een van: {listed}")
        )
    joined = " of ".join(f"is {test.phrase}" if test.plain else test.phrase for test in tests)
    return f"niet: {joined}" if negated else joined


def _compile(node: Node, kind: str, scope: Scope) -> _Test:
    parts = [compile_node(part, scope) for part in node.parts]
    match node.kind:
        case "compare":
            return _compare(node.value, parts[0], kind)
        case "interval":
            return _interval(node.value, parts[0], parts[1], kind)
        case _:
            return _equal(parts[0], kind)


def _compare(symbol: str, bound: Expressie, kind: str) -> _Test:
    _fits(symbol, kind, bound)
    compare, run = COMPARE[symbol], bound.run
    if bound.constant:
        fixed = bound.value
        return _Test(lambda value, env: compare(value, fixed) is True, phrase_compare(symbol, bound), (bound,), True)
    return _Test(lambda value, env: compare(value, run(env)) is True, phrase_compare(symbol, bound), (bound,), True)


def _interval(signs: tuple[str, str], low: Expressie, high: Expressie, kind: str) -> _Test:
    above, below = COMPARE[">=" if signs[0] == "[" else ">"], COMPARE["<=" if signs[1] == "]" else "<"]
    for bound in (low, high):
        _fits("<", kind, bound)
    comparable("<", low.type, high.type)
    if low.constant and high.constant and COMPARE["<="](low.value, high.value) is not True:
        raise CellError("het begin van dit bereik ligt na het einde")
    a, b = low.run, high.run
    phrase = phrase_interval(signs, low, high)
    if low.constant and high.constant:
        first, last = low.value, high.value
        return _Test(
            lambda value, env: above(value, first) is True and below(value, last) is True, phrase, (low, high), True
        )
    return _Test(
        lambda value, env: above(value, a(env)) is True and below(value, b(env)) is True, phrase, (low, high), True
    )


def _equal(wanted: Expressie, kind: str) -> _Test:
    if wanted.type != "list":
        _fits("=", kind, wanted)
    phrase, run = operand(wanted), wanted.run
    if wanted.constant and not isinstance(wanted.value, tuple):
        fixed, sort = wanted.value, type(wanted.value)
        if fixed is None:
            return _Test(lambda value, env: value is None, phrase, (wanted,), False, True)
        return _Test(lambda value, env: type(value) is sort and value == fixed, phrase, (wanted,), False, True)
    return _Test(lambda value, env: _matches(value, run(env)), phrase, (wanted,), False, True)


def _matches(value: Waarde, wanted: Waarde) -> bool:
    if isinstance(wanted, list | tuple) and not isinstance(value, list | tuple):
        return any(same(value, one) is True for one in wanted)
    return same(value, wanted) is True


def _fits(symbol: str, kind: str, bound: Expressie) -> None:
    if kind == "list" and symbol == "=":
        raise CellError("vergelijk een lijst met list contains(...) in de kop van de kolom")
    comparable(symbol, kind, bound.type)
