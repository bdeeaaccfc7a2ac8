# SPDX-License-Identifier: EUPL-1.2
"""Zoekvraag: what was typed in the one search box, taken apart. Pure; the parts are shown, so a wrong guess is seen."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from msgspec.structs import replace

from schakel.kanaalintegratie.lezen import Zoekvraag
from schakel.kanaalintegratie.wisselcode import normalise_wisselcode
from schakel.kit.text import searchable

MAX_TYPED = 200  # signs; more is no question but a paste
MIN_NAME = 2  # letters; with fewer everybody fits
OLDEST = 1900
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan"), ("februari", "feb"), ("maart", "mrt", "mar"), ("april", "apr"), ("mei",),
            ("juni", "jun"), ("juli", "jul"), ("augustus", "aug"), ("september", "sept", "sep"),
            ("oktober", "okt"), ("november", "nov"), ("december", "dec"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_NUMMER = re.compile(r"\b([a-z]{1,8})[- ]?(20\d{2})-(\d{1,9})\b", re.IGNORECASE)
_WISSELCODE = re.compile(r"(?<![\w-])(\w{3})-(\w{3})(?![\w-])", re.ASCII)
_TELEFOON = re.compile(r"(?<![\w+])(?:\+|00)?\(?\d(?:[\s().-]?\d){8,13}(?!\w)")
_DAY = re.compile(r"(?<![\w-])(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?![\w-])")
_SHORT_DAY = re.compile(r"(?<![\w-])(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2})(?![\w-])")
_DAY_IN_WORDS = re.compile(rf"(?<!\w)(\d{{1,2}})e?\.?[ -]?({'|'.join(_MONTHS)})\.?[ -]?(\d{{4}}|\d{{2}})(?!\w)", re.I)
_ISO_DAY = re.compile(r"(?<![\w-])((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})(?![\w-])")
_EIGHT = re.compile(r"(?<!\w)(\d{2})(\d{2})((?:19|20)\d{2})(?!\w)")
_POSTCODE = re.compile(r"(?<!\w)([1-9]\d{3}) ?([a-z]{2})(?!\w)", re.IGNORECASE)
_HUISNUMMER = re.compile(r"(?<!\w)(?:nr\.? ?|nummer |huisnummer )?(\d{1,5} ?[a-z]?(?:-\d{1,4})?)(?!\w)", re.IGNORECASE)
Daypattern: TypeAlias = tuple[re.Pattern[str], tuple[int, int, int]]
_FULL_DAYS: Sequence[Daypattern] = (
    (_ISO_DAY, (3, 2, 1)),
    (_DAY_IN_WORDS, (1, 2, 3)),
    (_DAY, (1, 2, 3)),
    (_EIGHT, (1, 2, 3)),
)
_SHORT_DAYS: Sequence[Daypattern] = ((_SHORT_DAY, (1, 2, 3)),)
#: "1234 de Vries" is a number and a name; 1234 DE, in capitals or without a space, is a postcode.
_TWO_LETTER_WORDS = frozenset({"de", "el", "al", "da", "di", "do", "du", "la", "le", "op", "te", "in", "aan", "st"})
#: What one says around a name and is no part of it.
_AROUND = frozenset(
    {
        *("dhr", "heer", "meneer", "mw", "mevr", "mevrouw", "fam", "familie", "geb", "geboren", "geboortedatum"),
        *("postcode", "huisnummer", "telefoon", "tel", "mail", "email", "naam", "adres"),
    }
)


@dataclass(frozen=True, slots=True)
class Deel:
    """A part that was understood: what it is taken for, and how. Shown, so that a wrong guess is seen."""

    soort: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Ontleding:
    """`vraag` is what to look for. `wisselcode`: readable form, when one was typed; it is no question for a partij."""

    vraag: Zoekvraag = field(default_factory=Zoekvraag)
    delen: tuple[Deel, ...] = ()
    wisselcode: str = ""

    @property
    def is_leeg(self) -> bool:
        """A house number alone is in every street."""
        return replace(self.vraag, huisnummer="") == Zoekvraag()

    @property
    def zonder(self) -> tuple[tuple[str, str], ...]:
        """Soort of one part, and the question without it: what to try when nobody fits."""
        rests = [(d.soort, [other for other in self.delen if other is not d]) for d in self.delen]
        return tuple(
            (soort, " ".join(other.tekst for other in rest))
            for soort, rest in rests
            if any(other.soort != "huisnummer" for other in rest)
        )


Taken: TypeAlias = tuple[str, Deel | None, Zoekvraag]


def parse_zoekvraag(getypt: str, today: date) -> Ontleding:
    """Any mix, in any order: first what has one shape only, last the words of a name."""
    rest = " ".join(getypt.replace("\x00", "")[:MAX_TYPED].split())
    if code := _wisselcode(rest):
        return Ontleding(wisselcode=code, delen=(Deel("Wisselcode", code),))
    vraag, delen = Zoekvraag(), []
    steps: tuple[Callable[[str, Zoekvraag], Taken], ...] = (
        _take_email,
        _take_nummer,
        lambda text, asked: _take_day(text, asked, _FULL_DAYS, today),
        _take_telefoon,  # before a year in two figures: 06 12 34 41 27 is no day
        lambda text, asked: _take_day(text, asked, _SHORT_DAYS, today),
        _take_postcode,
        _take_huisnummer,
        _take_words,
    )
    for take in steps:
        rest, deel, vraag = take(rest, vraag)
        if deel is not None:
            delen.append(deel)
    return Ontleding(vraag, tuple(delen))


def e164(typed: str) -> str:
    """A telephone number with its country, as we keep it; empty when it is not one."""
    digits = re.sub(r"[\s().-]", "", typed)
    digits = re.sub(r"^00", "+", digits)
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        return f"+31{digits[1:]}"
    return digits if re.fullmatch(r"\+[1-9]\d{7,14}", digits) else ""


def _wisselcode(text: str) -> str:
    """With its hyphen, or with a figure in it: six letters alone are more likely a name."""
    found = _WISSELCODE.fullmatch(text)
    loose = re.fullmatch(r"\w{3} ?\w{3}", text, re.ASCII) and re.search(r"\d", text) and not text.isdigit()
    code = normalise_wisselcode(text) if found or loose else None
    return f"{code[:3]}-{code[3:]}" if code else ""


def _take_email(text: str, vraag: Zoekvraag) -> Taken:
    found = _EMAIL.search(text)
    if found is None:
        return text, None, vraag
    return _cut(text, found), Deel("e-mailadres", found[0].lower()), replace(vraag, adres=found[0].lower())


def _take_nummer(text: str, vraag: Zoekvraag) -> Taken:
    found = _NUMMER.search(text)
    if found is None:
        return text, None, vraag
    nummer = f"{found[1].upper()}-{found[2]}-{found[3]}"
    return _cut(text, found), Deel("vraagnummer", nummer), replace(vraag, nummer=nummer)


def _take_day(text: str, vraag: Zoekvraag, patterns: Sequence[Daypattern], today: date) -> Taken:
    if vraag.geboortedatum:
        return text, None, vraag
    for pattern, order in patterns:
        if found := pattern.search(text):
            day = _day(*(found[n] for n in order), today=today)
            if day is None:
                return _cut(text, found), Deel("dag die niet kan", found[0]), vraag
            written = f"{day.day}-{day.month}-{day.year}"
            return _cut(text, found), Deel("geboortedatum", written), replace(vraag, geboortedatum=day)
    return text, None, vraag


def _day(dag: str, maand: str, jaar: str, *, today: date) -> date | None:
    """Of two figures of a year the past is meant; a day to come is nobody's birthday."""
    year = int(jaar)
    if len(jaar) == 2:
        year += 2000 if 2000 + year <= today.year else 1900
    try:
        day = date(year, _MONTHS.get(maand.lower(), 0) or int(maand), int(dag))
    except ValueError:
        return None
    return day if year >= OLDEST and day <= today else None


