# SPDX-License-Identifier: EUPL-1.2
"""One text per set of facts, whoever delivers them and in whatever order: the ground of the input hash (KR-1)."""

import json
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from hashlib import sha256

from schakel.proceslogica.dmn.values import Maanden, Waarde, plain_duration, plain_moment, plain_number

_encode = json.JSONEncoder(ensure_ascii=False).encode


def canonical_json(value: Waarde) -> str:
    """Sorted keys, no spaces, numbers written one way, dates and durations as {"@": ISO 8601}."""
    match value:
        case str():
            return _encode(value)
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case Decimal():
            return plain_number(value)
        case timedelta() | Maanden():
            return f'{{"@":"{plain_duration(value)}"}}'
        case date() | time():
            return f'{{"@":"{plain_moment(value)}"}}'
        case Mapping():
            return "{" + ",".join(f"{_encode(key)}:{canonical_json(value[key])}" for key in sorted(value)) + "}"
        case _:
            return "[" + ",".join(canonical_json(part) for part in value) + "]"


def input_hash(feiten: Mapping[str, Waarde]) -> str:
    """sha256 in hex over the canonical JSON of the facts that were used."""
    return sha256(canonical_json(feiten).encode("utf-8", "surrogatepass")).hexdigest()
