# SPDX-License-Identifier: EUPL-1.2
"""A message goes on with an Interactie by proof only."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.kanaalintegratie.draad import HEROPENEN_BINNEN, Aanknopingspunt, find_voortzetting
from schakel.kanaalintegratie.interactie import InteractieStatus

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def a_punt(*adressen: str, status: InteractieStatus = InteractieStatus.OPEN, days_ago: float = 1) -> Aanknopingspunt:
    return Aanknopingspunt(uuid4(), status, AT - timedelta(days=days_ago), frozenset(adressen))


@pytest.mark.norm("KI-0")
def test_our_token_wins_over_references() -> None:
    token, references = a_punt("aylin@post.example"), a_punt("aylin@post.example")
    assert find_voortzetting("aylin@post.example", token, [references], AT).interactie_id == token.interactie_id


def test_a_reply_from_another_sender_opens_its_own_interactie_with_a_suggested_link() -> None:
    punt = a_punt("aylin@post.example")
    gevonden = find_voortzetting("vreemde@post.example", punt, [], AT)
    assert gevonden.interactie_id is None
    assert gevonden.verwant_id == punt.interactie_id


def test_a_closed_or_old_interactie_is_not_reopened() -> None:
    closed = a_punt("a@post.example", status=InteractieStatus.GESLOTEN)
    old = a_punt("a@post.example", days_ago=HEROPENEN_BINNEN.days + 1)
    for punt in (closed, old):
        gevonden = find_voortzetting("a@post.example", None, [punt], AT)
        assert (gevonden.interactie_id, gevonden.verwant_id) == (None, punt.interactie_id)


@pytest.mark.norm("GE-8")
@given(st.sampled_from(["a@x.example", "b@x.example", ""]), st.lists(st.sampled_from(["a@x.example", "b@x.example"])))
def test_nobody_ever_joins_an_interactie_his_address_took_no_part_in(zoekadres: str, deelnemers: list[str]) -> None:
    punt = a_punt(*deelnemers)
    gevonden = find_voortzetting(zoekadres, punt, [punt], AT)
    assert gevonden.interactie_id is None or zoekadres in deelnemers
