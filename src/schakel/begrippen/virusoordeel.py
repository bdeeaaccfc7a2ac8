# SPDX-License-Identifier: EUPL-1.2
"""Virusoordeel: what a scanner said about a bijlage, and whether it may be opened."""

from enum import StrEnum

from schakel.kit.errors import SchakelError


class Virusoordeel(StrEnum):
    """WACHT: not yet. ONLEESBAAR: encrypted or too large to look inside. ZONDER: the gemeente has no scanner."""

    WACHT = "wacht"
    SCHOON = "schoon"
    BESMET = "besmet"
    ONLEESBAAR = "onleesbaar"
    ZONDER = "zonder"


class NietOpenen(SchakelError):
    """The content stays where it is."""

    status = 409
    title = "Dit bestand kan nu niet open"


class Besmet(NietOpenen):
    """For good."""

    title = "In dit bestand zit een virus"
    advice = "Het blijft dicht. Vraag de afzender om het opnieuw te sturen, van een ander apparaat."


class NogNietBekeken(NietOpenen):
    """For now."""

    title = "Wij controleren dit bestand nog op virussen"
    advice = "Probeer het over een minuut opnieuw."


def decide_opening(*oordelen: Virusoordeel) -> None:
    """Nobody opens what may hurt him; raises Besmet or NogNietBekeken."""
    if Virusoordeel.BESMET in oordelen:
        raise Besmet
    if Virusoordeel.WACHT in oordelen:
        raise NogNietBekeken
