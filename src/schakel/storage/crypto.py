# SPDX-License-Identifier: EUPL-1.2
"""Crypto: a bsn is stored as ciphertext with a keyed blind index."""

import base64
import hashlib
import hmac
import os
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from schakel.kit.settings import Settings

_KEY_ID = b"\x01"  # of the one key there is; a next key gets a next id
_SHORTEST = 1 + 12 + 16  # id, nonce, and the tag of an empty text


class Kluis:
    """Holds keys derived from the master key, one per use."""

    def __init__(self, master: bytes) -> None:
        if len(master) != 32:
            raise ValueError("the master key has 32 bytes")
        self._aes = AESGCM(derive(master, "cijfer"))
        self._blind = derive(master, "blind")

    def encrypt(self, text: str) -> bytes:
        """Authenticated ciphertext; the same text gives another one each time."""
        nonce = os.urandom(12)
        return _KEY_ID + nonce + self._aes.encrypt(nonce, text.encode(), _KEY_ID)

    def decrypt(self, cijfer: bytes) -> str:
        """The text; raises ValueError when the ciphertext was not made by this key."""
        if cijfer[:1] != _KEY_ID or len(cijfer) < _SHORTEST:
            raise ValueError("ciphertext of another key")
        try:
            return self._aes.decrypt(cijfer[1:13], cijfer[13:], cijfer[:1]).decode()
        except InvalidTag:
            raise ValueError("ciphertext of another key") from None

    def blind(self, soort: str, text: str) -> bytes:
        """By which an exact value is found without being readable."""
        return hmac.new(self._blind, f"{soort}:{text}".encode(), hashlib.sha256).digest()


def master_key(settings: Settings) -> bytes:
    """SCHAKEL_SLEUTEL, else the one in SCHAKEL_DATA, made once. Without it no bsn can be read."""
    if settings.sleutel:
        return settings.sleutel
    settings.data.mkdir(parents=True, exist_ok=True)
    file = settings.data / "sleutel"
    if not file.exists():
        _make_key(file)
    return base64.b64decode(file.read_text(), validate=False)


def _make_key(file: Path) -> None:
    """Two processes at once agree on the first one's: a link never replaces what is there."""
    handle, name = tempfile.mkstemp(prefix="sleutel.", dir=file.parent)
    with os.fdopen(handle, "wb") as target:
        target.write(base64.b64encode(os.urandom(32)) + b"\n")
        target.flush()
        os.fsync(target.fileno())
    try:
        file.hardlink_to(name)
    except FileExistsError:
        return
    finally:
        os.unlink(name)


def derive(master: bytes, use: str) -> bytes:
    """A key of 32 bytes for one use only."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"schakel/{use}".encode()).derive(master)
