# SPDX-License-Identifier: EUPL-1.2
"""Yesterday divided anew: nobody vanishes, more people wait less, and interruption does what it is for."""

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.verdeling.feiten import uiterlijk_van
from schakel.kanaalintegratie.verdeling.simulatie import Aankomst, simulate
from tests.core.kanaalintegratie.verdeling.test_verdelen import NU, REGELS, an_inzet


def came(kanaal: Kanaal, second: float, duur: float) -> Aankomst:
    op: datetime = NU + timedelta(seconds=second)
    uiterlijk = uiterlijk_van(op, op + timedelta(hours=4), REGELS.kanaal(kanaal, live=True).wachttijd)
    return Aankomst(kanaal, "kcc", "", op, uiterlijk, timedelta(seconds=duur))


days = st.lists(
    st.builds(came, st.sampled_from([Kanaal(n) for n in REGELS.kanalen]), st.floats(0, 3600), st.floats(30, 900)),
    min_size=1,
    max_size=40,
)


@settings(max_examples=40)
@given(days, st.integers(1, 4))
def test_everyone_who_came_is_counted_and_helped_in_the_end(day: list[Aankomst], people: int) -> None:
    found = simulate(day, [an_inzet(1_000 + n) for n in range(people)], REGELS)
    assert sum(u.aantal for u in found) == len(day)
    assert all(u.niet_geholpen == 0 and 0 <= u.op_tijd <= u.aantal and u.wachttijd >= timedelta() for u in found)
    limit = REGELS.onderbrekingen
    assert all(u.onderbroken <= limit * u.aantal for u in found)


@pytest.mark.norm("KI-3")
def test_with_more_people_a_busy_hour_waits_less() -> None:
    day = [came(Kanaal.TELEFOON, 20 * n, 240) for n in range(120)]

    def wait(people: int) -> timedelta:
        return simulate(day, [an_inzet(1_000 + n) for n in range(people)], REGELS)[0].wachttijd

    assert wait(11) < wait(9) < wait(7)


def test_when_mail_may_yield_callers_are_helped_in_time_and_mail_a_little_later() -> None:
    day = [came(Kanaal.EMAIL, 30 * n, 540) for n in range(60)] + [came(Kanaal.TELEFOON, 45 * n, 200) for n in range(40)]
    never = msgspec.structs.replace(REGELS, onderbrekingen=0)
    people = [an_inzet(1_000 + n) for n in range(8)]

    def on_time(found: list, kanaal: Kanaal) -> int:  # type: ignore[type-arg]
        return next(u.op_tijd for u in found if u.kanaal == kanaal)

    with_yielding, without = simulate(day, people, REGELS), simulate(day, people, never)
    assert on_time(with_yielding, Kanaal.TELEFOON) > on_time(without, Kanaal.TELEFOON)
    assert sum(u.onderbroken for u in with_yielding) > 0 == sum(u.onderbroken for u in without)


@pytest.mark.norm("KI-1")
def test_the_same_day_by_the_same_rules_comes_out_the_same() -> None:
    day = [came(Kanaal.CHAT, 7 * n, 300) for n in range(50)]
    people = [an_inzet(1_000 + n) for n in range(3)]
    assert simulate(day, people, REGELS) == simulate(day, people, REGELS)