def _take_telefoon(text: str, vraag: Zoekvraag) -> Taken:
    found = _TELEFOON.search(text)
    number = e164(found[0]) if found else ""
    if found is None or not number or vraag.adres:
        return text, None, vraag
    return _cut(text, found), Deel("telefoonnummer", number), replace(vraag, adres=number)


def _take_postcode(text: str, vraag: Zoekvraag) -> Taken:
    for found in _POSTCODE.finditer(text):
        if " " in found[0] and found[2] in _TWO_LETTER_WORDS:
            continue
        postcode = f"{found[1]}{found[2].upper()}"
        # what follows a postcode at once is its house number, also when there is another number
        after = _HUISNUMMER.match(text[found.end() :].lstrip(" ,"))
        rest = _cut(text, found)
        vraag = replace(vraag, postcode=postcode)
        if after:
            rest = " ".join((text[: found.start()] + " " + text[found.end() :].lstrip(" ,")[after.end() :]).split())
            huisnummer = _huisnummer(after[1])
            vraag = replace(vraag, huisnummer=huisnummer)
            return rest, Deel("postcode en huisnummer", f"{found[1]} {found[2].upper()} {huisnummer}"), vraag
        return rest, Deel("postcode", f"{found[1]} {found[2].upper()}"), vraag
    return text, None, vraag


def _take_huisnummer(text: str, vraag: Zoekvraag) -> Taken:
    found = _HUISNUMMER.search(text)
    if found is None or vraag.huisnummer:
        return text, None, vraag
    huisnummer = _huisnummer(found[1])
    return _cut(text, found), Deel("huisnummer", huisnummer), replace(vraag, huisnummer=huisnummer)


def _huisnummer(typed: str) -> str:
    return typed.replace(" ", "").upper()


def _take_words(text: str, vraag: Zoekvraag) -> Taken:
    words = [w for w in text.split() if re.search(r"[a-z]", searchable(w)) and searchable(w) not in _AROUND]
    if len(searchable(" ".join(words)).replace(" ", "")) < MIN_NAME:
        return "", None, vraag
    return "", Deel("naam", " ".join(words)), replace(vraag, woorden=" ".join(words))


def _cut(text: str, found: re.Match[str]) -> str:
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
