# SPDX-License-Identifier: EUPL-1.2
"""Naam: how the parts of a name make the whole."""

from collections.abc import Mapping

#: The parts of a contactnaam as they follow each other, by their name on the wire.
_AFTER_VOORLETTERS = ("voornaam", "voorvoegselAchternaam", "achternaam")


def volledige_naam(contactnaam: Mapping[str, str] | None) -> str:
    """Empty parts are skipped; voorletters stand in where there is no voornaam."""
    if not contactnaam:
        return ""
    parts = [contactnaam.get(part, "").strip() for part in _AFTER_VOORLETTERS]
    if not parts[0]:
        parts[0] = contactnaam.get("voorletters", "").strip()
    return " ".join(filter(None, parts))
