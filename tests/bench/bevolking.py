# SPDX-License-Identifier: EUPL-1.2
"""Bevolking: as many invented names as one likes; a few that everybody has, and many that hardly anybody has."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, product
from random import Random

from schakel.dienstverlening.lindewaard.personen import inwoners

_FIRST = ("al", "an", "bar", "ber", "cor", "da", "el", "fe", "gij", "hen", "ja", "ka", "li", "ma", "ni", "ol", "pie",
          "ro", "sa", "tho", "wil", "yas", "ze")  # fmt: skip
_SECOND = ("bert", "co", "dine", "fons", "gard", "jan", "ka", "line", "mina", "na", "nard", "ra", "ria", "rik", "sa",
           "tha", "tje", "van", "vin", "wine")  # fmt: skip
_STEMS = ("aal", "berk", "bloem", "boek", "bos", "broek", "brug", "dijk", "dorp", "eik", "els", "gaard", "geer",
          "graaf", "haan", "ham", "heide", "hoek", "hof", "hout", "huis", "kamp", "kerk", "klaver", "klooster",
          "kroon", "kuil", "laan", "land", "linde", "loo", "maas", "meer", "molen", "mos", "nes", "noord", "oever",
          "olde", "oost", "paard", "plas", "polder", "ravens", "riet", "rogge", "schaap", "schut", "slot", "smeed",
          "spoor", "steen", "sterre", "stroom", "tuin", "valk", "veen", "veld", "ven", "vlas", "voort", "vos",
          "water", "weide", "west", "wijn", "wind", "winkel", "wolf", "zand", "zilver", "zomer", "zuid",
          "zwaan")  # fmt: skip
_ENDS = ("", "aar", "berg", "bergen", "boer", "burg", "dam", "donk", "drecht", "ema", "ens", "ga", "huizen", "ing",
         "inga", "ink", "kamp", "ker", "koop", "kerken", "lage", "laar", "ma", "man", "mans", "meester", "mond", "net",
         "ning", "rode", "schot", "sen", "sma", "stein", "stra", "tjes", "vaart", "wijk", "zema", "zicht")  # fmt: skip
_BEFORE = ("", "", "", "van ", "van der ", "van den ", "de ", "ter ", "van 't ")


def people(count: int, rng: Random) -> Iterator[tuple[str, date]]:
    """Name and birthday of each."""
    first, last = _first_names(), _last_names(rng)
    firsts = rng.choices(first, cum_weights=_falling(len(first)), k=count)
    lasts = rng.choices(last, cum_weights=_falling(len(last)), k=count)
    for voornaam, achternaam in zip(firsts, lasts, strict=True):
        yield f"{voornaam} {achternaam}", date(1926, 1, 1) + timedelta(days=rng.randrange(100 * 365))


def _first_names() -> list[str]:
    """Those of Lindewaard before those that were put together."""
    known = dict.fromkeys(inwoner.voornamen.split()[0] for inwoner in inwoners())
    return [*known, *("".join(parts).capitalize() for parts in product(_FIRST, _SECOND))]


def _last_names(rng: Random) -> list[str]:
    known = dict.fromkeys(" ".join(filter(None, (i.voorvoegsel, i.geslachtsnaam))) for i in inwoners())
    made = [f"{rng.choice(_BEFORE)}{(a + b + c).capitalize()}" for a, b, c in product(_STEMS, ("", *_STEMS), _ENDS)
            if a != b and len(a + b + c) > 3]  # fmt: skip
    return [*known, *rng.sample(made, 40_000)]


def _falling(count: int) -> list[float]:
    """The second name is held by less than the first, and so on: as names are."""
    return list(accumulate(1 / (rank + 12) for rank in range(count)))
