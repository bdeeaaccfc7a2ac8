# SPDX-License-Identifier: EUPL-1.2
"""The same facts give the same decision, whichever entrance they came through (KR-1, invariant 2)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.edge.stad import Stad
from tests.klantreizen.kanalen import Ingangen

pytestmark = pytest.mark.traag

FEITEN = st.fixed_dictionaries(
    {
        "kenteken": st.sampled_from(["xx-123-x", "XX 123 X", "gb-001-b", "1-kbb-00"]),
        "eigenaar": st.sampled_from(["eigen", "lease", "werkgever"]),
        "adres": st.sampled_from(["Markt 1", "Lindelaan 14, Lindewaard"]),
        "postcode": st.sampled_from(["3811 LA", "3811lw", "3811 mb", "3812 AB", "1012JS"]),
        "ingangsdatum": st.sampled_from(["1-12-2026", "2026-12-01", "31-1-2027"]),
    }
)


@pytest.fixture
async def ingangen(stad: Stad) -> Ingangen:
    return await Ingangen.open(stad)


@pytest.mark.norm("KR-1", "KR-0", "PL-2")
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(feiten=FEITEN, bewijs=st.booleans())
async def test_the_same_facts_give_the_same_decision_through_every_entrance(
    ingangen: Ingangen, feiten: dict[str, str], bewijs: bool
) -> None:
    decided = {}
    for name, enter in ingangen.all.items():
        interactie_id = await enter(feiten, bewijs)
        decided[name] = await ingangen.stad.value(
            """select json_agg(json_build_array(b.sleutel, b.feiten_hash, b.uitkomst, b.geraakt) order by b.sleutel)
               from beslissing b join proces p on p.id = b.proces_id where p.interactie_id = $1""",
            interactie_id,
        )
        assert decided[name], f"{name}: nothing was decided"
    assert len(set(decided.values())) == 1, decided
