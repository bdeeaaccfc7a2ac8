# SPDX-License-Identifier: EUPL-1.2
"""Doel: the purpose for which personal data are asked in this request (AVG art. 5.1.b)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doel:
    """`sleutel` names it in logs and tables; `grondslag` is the article that allows it."""

    sleutel: str
    omschrijving: str
    grondslag: str
    verwerkingsactiviteit: str
