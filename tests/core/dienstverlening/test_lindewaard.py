# SPDX-License-Identifier: EUPL-1.2
"""Is the fictitious gemeente whole, lifelike, the same every time, and fictitious?"""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from schakel.begrippen.bsn import Bsn
from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.lindewaard.contacten import Jaar, generate
from schakel.dienstverlening.lindewaard.drukte import PER_JAAR, PRODUCTEN, SEIZOEN
from schakel.dienstverlening.lindewaard.organisatie import MEDEWERKERS, TEAMS, openingstijden
from schakel.dienstverlening.lindewaard.personen import AYLIN_BSN, inwoners, official
from schakel.dienstverlening.producten import producten

UNTIL = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def jaar() -> Jaar:
    return generate(UNTIL)


def test_inwoners_are_fictitious_and_only_official_test_persons_have_a_bsn() -> None:
    people = inwoners()
    assert len(people) == 5_000
    assert 30 <= len(official()) <= 45
    assert all(re.fullmatch(r"9999\d{5}|0000\d{5}", person.bsn) and Bsn(person.bsn) for person in official())
    assert all(re.fullmatch(r"(\+3161234\d{4})?", person.telefoon) for person in people)
    assert all(re.fullmatch(r"([a-z0-9.]+@(post|mail)\.example)?", person.email) for person in people)
    for values in (
        [p.email for p in people if p.email],
        [p.telefoon for p in people if p.telefoon],
        [p.bsn for p in official()],
    ):
        assert len(values) == len(set(values))
    assert all(re.fullmatch(r"3811[A-Z]{2}", person.adres.postcode) for person in people)
    assert sum(bool(person.voorvoegsel) for person in people) > 500
    assert sum(not person.naam.isascii() for person in people) > 250


def test_the_inwoner_of_the_demo() -> None:
    aylin = inwoners()[0]
    assert (aylin.naam, aylin.bsn) == ("Aylin Yılmaz", AYLIN_BSN)
    assert (aylin.adres.straat, aylin.adres.postcode) == ("Lindelaan", "3811LW")
    assert AYLIN_BSN not in repr(aylin)


def test_a_household_shares_its_address_and_nobody_else_lives_there() -> None:
    assert len({(p.huishouden, p.adres) for p in inwoners()}) == len({p.huishouden for p in inwoners()})
    assert len({p.adres for p in inwoners()}) == len({p.huishouden for p in inwoners()})


def test_organisation() -> None:
    assert [m.account for m in MEDEWERKERS[:5]] == ["maud", "ruben", "femke", "samira", "kees"]
    assert len({m.account for m in MEDEWERKERS}) == len(MEDEWERKERS)
    assert len(MEDEWERKERS) == 25
    assert {m.team for m in MEDEWERKERS} == {team.sleutel for team in TEAMS}
    assert len(TEAMS) == 8
    assert set(PRODUCTEN) - {""} <= producten().keys() >= SEIZOEN.keys()


def test_the_same_day_gives_the_same_year(jaar: Jaar) -> None:
    again = generate(UNTIL)
    assert again.interacties == jaar.interacties
    assert again.verkeer == jaar.verkeer


def test_as_busy_as_the_load_model(jaar: Jaar) -> None:
    legs = Counter(leg.kanaal for leg in jaar.verkeer if leg.richting == "in")
    for kanaal, total in PER_JAAR.items():
        assert legs[kanaal] == pytest.approx(total, rel=0.2, abs=80), kanaal
    assert 8_000 <= legs.total() <= 10_000
    monday, friday = (sum(leg.begonnen_op.weekday() == day for leg in jaar.verkeer) for day in (0, 4))
    assert monday > friday
    assert any(leg.van_kanaal for leg in jaar.verkeer)


def test_nothing_happens_in_the_future_or_behind_a_closed_door(jaar: Jaar) -> None:
    contacts = [contact for interactie in jaar.interacties for contact in interactie.contacten]
    assert all(contact.op <= UNTIL for contact in contacts)
    assert min(contact.op for contact in contacts) > UNTIL - timedelta(days=366)
    hours = openingstijden(2026)
    for kanaal in (Kanaal.TELEFOON, Kanaal.BALIE):
        opened = [hours[kanaal].is_open(c.op) for c in contacts if c.kanaal == kanaal and c.richting == "in"]
        assert all(opened), kanaal


def test_an_anonymous_contact_is_traffic_only_and_each_contact_is_traffic(jaar: Jaar) -> None:
    contacts = sum(len(interactie.contacten) for interactie in jaar.interacties)
    assert contacts < len(jaar.verkeer)
    fields = {name for leg in jaar.verkeer[:1] for name in leg.__slots__}
    assert fields == {"kanaal", "product", "richting", "begonnen_op", "beeindigd_op", "uitkomst", "van_kanaal"}


def test_there_is_work_and_some_of_it_is_late_and_aylin_has_a_history(jaar: Jaar) -> None:
    status = Counter(interactie.status for interactie in jaar.interacties)
    assert status["open"] >= 20
    late = [i for i in jaar.interacties if i.beantwoord_op is None and i.belofte.uiterlijk < UNTIL]
    assert 1 <= len(late) <= 60
    assert all((i.status == "afgerond") == (i.afgerond_op is not None) for i in jaar.interacties)
    assert sum(i.inwoner == 0 for i in jaar.interacties) >= 5
    kept = [i.beantwoord_op <= i.belofte.uiterlijk for i in jaar.interacties if i.beantwoord_op]
    assert 0.85 < sum(kept) / len(kept) < 0.97
