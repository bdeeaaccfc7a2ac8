# SPDX-License-Identifier: EUPL-1.2
"""The functions that a cell may call. There is no clock among them: a rule gets the date of today as a fact."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from schakel.proceslogica.dmn.operators import COMPARE, same
from schakel.proceslogica.dmn.values import (
    ANY,
    DECIMAL,
    Maanden,
    Waarde,
    finite,
    parse_date,
    parse_datetime,
    parse_duration,
    parse_number,
    parse_time,
    plain_duration,
    plain_moment,
    plain_number,
    type_of,
)

_NUM, _STR, _BOOL, _DATE, _MOMENT = "number", "string", "boolean", "date", "date and time"


@dataclass(frozen=True, slots=True)
class Function:
    """`takes`: per argument the types allowed (empty: any); the last repeats when `more`. Other types give null."""

    run: Callable[..., Waarde]
    takes: tuple[tuple[str, ...], ...]
    gives: str
    least: int = 0
    more: bool = False

    def fits(self, place: int, kind: str) -> bool:
        allowed = self.takes[min(place, len(self.takes) - 1)]
        return not allowed or kind in (ANY, *allowed)

    def call(self, arguments: Sequence[Waarde]) -> Waarde:
        if not all(self.fits(place, type_of(argument)) for place, argument in enumerate(arguments)):
            return None
        try:
            return self.run(*arguments)
        except (OverflowError, ValueError, TypeError):  # a date that does not exist; a mixed list
            return None


def _whole(*numbers: Decimal) -> list[int]:
    if not all(number == number.to_integral_value() and abs(number) < 1_000_000 for number in numbers):
        raise ValueError
    return [int(number) for number in numbers]


def _date(first: Any, month: Any = None, day: Any = None) -> date | None:
    match first:
        case str():
            return parse_date(first) if month is None else None
        case datetime():
            return first.date()
        case date():
            return first
        case Decimal() if isinstance(month, Decimal) and isinstance(day, Decimal):
            return date(*_whole(first, month, day))
    return None


def _time(first: Any, minute: Any = None, second: Any = None) -> time | None:
    match first:
        case str():
            return parse_time(first) if minute is None else None
        case datetime():
            return first.timetz()
        case time():
            return first
        case Decimal() if isinstance(minute, Decimal) and isinstance(second, Decimal):
            hours, minutes, seconds = _whole(first, minute, second)
            return time(hours, minutes, seconds)
    return None


def _moment(first: Any, at: Any = None) -> datetime | None:
    match first, at:
        case str(), None:
            day = parse_date(first)
            return datetime.combine(day, time()) if day else parse_datetime(first)
        case datetime(), time():
            return datetime.combine(first.date(), at)
        case date(), time():
            return datetime.combine(first, at)
        case datetime(), None:
            return first
    return None


def _string(value: Any) -> str | None:
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain_number(value)
        case timedelta() | Maanden():
            return plain_duration(value)
        case _:
            return plain_moment(value)


def _substring(text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    """Counts from 1; a negative start counts from the end."""
    (first,) = _whole(start)
    if first == 0 or abs(first) > len(text) + (first > 0):
        return None
    first = first - 1 if first > 0 else len(text) + first
    if length is None:
        return text[first:]
    (size,) = _whole(length)
    return text[first : first + size] if size > 0 else None


def _items(arguments: Sequence[Any]) -> list[Any]:
    """`max(a, b)` and `max(lijst)` alike."""
    if len(arguments) == 1 and isinstance(arguments[0], list | tuple):
        return list(arguments[0])
    return list(arguments)


def _extreme(symbol: str) -> Callable[..., Waarde]:
    better = COMPARE[symbol]

    def run(*arguments: Any) -> Waarde:
        items = _items(arguments)
        best: Waarde = items[0] if items else None
        for item in items[1:]:
            verdict = better(item, best)
            if verdict is None:
                return None
            best = item if verdict else best
        return best

    return run


def _sum(*arguments: Any) -> Waarde:
    items = _items(arguments)
    if not items or not all(isinstance(item, Decimal) for item in items):
        return None
    total = Decimal(0)
    for item in items:
        total = DECIMAL.add(total, item)
    return finite(total)


def _between(start: Any, end: Any) -> Maanden:
    """Whole months from one date to another; negative when the second is earlier."""
    if start > end:
        return Maanden(-_between(end, start).aantal)
    months = (end.year - start.year) * 12 + end.month - start.month
    return Maanden(months - (_in_month(end) < _in_month(start)))


def _in_month(moment: date | datetime) -> tuple[int, time]:
    return moment.day, moment.timetz() if isinstance(moment, datetime) else time()


def _rounded(mode: str) -> Callable[..., Waarde]:
    def run(number: Decimal) -> Waarde:
        return number.to_integral_value(mode) if number.adjusted() <= 34 else number

    return run


_TEXT, _NUMBER = (_STR,), (_NUM,)
_LIST: tuple[str, ...] = ("list",)
#: Functions and their types, as docs for the beheerder list them.
FUNCTIONS: dict[str, Function] = {
    "date": Function(_date, ((_STR, _DATE, _MOMENT, _NUM), _NUMBER, _NUMBER), _DATE, 1),
    "time": Function(_time, ((_STR, "time", _MOMENT, _NUM), _NUMBER, _NUMBER), "time", 1),
    "date and time": Function(_moment, ((_STR, _DATE, _MOMENT), ("time",)), _MOMENT, 1),
    "duration": Function(parse_duration, (_TEXT,), ANY, 1),
    "years and months duration": Function(
        _between, ((_DATE, _MOMENT), (_DATE, _MOMENT)), "years and months duration", 2
    ),
    "number": Function(lambda text: parse_number(text.strip()), (_TEXT,), _NUM, 1),
    "string": Function(_string, ((),), _STR, 1),
    "contains": Function(lambda text, part: part in text, (_TEXT, _TEXT), _BOOL, 2),
    "starts with": Function(lambda text, part: text.startswith(part), (_TEXT, _TEXT), _BOOL, 2),
    "ends with": Function(lambda text, part: text.endswith(part), (_TEXT, _TEXT), _BOOL, 2),
    "upper case": Function(lambda text: text.upper(), (_TEXT,), _STR, 1),
    "lower case": Function(lambda text: text.lower(), (_TEXT,), _STR, 1),
    "substring": Function(_substring, (_TEXT, _NUMBER, _NUMBER), _STR, 2),
    "string length": Function(lambda text: Decimal(len(text)), (_TEXT,), _NUM, 1),
    "not": Function(lambda value: None if value is None else not value, ((_BOOL, "null"),), _BOOL, 1),
    "min": Function(_extreme("<"), ((),), ANY, 1, more=True),
    "max": Function(_extreme(">"), ((),), ANY, 1, more=True),
    "sum": Function(_sum, ((_NUM, "list"),), _NUM, 1, more=True),
    "count": Function(lambda items: Decimal(len(items)), (_LIST,), _NUM, 1),
    "list contains": Function(lambda items, item: any(same(one, item) for one in items), (_LIST, ()), _BOOL, 2),
    "floor": Function(_rounded(ROUND_FLOOR), (_NUMBER,), _NUM, 1),
    "ceiling": Function(_rounded(ROUND_CEILING), (_NUMBER,), _NUM, 1),
    "abs": Function(lambda number: DECIMAL.abs(number), (_NUMBER,), _NUM, 1),
}
