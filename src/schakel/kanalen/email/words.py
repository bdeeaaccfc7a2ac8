# SPDX-License-Identifier: EUPL-1.2
"""Bytes and encoded words to text, whatever charset they claim; never raises."""

import binascii
import re

from schakel.kit.text import clean

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bqBQ])\?([^?]*)\?=")
#: Python knows these as text, but they are no charset of a mail and cost quadratic time.
_NO_CHARSET = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
#: What senders call these is in practice Windows-1252: that is where the euro sign is.
_REALLY_CP1252 = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "us-ascii", "ascii", "ansi"}


def decode_bytes(raw: bytes, charset: str | None) -> str:
    """Text in the charset it claims, else UTF-8, else Windows-1252, which can read anything."""
    named = (charset or "").strip().strip("\"'").lower()
    for candidate in _candidates(named):
        try:
            return clean(raw.decode(candidate))
        except (LookupError, UnicodeError, ValueError):
            continue
    return clean(raw.decode("cp1252", "replace"))


def _candidates(named: str) -> tuple[str, ...]:
    if not named or named.replace("-", "_") in _NO_CHARSET:
        return ("utf-8",)
    return ("utf-8", "cp1252", "latin-1") if named in _REALLY_CP1252 else (named, "utf-8")


def unfold(value: str) -> str:
    """A header on one line, raw eight-bit bytes read as text."""
    line = " ".join(value.replace("\x00", "").split())
    if line.isascii():
        return line
    return decode_bytes(line.encode("utf-8", "surrogateescape"), None)


def decode_words(value: str) -> str:
    """A header with its encoded words (RFC 2047) read; neighbours in one charset are joined before decoding."""
    line = unfold(value)
    out: list[str] = []
    pending, pending_charset, position = b"", "", 0
    for word in _WORD.finditer(line):
        between, charset = line[position : word.start()], word[1].partition("*")[0].lower()
        if between.strip() or not position or charset != pending_charset:
            out.append(decode_bytes(pending, pending_charset))
            pending = b""
            out.append(between if between.strip() or not position else "")
        pending, pending_charset, position = pending + _word_bytes(word), charset, word.end()
    out += [decode_bytes(pending, pending_charset), line[position:]]
    return clean(" ".join("".join(out).split()))


def _word_bytes(word: re.Match[str]) -> bytes:
    encoded = word[3].encode("utf-8", "replace")
    try:
        if word[2] in "qQ":
            return binascii.a2b_qp(encoded, header=True)
        return binascii.a2b_base64(encoded + b"==")
    except (binascii.Error, ValueError):
        return word[0].encode("utf-8", "replace")
