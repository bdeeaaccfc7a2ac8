# SPDX-License-Identifier: EUPL-1.2
"""What is remembered of a contact is decided by rule."""

from itertools import product

import pytest

from schakel.relatiebeheer.klantcontacten import Vastlegging, decide_vastlegging


@pytest.mark.norm("RB-2")
def test_of_an_anonymous_contact_without_follow_up_nothing_of_a_person_is_kept() -> None:
    for mag_bewaren in (True, False):
        kept = decide_vastlegging(bekend=False, mag_bewaren=mag_bewaren, vervolg=False)
        assert kept is Vastlegging.ALLEEN_VERKEERSREGEL


def test_each_contact_falls_in_one_of_the_four_cases_and_a_klant_who_says_no_leaves_no_gegevens() -> None:
    cases = {
        (bekend, mag_bewaren, vervolg): decide_vastlegging(bekend=bekend, mag_bewaren=mag_bewaren, vervolg=vervolg)
        for bekend, mag_bewaren, vervolg in product((True, False), repeat=3)
    }
    assert set(cases.values()) == set(Vastlegging)
    assert all(case is Vastlegging.LEGE_PARTIJ for (bekend, mag, _), case in cases.items() if bekend and not mag)
