# SPDX-License-Identifier: EUPL-1.2
"""Feedback: three scores, one question and words; when we ask, and when we leave people alone (NO-10, MK-4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from schakel.kit.errors import Conflict, InvalidInput
from schakel.kit.text import clean

VRAGEN = {
    "vertrouwen": "Had u vertrouwen in onze hulp?",
    "persoonlijke_benadering": "Voelde u zich persoonlijk geholpen?",
    "gemak": "Hoe makkelijk ging het?",
}
"""Trust, personal approach and ease: the three of the national interactiestrategie."""
BEANTWOORD = "Is uw vraag beantwoord?"
MAX_WORDS = 2_000


class FeedbackAlreadyGiven(Conflict):
    """One feedback per token."""

    title = "U gaf uw mening al"
    advice = "Wilt u nog iets kwijt? Bel ons of stuur een bericht."


@dataclass(frozen=True, slots=True)
class Feedback:
    """Scores 1 to 5, None when skipped. `beantwoord` None when skipped. `toelichting` is free text of the klant."""

    vertrouwen: int | None
    persoonlijke_benadering: int | None
    gemak: int | None
    beantwoord: bool | None
    toelichting: str = ""
    contact_opnemen: bool = False


@dataclass(frozen=True, slots=True)
class Feedbackbeleid:
    """The gemeente's own choice when not to ask. `rust`: once per partij in this time."""

    rust: timedelta = timedelta(days=30)
    niet_na_producten: frozenset[str] = frozenset({"overlijden", "schuldhulp"})
    niet_na_uitkomsten: frozenset[str] = frozenset({"afgewezen", "ingetrokken"})


@dataclass(frozen=True, slots=True)
class Afronding:
    """The facts about a closed Interactie that decide. `kan_antwoorden`: its kanaal can carry a link."""

    product: str
    uitkomst: str
    afgerond_op: datetime
    kan_antwoorden: bool
    laatst_gevraagd: datetime | None = None
    wil_geen_vragen: bool = False


@dataclass(frozen=True, slots=True)
class Uitnodiging:
    """Whether to ask, and a Dutch sentence on why or why not."""

    vraag: bool
    reden: str


def decide_uitnodiging(afronding: Afronding, beleid: Feedbackbeleid) -> Uitnodiging:
    """Ask, unless it would hurt, tire, or be impossible."""
    if not afronding.kan_antwoorden:
        return Uitnodiging(False, "Er is geen adres om de vraag naar te sturen.")
    if afronding.wil_geen_vragen:
        return Uitnodiging(False, "De klant wil deze vragen niet krijgen.")
    if afronding.uitkomst in beleid.niet_na_uitkomsten:
        return Uitnodiging(False, f"Na “{afronding.uitkomst}” vragen wij geen mening.")
    if afronding.product in beleid.niet_na_producten:
        return Uitnodiging(False, "Bij dit onderwerp vragen wij geen mening.")
    if afronding.laatst_gevraagd is not None and afronding.afgerond_op - afronding.laatst_gevraagd < beleid.rust:
        return Uitnodiging(False, f"Wij vroegen het korter dan {beleid.rust.days} dagen geleden.")
    return Uitnodiging(True, "De vraag is afgerond.")  # NO-10


def read_feedback(form: Mapping[str, str], *, already_given: bool) -> Feedback:
    """From a form's fields; every one may be left out, all of them may not. All faults come at once."""
    if already_given:  # NO-10
        raise FeedbackAlreadyGiven
    faults: dict[str, str] = {}
    scores = {field: _score(field, form.get(field, "").strip(), faults) for field in VRAGEN}
    answer = form.get("beantwoord", "").strip()
    if answer not in ("", "ja", "nee"):
        faults["beantwoord"] = "Kies “ja” of “nee”."
    words = clean(form.get("toelichting", "")).strip()
    if len(words) > MAX_WORDS:
        faults["toelichting"] = f"Dit zijn {len(words)} tekens. Er passen er {MAX_WORDS}."
    empty = not words and not answer and not any(scores.values())
    if empty and not faults:
        faults["beantwoord"] = "Vul ten minste één antwoord in."
    if faults:
        raise InvalidInput(faults)
    return Feedback(
        **scores,
        beantwoord={"ja": True, "nee": False}.get(answer),
        toelichting=words,
        contact_opnemen=form.get("contact_opnemen") == "ja",
    )


def _score(field: str, text: str, faults: dict[str, str]) -> int | None:
    if text in ("1", "2", "3", "4", "5"):
        return int(text)
    if text:
        faults[field] = "Kies een cijfer van 1 tot en met 5."
    return None
