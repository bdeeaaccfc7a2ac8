# SPDX-License-Identifier: EUPL-1.2
"""Feiten: what a proces knows, as values that fit in JSON; and which names they may have."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from decimal import Decimal

from schakel.kit.errors import InvalidInput
from schakel.proceslogica.contract import Gegevens
from schakel.proceslogica.dmn.values import Maanden, Waarde, plain_duration, plain_moment

MAX_TEXT = 20_000
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_KANAAL = re.compile(r"(?<![^\W_])kanaal(?![^\W_])", re.IGNORECASE)


def plain(waarde: Waarde) -> object:
    """The value of a rule, ready for JSON: numbers as int or float, dates and durations as ISO 8601."""
    match waarde:
        case None | bool() | str():
            return waarde
        case Decimal():
            return int(waarde) if waarde == waarde.to_integral_value() else float(waarde)
        case timedelta() | Maanden():
            return plain_duration(waarde)
        case date() | time():
            return plain_moment(waarde)
        case Mapping():
            return {name: plain(part) for name, part in waarde.items()}
        case Sequence():
            return [plain(part) for part in waarde]


def known_only(feiten: Gegevens, names: frozenset[str]) -> dict[str, object]:
    """The facts that the model names, and no more (AVG 5.1.c): so no kanaal either (KR-1). Raises InvalidInput."""
    kept = {name: value for name, value in feiten.items() if name in names}  # KR-0, KR-1
    wrong = {name: "Dit gegeven kunnen wij niet lezen." for name, value in kept.items() if not _is_plain(value)}
    if wrong:
        raise InvalidInput(wrong)
    return kept


def names_kanaal(text: str) -> bool:
    """Does an expression or a name look at the kanaal? Quoted text does not count."""
    return bool(_KANAAL.search(_QUOTED.sub('""', text)))  # KR-1


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= MAX_TEXT and "\x00" not in value
    return value is None or isinstance(value, bool | int | float)
