# SPDX-License-Identifier: EUPL-1.2
"""When a machine may confirm."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.kanaalintegratie.bevestiging import PERIODE, Bevestigingsbesluit, decide_bevestiging

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def decide(
    *, formeel: bool = False, machine: bool = False, vervolg: bool = False, laatste: datetime | None = None
) -> Bevestigingsbesluit:
    return decide_bevestiging(
        formeel=formeel, geautomatiseerd=machine, adres="a@x.example", vervolg=vervolg, laatste=laatste, at=AT
    )


@pytest.mark.norm("Awb 2:17(1)")
@given(st.booleans(), st.none() | st.timedeltas(timedelta(0), timedelta(days=3)))
def test_every_formal_message_of_a_person_is_confirmed(vervolg: bool, ago: timedelta | None) -> None:
    assert decide(formeel=True, vervolg=vervolg, laatste=None if ago is None else AT - ago).bevestigen


@pytest.mark.norm("KI-0")
@given(st.booleans(), st.booleans())
def test_a_machine_never_answers_a_machine(formeel: bool, vervolg: bool) -> None:
    assert not decide(formeel=formeel, machine=True, vervolg=vervolg).bevestigen


def test_ordinary_mail_is_confirmed_once_per_sender_per_period() -> None:
    assert decide().bevestigen
    assert not decide(laatste=AT - PERIODE + timedelta(seconds=1)).bevestigen
    assert decide(laatste=AT - PERIODE).bevestigen


def test_without_an_address_nothing_is_confirmed() -> None:
    besluit = decide_bevestiging(formeel=True, geautomatiseerd=False, adres="", vervolg=False, laatste=None, at=AT)
    assert not besluit.bevestigen
    assert "adres" in besluit.reden
