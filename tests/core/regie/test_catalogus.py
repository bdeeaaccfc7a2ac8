# SPDX-License-Identifier: EUPL-1.2
"""The catalogus: no klantgegeven without eigenaar, and a versie that no change escapes."""

from dataclasses import replace
from datetime import date

import pytest

from schakel.klantbeeld.compose import GEHEIM
from schakel.koppelingen.brp.client import BrpBron
from schakel.regie.catalogus import BRP, SECTIES, Klantgegevenscatalogus, catalogus

VANDAAG = date(2026, 11, 24)


@pytest.mark.norm("EG-1", "EG-0")
def test_every_klantgegeven_has_an_eigenaar_and_a_doel() -> None:
    assert catalogus().gaps(VANDAAG) == []
    first, *rest = catalogus().klantgegevens
    broken = Klantgegevenscatalogus((replace(first, eigenaar=" "), *rest))
    assert broken.gaps(VANDAAG) == [f"{first.sleutel}: er is geen eigenaar."]


@pytest.mark.norm("EG-5")
def test_an_eigenaar_who_is_late_with_a_review_is_named() -> None:
    late = catalogus().gaps(date(2030, 1, 1))
    assert len(late) == len(catalogus().klantgegevens)
    assert "Team Burgerzaken had dit vóór" in late[0]


@pytest.mark.norm("EG-3")
def test_the_list_of_eigenaren_holds_every_klantgegeven_once() -> None:
    owned = [k.sleutel for klantgegevens in catalogus().eigenaren.values() for k in klantgegevens]
    assert sorted(owned) == sorted(k.sleutel for k in catalogus().klantgegevens)


@pytest.mark.norm("EG-4")
def test_what_is_of_the_klant_never_comes_from_the_brp() -> None:
    van_klant = [k for k in catalogus().klantgegevens if k.van_klant]
    assert van_klant
    assert all(k.bron != BRP for k in van_klant)


@pytest.mark.norm("KB-4")
def test_any_change_gives_another_versie() -> None:
    first, *rest = catalogus().klantgegevens
    assert catalogus().versie == Klantgegevenscatalogus((first, *rest)).versie
    assert catalogus().versie != Klantgegevenscatalogus((replace(first, herziening=VANDAAG), *rest)).versie
    assert catalogus().versie != Klantgegevenscatalogus(tuple(rest)).versie


def test_the_catalogus_and_the_brp_agree_on_attributes() -> None:
    assert {k.sleutel for k in catalogus().of_bron(BRP)} == BrpBron.attributen
    assert {k.sleutel for k in catalogus().klantgegevens} >= GEHEIM
    assert {k.sectie for k in catalogus().klantgegevens} == set(SECTIES)
