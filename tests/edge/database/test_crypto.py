# SPDX-License-Identifier: EUPL-1.2
"""The kluis: what one key closed no other opens, and the key is made once."""

import secrets
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.kit.settings import Settings
from schakel.storage.crypto import Kluis, derive, master_key

KLUIS = Kluis(bytes(range(32)))


@given(st.text(max_size=40))
def test_what_is_encrypted_comes_back_and_never_looks_the_same(text: str) -> None:
    one, two = KLUIS.encrypt(text), KLUIS.encrypt(text)
    assert one != two
    assert KLUIS.decrypt(one) == KLUIS.decrypt(two) == text


@given(st.binary(max_size=60))
def test_what_is_not_ours_is_refused(cijfer: bytes) -> None:
    with pytest.raises(ValueError, match="another key"):
        KLUIS.decrypt(cijfer)


@given(st.integers(min_value=0, max_value=37))
def test_one_changed_byte_is_noticed(at: int) -> None:
    cijfer = bytearray(KLUIS.encrypt("999993653"))
    assert len(cijfer) == 38
    cijfer[at] ^= 1
    with pytest.raises(ValueError, match="another key"):
        KLUIS.decrypt(bytes(cijfer))


def test_a_blind_index_depends_on_key_and_kind_and_finds_the_same() -> None:
    assert KLUIS.blind("bsn", "999993653") == Kluis(bytes(range(32))).blind("bsn", "999993653")
    others = {
        KLUIS.blind("kvk", "999993653"),
        Kluis(bytes(32)).blind("bsn", "999993653"),
    }
    assert KLUIS.blind("bsn", "999993653") not in others
    assert derive(bytes(32), "blind") != derive(bytes(32), "cijfer")


def test_a_master_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Kluis(secrets.token_bytes(16))


def test_the_key_is_made_once_and_for_us_alone(tmp_path: Path) -> None:
    settings, found = Settings(data=tmp_path / "data"), set()
    starts = [threading.Thread(target=lambda: found.add(master_key(settings))) for _ in range(8)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(found) == 1
    assert len(next(iter(found))) == 32
    assert [file.name for file in settings.data.iterdir()] == ["sleutel"]
    assert (settings.data / "sleutel").stat().st_mode & 0o777 == 0o600
    assert master_key(Settings(data=settings.data, sleutel=bytes(32))) == bytes(32)
