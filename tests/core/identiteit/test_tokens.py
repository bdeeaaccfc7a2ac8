# SPDX-License-Identifier: EUPL-1.2
"""Tokens that nobody else can make, for one purpose, that survive a mail server."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.identiteit.tokens import LENGTH, Signer, digest_session_token, new_session_token, sign, verify
from schakel.identiteit.wie import Betrouwbaarheidsniveau, Rol, known_rollen

KEY = b"k" * 32


@given(st.uuids(), st.sampled_from(("antwoord", "feedback")))
def test_a_token_comes_back_in_any_case_and_only_for_its_purpose(uuid: UUID, purpose: str) -> None:
    token = sign(KEY, purpose, uuid)
    assert len(token) == LENGTH
    assert token == token.lower()
    assert token.isalnum()
    assert verify(KEY, purpose, token) == verify(KEY, purpose, token.upper()) == uuid
    assert verify(KEY, "wissel", token) is None
    assert verify(b"x" * 32, purpose, token) is None


@given(st.uuids(), st.integers(0, LENGTH - 1), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_one_changed_sign_is_a_forgery(uuid: UUID, place: int, sign_: str) -> None:
    token = sign(KEY, "antwoord", uuid)
    forged = token[:place] + sign_ + token[place + 1 :]
    assert verify(KEY, "antwoord", forged) == (uuid if forged == token else None)


@given(st.text(max_size=60))
def test_nonsense_is_no_token_and_no_error(text: str) -> None:
    assert verify(KEY, "antwoord", text) is None
    assert verify(KEY, "antwoord", text[:1] * LENGTH) is None


def test_a_signer_wants_a_long_key_and_hides_it() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Signer(b"short", "antwoord")
    assert "kkk" not in repr(Signer(KEY, "antwoord"))


def test_session_tokens_differ_and_only_their_digest_is_kept() -> None:
    tokens = {new_session_token() for _ in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 43
    assert len({digest_session_token(token) for token in tokens}) == 50


def test_unknown_names_open_nothing() -> None:
    assert known_rollen(["kcc_medewerker", "keizer"]) == {Rol.KCC_MEDEWERKER}
    assert Betrouwbaarheidsniveau.of("substantieel") is Betrouwbaarheidsniveau.SUBSTANTIEEL
    assert Betrouwbaarheidsniveau.of("toppie") is Betrouwbaarheidsniveau.LAAG
