# SPDX-License-Identifier: EUPL-1.2
"""Text from outside: no NUL, one normal form, names comparable without accents."""

import re
import unicodedata

_COMBINING = re.compile(r"[\u0300-\u036f]")
_FOLDS = {0x131: "i", 0x111: "d", 0x142: "l", 0xF8: "o", 0xE6: "ae", 0xDF: "ss"}
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def clean(text: str) -> str:
    """NFC, without NUL and lone surrogates, which PostgreSQL and UTF-8 cannot hold."""
    valid = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", valid.replace("\x00", ""))


def searchable(name: str) -> str:
    """Lower case, no accents, single spaces: "Yılmaz-Đurić" and "yilmaz djuric" meet half-way."""
    folded = name.casefold().translate(_FOLDS)
    plain = _COMBINING.sub("", unicodedata.normalize("NFKD", folded))
    return _NOT_WORD.sub(" ", plain).strip()
