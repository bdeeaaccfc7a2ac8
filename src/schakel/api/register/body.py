# SPDX-License-Identifier: EUPL-1.2
"""Body: the JSON of a write, within bounds."""

from typing import Any

import msgspec
from litestar.types import Receive

from schakel.api.register.fouten import invalid_input, parse_error, too_large, unsupported_media_type
from schakel.kit.projection import Invalid

MAX_BODY = 1_000_000  # bytes; an object of any resource with everything in it is a hundredth of that
_MAX_DEPTH = 20


async def read_body(content_type: str, receive: Receive) -> dict[str, Any]:
    """The object that was sent; raises 413, 415 or 400."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in ("application/json", "application/merge-patch+json"):
        raise unsupported_media_type()
    raw = await _read(receive)
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise parse_error() from None
    if not isinstance(found, dict):
        raise parse_error()
    if wrong := unwanted(found):
        raise invalid_input(wrong)
    return found


def unwanted(found: dict[str, Any]) -> list[Invalid]:
    """All that no object of ours can hold, whatever it is."""
    return _unwanted(found, "", 0)


async def _read(receive: Receive) -> bytes:
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise parse_error()
        part = message.get("body", b"")
        size += len(part)
        if size > MAX_BODY:
            raise too_large()
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _unwanted(value: object, name: str, depth: int) -> list[Invalid]:
    """NUL, which no text of ours can hold, and nesting that no object of ours has."""
    if depth > _MAX_DEPTH:
        return [Invalid(name or "nonFieldErrors", "invalid", "Te diep genest.")]
    match value:
        case str() if "\0" in value:
            return [Invalid(name, "null_characters_not_allowed", "Null-tekens zijn niet toegestaan.")]
        case dict():
            found = []
            for key, inner in value.items():
                clean = key.replace("\0", "")
                if clean != key:
                    found.append(Invalid(clean, "null_characters_not_allowed", "Null-tekens zijn niet toegestaan."))
                found += _unwanted(inner, f"{name}.{clean}" if name else clean, depth + 1)
            return found
        case list():
            return [wrong for i, inner in enumerate(value) for wrong in _unwanted(inner, f"{name}.{i}", depth + 1)]
    return []
