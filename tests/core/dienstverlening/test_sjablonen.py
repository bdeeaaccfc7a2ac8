# SPDX-License-Identifier: EUPL-1.2
"""Is every text that we send readable, complete and safe to travel?"""

import pytest

from schakel.begrippen.bericht import Inhoudsklasse
from schakel.dienstverlening.producten import producten
from schakel.dienstverlening.serviceformules import serviceformules
from schakel.dienstverlening.sjablonen import PLAATSHOUDERS, SMS_MAX, InvalidSjabloon, fill, read_sjabloon, sjablonen
from schakel.dienstverlening.taal import lint

ALL = sorted(sjablonen())
NEEDED = {
    *("ontvangstbevestiging", "ontvangstbevestiging_formeel", "antwoord", "kennisgeving", "wisselcode"),
    *("parkeervergunning_toegekend", "parkeervergunning_wachtlijst", "parkeervergunning_afgewezen"),
    *("feedback_uitnodiging", "bezwaarclausule"),
}


def test_nothing_is_missing() -> None:
    assert set(ALL) >= NEEDED


@pytest.mark.norm("VN-3")
@pytest.mark.parametrize("sleutel", ALL)
def test_every_text_is_b1(sleutel: str) -> None:
    filled = fill(sjablonen()[sleutel], PLAATSHOUDERS, with_sms=True)
    assert lint(f"{filled.onderwerp}\n{filled.tekst}\n{filled.sms}") == []
    assert "$" not in filled.onderwerp + filled.tekst + filled.sms
    assert len(filled.sms) <= SMS_MAX
    assert not filled.sms or filled.sms.startswith("Lindewaard: ")


@pytest.mark.norm("VN-3")
def test_what_producten_and_serviceformules_say_is_b1() -> None:
    for product in producten().values():
        assert lint(product.voordeel) == [], product.sleutel
    for formule in serviceformules().values():
        assert [note for text in (formule.kenmerk, *formule.zekerheden) for note in lint(text)] == []


@pytest.mark.parametrize("sleutel", [s for s in ALL if s.startswith("parkeervergunning_")])
def test_a_besluit_is_personal_and_names_reasons_ground_and_remedy(sleutel: str) -> None:
    sjabloon = sjablonen()[sleutel]
    assert sjabloon.klasse is Inhoudsklasse.PERSOONLIJK
    assert {"reden", "grond", "bezwaarclausule"} <= sjabloon.plaatshouders  # Awb 3:45, 3:47


@pytest.mark.norm("Awb 2:17(1)")
def test_a_formal_receipt_says_when_how_and_what() -> None:
    needed = {"ontvangen_op", "kanaal", "soort", "kenmerk", "belofte", "wisselcode"}
    assert needed <= sjablonen()["ontvangstbevestiging_formeel"].plaatshouders


def test_a_kennisgeving_tells_nothing_of_the_content() -> None:
    assert sjablonen()["kennisgeving"].plaatshouders <= {"aanhef", "gemeente", "link", "kenmerk", "contactregel"}


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("onderwerp: a\nklasse: algemeen\n---\n${bsn}", "bsn"),
        ("onderwerp: a\nklasse: algemeen\n---\nkost $ 5", "$"),
        ("onderwerp: a\nklasse: geheim\n---\nx", "geheim"),
        ("onderwerp: a\n---\nx", "ontbreekt"),
        ("onderwerp: a\nkleur: rood\nklasse: algemeen\n---\nx", "kleur"),
    ],
)
def test_a_broken_sjabloon_is_refused_in_words(source: str, says: str) -> None:
    with pytest.raises(InvalidSjabloon, match=says.replace("$", r"\$")):
        read_sjabloon("proef", source)


def test_values_are_not_expanded_again_and_cannot_add_a_header() -> None:
    sjabloon = read_sjabloon("proef", "onderwerp: ${onderwerp}\nklasse: algemeen\n---\n${tekst}")
    filled = fill(sjabloon, {"onderwerp": "a\r\nBcc: x", "tekst": "${link} \x00$$"})
    assert (filled.onderwerp, filled.tekst) == ("a Bcc: x", "${link} $$")


def test_a_missing_value_is_named() -> None:
    with pytest.raises(InvalidSjabloon, match="aanhef"):
        fill(sjablonen()["kennisgeving"], {})


@pytest.mark.norm("VN-3")
@pytest.mark.parametrize(
    "text",
    [
        "Uw aanvraag is in behandeling genomen.",
        "Helaas lukt dit niet.",
        "Gelukt!",
        "Wij lezen uw bericht en sturen het door naar een collega die er alles van weet en u dan snel even belt.",
        "U krijgt een gehandicaptenparkeerplaatsontheffing.",
    ],
)
def test_the_lint_sees_what_b1_is_not(text: str) -> None:
    assert lint(text)
