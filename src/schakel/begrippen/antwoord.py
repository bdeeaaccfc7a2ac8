# SPDX-License-Identifier: EUPL-1.2
"""Antwoord: what a bron answered. Nothing found, not allowed and not reachable are three different things (KB-2)."""

from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Gevonden(Generic[T]):
    """The bron has it, here it is."""

    waarde: T


@dataclass(frozen=True, slots=True)
class Leeg:
    """The bron answered and has nothing."""


@dataclass(frozen=True, slots=True)
class Afgeschermd:
    """It may not be seen for this doel; `reden` is a Dutch sentence."""

    reden: str


@dataclass(frozen=True, slots=True)
class Onbereikbaar:
    """The bron did not answer in time or answered nonsense; the picture is incomplete and says so."""

    bron: str
    reden: str = ""


Antwoord: TypeAlias = Gevonden[T] | Leeg | Afgeschermd | Onbereikbaar
