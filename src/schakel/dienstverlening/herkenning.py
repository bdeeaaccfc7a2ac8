# SPDX-License-Identifier: EUPL-1.2
"""Herkenning: which product a text seems to be about, whether it is formal, whether it is urgent; and why.

It suggests, a medewerker decides. Words with weights, no model: the same text always gives the same answer, and the
answer names the words. No product is an answer too: a question without product is registered as such (NO-1).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schakel.dienstverlening.producten import Product
from schakel.dienstverlening.signalen import is_spoed, soort_of
from schakel.dienstverlening.termijnen import Verzoeksoort
from schakel.dienstverlening.woorden import stem, words_of
from schakel.kit.text import searchable

THRESHOLD = 4
"""Less weight than this is too little to suggest a product."""
_MIN_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Herkenning:
    """`product` is a sleutel, or "" when nothing fits well enough. `woorden` are what was matched, heaviest first.

    `alternatieven`: other sleutels within reach. `soort`: formal kind, if any. `reden` is a Dutch sentence.
    """

    product: str
    score: int
    woorden: tuple[str, ...]
    alternatieven: tuple[str, ...]
    soort: Verzoeksoort | None
    spoed: bool
    reden: str


class Herkenner:
    """An index over the zoekwoorden of one table of producten. Build once, ask often."""

    def __init__(self, producten: Mapping[str, Product]) -> None:
        self._producten = producten
        self._order = {sleutel: n for n, sleutel in enumerate(producten)}
        self._words: dict[str, list[tuple[str, int, str]]] = {}
        self._prefixes: dict[str, list[tuple[str, tuple[str, int, str]]]] = {}
        self._phrases: dict[str, list[tuple[str, int, str]]] = {}
        for product in producten.values():
            for term, weight in product.zoekwoorden:
                entry = (product.sleutel, weight, term.rstrip("*"))
                if " " in term:
                    self._phrases.setdefault(f" {searchable(term)} ", []).append(entry)
                elif term.endswith("*"):
                    prefix = searchable(term)
                    self._prefixes.setdefault(prefix[:_MIN_PREFIX], []).append((prefix, entry))
                else:
                    self._words.setdefault(stem(searchable(term)), []).append(entry)
        firsts = {phrase.split()[0] for phrase in self._phrases}
        self._by_first = {w: [p for p in self._phrases if p.split()[0] == w] for w in firsts}

    def recognise(self, onderwerp: str, tekst: str) -> Herkenning:
        """Look at the onderwerp twice as hard as at the text; each term counts once per place."""
        subject, body = words_of(onderwerp), words_of(tekst)
        scores: dict[str, dict[str, int]] = {}
        self._add(scores, body, 1)
        self._add(scores, subject, 2)
        joined = " ".join((*subject, *body))
        soort, spoed = soort_of([*subject, *body], {*subject, *body}, joined), is_spoed(joined)
        totals = {sleutel: sum(terms.values()) for sleutel, terms in scores.items()}
        ranked = sorted(totals, key=lambda s: (-totals[s], self._order[s]))
        best = ranked[0] if ranked else ""
        total = totals.get(best, 0)
        found = tuple(sorted(scores[best], key=lambda w: (-scores[best][w], w))) if best else ()
        if total < THRESHOLD:  # NO-1
            return Herkenning("", total, found, tuple(ranked[:3]), soort, spoed, "Geen product herkend; kies zelf.")
        near = tuple(s for s in ranked[1:4] if 2 * totals[s] >= total)
        quoted = ", ".join(f"“{word}”" for word in found[:4])
        aanvraag = soort is Verzoeksoort.AANVRAAG and not self._producten[best].formeel
        return Herkenning(best, total, found, near, None if aanvraag else soort, spoed, f"Herkend aan {quoted}.")

    def _add(self, scores: dict[str, dict[str, int]], words: list[str], factor: int) -> None:
        hits: list[tuple[str, int, str]] = []
        unique = set(words)
        joined = f" {' '.join(words)} "
        for word in unique:
            if len(word) < _MIN_PREFIX:
                continue
            hits += self._words.get(stem(word), ())
            if near := self._prefixes.get(word[:_MIN_PREFIX]):
                hits += (entry for prefix, entry in near if word.startswith(prefix))
        for word in unique & self._by_first.keys():
            for phrase in self._by_first[word]:
                if phrase in joined:
                    hits += self._phrases[phrase]
        for sleutel, weight, term in hits:
            terms = scores.setdefault(sleutel, {})
            terms[term] = max(terms.get(term, 0), weight * factor)
