# SPDX-License-Identifier: EUPL-1.2
"""Waarden: when a text is an e-mail address, a telephone number, an IBAN or a number of a register."""

import re

from schakel.begrippen.bsn import passes_elfproef

_LOCAL = re.compile(r"[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+(\.[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+)*")
_LABEL = re.compile(r"[A-Za-z0-9\u00a1-\uffff]([A-Za-z0-9\u00a1-\uffff-]{0,61}[A-Za-z0-9\u00a1-\uffff])?")
_TELEFOON = re.compile(r"0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13}")
_SPECIAL = re.compile(r"(0[89]00|14)[0-9]*")
_URL = re.compile(r"https?://[^\s/?#@]+(:[0-9]{1,5})?([/?#]\S*)?", re.IGNORECASE)
_LENGTHS = {"bsn": 9, "rsin": 9, "kvk_nummer": 8, "vestigingsnummer": 12}


def is_email(text: str) -> bool:
    """One address that a mail server could know; no quotes, no comments."""
    local, at, domain = text.rpartition("@")
    labels = domain.split(".")
    known = len(labels) > 1 and len(labels[-1]) > 1 and not labels[-1].isdigit()
    return bool(at and _LOCAL.fullmatch(local)) and known and all(map(_LABEL.fullmatch, labels))


def telefoon_fault(text: str) -> str:
    """What is wrong with a telephone number; empty when nothing is."""
    if _SPECIAL.fullmatch(text):
        return "Een 0800-, 0900- of 14-nummer is geen nummer van een klant. Geef een gewoon telefoonnummer."
    if not _TELEFOON.fullmatch(text):
        return "Dit is geen telefoonnummer. Voorbeelden: 0612345678, +31612345678."
    return ""


def is_url(text: str) -> bool:
    """An absolute web address."""
    return bool(_URL.fullmatch(text))


def is_iban(text: str) -> bool:
    """Also by its check digits (ISO 13616, modulo 97)."""
    if not re.fullmatch(r"[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{1,30}", text):
        return False
    turned = (text[4:] + text[:4]).upper()
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


def nummer_fault(soort: str, nummer: str) -> str:
    """What is wrong with the number of this soort identificator; empty when nothing is. The number is not in it."""
    length = _LENGTHS[soort]
    if len(nummer) != length or not (nummer.isascii() and nummer.isdigit()):
        return f"Dit nummer heeft {length} cijfers."
    if soort in ("bsn", "rsin") and not passes_elfproef(nummer):
        return "Dit nummer klopt niet: het voldoet niet aan de elfproef."
    return ""
