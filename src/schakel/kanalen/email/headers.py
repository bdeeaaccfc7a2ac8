# SPDX-License-Identifier: EUPL-1.2
"""Headers of a mail that may be broken in any way: every read gives a value and never raises."""

import re
from collections.abc import Iterable
from email.message import Message
from email.utils import getaddresses, parseaddr
from itertools import islice

from schakel.kanalen.email.words import decode_words, unfold

MAX_HEADERS = 5_000
_ID = re.compile(r"<([^<>]{1,998})>")
_BARE_ID = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_TOKEN = re.compile(r"[<+]([a-z2-7]{48})(?=[.@])", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>\"(),:;\\@]{1,64}@[^\s<>\"(),:;\\@]{1,255}")


class Headers:
    """All headers of one message, by name in lower case, at most fifty of a name."""

    def __init__(self, message: Message) -> None:
        self._found: dict[str, list[str]] = {}
        for key, value in islice(message.raw_items(), MAX_HEADERS):
            values = self._found.setdefault(str(key).lower(), [])
            if len(values) < 50:
                values.append(str(value))

    def names(self) -> Iterable[str]:
        """Which headers there are, in lower case."""
        return self._found.keys()

    def text(self, name: str) -> str:
        """The first header of this name, decoded as well as can be, on one line; empty when absent."""
        values = self._found.get(name)
        return decode_words(values[0]) if values else ""

    def ids(self, name: str) -> list[str]:
        """Message ids as `<id>`, in order, without doubles; white space that folding left inside is taken out."""
        line = " ".join(decode_words(value) for value in self._found.get(name, ()))
        found = ["".join(inside.split()) for inside in _ID.findall(line)]
        if not found and name == "message-id" and _BARE_ID.fullmatch(line):
            found = [line]
        return list(dict.fromkeys(f"<{inside}>" for inside in found if inside))

    def sender(self, mail_from: str) -> tuple[str, str]:
        """Claimed name and address; the envelope's address when From says nothing usable."""
        raw = unfold(next(iter(self._found.get("from", ())), ""))[:2_000]
        for line in dict.fromkeys((raw, decode_words(raw))):
            try:
                naam, adres = parseaddr(line)
            except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
                continue
            if _ADDRESS.fullmatch(adres):
                return decode_words(naam)[:200], adres
        return "", mail_from

    def recipients(self) -> tuple[str, ...]:
        """Addresses in To and Cc, at most a hundred."""
        lines = [unfold(value) for name in ("to", "cc") for value in self._found.get(name, ())]
        try:
            pairs = getaddresses(lines)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return ()
        return tuple(dict.fromkeys(adres.lower() for _, adres in pairs[:100] if _ADDRESS.fullmatch(adres)))


def token_in(*places: str) -> str:
    """Our own signed token, as it came back in an address or a message id; not verified here.

    A nummer is no token, wherever it stands (zammad#5064).
    """
    for place in places:
        if match := _TOKEN.search(place):
            return match[1].lower()
    return ""
