# SPDX-License-Identifier: EUPL-1.2
"""Who may see what for which doel: every combination, and why not."""

from itertools import product
from uuid import UUID, uuid4

import pytest

from schakel.begrippen.doel import Doel
from schakel.identiteit.wie import Betrouwbaarheidsniveau, GeautomatiseerdeActor, Inwoner, Medewerker, Rol, Wie
from schakel.regie import doelen as d
from schakel.regie.bevoegdheid import ROL_DOELEN, ROL_KLASSEN, Weigering, decide_bevoegdheid
from schakel.regie.doelen import DOELEN, Gegevensklasse, K, doel_for_product

PARTIJ = uuid4()
LAAG, SUBSTANTIEEL = Betrouwbaarheidsniveau.LAAG, Betrouwbaarheidsniveau.SUBSTANTIEEL


def medewerker(*rollen: Rol) -> Medewerker:
    return Medewerker(uuid4(), "Maud Jansen", frozenset(rollen), "kcc", "KCC-medewerker")


def seen(wie: Wie, doel: Doel, *, geheim: bool | None = False, partij: UUID = PARTIJ) -> set[Gegevensklasse]:
    return {k for k in Gegevensklasse if decide_bevoegdheid(wie, doel, k, partij, geheim=geheim).mag}


HELPEN = {K.NAAM, K.GEBOORTE, K.ADRES, K.BEREIKBAARHEID, K.CONTACTEN, K.VERZOEKEN, K.VOORKEUREN}


@pytest.mark.norm("GE-8")
@pytest.mark.parametrize(
    ("rol", "doel", "expected"),
    [
        (Rol.KCC_MEDEWERKER, d.VRAAG, HELPEN),
        (Rol.KCC_MEDEWERKER, d.HERKENNEN, {K.NAAM, K.GEBOORTE, K.ADRES}),
        (Rol.KCC_MEDEWERKER, d.VERHUIZING, HELPEN),
        (Rol.KCC_MEDEWERKER, d.BEZWAAR, set()),
        (Rol.KCC_MEDEWERKER, d.INZAGE, set()),
        (Rol.BALIEMEDEWERKER, d.VERHUIZING, HELPEN | {K.GEZIN}),
        (Rol.BALIEMEDEWERKER, d.PARKEERVERGUNNING, HELPEN),
        (Rol.VAKSPECIALIST, d.PARKEERVERGUNNING, HELPEN | {K.BSN}),
        (Rol.VAKSPECIALIST, d.VERHUIZING, HELPEN | {K.BSN, K.GEZIN}),
        (Rol.VAKSPECIALIST, d.BEZWAAR, HELPEN - {K.GEBOORTE}),
        (Rol.TEAMLEIDER, d.KWALITEIT, {K.CONTACTEN, K.VERZOEKEN}),
        (Rol.TEAMLEIDER, d.VRAAG, set()),
        (Rol.BEHEERDER, d.VRAAG, set()),
        (Rol.BEHEERDER, d.KWALITEIT, set()),
    ],
)
def test_each_rol_sees_what_its_doel_needs(rol: Rol, doel: Doel, expected: set[Gegevensklasse]) -> None:
    assert seen(medewerker(rol), doel) == expected


@pytest.mark.norm("NO-8", "A01")
def test_nobody_ever_sees_more_than_the_doel_needs() -> None:
    everyone: list[Wie] = [
        medewerker(*Rol),
        Inwoner(PARTIJ, Betrouwbaarheidsniveau.HOOG),
        GeautomatiseerdeActor("voorinvuller"),
    ]
    for wie, binding in product(everyone, DOELEN.values()):
        assert seen(wie, binding.doel) <= binding.klassen


def test_two_rollen_do_not_add_up_to_a_third() -> None:
    """A teamleider may use doel kwaliteit, a vakspecialist may see bsn; both together may not see bsn for kwaliteit."""
    both = medewerker(Rol.TEAMLEIDER, Rol.VAKSPECIALIST)
    assert seen(both, d.KWALITEIT) == {K.CONTACTEN, K.VERZOEKEN}
    besluit = decide_bevoegdheid(medewerker(Rol.KCC_MEDEWERKER, Rol.TEAMLEIDER), d.VERHUIZING, K.GEZIN, PARTIJ)
    assert besluit.weigering is Weigering.ROL


@pytest.mark.norm("A23")
def test_a_geheim_adres_is_for_who_cannot_do_without_it() -> None:
    for rol, doel in product(Rol, [binding.doel for binding in DOELEN.values()]):
        may = K.ADRES in seen(medewerker(rol), doel, geheim=True)
        assert may == (rol is Rol.VAKSPECIALIST and doel in (d.PARKEERVERGUNNING, d.VERHUIZING))
        assert (K.ADRES in seen(medewerker(rol), doel, geheim=None)) == may
    assert K.ADRES in seen(Inwoner(PARTIJ, SUBSTANTIEEL), d.INZAGE, geheim=True)
    besluit = decide_bevoegdheid(medewerker(Rol.KCC_MEDEWERKER), d.VRAAG, K.ADRES, PARTIJ, geheim=True)
    assert besluit.weigering is Weigering.GEHEIM
    assert besluit.reden


@pytest.mark.norm("KB-1")
def test_an_inwoner_sees_all_of_himself_and_nothing_of_another() -> None:
    inwoner = Inwoner(PARTIJ, SUBSTANTIEEL)
    assert seen(inwoner, d.INZAGE) == set(Gegevensklasse)
    assert seen(inwoner, d.INZAGE, partij=uuid4()) == set()
    assert seen(inwoner, d.VRAAG) == set()


@pytest.mark.norm("GE-8", "D01")
def test_a_low_niveau_opens_less() -> None:
    low = seen(Inwoner(PARTIJ, LAAG), d.INZAGE)
    assert not low & {K.BSN, K.ADRES, K.GEZIN, K.GEBOORTE}
    assert decide_bevoegdheid(Inwoner(PARTIJ, LAAG), d.INZAGE, K.BSN, PARTIJ).weigering is Weigering.NIVEAU


def test_software_serves_its_two_doelen_only() -> None:
    software = GeautomatiseerdeActor("voorinvuller")
    assert seen(software, d.VERDELING) == {K.VERZOEKEN, K.VOORKEUREN}
    assert seen(software, d.VRAAG) == set()


def test_a_doel_made_up_on_the_way_opens_nothing() -> None:
    forged = Doel("vraag", "kijken", "omdat het kan", "geen")
    assert seen(medewerker(*Rol), forged) == set()
    assert seen(medewerker(*Rol), Doel("nieuwsgierig", "", "", "")) == set()


def test_every_doel_has_a_grondslag_and_every_rol_is_described() -> None:
    for binding in DOELEN.values():
        assert all((binding.doel.omschrijving, binding.doel.grondslag, binding.doel.verwerkingsactiviteit))
        assert binding.klassen
    assert set(ROL_DOELEN) == set(ROL_KLASSEN) == set(Rol)


def test_a_product_brings_its_doel() -> None:
    assert doel_for_product("parkeervergunning") is d.PARKEERVERGUNNING
    assert doel_for_product("parkeervergunning", soort="bezwaar") is d.BEZWAAR
    assert doel_for_product("rijbewijs") is d.VRAAG
