# SPDX-License-Identifier: EUPL-1.2
"""Cuts a cell into tokens. Names may hold spaces: the longest name that the model knows wins."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from lark import Token
from lark.lexer import Lexer

from schakel.proceslogica.dmn.functions import FUNCTIONS
from schakel.proceslogica.dmn.values import parse_date, parse_datetime, parse_duration, parse_number, parse_time

MAX_CELL = 1_000
MAX_NESTING = 30
MAX_NAME = 100

_SYMBOLS = {
    "..": "DOTDOT", "<=": "COMPARE", ">=": "COMPARE", "!=": "COMPARE", "**": "POWER", "<": "COMPARE", ">": "COMPARE",
    "=": "EQUAL", "+": "PLUS", "-": "MINUS", "*": "TIMES", "/": "DIVIDE", "(": "LPAR", ")": "RPAR", "[": "LSQB",
    "]": "RSQB", ",": "COMMA",
}  # fmt: skip
_WORDS = {"true": True, "false": False, "null": None}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'"}
_SPACES = " \t\r\n\u00a0"
_DIGITS = tuple("0123456789")
_END = "end"


class CellError(Exception):
    """A cell that the grammar does not know; the text is Dutch and for the beheerder."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names in scope, as a tree of characters: looking one up costs its own length, however many there are."""

    tree: dict[str, object]

    @classmethod
    def of(cls, names: Collection[str]) -> "Names":
        tree: dict[str, object] = {}
        for name in names:
            node = tree
            for character in name:
                node = node.setdefault(character, {})  # type: ignore[assignment]
            node[_END] = name
        return cls(tree)

    def longest_at(self, text: str, start: int) -> tuple[str, int] | None:
        """The longest name at this place and where it stops; a run of spaces counts as one."""
        node, at, found = self.tree, start, None
        while True:
            if _END in node and not (at < len(text) and _is_word(text[at])):
                found = (str(node[_END]), at)
            if at >= len(text):
                return found
            character = " " if text[at] in _SPACES else text[at]
            following = node.get(character)
            if not isinstance(following, dict):
                return found
            node, at = following, at + 1
            while character == " " and at < len(text) and text[at] in _SPACES:
                at += 1


_FUNCTION_NAMES = Names.of(FUNCTIONS)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def tokenise(text: str, names: Names, *, unary: bool) -> list[Token]:
    """All tokens of a cell. Raises CellError."""
    if len(text) > MAX_CELL:
        raise CellError(f"deze tekst is langer dan {MAX_CELL} tekens")
    if unary and text.strip(_SPACES) in ("", "-", "–"):  # editors write nothing for "any"
        return [Token("DASH", "-")]
    tokens = list(_tokens(text, names))
    if unary and tokens and tokens[0].type == "FUNCTION" and tokens[0].value == "not":
        tokens[0] = Token("TEST_NOT", "not")
    depth = 0
    for token in tokens:
        depth += (token.type in ("LPAR", "LSQB")) - (token.type in ("RPAR", "RSQB"))
        if abs(depth) > MAX_NESTING:
            raise CellError(f"haakjes staan meer dan {MAX_NESTING} niveaus diep")
    return tokens


def _tokens(text: str, names: Names) -> Iterator[Token]:
    at = 0
    while at < len(text):
        character = text[at]
        if character in _SPACES:
            at += 1
        elif character == '"':
            value, at = _string(text, at)
            yield _token("STRING", value)
        elif character in _DIGITS or (character == "." and text[at + 1 : at + 2] in _DIGITS):
            number, at = _number(text, at)
            yield _token("NUMBER", number)
        elif character == "@":
            value, at = _string(text, at + 1)
            yield _token("LITERAL", _literal(value))
        elif _is_word(character):
            token, at = _word(text, at, names)
            yield token
        elif symbol := next((text[at : at + n] for n in (2, 1) if text[at : at + n] in _SYMBOLS), ""):
            yield Token(_SYMBOLS[symbol], symbol)
            at += len(symbol)
        else:
            raise CellError(f"het teken {_quoted(character)} is hier niet bekend")


