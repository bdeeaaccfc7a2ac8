# SPDX-License-Identifier: EUPL-1.2
"""Taal: is a text B1 enough? Length of sentences, long words, and words that keep people out (VN-3)."""

import re
from dataclasses import dataclass

MAX_WORDS = 20
MEAN_WORDS = 12
MAX_LETTERS = 16

VERBODEN: dict[str, str] = {
    "in behandeling genomen": "Wij zijn bezig met …",
    "helaas": "zeg wat er wel kan",
    "geduld": "zeg wanneer het klaar is",
    "ongeldig": "zeg wat er mist",
    "fout opgetreden": "zeg wat niet antwoordt en wat dat betekent",
    "u heeft vergeten": "Er mist nog …",
    "u bent vergeten": "Er mist nog …",
    "niet geautoriseerd": "Dit hoort niet bij uw rol",
    "indien": "als",
    "middels": "met",
    "conform": "volgens",
    "betreffende": "over",
    "omtrent": "over",
    "teneinde": "om te",
    "derhalve": "daarom",
    "desbetreffende": "deze",
    "dient te": "moet",
    "dienen te": "moeten",
    "alsmede": "en",
    "inzake": "over",
    "hierbij": "laat weg",
    "geachte heer": "Beste, met de naam",
    "geachte mevrouw": "Beste, met de naam",
    "ticket": "vraag",
    "digitaal vaardig": "Online gaat dit het snelst. Bellen kan ook.",
    "!": "een punt",
}
"""What we do not write, and what to write instead."""

BEKEND = frozenset({"parkeervergunning", "bestuursrecht", "parkeerverordening", "gemeentelijke", "identiteitskaart"})
"""Long words that people know, or that are the name of the thing."""

_SENTENCE = re.compile(r"[.?:](?:\s+|$)|\n")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Opmerking:
    """One thing to improve; `waar` is the text it is about."""

    waar: str
    advies: str


def lint(text: str) -> list[Opmerking]:
    """What keeps this text from B1; empty when it may go out."""
    found: list[Opmerking] = []
    plain = _ADDRESS.sub("", text)
    lower = f" {plain.casefold()} "
    for phrase, better in VERBODEN.items():
        if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", lower) or (phrase == "!" and "!" in lower):  # VN-3
            found.append(Opmerking(phrase, f"Schrijf liever: {better}"))
    sentences = [words for part in _SENTENCE.split(plain) if (words := _WORD.findall(part))]
    for words in sentences:
        if len(words) > MAX_WORDS:
            found.append(Opmerking(" ".join(words), f"{len(words)} woorden in één zin; maak er twee zinnen van"))
    for word in sorted({word for words in sentences for word in words}):
        if max(map(len, word.split("-"))) > MAX_LETTERS and word.casefold() not in BEKEND:
            found.append(Opmerking(word, f"{len(word)} letters; gebruik een korter woord of leg het uit"))
    full = [words for words in sentences if len(words) > 3]
    if full and (mean := sum(map(len, full)) / len(full)) > MEAN_WORDS:
        found.append(Opmerking("hele tekst", f"gemiddeld {mean:.0f} woorden per zin; streef naar {MEAN_WORDS}"))
    return found
