# SPDX-License-Identifier: EUPL-1.2
"""Ontvangstbevestiging: whether a machine may tell the sender that we have his message (Awb 2:17, RFC 3834)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: Ordinary mail is confirmed at most once per sender in this period.
PERIODE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Bevestigingsbesluit:
    """Whether to confirm, and why; the reason is kept with the Interactie."""

    bevestigen: bool
    reden: str


def decide_bevestiging(
    *, formeel: bool, geautomatiseerd: bool, adres: str, vervolg: bool, laatste: datetime | None, at: datetime
) -> Bevestigingsbesluit:
    """`laatste`: when this sender last got an ontvangstbevestiging; `vervolg`: it continues an Interactie."""
    if geautomatiseerd:  # KI-0: no loops (RFC 3834), it is work for a person
        return Bevestigingsbesluit(False, "Dit bericht komt van een machine; daarop antwoordt geen machine.")
    if not adres:
        return Bevestigingsbesluit(False, "Er is geen adres om naar te bevestigen.")
    if formeel:  # Awb 2:17(1)
        return Bevestigingsbesluit(True, "Een formeel bericht bevestigen wij altijd.")
    if vervolg:
        return Bevestigingsbesluit(False, "Een vervolg op een lopende vraag bevestigen wij niet apart.")
    if laatste is not None and at - laatste < PERIODE:
        return Bevestigingsbesluit(False, "Deze afzender kreeg korter dan een dag geleden al een bevestiging.")
    return Bevestigingsbesluit(True, "Eerste bericht van deze afzender vandaag.")
