# SPDX-License-Identifier: EUPL-1.2
"""Dutch words for values and tests, as the screen "beslissing" shows them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from schakel.proceslogica.dmn.feel import Expressie
from schakel.proceslogica.dmn.values import Maanden, Waarde, plain_number

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_WORDS = {
    "<": "is kleiner dan", "<=": "is hoogstens", ">": "is groter dan", ">=": "is minstens", "=": "is", "!=": "is niet",
}  # fmt: skip
_DAY_WORDS = {
    "<": "is eerder dan", "<=": "is uiterlijk", ">": "is later dan", ">=": "is op of na", "=": "is", "!=": "is niet",
}  # fmt: skip


def show(value: Waarde) -> str:
    """A value as a person writes it: 1.250,50 is 1250,5; 24 november 2026; ja."""
    match value:
        case None:
            return "leeg"
        case bool():
            return "ja" if value else "nee"
        case Decimal():
            return plain_number(value).replace(".", ",")
        case str():
            return value
        case datetime():
            return f"{_day(value)}, {value:%H.%M} uur"
        case date():
            return _day(value)
        case time():
            return f"{value:%H.%M} uur"
        case timedelta():
            return _duration(value)
        case Maanden():
            return _months(value.aantal)
        case Mapping():
            return ", ".join(f"{name}: {show(part)}" for name, part in value.items()) or "leeg"
        case _:
            return ", ".join(show(part) for part in value) or "geen"


def _day(value: date) -> str:
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def _duration(value: timedelta) -> str:
    size, sign = abs(value), "min " if value < timedelta(0) else ""
    hours, rest = divmod(size.seconds, 3600)
    parts = [(size.days, "dag" if size.days == 1 else "dagen"), (hours, "uur")]
    parts += [(rest // 60, "minuten"), (rest % 60, "seconden")]
    return sign + (" ".join(f"{number} {word}" for number, word in parts if number) or "0 dagen")


def _months(total: int) -> str:
    years, months = divmod(abs(total), 12)
    words = [f"{years} jaar"] if years else []
    words += [f"{months} maand" + ("" if months == 1 else "en")] if months or not years else []
    return ("min " if total < 0 else "") + " en ".join(words)


def operand(expressie: Expressie) -> str:
    return show(expressie.value) if expressie.constant else expressie.text


def phrase_compare(symbol: str, bound: Expressie) -> str:
    words = _DAY_WORDS if bound.type in ("date", "time", "date and time") else _WORDS
    return f"{words[symbol]} {operand(bound)}"


def phrase_interval(signs: tuple[str, str], low: Expressie, high: Expressie) -> str:
    first, last = "[" if signs[0] == "[" else "]", "]" if signs[1] == "]" else "["
    dots = ".." if low.type == high.type == "number" else " .. "
    return f"valt in {first}{operand(low)}{dots}{operand(high)}{last}"
