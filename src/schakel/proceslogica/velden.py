# SPDX-License-Identifier: EUPL-1.2
"""Velden: what a step asks, how each answer is checked, and the one form in which every kanaal hands it over (KR-1)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from schakel.klantbeeld.gegevens import Datum

Soort: TypeAlias = Literal[
    "tekst", "lange_tekst", "getal", "datum", "keuze", "ja_nee", "kenteken", "postcode", "bijlage", "telefoon", "email"
]
SOORTEN: frozenset[str] = frozenset(Soort.__args__)  # type: ignore[attr-defined]  # a Literal does carry its members

_LENGTHS = {"tekst": 200, "lange_tekst": 20_000, "email": 254, "bijlage": 400}
#: RDW sidecodes 1 to 14: X is a letter, 9 a digit.
_SIDECODES = (
    *("XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9"),
    *("9-XXX-99", "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9"),
)
_SHAPES = {code.replace("-", ""): code for code in _SIDECODES}
_DUTCH_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,4})?")
_EMAIL = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\".]+(\.[^@\s<>,;\".]+)+")


@dataclass(frozen=True, slots=True)
class Veld:
    """One question. `keuzes`: (value, label); `bron_sleutel`: the klantbeeld field that fills it, never asked again."""

    sleutel: str
    label: str
    soort: Soort
    verplicht: bool = True
    uitleg: str = ""
    voorbeeld: str = ""
    keuzes: tuple[tuple[str, str], ...] = ()
    bron_sleutel: str = ""


def validate(velden: Sequence[Veld], gegevens: Mapping[str, str]) -> dict[str, str]:
    """A Dutch sentence for each field that cannot be accepted; empty when all is well. Unknown fields are ignored."""
    found = {}
    for veld in velden:
        if sentence := _problem(veld, gegevens.get(veld.sleutel, "")):
            found[veld.sleutel] = sentence
    return found


def canonical(veld: Veld, text: str) -> str:
    """The same answer in one form, however it was typed: "xx 123 x" is XX-123-X, "1-12-2026" is 2026-12-01."""
    text = text.strip()
    match veld.soort:
        case "kenteken":
            return _kenteken(text) or text
        case "postcode":
            return re.sub(r"\s", "", text).upper()
        case "datum":
            parsed = _date(text)
            return parsed.isoformat() if parsed else text
        case "getal":
            text = text.replace(",", ".").replace(" ", "")
            return (text.rstrip("0").rstrip(".") or text) if "." in text else text
        case "ja_nee":
            return {"true": "ja", "on": "ja", "j": "ja", "false": "nee", "n": "nee"}.get(text.lower(), text.lower())
        case "telefoon":
            return re.sub(r"[\s().-]", "", text)
        case _:
            return text


def in_words(veld: Veld, text: str) -> str:
    """As a person reads it: the label of a keuze, a day with its month, a postcode with its space."""
    match veld.soort:
        case "keuze":
            return dict(veld.keuzes).get(text, text)
        case "ja_nee":
            return text.capitalize()
        case "datum":
            day = _date(text)
            return Datum.of(day).tekst if day else text
        case "postcode":
            return f"{text[:4]} {text[4:]}" if _check_postcode(veld, text) == "" else text
        case _:
            return text


def to_fact(veld: Veld, text: str) -> object:
    """The value that rules reckon with: int, float, bool, str, or None when it was left empty. Dates stay ISO 8601."""
    text = canonical(veld, text)
    if not text:
        return None
    match veld.soort:
        case "getal":
            return float(text) if "." in text else int(text)
        case "ja_nee":
            return text == "ja"
        case _:
            return text


def _problem(veld: Veld, text: str) -> str:
    if "\x00" in text:
        return "Er staat een teken in dat wij niet kunnen lezen. Typ de tekst opnieuw."
    if not text.strip():
        return _missing(veld) if veld.verplicht else ""
    longest = _LENGTHS.get(veld.soort, 200)
    if len(text) > longest:
        return f"Dit zijn {len(text)} tekens. Er passen er {longest}. Maak de tekst korter."
    check = _CHECKS.get(veld.soort)
    return check(veld, canonical(veld, text)) if check else ""


def _missing(veld: Veld) -> str:
    if veld.soort in ("keuze", "ja_nee"):
        return "Hier is nog niets gekozen. Kies wat past."
    if veld.soort == "bijlage":
        return "Er is nog geen bestand. Voeg een foto of een pdf toe."
    return f"Dit is nog leeg. Vul {veld.label[:1].lower()}{veld.label[1:]} in{_example(veld)}."


def _example(veld: Veld) -> str:
    return f", bijvoorbeeld {veld.voorbeeld}" if veld.voorbeeld else ""


def _count(has: int, wants: int, thing: str) -> str:
    """ "Er mist 1 cijfer." or "Er staan 2 tekens te veel."; empty when the count is right."""
    gap = abs(wants - has)
    things = thing if gap == 1 else f"{thing}s"
    if has < wants:
        return f"Er {'mist' if gap == 1 else 'missen'} {gap} {things}. "
    return f"Er {'staat' if gap == 1 else 'staan'} {gap} {things} te veel. " if has > wants else ""


def _check_kenteken(veld: Veld, text: str) -> str:
    if _kenteken(text):
        return ""
    signs = len(re.sub(r"[\s-]", "", text))
    what = _count(signs, 6, "teken") or "Zo ziet een Nederlands kenteken er niet uit. "
    return f"{what}Vul 6 letters en cijfers in{_example(veld) or ', bijvoorbeeld XX-123-X'}."


def _check_postcode(veld: Veld, text: str) -> str:
    if re.fullmatch(r"[1-9]\d{3}[A-Z]{2}", text):
        return ""
    return f"{_count(len(text), 6, 'teken')}Vul 4 cijfers en 2 letters in{_example(veld) or ', bijvoorbeeld 1234 AB'}."


def _check_datum(veld: Veld, text: str) -> str:
    return "" if _date(text) else "Deze dag bestaat niet. Vul dag, maand en jaar in, bijvoorbeeld 24-11-2026."


def _check_getal(veld: Veld, text: str) -> str:
    return "" if _NUMBER.fullmatch(text) else f"Dit is geen getal. Gebruik alleen cijfers{_example(veld)}."


def _check_keuze(veld: Veld, text: str) -> str:
    if text in {value for value, _ in veld.keuzes}:
        return ""
    return f"Dit staat niet in de lijst. Kies uit: {', '.join(label for _, label in veld.keuzes)}."


def _check_ja_nee(veld: Veld, text: str) -> str:
    return "" if text in ("ja", "nee") else "Kies ja of nee."


def _check_email(veld: Veld, text: str) -> str:
    if _EMAIL.fullmatch(text):
        return ""
    lacks = "Er mist een @. " if "@" not in text else ""
    return f"{lacks}Vul een volledig e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."


def _check_telefoon(veld: Veld, text: str) -> str:
    if re.fullmatch(r"(\+|00)[1-9]\d{6,14}", text) or re.fullmatch(r"0[1-9]\d{8}", text):
        return ""
    digits = len(re.sub(r"\D", "", text))
    lacks = _count(digits, 10, "cijfer") if text[:1] == "0" and text[:2] != "00" else ""
    return f"{lacks}Vul 10 cijfers in, bijvoorbeeld 06 12 34 56 78."


_CHECKS: dict[str, Callable[[Veld, str], str]] = {
    "kenteken": _check_kenteken,
    "postcode": _check_postcode,
    "datum": _check_datum,
    "getal": _check_getal,
    "keuze": _check_keuze,
    "ja_nee": _check_ja_nee,
    "email": _check_email,
    "telefoon": _check_telefoon,
}


def _kenteken(text: str) -> str:
    """With its dashes, or empty when no sidecode fits."""
    signs = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(r"[A-Z0-9]{6}", signs):
        return ""
    code = _SHAPES.get(re.sub(r"[A-Z]", "X", re.sub(r"\d", "9", signs)))
    if code is None:
        return ""
    rest = iter(signs)
    return "".join(sign if sign == "-" else next(rest) for sign in code)


def _date(text: str) -> date | None:
    if dutch := _DUTCH_DATE.fullmatch(text):
        text = f"{dutch[3]}-{int(dutch[2]):02}-{int(dutch[1]):02}"
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None
