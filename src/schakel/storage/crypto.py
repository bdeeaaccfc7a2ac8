# SPDX-License-Identifier: EUPL-1.2
"""Crypto: a bsn is stored as ciphertext with a keyed blind index, and a partij is logged by pseudonym."""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = b"\x01"


class Kluis:
    """Holds keys derived from the master key, one per use."""

    def __init__(self, master: bytes) -> None:
        if len(master) != 32:
            raise ValueError("the master key has 32 bytes")
        self._aes = AESGCM(derive(master, "cijfer"))
        self._blind = derive(master, "blind")
        self._pseudonym = derive(master, "pseudoniem")

    def encrypt(self, text: str) -> bytes:
        """Authenticated ciphertext; the same text gives another one each time."""
        nonce = os.urandom(12)
        return _VERSION + nonce + self._aes.encrypt(nonce, text.encode(), _VERSION)

    def decrypt(self, cijfer: bytes) -> str:
        """The text; raises ValueError when the ciphertext was not made by this key."""
        try:
            return self._aes.decrypt(cijfer[1:13], cijfer[13:], cijfer[:1]).decode()
        except InvalidTag:
            raise ValueError("ciphertext of another key") from None

    def blind(self, soort: str, text: str) -> bytes:
        """By which an exact value is found without being readable."""
        return hmac.new(self._blind, f"{soort}:{text}".encode(), hashlib.sha256).digest()

    def pseudonym(self, partij_id: bytes) -> bytes:
        """Sixteen bytes that stand for a partij in the logboek."""
        return hmac.new(self._pseudonym, partij_id, hashlib.sha256).digest()[:16]


def derive(master: bytes, use: str) -> bytes:
    """A key of 32 bytes for one use only."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"schakel/{use}".encode()).derive(master)
