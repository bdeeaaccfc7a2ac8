# SPDX-License-Identifier: EUPL-1.2
"""Law, then klant, then what he used, then gemeente, then where he can be reached."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.begrippen.bericht import Inhoudsklasse
from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.kanaalkeuze import Bereik, choose_kanaal

KANALEN = [Kanaal.EMAIL, Kanaal.SMS, Kanaal.POST]
kanalen = st.sampled_from(KANALEN)


@pytest.mark.norm("VN-1", "KI-5")
@given(st.sets(kanalen), st.none() | kanalen, st.none() | kanalen, kanalen, st.none() | kanalen)
def test_law_before_klant_before_the_rest(
    bereikbaar: set[Kanaal], wet: Kanaal | None, wens: Kanaal | None, gebruikt: Kanaal, gemeente: Kanaal | None
) -> None:
    bereik = tuple(Bereik(k, f"adres voor {k}") for k in bereikbaar)
    keuze = choose_kanaal(
        Inhoudsklasse.ALGEMEEN, bereik, wens=wens, gevraagd_over=gebruikt, gemeente=gemeente, verplicht=wet
    )
    expected = next((k for k in (wet, wens, gebruikt, gemeente) if k in bereikbaar), None)
    if expected is not None:
        assert keuze.kanaal == expected
    else:
        assert (keuze.kanaal is None) == (not bereikbaar)
    assert keuze.redenen


@pytest.mark.norm("Awb 2:9")
@given(st.sampled_from(list(Inhoudsklasse)))
def test_above_algemeen_only_a_notice_goes_out(klasse: Inhoudsklasse) -> None:
    bereik = (Bereik(Kanaal.EMAIL, "a@x.example"),)
    keuze = choose_kanaal(klasse, bereik, wens=None, gevraagd_over=Kanaal.EMAIL)
    assert keuze.als_kennisgeving == (klasse is not Inhoudsklasse.ALGEMEEN)
