# SPDX-License-Identifier: EUPL-1.2
"""Who gets what: never more than fits, most costly waiting first, demands let go of in steps, every choice in words."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.verdeling.feiten import InHanden, Inzet, Werkitem, uiterlijk_van
from schakel.kanaalintegratie.verdeling.kandidaten import Geschikt, Vraag, judge
from schakel.kanaalintegratie.verdeling.regels import Verdeelregels, in_woorden, standaardregels, verschillen
from schakel.kanaalintegratie.verdeling.verdelen import KEPT, choose, divide
from schakel.kanaalintegratie.verdeling.volgorde import order, urgentie, voortgang
from schakel.kit.errors import InvalidInput

NU = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
REGELS = standaardregels()
SYNCHROON = [naam for naam, regel in REGELS.kanalen.items() if regel.synchroon]


def an_id(number: int) -> UUID:
    return UUID(int=number)


def an_item(number: int = 1, kanaal: Kanaal = Kanaal.EMAIL, *, waits: float = 60, **more: object) -> Werkitem:
    sinds = NU - timedelta(seconds=waits)
    uiterlijk = uiterlijk_van(sinds, sinds + timedelta(days=2), REGELS.kanaal(kanaal, live=True).wachttijd)
    return replace(Werkitem(an_id(number), kanaal, "kcc", sinds, uiterlijk, live=True), **more)  # type: ignore[arg-type]


def an_inzet(number: int = 1_000, **more: object) -> Inzet:
    all_of_it = dict.fromkeys(REGELS.kanalen, (100, 0))
    return replace(Inzet(an_id(number), "kcc", 100, 0, all_of_it), **more)  # type: ignore[arg-type]


kanalen = st.sampled_from([Kanaal(naam) for naam in REGELS.kanalen])
items = st.lists(
    st.builds(
        lambda kanaal, waits, groep, taal, spoed: (kanaal, waits, groep, taal, spoed),
        kanalen,
        st.floats(0, 1_000_000),
        st.sampled_from(["", "parkeren", "afval"]),
        st.sampled_from(["nld", "tur"]),
        st.booleans(),
    ),
    max_size=25,
).map(
    lambda rows: [
        an_item(n, kanaal, waits=waits, productgroep=groep, taal=taal, spoed=spoed)
        for n, (kanaal, waits, groep, taal, spoed) in enumerate(rows, 1)
    ]
)
inzetten = st.lists(
    st.tuples(
        st.integers(0, 100),
        st.dictionaries(st.sampled_from(["parkeren", "afval"]), st.integers(1, 3)),
        st.booleans(),
        st.integers(0, 4),
        st.integers(0, 3),
    ),
    max_size=8,
).map(
    lambda rows: [
        an_inzet(
            1_000 + n,
            capaciteit=min(capaciteit, 100) or 1,
            bezet=(bezet := min(10 * mails, capaciteit // 10 * 10)),
            productgroepen=groepen,
            talen=frozenset({"nld", "tur"} if turks else {"nld"}),
            kanalen={naam: (100, bezet if naam == Kanaal.EMAIL else 0) for naam in REGELS.kanalen},
            werk=tuple(InHanden(an_id(9_000 + 100 * n + k), Kanaal.EMAIL, 10, keer) for k in range(bezet // 10)),
        )
        for n, (capaciteit, groepen, turks, mails, keer) in enumerate(rows)
    ]
)


@given(items, inzetten)
def test_no_round_gives_anyone_more_than_fits(waiting: list[Werkitem], people: list[Inzet]) -> None:
    ronde = divide(waiting, people, REGELS, NU)
    for inzet in people:
        mine = [t for t in ronde.toewijzingen if t.actor_id == inzet.actor_id]
        yielded = [werk_id for t in mine for werk_id in t.onderbroken]
        freed = sum(w.eenheden for w in inzet.werk if w.id in yielded)
        resumed = sum(h.eenheden for h in ronde.hervattingen if h.actor_id == inzet.actor_id)
        assert inzet.bezet - freed + resumed + sum(t.eenheden for t in mine) <= inzet.capaciteit
        assert len(yielded) == len(set(yielded))
    given_out = Counter(t.werkitem.id for t in ronde.toewijzingen)
    assert all(count == 1 for count in given_out.values())


@pytest.mark.norm("KI-1")
@given(items, inzetten)
def test_every_choice_says_who_else_could_and_why_he(waiting: list[Werkitem], people: list[Inzet]) -> None:
    for toewijzing in divide(waiting, people, REGELS, NU).toewijzingen:
        kandidaten = toewijzing.kandidaten
        assert kandidaten[0].actor_id == toewijzing.actor_id
        assert 1 <= len(kandidaten) <= KEPT
        assert list(kandidaten) == sorted(kandidaten, key=lambda k: (-k.score, k.actor_id))
        assert all(kandidaat.redenen for kandidaat in kandidaten)
        assert toewijzing.redenen
        if len(kandidaten) < KEPT:
            assert len(kandidaten) + sum(toewijzing.afgevallen.values()) == len(people)


@given(items, inzetten, st.randoms())
def test_the_order_in_which_facts_come_in_changes_nothing(
    waiting: list[Werkitem], people: list[Inzet], chance: object
) -> None:
    other = list(waiting), list(people)
    for rows in other:
        chance.shuffle(rows)  # type: ignore[attr-defined]
    assert divide(*other, REGELS, NU).toewijzingen == divide(waiting, people, REGELS, NU).toewijzingen


@given(kanalen, st.floats(0, 100_000), st.floats(1, 100_000), st.floats(1, 100_000))
def test_waiting_costs_more_the_longer_it_lasts_and_ever_faster(
    kanaal: Kanaal, waits: float, more: float, step: float
) -> None:
    def cost(seconds: float) -> float:
        return urgentie(an_item(kanaal=kanaal, waits=seconds), REGELS, NU)

    assert cost(waits) < cost(waits + more)
    rise, later = cost(waits + step) - cost(waits), cost(waits + 2 * step) - cost(waits + step)
    assert later >= rise * (1 - 1e-6)


@given(kanalen, st.floats(1, 100_000), st.floats(1, 10_000))
def test_of_two_that_came_in_together_the_one_with_the_nearer_deadline_goes_first(
    kanaal: Kanaal, length: float, longer: float
) -> None:
    item = an_item(kanaal=kanaal)
    near = replace(item, id=an_id(2), uiterlijk=item.sinds + timedelta(seconds=length))
    far = replace(item, uiterlijk=item.sinds + timedelta(seconds=length + longer))
    assert order([far, near], REGELS, NU) == [near, far]


@given(st.sampled_from(SYNCHROON))
def test_no_letter_waits_for_ever_behind_who_calls(kanaal: str) -> None:
    caller = an_item(1, Kanaal(kanaal), waits=REGELS.kanaal(kanaal, live=True).wachttijd)
    letter = an_item(2, Kanaal.POST, waits=30 * 86_400)
    assert order([caller, letter], REGELS, NU)[0] == letter


@pytest.mark.norm("MK-1")
@given(st.floats(0, 4), st.integers(0, 3), st.booleans())
def test_a_product_and_a_language_are_asked_for_until_the_step_that_lets_go(
    part: float, niveau: int, speaks: bool
) -> None:
    item = an_item(waits=0, productgroep="parkeren", taal="tur")
    at = item.sinds + part * (item.uiterlijk - item.sinds)
    talen = frozenset({"nld", "tur"} if speaks else {"nld"})
    inzet = an_inzet(productgroepen={"parkeren": niveau}, talen=talen)
    asked = 2 if part < 0.5 else 1 if part < 0.8 else 0
    los = REGELS.losgelaten(voortgang(item, at))
    found = judge(Vraag(item, REGELS.kanaal(item.kanaal, live=True), REGELS, los, at), inzet)
    assert isinstance(found, Geschikt) == (niveau >= asked and (speaks or part >= 1.5))


@pytest.mark.parametrize("kanaal", SYNCHROON)
def test_mail_yields_to_who_waits_and_only_as_often_as_allowed(kanaal: str) -> None:
    def busy(keer: int) -> Inzet:
        werk = tuple(InHanden(an_id(n), Kanaal.EMAIL, 50, keer) for n in (50, 51))
        return an_inzet(bezet=100, werk=werk)

    caller, letter = an_item(kanaal=Kanaal(kanaal)), an_item(2)
    given_out = divide([caller, letter], [busy(0)], REGELS, NU).toewijzingen
    assert [t.werkitem for t in given_out] == [caller]
    assert given_out[0].onderbroken
    assert divide([caller], [busy(REGELS.onderbrekingen)], REGELS, NU).toewijzingen == ()


@pytest.mark.parametrize("kanaal", SYNCHROON)
def test_a_call_that_was_written_down_is_work_that_can_wait(kanaal: str) -> None:
    werk = tuple(InHanden(an_id(n), Kanaal.EMAIL, 10) for n in range(50, 57))
    later = an_item(kanaal=Kanaal(kanaal), live=False)
    (given_out,) = divide([later], [an_inzet(bezet=70, werk=werk)], REGELS, NU, is_open={kanaal: False}).toewijzingen
    assert (given_out.eenheden, given_out.onderbroken) == (REGELS.standaard.eenheden, ())


def test_interrupted_work_goes_on_before_new_work_takes_its_place() -> None:
    werk = tuple(InHanden(an_id(n), Kanaal.EMAIL, 10, 1, onderbroken=True) for n in range(50, 55))
    inzet = an_inzet(capaciteit=50, werk=werk)
    ronde = divide([an_item(1)], [inzet], REGELS, NU)
    assert ronde.toewijzingen == ()
    assert {h.werkitem_id for h in ronde.hervattingen} == {w.id for w in werk}


def test_who_gave_it_back_does_not_get_it_again() -> None:
    first, second = an_inzet(1_000), an_inzet(1_001, bezet=90)
    toewijzing = choose(an_item(), [first, second], REGELS, NU)
    assert toewijzing is not None
    assert toewijzing.actor_id == first.actor_id
    toewijzing = choose(an_item(niet_naar=frozenset({first.actor_id})), [first, second], REGELS, NU)
    assert toewijzing is not None
    assert toewijzing.actor_id == second.actor_id
    assert toewijzing.afgevallen == {"gaf dit eerder terug": 1}


@pytest.mark.parametrize("kanaal", SYNCHROON)
def test_nobody_is_offered_a_klant_over_a_kanaal_that_is_closed(kanaal: str) -> None:
    item = an_item(kanaal=Kanaal(kanaal))
    assert divide([item], [an_inzet()], REGELS, NU, is_open={kanaal: False}).toewijzingen == ()
    assert len(divide([item], [an_inzet()], REGELS, NU, is_open={kanaal: True}).toewijzingen) == 1


def test_in_an_emergency_only_who_waits_and_what_is_urgent_is_divided() -> None:
    nood = msgspec.structs.replace(REGELS, noodstand=True)
    letter, urgent, caller = an_item(1), an_item(2, spoed=True), an_item(3, Kanaal.CHAT)
    found = divide([letter, urgent, caller], [an_inzet()], nood, NU).toewijzingen
    assert {t.werkitem for t in found} == {urgent, caller}


@pytest.mark.norm("KI-4")
def test_a_decision_names_what_it_looked_at_and_nothing_of_a_person() -> None:
    feiten = an_item(productgroep="parkeren").feiten
    assert feiten.keys() == {"kanaal", "team", "productgroep", "taal", "spoed", "live", "sinds", "uiterlijk"}


@pytest.mark.norm("KI-1")
def test_every_setting_and_every_change_of_it_is_said_in_words() -> None:
    criteria = {**REGELS.criteria, "rust": 20.0}
    nieuw = msgspec.structs.replace(REGELS, aanbiedtijd=90, criteria=criteria)
    assert verschillen(REGELS, REGELS) == []
    assert verschillen(REGELS, nieuw) == [
        "Tijd om aangeboden werk aan te nemen: van 60 seconden naar 90 seconden",
        "Criterium: het langst niets gekregen: van 15 naar 20",
    ]
    assert len(in_woorden(REGELS)) == 8 + 5 + 3 + len(REGELS.kanalen)


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [("capaciteit", 5), ("aanbiedtijd", 1), ("macht", 1.0), ("spoed", 0.5), ("criteria", {"niveau": 1.0})],
)
def test_rules_that_cannot_work_are_refused_by_name(veld: str, waarde: object) -> None:
    wrong: Verdeelregels = msgspec.structs.replace(REGELS, **{veld: waarde})
    with pytest.raises(InvalidInput) as refused:
        wrong.check()
    assert veld in refused.value.fields
