# SPDX-License-Identifier: EUPL-1.2
"""From the groepen of a provider to what somebody is here."""

from pathlib import Path

import pytest

from schakel.identiteit.inloggen import GeenGroep, Groep, GroepenOngeldig, assign, read_groepen
from schakel.identiteit.wie import Rol

KCC = Groep("kcc", frozenset({Rol.KCC_MEDEWERKER}), "kcc", "Medewerker klantcontact")
BEHEER = Groep("beheer", frozenset({Rol.BEHEERDER}))
BALIE = Groep("balie", frozenset({Rol.BALIEMEDEWERKER}), "balie", "Medewerker balie")
ALL = (BEHEER, KCC, BALIE)


def test_rollen_add_up_and_the_first_groep_of_the_file_gives_team_and_functie() -> None:
    found = assign(ALL, frozenset({"balie", "kcc", "vuilnis"}))
    assert found.rollen == {Rol.KCC_MEDEWERKER, Rol.BALIEMEDEWERKER}
    assert (found.team, found.functie) == ("kcc", "Medewerker klantcontact")
    assert assign(ALL, frozenset({"beheer", "balie"})).team == "balie"


@pytest.mark.parametrize("van", [frozenset[str](), frozenset({"vuilnis"}), frozenset({"KCC"}), frozenset({""})])
def test_who_is_in_none_of_them_is_nothing_here(van: frozenset[str]) -> None:
    with pytest.raises(GeenGroep):
        assign(ALL, van)


def test_the_file_that_comes_with_schakel_gives_every_rol() -> None:
    groepen = read_groepen(None)
    assert frozenset().union(*(groep.rollen for groep in groepen)) == set(Rol)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "geen enkele"),
        ("groep = 3", "geen enkele"),
        ("groep = [3]", "Groep 1 heeft een naam en rollen nodig"),
        ("[[groep]]", "Groep 1 heeft een naam en rollen nodig"),
        ('[[groep]]\nnaam = "x"\nrollen = "beheerder"', "Groep 1 heeft een naam en rollen nodig"),
        ('[[groep]]\nnaam = "x"\nrollen = ["beheerder"]\nteam = 3', "Groep 1 heeft een naam en rollen nodig"),
        ('[[groep]]\nnaam = ""\nrollen = ["beheerder"]', "Groep 1 heeft een naam en rollen nodig"),
        ('[[groep]]\nnaam = "x"\nrollen = ["baas"]', "een rol die er niet is"),
        ('[[groep]]\nnaam = "x"\nrollen = [["beheerder"]]', "een rol die er niet is"),
        ("[[", "geen TOML"),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "groepen.toml"
    path.write_text(text)
    with pytest.raises(GroepenOngeldig, match=sentence):
        read_groepen(path)
    with pytest.raises(GroepenOngeldig, match="niet te lezen"):
        read_groepen(tmp_path / "weg.toml")
