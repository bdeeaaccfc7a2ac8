# SPDX-License-Identifier: EUPL-1.2
"""Expressions: parse a cell to a tree, then to a closure with a known type. Compiled once, at upload."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError, UnexpectedToken, VisitError

from schakel.proceslogica.dmn.functions import FUNCTIONS, Function
from schakel.proceslogica.dmn.lexer import CellError, Names, TokenLexer, tokenise
from schakel.proceslogica.dmn.operators import COMPARE, ORDERED, TABLE, arithmetic, both, either, negative
from schakel.proceslogica.dmn.values import ANY, MAX_LIST, TYPES, Waarde, type_of

MAX_DEPTH = 40
_LEAVES = ("NUMBER", "STRING", "LITERAL", "NAME")


class Omgeving(Protocol):
    """Where a closure finds the facts and the outcomes of required decisions."""

    def look_up(self, name: str) -> Waarde: ...


Run = Callable[[Omgeving], Waarde]


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the tree. `kind`: const, name, call, binary, negative, listing, or a kind of unary test."""

    kind: str
    value: Any = None
    parts: tuple["Node", ...] = ()
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Expressie:
    """A compiled expression. `constant` when it needs no facts; then `value` holds what it always gives."""

    run: Run
    type: str
    constant: bool = False
    value: Waarde = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that a cell may use, with their types; `open` names may have parts that the model does not describe."""

    types: Mapping[str, str]
    open: Collection[str] = ()
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", Names.of(self.types))

    def type_of(self, name: str) -> str:
        if name in self.types:
            return self.types[name]
        base = name
        while "." in base:
            base = base.rpartition(".")[0]
            if base in self.types:
                if base in self.open:
                    return ANY
                break
        raise CellError(f"'{name}' bestaat niet: '{base}' heeft dat onderdeel niet")


class _ToTree(Transformer[Token, Node]):
    """Called by the parser for every rule it recognises: no recursion, whatever the nesting."""

    def expression(self, children: list[Any]) -> Any:
        return _leaf(next(child for child in children if _is_part(child)))

    group = expression


def _rule(kind: str) -> Callable[[_ToTree, list[Any]], Node]:
    def build(_: _ToTree, children: list[Any]) -> Node:
        parts = tuple(_leaf(child) for child in children if _is_part(child))
        symbols = tuple(child.value for child in children if not _is_part(child))
        depth = 1 + max((part.depth for part in parts), default=0)
        if depth > MAX_DEPTH:
            raise CellError(f"deze formule is meer dan {MAX_DEPTH} stappen diep")
        value = (symbols[0], symbols[-1]) if kind == "interval" else symbols[0] if symbols else None
        return Node(kind, value, parts, depth)

    return build


_RULES = "binary negative call listing compare equal interval tests negated positive anything"
for _kind in _RULES.split():
    setattr(_ToTree, _kind, _rule(_kind))


def _is_part(child: Any) -> bool:
    return not isinstance(child, Token) or child.type in _LEAVES


def _leaf(child: Any) -> Node:
    if not isinstance(child, Token):
        part: Node = child
        return part
    return Node("name" if child.type == "NAME" else "const", child.value)


@cache
def _parser() -> Lark:
    grammar = files(__package__).joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(
        grammar,
        parser="lalr",
        lexer=TokenLexer,
        start=["expression", "unary"],
        transformer=_ToTree(),
        maybe_placeholders=False,
    )


def parse(text: str, names: Names, *, unary: bool = False) -> Node:
    """The tree of one cell. Raises CellError with a Dutch text."""
    tokens = tokenise(text, names, unary=unary)
    if not tokens:
        raise CellError("hier staat niets")
    try:
        node: Node = _parser().parse(tokens, start="unary" if unary else "expression")  # type: ignore[assignment]
    except UnexpectedToken as fault:
        at = "het einde" if fault.token.type == "$END" else f"'{str(fault.token.value)[:40]}'"
        raise CellError(f"dit is geen geldige regeltaal (S-FEEL): niet verwacht is {at}") from None
    except VisitError as fault:
        raise fault.orig_exc from None
    except LarkError as fault:
        raise CellError("dit is geen geldige regeltaal (S-FEEL)") from fault
    return node


def compile_expression(text: str, scope: Scope) -> Expressie:
    return replace(compile_node(parse(text, scope.names), scope), text=text.strip())


def compile_node(node: Node, scope: Scope) -> Expressie:
    match node.kind:
        case "const":
            return constant(node.value)
        case "name":
            return _name(node.value, scope.type_of(node.value))
        case "negative":
            return _negative(compile_node(node.parts[0], scope))
        case "binary":
            left, right = (compile_node(part, scope) for part in node.parts)
            return _binary(node.value, left, right)
        case "call":
            return _call(node.value, [compile_node(part, scope) for part in node.parts])
        case "listing":
            return _listing([compile_node(part, scope) for part in node.parts])
        case _:
            raise CellError("dit hoort niet in een formule")


def constant(value: Waarde) -> Expressie:
    return Expressie(lambda _: value, type_of(value), constant=True, value=value)


def _name(name: str, kind: str) -> Expressie:
    return Expressie(lambda env: env.look_up(name), kind, text=name)


def _folded(run: Run, kind: str, parts: Sequence[Expressie]) -> Expressie:
    """With constants only, the answer is known now."""
    if not all(part.constant for part in parts):
        return Expressie(run, kind)
    return constant(run(NOTHING))


class _Nothing:
    def look_up(self, name: str) -> Waarde:
        raise KeyError(name)


NOTHING = _Nothing()


def _negative(part: Expressie) -> Expressie:
    if part.type not in (ANY, "number", "days and time duration", "years and months duration"):
        raise CellError(f"een minteken kan niet voor {TYPES[part.type]}")
    inner = part.run
    return _folded(lambda env: negative(inner(env)), part.type, [part])


def _binary(symbol: str, left: Expressie, right: Expressie) -> Expressie:
    a, b = left.run, right.run
    if symbol in TABLE:
        kind, how = _arithmetic_type(symbol, left.type, right.type), arithmetic(symbol)
        return _known(
            _folded(lambda env: how(a(env), b(env)), kind, [left, right]), "deze berekening heeft geen uitkomst"
        )
    if symbol in ("and", "or"):
        for part in (left, right):
            if part.type not in (ANY, "boolean", "null"):
                raise CellError(f"'{symbol}' verbindt ja of nee, maar hier staat {TYPES[part.type]}")
        logic = both if symbol == "and" else either
        return _folded(lambda env: logic(a(env), b(env)), "boolean", [left, right])
    comparable(symbol, left.type, right.type)
    compare = COMPARE[symbol]
    return _folded(lambda env: compare(a(env), b(env)), "boolean", [left, right])


def comparable(symbol: str, left: str, right: str) -> None:
    """Refuse what can never be true: a number against text, an order among booleans."""
    for kind in (left, right):
        if symbol not in ("=", "!=") and kind not in ORDERED | {ANY}:
            raise CellError(f"'{symbol}' kan niet met {TYPES[kind]}")
    if left != right and ANY not in (left, right) and "null" not in (left, right):
        raise CellError(f"{TYPES[left]} is niet te vergelijken met {TYPES[right]}")


def _arithmetic_type(symbol: str, left: str, right: str) -> str:
    pairs = TABLE[symbol]
    fitting = {kind for (a, b), (kind, _) in pairs.items() if left in (a, ANY) and right in (b, ANY)}
    if not fitting:
        raise CellError(f"'{symbol}' kan niet met {TYPES[left]} en {TYPES[right]}")
    return fitting.pop() if len(fitting) == 1 else ANY


def _known(expressie: Expressie, otherwise: str) -> Expressie:
    if expressie.constant and expressie.value is None:
        raise CellError(otherwise)
    return expressie


def _call(name: str, arguments: list[Expressie]) -> Expressie:
    function = FUNCTIONS[name]
    if len(arguments) < function.least or (len(arguments) > len(function.takes) and not function.more):
        raise CellError(f"de functie '{name}' krijgt {len(arguments)} gegevens, dat klopt niet")
    for place, argument in enumerate(arguments):
        if not function.fits(place, argument.type):
            raise CellError(f"de functie '{name}' kan niets met {TYPES[argument.type]}")
    runs = [argument.run for argument in arguments]
    folded = _folded(_caller(function, runs), _call_type(name, function, arguments), arguments)
    if not any(argument.constant and argument.value is None for argument in arguments):
        _known(folded, f"de functie '{name}' heeft hier geen uitkomst: controleer wat ertussen haakjes staat")
    return folded


def _caller(function: Function, runs: list[Run]) -> Run:
    if len(runs) == 1:
        only = runs[0]
        return lambda env: function.call((only(env),))
    return lambda env: function.call([run(env) for run in runs])


def _call_type(name: str, function: Function, arguments: list[Expressie]) -> str:
    kinds = {argument.type for argument in arguments}
    if name in ("min", "max") and len(kinds) == 1 and kinds <= ORDERED:
        return kinds.pop()
    return function.gives


def _listing(items: list[Expressie]) -> Expressie:
    """A list of single values; lists in lists are not S-FEEL and could grow without end."""
    if any(item.type in ("list", "context") for item in items):
        raise CellError("een lijst in een lijst kan niet")
    runs = [item.run for item in items][:MAX_LIST]

    def run(env: Omgeving) -> Waarde:
        values = tuple(each(env) for each in runs)
        return None if any(isinstance(value, list | tuple | dict) for value in values) else values

    return _folded(run, "list", items)


def used_names(node: Node) -> frozenset[str]:
    """Every name in a tree."""
    own = {node.value} if node.kind == "name" else set()
    return frozenset(own.union(*(used_names(part) for part in node.parts)))
