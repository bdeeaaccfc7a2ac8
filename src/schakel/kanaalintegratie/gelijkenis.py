# SPDX-License-Identifier: EUPL-1.2
"""Gelijkenis: how much what was typed is like a name we know. Pure: words of both sides are in `searchable` form."""

from collections.abc import Sequence

#: Little words that half the country has in its name; alone they say nothing of who it is.
VOORVOEGSELS = frozenset(
    {
        *("van", "de", "der", "den", "het", "t", "te", "ter", "ten", "in", "op", "aan", "uit", "bij", "onder", "over"),
        *("el", "al", "da", "dos", "du", "la", "le", "vd", "von", "st"),
    }
)
#: Less than this is another person.
GENOEG = 0.6
_EXACT, _BEGIN, _ONE_OFF, _BEGIN_ONE_OFF, _TWO_OFF = 1.0, 0.93, 0.85, 0.75, 0.6


def telling(words: Sequence[str]) -> list[str]:
    """The words that tell who it is; all of them when only voorvoegsels were typed."""
    return [word for word in words if word not in VOORVOEGSELS] or list(words)


def likeness(typed: Sequence[str], name: Sequence[str]) -> float:
    """Between 0 and 1. Each typed word finds its best word of the name; what was not typed counts a little against."""
    if not typed or not name:
        return 0.0
    asked = telling(typed)
    found = [best(word, name) for word in asked]
    score = sum(found) / len(found)
    if min(found) == 0:  # somebody of that family, maybe; not the one who was named
        score *= 0.8
    extra = sum(word in name for word in typed if word not in asked) - abs(len(name) - len(typed))
    return max(0.0, min(1.0, score + extra / 100))


def best(word: str, name: Sequence[str]) -> float:
    """How well one typed word fits in a name; 0 when it does not."""
    return max(word_likeness(word, other) for other in name)


def word_likeness(typed: str, known: str) -> float:
    """Equal, a beginning, one typing error, a beginning with one, two errors in a long word; or not alike at all."""
    if typed == known:
        return _EXACT
    if known.startswith(typed):
        return _BEGIN
    if len(typed) < 2:
        return 0.0
    if len(typed) == 2:  # a letter forgotten in Tim or Bos; less certain than in a longer word
        return _TWO_OFF if len(known) == 3 and distance(typed, known, 1) == 1 else 0.0
    apart = distance(typed, known, 2)
    if apart == 1:
        return _ONE_OFF
    if len(typed) > 3 and len(known) > len(typed) and distance(typed, known[: len(typed)], 1) == 1:
        return _BEGIN_ONE_OFF
    return _TWO_OFF if apart == 2 and len(typed) > 4 else 0.0


def distance(one: str, other: str, most: int) -> int:
    """Errors between two words: a sign too many, too few, wrong, or two swapped. Above `most` it is most + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if earlier and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
