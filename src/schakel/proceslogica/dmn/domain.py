# SPDX-License-Identifier: EUPL-1.2
"""Sample values of a column: one for every stretch on which no cell changes its answer. Checking these checks all."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from schakel.proceslogica.dmn.operators import ORDERED
from schakel.proceslogica.dmn.values import ANY, DECIMAL, Maanden, Waarde, type_of

_DAY = timedelta(days=1)


class Incomparable(Exception):
    """The constants of a column have no common order: moments with a zone and without."""


def samples(kind: str, constants: Iterable[Waarde], ordered: bool) -> list[Waarde]:
    """Every constant, and a value in between, below and above. Null last. Raises Incomparable."""
    flat = [one for each in constants for one in (each if isinstance(each, list | tuple) else (each,))]
    kinds = {type_of(each) for each in flat} | ({kind} if kind != ANY else set())
    found: list[Waarde] = []
    for each in sorted(kinds - {"null", "list", "context"}):
        found += _of_kind(each, [one for one in flat if type_of(one) == each], ordered)
    return [*found, None]


def _of_kind(kind: str, constants: list[Any], ordered: bool) -> list[Waarde]:
    if kind == "boolean":
        return [True, False]
    if kind == "string" and not ordered:
        known = list(dict.fromkeys(constants))
        other = "iets anders"
        while other in known:
            other += "…"
        return [*known, other]
    if kind not in ORDERED:
        return []
    try:
        points = sorted(set(constants))
    except TypeError:
        raise Incomparable from None
    if not points:
        return [_ANYTHING[kind]]
    found: list[Any] = [_below(points[0])]
    for point, following in zip(points, [*points[1:], None], strict=True):
        found += [point, _above(point) if following is None else _between(point, following)]
    return [one for one in found if one is not None]


_ANYTHING: dict[str, Waarde] = {
    "number": Decimal(1),
    "string": "iets",
    "date": date(2026, 1, 1),
    "time": time(12),
    "date and time": datetime(2026, 1, 1, 12),
    "days and time duration": _DAY,
    "years and months duration": Maanden(1),
}


def _below(point: Any) -> Waarde:
    try:
        match point:
            case Decimal():
                return DECIMAL.subtract(point, Decimal(1))
            case str():
                return "" if point else None
            case date():
                return point - _DAY
            case time():
                earliest = time(tzinfo=point.tzinfo)
                return earliest if earliest < point else None
            case Maanden():
                return Maanden(point.aantal - 1)
            case _:
                return _moved(point, -_DAY)
    except OverflowError:
        return None


def _above(point: Any) -> Waarde:
    try:
        match point:
            case Decimal():
                return DECIMAL.add(point, Decimal(1))
            case str():
                return point + "z"
            case date():
                return point + _DAY
            case time():
                latest = time(23, 59, 59, 999_999, tzinfo=point.tzinfo)
                return latest if latest > point else None
            case Maanden():
                return Maanden(point.aantal + 1)
            case _:
                return _moved(point, _DAY)
    except OverflowError:
        return None


def _moved(point: timedelta, by: timedelta) -> timedelta:
    return point + by


def _between(low: Any, high: Any) -> Waarde:
    """A value strictly between, a whole number where there is one; None where there is nothing between."""
    found: Any
    match low:
        case Decimal():
            whole = DECIMAL.add(low.to_integral_value("ROUND_FLOOR"), Decimal(1))
            found = whole if low < whole < high else DECIMAL.divide(DECIMAL.add(low, high), Decimal(2))
        case str():
            found = low + "\x01" if low + "\x01" < high else None
        case datetime():
            found = low + (high - low) / 2
        case date():
            found = low + _DAY
        case time():
            found = _half_way(low, high)
        case Maanden():
            found = Maanden(low.aantal + 1)
        case _:
            found = low + (high - low) / 2
    return found if found is not None and low < found < high else None


def _half_way(low: time, high: time) -> time | None:
    if low.tzinfo != high.tzinfo:
        return None
    day = date(2000, 1, 1)
    start, end = datetime.combine(day, low), datetime.combine(day, high)
    return (start + (end - start) / 2).timetz()
