# SPDX-License-Identifier: EUPL-1.2
"""Woorden: how a rule table, an outcome and a fact read on the screen."""

import re
from collections.abc import Mapping, Sequence

from schakel.proceslogica.contract import Tabelbeeld

HIT_POLICIES = {
    "UNIQUE": "Er past altijd precies één regel.",
    "ANY": "Er kunnen meer regels passen, met dezelfde uitkomst.",
    "FIRST": "De eerste regel die past, telt.",
    "PRIORITY": "De uitkomst die het zwaarst weegt, telt.",
    "RULE ORDER": "Alle regels die passen tellen, in hun volgorde.",
    "OUTPUT ORDER": "Alle regels die passen tellen, de zwaarste eerst.",
    "COLLECT": "Alle regels die passen tellen.",
}
AGGREGATIES = {
    "SUM": "De uitkomsten worden opgeteld.",
    "MIN": "De laagste uitkomst telt.",
    "MAX": "De hoogste uitkomst telt.",
    "COUNT": "Het aantal uitkomsten telt.",
}
_TEXTS = re.compile(r'"[^"]*"(\s*,\s*"[^"]*")*')
_COMPARED = re.compile(r"(<=|>=|<|>)\s*(-?[\d.]+)")
_COMPARISONS = {"<": "minder dan {}", ">": "meer dan {}", "<=": "hoogstens {}", ">=": "{} of meer"}


def policy(tabel: Tabelbeeld) -> str:
    """How the rules of this table count together."""
    words = HIT_POLICIES.get(tabel.hit_policy, tabel.hit_policy)
    return f"{words} {AGGREGATIES.get(tabel.aggregatie, tabel.aggregatie)}".strip()


def cel(text: str) -> str:
    """A cell in words where that is easy; else as it was written."""
    text = text.strip()
    if text in ("-", ""):
        return "elke"
    if text in ("true", "false"):
        return "ja" if text == "true" else "nee"
    if _TEXTS.fullmatch(text):
        return ", ".join(re.findall(r'"([^"]*)"', text))
    if text.startswith("not(") and text.endswith(")") and _TEXTS.fullmatch(text[4:-1].strip()):
        return f"niet {cel(text[4:-1])}"
    if compared := _COMPARED.fullmatch(text):
        return _COMPARISONS[compared[1]].format(compared[2].replace(".", ","))
    return text


def spell(value: object) -> str:
    """A fact or an outcome, as a person writes it."""
    match value:
        case None | "":
            return "leeg"
        case bool():
            return "ja" if value else "nee"
        case float():
            return str(value).replace(".", ",")
        case Mapping():
            return "; ".join(f"{name}: {spell(part)}" for name, part in value.items()) or "leeg"
        case list() | tuple():
            return ", ".join(spell(part) for part in value) or "geen"
    return str(value)


def labels(tabellen: Sequence[Tabelbeeld]) -> dict[str, str]:
    """What the rule tables call each fact; one that no column names keeps its own name."""
    return {kolom.expressie: kolom.label for tabel in tabellen for kolom in tabel.invoer if kolom.label}


def label(feit: str, known: Mapping[str, str]) -> str:
    return known.get(feit) or feit.replace("_", " ").capitalize()
