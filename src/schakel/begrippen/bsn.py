# SPDX-License-Identifier: EUPL-1.2
"""Bsn: nine digits that passed the elfproef, never shown by accident (Wabb; AVG art. 5.1.f)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schakel.kit.errors import SchakelError


class InvalidBsn(SchakelError):
    """The digits are not in the message, on purpose."""

    title = "Dit is geen geldig burgerservicenummer"
    advice = "Controleer de negen cijfers."


def passes_elfproef(digits: str) -> bool:
    """True for nine ASCII digits whose weighted sum is a multiple of eleven (last weight is -1)."""
    if len(digits) != 9 or not digits.isascii() or not digits.isdigit() or digits == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


@dataclass(frozen=True, slots=True, repr=False)
class Bsn:
    """A burgerservicenummer that passed the elfproef, so nobody has to check again."""

    _nummer: str

    def __post_init__(self) -> None:
        if not passes_elfproef(self._nummer):
            raise InvalidBsn

    def __repr__(self) -> str:
        return "Bsn(•••)"

    __str__ = __repr__

    @property
    def masked(self) -> str:
        """For screens: only the last three digits."""
        return f"••••• •{self._nummer[-3:]}"

    def reveal(self) -> str:
        """The nine digits. Call it only at an edge that has recorded the look in the logboek."""
        return self._nummer


#: Digits in one row, or in groups of two or more with one kind of sign between them: a date with a time is no bsn.
_DIGITS = re.compile(r"(?<!\d)\d{2,9}(?:(?P<sign>[ .\u00a0-])\d{2,7}(?:(?P=sign)\d{2,7})*)?(?!\d)")
_NUMMER = re.compile(r"\b[A-Z]{1,8}-20\d\d-\d{1,9}\b")  # of an Interactie


def contains_bsn(text: str) -> bool:
    """Whether a valid bsn stands in it, however it is typed (invariant 9)."""
    return next(_places(text), None) is not None


def without_bsn(text: str) -> str:
    """The text with dots in place of every valid bsn: for quoting what a klant wrote."""
    for start, end in reversed(list(_places(text))):
        text = f"{text[:start]}•••••••••{text[end:]}"
    return text


def _places(text: str) -> Iterator[tuple[int, int]]:
    nummers = [match.span() for match in _NUMMER.finditer(text)]
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        own = any(first <= start and end <= last for first, last in nummers)
        if not own and passes_elfproef(re.sub(r"\D", "", match.group())):
            yield start, end
