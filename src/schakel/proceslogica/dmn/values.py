# SPDX-License-Identifier: EUPL-1.2
"""The values that rules work with. Numbers are Decimal (34 digits), never float."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Context, Decimal
from typing import TypeAlias

#: Decimal128, as DMN asks. Nothing traps: what cannot be computed becomes NaN or infinite, and that becomes null.
DECIMAL = Context(prec=34, Emax=6144, Emin=-6143, traps=[])
MAX_TEXT = 10_000
MAX_LIST = 1_000
_MAX_MAGNITUDE = 34


@dataclass(frozen=True, slots=True, order=True)
class Maanden:
    """A duration in years and months."""

    aantal: int


Enkel: TypeAlias = bool | Decimal | str | date | time | datetime | timedelta | Maanden
Waarde: TypeAlias = "Enkel | Sequence[Waarde] | Mapping[str, Waarde] | None"

ANY = "Any"
#: FEEL's name of each type, and how a person calls it.
TYPES = {
    "number": "een getal",
    "string": "tekst",
    "boolean": "ja of nee (true of false)",
    "date": "een datum",
    "time": "een tijd",
    "date and time": "een datum met tijd",
    "days and time duration": "een duur in dagen of uren",
    "years and months duration": "een duur in jaren of maanden",
    "list": "een lijst",
    "context": "een samengesteld gegeven",
    "null": "leeg (null)",
    ANY: "iets waarvan het soort niet bekend is",
}
_TYPE_OF: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    datetime: "date and time",
    date: "date",
    time: "time",
    timedelta: "days and time duration",
    Maanden: "years and months duration",
    list: "list",
    tuple: "list",
    dict: "context",
}

_NUMBER = re.compile(r"-?(?:[0-9]{1,40}(?:\.[0-9]{1,40})?|\.[0-9]{1,40})\Z")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?\Z")
_DAYS = re.compile(
    r"(-?)P(?:([0-9]{1,8})D)?(?:T(?:([0-9]{1,8})H)?(?:([0-9]{1,8})M)?(?:([0-9]{1,8})(\.[0-9]{1,6})?S)?)?\Z"
)
_MONTHS = re.compile(r"(-?)P(?:([0-9]{1,8})Y)?(?:([0-9]{1,8})M)?\Z")


def type_of(value: object) -> str:
    """FEEL's name of the type of a value."""
    return _TYPE_OF.get(type(value), ANY)


def finite(number: Decimal) -> Decimal | None:
    return number if number.is_finite() else None


def parse_number(text: str) -> Decimal | None:
    return finite(DECIMAL.create_decimal(text)) if _NUMBER.match(text) else None


def parse_date(text: str) -> date | None:
    """`2026-11-24`, and nothing looser."""
    if not (found := _DATE.match(text)):
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """`15:30:00`, with an offset or Z if wanted."""
    if not _TIME.match(text):
        return None
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def parse_datetime(text: str) -> datetime | None:
    day, separator, moment = text.partition("T")
    on, at = parse_date(day), parse_time(moment)
    return datetime.combine(on, at) if separator and on and at else None


def parse_duration(text: str) -> timedelta | Maanden | None:
    """`P14D`, `PT2H30M`, `P1Y6M`; a minus before it turns it round."""
    if found := _MONTHS.match(text):
        sign, years, months = found.groups()
        if years or months:
            return Maanden((-1 if sign else 1) * (int(years or 0) * 12 + int(months or 0)))
    if (found := _DAYS.match(text)) and text[-1] not in "PT":
        sign, days, hours, minutes, seconds, fraction = found.groups()
        whole = timedelta(int(days or 0), int(seconds or 0), 0, 0, int(minutes or 0), int(hours or 0))
        whole += timedelta(microseconds=int((fraction or ".")[1:].ljust(6, "0")))
        return -whole if sign else whole
    return None


_PARSERS: dict[str, Callable[[str], Waarde]] = {
    "number": parse_number,
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_datetime,
    "days and time duration": parse_duration,
    "years and months duration": parse_duration,
    "boolean": {"true": True, "false": False}.get,
}


def to_value(raw: object, kind: str = ANY, depth: int = 0) -> Waarde:
    """What a kanaal, form or API gives, as a value of the type wanted. Raises ValueError, without the value.

    Text in ISO form becomes what the type says, so that a form and an API give the same facts (KR-1).
    """
    match raw:
        case str():
            value: Waarde = raw
            if kind in _PARSERS:
                value = _PARSERS[kind](raw.strip()) if raw.strip() else None
                if value is None and raw.strip():
                    raise ValueError(kind)
        case None | bool() | date() | time() | timedelta() | Maanden():
            value = raw
        case int() | float() | Decimal():
            value = _to_number(raw)
        case Mapping() if depth < 10 and len(raw) <= MAX_LIST:
            value = {str(key): to_value(part, ANY, depth + 1) for key, part in raw.items()}
        case list() | tuple() if depth < 10 and len(raw) <= MAX_LIST:
            value = tuple(to_value(part, ANY, depth + 1) for part in raw)
        case _:
            raise ValueError(kind)
    if kind != ANY and value is not None and type_of(value) != kind:
        raise ValueError(kind)
    return value


def _to_number(raw: int | float | Decimal) -> Decimal:
    if isinstance(raw, int) and raw.bit_length() > 120:
        raise ValueError("number")
    number = DECIMAL.create_decimal(repr(raw) if isinstance(raw, float) else raw)
    if not number.is_finite() or abs(number.adjusted()) > _MAX_MAGNITUDE:
        raise ValueError("number")
    return number


def plain_number(number: Decimal) -> str:
    """One way of writing per number: 12, -0.5; never an exponent. For magnitudes that to_value lets in."""
    if abs(number.adjusted()) > 2 * _MAX_MAGNITUDE:
        return str(number)
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def plain_duration(value: timedelta | Maanden) -> str:
    """ISO 8601, one way of writing per duration."""
    if isinstance(value, Maanden):
        years, months = divmod(abs(value.aantal), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return ("-P" if value.aantal < 0 else "P") + text
    size = abs(value)
    seconds = f"{size.seconds}.{size.microseconds:06}" if size.microseconds else str(size.seconds)
    clock = f"T{seconds}S" if size.seconds or size.microseconds or not size.days else ""
    return ("-P" if value < timedelta(0) else "P") + (f"{size.days}D" if size.days else "") + clock


def plain_moment(value: date | time | datetime) -> str:
    """ISO 8601; a moment with an offset in UTC, so that one moment has one text."""
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(UTC)
    return value.isoformat()
