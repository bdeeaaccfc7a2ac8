# SPDX-License-Identifier: EUPL-1.2
"""A proces in words: every element that a case comes along, and where it goes on."""

from collections.abc import Sequence

from schakel.proceslogica.beschrijving import describe
from schakel.proceslogica.bpmn.lezen import read_bpmn
from schakel.proceslogica.contract import Modelstap, Vervolg
from schakel.proceslogica.voorbeelden import voorbeeld


def told(naam: str) -> Sequence[Modelstap]:
    return describe(read_bpmn(voorbeeld(naam)))


def test_every_element_is_told_once_and_each_goes_on_to_one_that_is_told() -> None:
    for naam in ("vraag.bpmn", "parkeervergunning.bpmn"):
        model, stappen = read_bpmn(voorbeeld(naam)), told(naam)
        assert [stap.nummer for stap in stappen] == list(range(1, len(model.knopen) + 1))
        assert {v.naam for stap in stappen for v in stap.vervolg} <= {stap.naam for stap in stappen}
        assert all(stap.vervolg or stap.soort == "Einde" for stap in stappen)


def test_a_step_says_for_whom_it_is_and_what_it_asks() -> None:
    auto = next(stap for stap in told("parkeervergunning.bpmn") if stap.naam == "Voor welke auto?")
    assert auto.uitleg.startswith("Voor de klant. Vraagt: Kenteken, Van wie is de auto?")


def test_a_choice_says_when_it_goes_where_and_a_meeting_of_ways_chooses_nothing() -> None:
    stappen = told("parkeervergunning.bpmn")
    keuze = next(stap for stap in stappen if stap.naam == "Oordeel?")
    assert [v.als for v in keuze.vervolg] == ['oordeel = "toekennen"', "in elk ander geval"]
    assert [stap.soort for stap in stappen if stap.naam == "Samen verder"] == ["Tegelijk", "Keuze"]


def test_the_way_back_points_to_what_was_told_before() -> None:
    stappen = told("vraag.bpmn")
    kiezen = next(stap for stap in stappen if stap.naam == "Wat is nodig?")
    assert any(Vervolg(kiezen.nummer, kiezen.naam) in stap.vervolg for stap in stappen[kiezen.nummer :])
