# SPDX-License-Identifier: EUPL-1.2
"""What someone wrote himself and what he quoted below it: for display only, nothing is decided by it."""

import re

_RULE = re.compile(
    r"\s*(?:-{2,} ?(?:oorspronkelijk|original|doorgestuurd|forwarded)\b.*|_{10,}\s*"
    r"|begin (?:doorgestuurd|forwarded)\b.*)",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(?:van|from|von|de)\*?: ?\S", re.IGNORECASE)
_SENT = re.compile(r"\*?(?:verzonden|datum|sent|date|aan|to|onderwerp|subject)\*?:", re.IGNORECASE)
_WROTE = re.compile(r"(?:op|on|le|am) .{5,300}(?:schreef|wrote|geschreven|écrit|schrieb)\b.{0,200}:?$", re.IGNORECASE)


def split_quote(tekst: str) -> tuple[str, str]:
    """Own words and the quote after it. Answers between quoted lines stay whole: nobody's words are hidden."""
    lines = tekst.split("\n")
    trailing = _trailing_quote(lines)
    for n, line in enumerate(lines):
        if _is_header(lines, n) or (n >= trailing and line.startswith(">")) or _is_wrote(lines, n, trailing):
            own = "\n".join(lines[:n]).rstrip()
            return (own, "\n".join(lines[n:])) if own else (tekst, "")
    return tekst, ""


def _trailing_quote(lines: list[str]) -> int:
    """From which line on there is nothing but quote and emptiness."""
    for n in range(len(lines) - 1, -1, -1):
        if lines[n].strip() and not lines[n].startswith(">"):
            return n + 1
    return 0


def _is_header(lines: list[str], n: int) -> bool:
    if _RULE.fullmatch(lines[n]):
        return n + 1 < len(lines)
    return bool(_FROM.match(lines[n])) and any(_SENT.match(line) for line in lines[n + 1 : n + 4])


def _is_wrote(lines: list[str], n: int, trailing: int) -> bool:
    """The line above a quote, which some programs break in two."""
    for end in (n + 1, n + 2):
        joined = " ".join(line.strip() for line in lines[n:end])
        if _WROTE.match(joined):
            return trailing <= end < len(lines)
    return False
