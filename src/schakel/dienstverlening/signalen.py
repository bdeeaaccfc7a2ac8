# SPDX-License-Identifier: EUPL-1.2
"""Signalen: does a text look like a formal message, and like something that cannot wait? Phrases, no model (J6)."""

import re
from collections.abc import Iterator, Set

from schakel.dienstverlening.termijnen import Verzoeksoort

_REACH = 120
_GAP = r"(?:\w+ ){0,4}"
_PATTERNS: tuple[tuple[Verzoeksoort, tuple[str, ...], str], ...] = (
    # soort, strings of which one must be there (a cheap first look), pattern; the heaviest soort first
    (
        Verzoeksoort.INGEBREKESTELLING,
        ("ingebreke", "gebreke"),
        rf"ingebrekestelling|stel(?:len)? (?:wij |ik )?(?:u|jullie|de gemeente) {_GAP}in gebreke|in gebreke te stellen",
    ),
    (
        Verzoeksoort.BEZWAAR,
        ("bezwa", "oneens", "eens", "beroep"),
        r"bezwaarschrift|pro forma bezwaar|bezwaar (?:maken|aantekenen|indienen|tegen|in te dienen|te maken|aan te)\b"
        rf"|(?:maak|maken|teken|tekenen|dien|dienen|hierbij) {_GAP}bezwaar|ga in beroep"
        rf"|(?:niet (?:mee )?eens|oneens) {_GAP}(?:besluit|beschikking|beslissing|weigering|afwijzing|aanslag)",
    ),
    (
        Verzoeksoort.KLACHT,
        ("klacht", "klaag", "onheus", "onbeleefd", "onbeschoft", "brutaal"),
        r"(?:een|mijn|formele|officiele) klacht (?:indienen|over|in te dienen|tegen|in over)|klaag|klacht over"
        rf"|klacht {_GAP}(?:in|indienen)\b|onheus bejegend|klachtencommissie"
        rf"|(?:onbeleefd|onbeschoft|brutaal) {_GAP}(?:behandeld|geholpen|te woord)",
    ),
    (
        Verzoeksoort.WOO,
        ("woo", "wob", "overheid", "openba"),
        rf"(?:woo|wob) ?verzoek|wet open overheid|(?:verzoek|beroep) {_GAP}(?:woo|wob)\b|openbaarmaking van"
        r"|openbaar te maken",
    ),
    (
        Verzoeksoort.PRIVACY,
        ("avg", "inzage", "gegevens", "persoonsgegevens", "vergetelheid"),
        rf"avg ?verzoek|inzageverzoek|(?:inzage|kopie|overzicht) {_GAP}mijn (?:persoons)?gegevens|recht op vergetelheid"
        rf"|gegevens {_GAP}(?:verwijderen|verwijdert|wissen|rectificeren|te verwijderen)|recht (?:van|op) inzage"
        rf"|(?:verwijder|wis) {_GAP}(?:persoons)?gegevens|grond van de avg",
    ),
    (
        Verzoeksoort.AANVRAAG,
        ("aanvra", "vraag", "vragen", "verzoek", "aangifte"),
        r"(?:ik vraag|wij vragen|(?<!hoe )(?<!waar )(?<!wanneer )(?:vraag ik|vragen wij)) (?:\w+ ){0,10}aan\b"
        r"|hierbij (?:een |mijn |onze |doe ik )?(?:aanvraag|aangifte)"
        rf"|aanvraag (?:voor|indienen|van een)|(?:dien|doe) {_GAP}(?:aanvraag|aangifte)|hierbij verzoek",
    ),
)
_COMPILED = tuple((soort, starts, re.compile(rf"\b(?:{pattern})")) for soort, starts, pattern in _PATTERNS)
_NOT_FORMAL = re.compile(r"\b(?:geen|zonder) (?:enkel )?(?:bezwaar|klachten|klacht)\b|bezwaarlijk")
_TO_ASK = frozenset({"aanvragen", "aangeven", "doorgeven", "inschrijven", "aanmelden", "afmelden"})
_TO_WANT = frozenset({"wil", "willen", "wilde", "wou", "zou", "zouden", "wens", "wensen", "graag", "hierbij"})
_TO_WONDER = frozenset({"hoe", "kan", "waar", "wanneer", "welke", "weten", "hoeveel", "mag", "moet"})
_SPOED = re.compile(
    r"\b(?:met spoed|spoed(?:geval|eisend\w*|melding|situatie)?\b|levensgevaar\w*|gevaarlijke situatie|acuut|noodgeval"
    r"|per direct|gaslucht|ingestort|staat onder water|ontruim\w*|uit huis gezet|slaap \w+ (?:\w+ )?op straat"
    r"|geen (?:geld )?(?:\w+ ){0,3}eten|vanavond geen|op de weg gevallen|blokkeert de (?:hele )?weg)"
)


def soort_of(words: list[str], unique: Set[str], joined: str) -> Verzoeksoort | None:
    """The heaviest formal kind that the words name; None when there is none. A medewerker may always correct it."""
    if "bezwaar" in joined or "klacht" in joined:
        joined = _NOT_FORMAL.sub(" ", joined)
    for soort, starts, pattern in _COMPILED:
        if any(pattern.search(window) for start in starts for window in _windows(joined, start)):
            return soort
    return Verzoeksoort.AANVRAAG if unique & _TO_ASK and _asks(words) else None


def _windows(joined: str, start: str) -> Iterator[str]:
    """The text around each place where `start` occurs: searching there only costs a third."""
    at = joined.find(start)
    while at >= 0:
        yield joined[joined.rfind(" ", 0, max(0, at - _REACH)) + 1 : at + _REACH]
        at = joined.find(start, at + _REACH // 2)


def _asks(words: list[str]) -> bool:
    """ "ik wil graag een vergunning aanvragen", and not "hoe kan ik een vergunning aanvragen"."""
    for at, word in enumerate(words):
        before = words[max(0, at - 11) : at]
        if word in _TO_ASK and _TO_WANT.intersection(before) and not _TO_WONDER.intersection(before):
            return True
    return False


def is_spoed(joined: str) -> bool:
    """True when the words speak of danger, or of a need that cannot wait until tomorrow."""
    return _SPOED.search(joined) is not None
