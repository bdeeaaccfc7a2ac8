# SPDX-License-Identifier: EUPL-1.2
"""Kanaalkeuze: over which kanaal one bericht goes out, with the reasons in words (KI-5).

The order is fixed: law, then the klant's wish, then the gemeente's, then where he can be reached.
"""

from dataclasses import dataclass

from schakel.begrippen.bericht import Inhoudsklasse
from schakel.begrippen.kanaal import Kanaal


@dataclass(frozen=True, slots=True)
class Bereik:
    """Where a klant can be reached: kanaal and address, and whether the address was proved to be his."""

    kanaal: Kanaal
    adres: str
    bewezen: bool = False


@dataclass(frozen=True, slots=True)
class Kanaalkeuze:
    """The choice. `als_kennisgeving`: the content stays with us; only a notice with a link goes out."""

    kanaal: Kanaal | None
    adres: str
    als_kennisgeving: bool
    redenen: tuple[str, ...]


def choose_kanaal(
    klasse: Inhoudsklasse,
    bereik: tuple[Bereik, ...],
    *,
    wens: Kanaal | None,
    gevraagd_over: Kanaal,
    gemeente: Kanaal | None = None,
    verplicht: Kanaal | None = None,
) -> Kanaalkeuze:
    """Pick the kanaal of one bericht; no kanaal at all means that a person must solve it."""
    redenen: list[str] = []
    volgorde: list[tuple[Kanaal, str]] = []
    if verplicht is not None:  # law comes before the wish of the klant
        volgorde.append((verplicht, "De wet schrijft dit kanaal voor."))
    if wens is not None:  # KI-5: the klant before the gemeente
        volgorde.append((wens, "Dit is de voorkeur van de klant."))
    volgorde.append((gevraagd_over, "De klant gebruikte zelf dit kanaal."))  # VN-1
    if gemeente is not None:  # KI-5
        volgorde.append((gemeente, "De gemeente gebruikt het liefst dit kanaal."))
    volgorde.extend((b.kanaal, "Hier kunnen wij de klant bereiken.") for b in bereik)
    for kanaal, reden in volgorde:
        adres = next((b for b in bereik if b.kanaal == kanaal and b.adres), None)
        if adres is None:
            redenen.append(f"{kanaal}: daar is geen adres voor.")
            continue
        kennisgeving = klasse is not Inhoudsklasse.ALGEMEEN  # Awb 2:9: content above algemeen stays with us
        redenen.append(f"{kanaal}: {reden}")
        if kennisgeving:
            redenen.append("De inhoud is persoonlijk: de klant krijgt een melding met een link.")
        return Kanaalkeuze(kanaal, adres.adres, kennisgeving, tuple(redenen))
    return Kanaalkeuze(None, "", False, (*redenen, "Wij kunnen de klant nergens bereiken: een medewerker lost het op."))
