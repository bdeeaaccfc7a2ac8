# SPDX-License-Identifier: EUPL-1.2
"""Bytes to a tree of parts, in bounded time: what would take too long is read as far as its headers."""

from email import message_from_bytes
from email.message import Message
from email.policy import Compat32

MAX_HEADER = 8_000
MAX_HEADER_BLOCK = 1_000_000
#: The library compares every line with every open boundary, so the product is what costs.
MAX_LINES, MAX_COMPARISONS, MAX_DASHES = 1_500_000, 20_000_000, 50_000
TOO_COMPLEX = "De opbouw van dit bericht is te ingewikkeld om te lezen. Bekijk het origineel."


class _Clipped(Compat32):
    """The lenient policy of the library, with headers of bounded length (reading parameters is quadratic)."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        if len(value) <= MAX_HEADER:
            return name, value
        if name.lower() == "references":  # the last ones matter most
            return name, f"{value[: MAX_HEADER // 2]} {value[-MAX_HEADER // 2 :]}"
        return name, value[:MAX_HEADER]


_POLICY = _Clipped()


def read_structure(raw: bytes) -> tuple[Message, bool]:
    """The message and whether it is whole; when not, it has its headers and no body."""
    lines = raw.count(b"\n") + raw.count(b"\r")
    boundaries = raw.lower().count(b"boundary") + 1
    bounded = lines <= MAX_LINES and lines * boundaries <= MAX_COMPARISONS and raw.count(b"\n--") <= MAX_DASHES
    if bounded and header_end(raw) <= MAX_HEADER_BLOCK:
        try:
            return message_from_bytes(raw, policy=_POLICY), True
        except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
            pass  # MIME of death (zammad#1877): the headers alone, below
    head = raw[: min(header_end(raw), MAX_HEADER_BLOCK)]
    return message_from_bytes(head, policy=_POLICY), False


def header_end(raw: bytes) -> int:
    """Where the first empty line is; the whole length when there is none."""
    found = [place for mark in (b"\r\n\r\n", b"\n\n", b"\r\r") if (place := raw.find(mark)) >= 0]
    return min(found, default=len(raw))
