# SPDX-License-Identifier: EUPL-1.2
"""Arithmetic, comparison and three-valued logic. What cannot be computed is null, as DMN says; nothing hangs."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from schakel.proceslogica.dmn.values import DECIMAL, MAX_TEXT, Maanden, Waarde, finite, type_of

MAX_EXPONENT = 1_000
_NUM, _STR, _DATE, _MOMENT = "number", "string", "date", "date and time"
_DAYS, _MONTHS = "days and time duration", "years and months duration"


def add_months(day: date, months: Maanden) -> date:
    """The same day so many months on; the last of the month where that day is not there. Raises past year 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months.aantal, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month + 1, day=min(day.day, last))
        except ValueError:
            continue
    raise OverflowError


def _microseconds(duration: timedelta) -> Decimal:
    return Decimal(duration // timedelta(microseconds=1))


def _scale(duration: timedelta, factor: Decimal) -> timedelta:
    return timedelta(microseconds=_whole(DECIMAL.multiply(_microseconds(duration), factor)))


def _whole(number: Decimal) -> int:
    if not number.is_finite() or number.adjusted() > 20:
        raise OverflowError
    return int(number.to_integral_value(ROUND_HALF_EVEN))


def _over(left: Decimal, right: Decimal) -> Decimal | None:
    return finite(DECIMAL.divide(left, right))


def _power(base: Decimal, exponent: Decimal) -> Decimal | None:
    return finite(DECIMAL.power(base, exponent)) if abs(exponent) <= MAX_EXPONENT else None


def _join(left: str, right: str) -> str | None:
    return left + right if len(left) + len(right) <= MAX_TEXT else None


#: (left type, right type) -> (type of the result, how). What is not here is refused at upload, or null at run time.
TABLE: dict[str, dict[tuple[str, str], tuple[str, Callable[[Any, Any], Any]]]] = {
    "+": {
        (_NUM, _NUM): (_NUM, lambda a, b: finite(DECIMAL.add(a, b))),
        (_STR, _STR): (_STR, _join),
        (_DATE, _DAYS): (_DATE, lambda a, b: a + b),
        (_DAYS, _DATE): (_DATE, lambda a, b: b + a),
        (_DATE, _MONTHS): (_DATE, add_months),
        (_MONTHS, _DATE): (_DATE, lambda a, b: add_months(b, a)),
        (_MOMENT, _DAYS): (_MOMENT, lambda a, b: a + b),
        (_DAYS, _MOMENT): (_MOMENT, lambda a, b: b + a),
        (_MOMENT, _MONTHS): (_MOMENT, add_months),
        (_MONTHS, _MOMENT): (_MOMENT, lambda a, b: add_months(b, a)),
        (_DAYS, _DAYS): (_DAYS, lambda a, b: a + b),
        (_MONTHS, _MONTHS): (_MONTHS, lambda a, b: Maanden(a.aantal + b.aantal)),
    },
    "-": {
        (_NUM, _NUM): (_NUM, lambda a, b: finite(DECIMAL.subtract(a, b))),
        (_DATE, _DATE): (_DAYS, lambda a, b: a - b),
        (_MOMENT, _MOMENT): (_DAYS, lambda a, b: a - b),
        (_DATE, _DAYS): (_DATE, lambda a, b: a - b),
        (_DATE, _MONTHS): (_DATE, lambda a, b: add_months(a, Maanden(-b.aantal))),
        (_MOMENT, _DAYS): (_MOMENT, lambda a, b: a - b),
        (_MOMENT, _MONTHS): (_MOMENT, lambda a, b: add_months(a, Maanden(-b.aantal))),
        (_DAYS, _DAYS): (_DAYS, lambda a, b: a - b),
        (_MONTHS, _MONTHS): (_MONTHS, lambda a, b: Maanden(a.aantal - b.aantal)),
    },
    "*": {
        (_NUM, _NUM): (_NUM, lambda a, b: finite(DECIMAL.multiply(a, b))),
        (_DAYS, _NUM): (_DAYS, _scale),
        (_NUM, _DAYS): (_DAYS, lambda a, b: _scale(b, a)),
        (_MONTHS, _NUM): (_MONTHS, lambda a, b: Maanden(_whole(DECIMAL.multiply(Decimal(a.aantal), b)))),
        (_NUM, _MONTHS): (_MONTHS, lambda a, b: Maanden(_whole(DECIMAL.multiply(Decimal(b.aantal), a)))),
    },
    "/": {
        (_NUM, _NUM): (_NUM, _over),
        (_DAYS, _NUM): (_DAYS, lambda a, b: _scale(a, DECIMAL.divide(Decimal(1), b))),
        (_MONTHS, _NUM): (_MONTHS, lambda a, b: Maanden(_whole(DECIMAL.divide(Decimal(a.aantal), b)))),
        (_DAYS, _DAYS): (_NUM, lambda a, b: _over(_microseconds(a), _microseconds(b))),
        (_MONTHS, _MONTHS): (_NUM, lambda a, b: _over(Decimal(a.aantal), Decimal(b.aantal))),
    },
    "**": {(_NUM, _NUM): (_NUM, _power)},
}  # fmt: skip
#: Types whose values have an order.
ORDERED = frozenset({_NUM, _STR, _DATE, "time", _MOMENT, _DAYS, _MONTHS})


def arithmetic(symbol: str) -> Callable[[Waarde, Waarde], Waarde]:
    pairs = TABLE[symbol]

    def run(left: Waarde, right: Waarde) -> Waarde:
        entry = pairs.get((type_of(left), type_of(right)))
        if entry is None:
            return None
        try:
            result: Waarde = entry[1](left, right)
        except (OverflowError, TypeError):  # a year past 9999; a moment with a zone minus one without
            return None
        return result

    return run


def same(left: Waarde, right: Waarde) -> bool | None:
    """Equal; null when the two are of different types and so cannot be compared."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right) and type_of(left) != type_of(right):
        return None
    return left == right


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Waarde, Waarde], bool | None]:
    def run(left: Waarde, right: Waarde) -> bool | None:
        if type(left) is not type(right) or type_of(left) not in ORDERED:
            return None
        try:
            return compare(left, right)
        except TypeError:  # a time with a zone against one without
            return None

    return run


def _differs(left: Waarde, right: Waarde) -> bool | None:
    equal = same(left, right)
    return None if equal is None else not equal


def both(left: Waarde, right: Waarde) -> bool | None:
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


def either(left: Waarde, right: Waarde) -> bool | None:
    if left is True or right is True:
        return True
    return False if left is False and right is False else None


COMPARE: dict[str, Callable[[Waarde, Waarde], bool | None]] = {
    "=": same,
    "!=": _differs,
    "<": _ordered(lambda a, b: bool(a < b)),
    "<=": _ordered(lambda a, b: bool(a <= b)),
    ">": _ordered(lambda a, b: bool(a > b)),
    ">=": _ordered(lambda a, b: bool(a >= b)),
}


def negative(value: Waarde) -> Waarde:
    match value:
        case Decimal():
            return DECIMAL.minus(value)
        case timedelta():
            try:
                return -value
            except OverflowError:
                return None
        case Maanden():
            return Maanden(-value.aantal)
        case _:
            return None