def _token(kind: str, value: object) -> Token:
    token = Token(kind, "")
    token.value = value
    return token


def _word(text: str, at: int, names: Names) -> tuple[Token, int]:
    known, function = names.longest_at(text, at), _FUNCTION_NAMES.longest_at(text, at)
    if function and text[function[1] :].lstrip(_SPACES)[:1] == "(" and not (known and known[1] > function[1]):
        return _token("FUNCTION", function[0]), function[1]
    if known:
        return _member(text, *known)
    stop = at
    while stop < len(text) and (_is_word(text[stop]) or (text[stop] == "." and text[stop + 1 : stop + 2].isalpha())):
        stop += 1
    word = text[at:stop]
    if word in _WORDS:
        return _token("LITERAL", _WORDS[word]), stop
    if word in ("and", "or"):
        return Token(word.upper(), word), stop
    if text[stop:].lstrip(_SPACES)[:1] == "(":
        raise CellError(f"de functie {_quoted(word)} is niet bekend")
    raise CellError(f"de naam {_quoted(word)} is hier niet bekend; tekst hoort tussen dubbele aanhalingstekens")


def _member(text: str, name: str, at: int) -> tuple[Token, int]:
    """A name, with the parts after its dots: klant.adres.plaats."""
    while text[at : at + 1] == "." and _is_word(text[at + 1 : at + 2] or " "):
        stop = at + 1
        while stop < len(text) and _is_word(text[stop]):
            stop += 1
        name, at = name + text[at:stop], stop
    return _token("NAME", name), at


def _string(text: str, at: int) -> tuple[str, int]:
    if text[at : at + 1] != '"':
        raise CellError('na @ hoort een tekst, zoals @"2026-11-24"')
    parts, at = [], at + 1
    while at < len(text) and text[at] != '"':
        if text[at] != "\\":
            parts.append(text[at])
            at += 1
        elif text[at + 1 : at + 2] == "u":
            digits = text[at + 2 : at + 6]
            if len(digits) != 4 or not all(digit in "0123456789abcdefABCDEF" for digit in digits):
                raise CellError("na \\u horen vier hexadecimale cijfers")
            parts.append(chr(int(digits, 16)))
            at += 6
        elif text[at + 1 : at + 2] in _ESCAPES:
            parts.append(_ESCAPES[text[at + 1]])
            at += 2
        else:
            raise CellError("na een \\ hoort n, t, r, u, een aanhalingsteken of nog een \\")
    if at >= len(text):
        raise CellError("een tekst heeft geen sluitend aanhalingsteken")
    value = "".join(parts)
    if any(0xD800 <= ord(character) <= 0xDFFF or character == "\x00" for character in value):
        raise CellError("een tekst bevat een teken dat niet bewaard kan worden")
    return value, at + 1


def _number(text: str, at: int) -> tuple[Decimal, int]:
    stop = at
    while stop < len(text) and (text[stop] in _DIGITS or (text[stop] == "." and text[stop + 1 : stop + 2] in _DIGITS)):
        stop += 1
    number = parse_number(text[at:stop])
    if number is None or len(text[at:stop]) > 35 or (stop < len(text) and _is_word(text[stop])):
        raise CellError(f"{_quoted(text[at : stop + 1])} is geen getal; schrijf het als 12 of 12.5")
    return number, stop


def _literal(text: str) -> object:
    for parse in (parse_date, parse_datetime, parse_time, parse_duration):
        if (value := parse(text)) is not None:
            return value
    raise CellError(f"{_quoted(text)} is geen datum, tijd of duur")


def _quoted(text: str) -> str:
    short = text if len(text) <= 40 else text[:40] + "…"
    return f"'{short}'" if short.isprintable() else "'" + short.encode("unicode_escape").decode("ascii") + "'"


class TokenLexer(Lexer):
    """For lark: the tokens are there already."""

    __future_interface__ = 0

    def __init__(self, _: object) -> None:
        pass

    def lex(self, data: list[Token]) -> Iterator[Token]:  # type: ignore[override]
        return iter(data)
