# SPDX-License-Identifier: EUPL-1.2
"""Is every product reachable for everyone, promised on every kanaal, and is a wrong table refused in words?"""

import dataclasses

import pytest

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.lindewaard.organisatie import TEAMS
from schakel.dienstverlening.producten import NOT_DIGITAL, InvalidProduct, check, producten
from schakel.dienstverlening.serviceformules import InvalidServiceformule, read_serviceformules, serviceformules

PARKEREN = producten()["parkeervergunning"]


@pytest.mark.norm("KS-1", "NO-3", "Awb 2:7")
def test_every_product_has_a_way_without_a_computer_and_one_without_it_is_refused() -> None:
    assert len(producten()) >= 40
    assert all(NOT_DIGITAL.intersection(product.kanalen) for product in producten().values())
    digital_only = dataclasses.replace(PARKEREN, kanalen=(Kanaal.WEBFORMULIER, Kanaal.CHAT))
    with pytest.raises(InvalidProduct, match="niet online"):
        check(digital_only)
    assert check(dataclasses.replace(digital_only, grond_digitaal="een wet")).kanalen


@pytest.mark.norm("KR-2", "SF-0")
def test_every_product_has_a_serviceformule_with_a_promise_on_each_of_its_kanalen_and_a_team() -> None:
    for product in producten().values():
        assert set(product.kanalen) <= serviceformules()[product.serviceformule].servicelevels.keys()
        assert product.team in {team.sleutel for team in TEAMS}


@pytest.mark.norm("KS-6")
def test_every_product_names_a_kanaalvoorkeur_and_why_it_pays() -> None:
    assert all(product.voordeel and product.kanaalvoorkeur in product.kanalen for product in producten().values())
    with pytest.raises(InvalidProduct, match="kanaalvoorkeur"):
        check(dataclasses.replace(PARKEREN, kanaalvoorkeur=Kanaal.POST, kanalen=(Kanaal.BALIE,)))


def test_only_the_product_with_a_process_of_its_own_names_one() -> None:
    assert {p.sleutel: p.proces for p in producten().values() if p.proces} == {"parkeervergunning": "parkeervergunning"}


@pytest.mark.parametrize("line", ["aantal = 0, deel = 85", "aantal = 2, deel = 101"])
def test_a_servicelevel_that_cannot_be_is_refused(line: str) -> None:
    head = 'naam="x"\nklantrol="klant"\nkenmerk=""\nkernwaarden=[]\nzekerheden=[]\ninterne_afspraken=[]'
    with pytest.raises(InvalidServiceformule, match="proef, post"):
        read_serviceformules(f'[proef]\n{head}\n[proef.kanalen]\npost = {{ klok = "werkdag", {line} }}')
