# SPDX-License-Identifier: EUPL-1.2
"""Woorden: Dutch text to comparable words. Light on purpose: it must be explainable and fast, not clever."""

import re
import unicodedata
from functools import lru_cache

from schakel.kit.text import searchable

_WORD = re.compile(r"[^\W_]+")
_DOUBLE = re.compile(r"(.)\1")
_QUOTED = re.compile(r"^(?:>.*|Op .{5,80} schreef .*|-{2,} ?$)", re.MULTILINE)
_ENDINGS = ("ingen", "ing", "tjes", "tje", "jes", "je", "en", "e")
_READ = 6_000


def words_of(text: str) -> list[str]:
    """Lower case, no accents, split on all else. The first 6,000 characters: nobody hides the question further on.

    Quoted lines of an earlier mail are left out: they are about the earlier question.
    """
    text = text[:_READ]
    if ">" in text or "schreef" in text:
        text = _QUOTED.sub("", text)
    words = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    return [word if word.isascii() else searchable(word) for word in words]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """ "verhuizen", "verhuizing" and "verhuisd" meet; so do "boom" and "bomen". Not a dictionary."""
    word = _DOUBLE.sub(r"\1", word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    else:
        if len(word) > 4 and word[-1] == "s" and word[-2] in "rlnmktdp":
            word = word[:-1]
    word = _DOUBLE.sub(r"\1", word)
    if len(word) > 4 and word[-1] in "dt":
        word = word[:-1]
    if word[-1] in "zv":
        word = word[:-1] + ("s" if word[-1] == "z" else "f")
    return word
