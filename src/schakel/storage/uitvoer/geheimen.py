# SPDX-License-Identifier: EUPL-1.2
"""Geheimen: how ciphertext leaves and comes back: under the key of the export, or readable when somebody says so."""

import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from schakel.kit.errors import SchakelError
from schakel.storage.crypto import Kluis


class OtherKey(SchakelError):
    """Nothing was read."""

    title = "Deze sleutel hoort niet bij deze export"
    advice = "Gebruik het sleutelbestand waarmee de export is gemaakt."


class Geheimen:
    """AES-SIV with the row as context: the same value in the same row is the same text, so that hashes can be compared;
    the same value in another row is not."""

    def __init__(self, kluis: Kluis, key: bytes | None) -> None:
        self._kluis = kluis
        self._siv = key and AESSIV(HKDF(SHA512(), 64, None, b"schakel/export").derive(key))
        self.vorm = "versleuteld" if key else "leesbaar"
        self.merk = hashlib.sha256(b"schakel/export:" + key).hexdigest()[:16] if key else ""

    def out(self, cijfer: bytes, row: str) -> str:
        """What the house has as ciphertext, as it leaves."""
        text = self._kluis.decrypt(cijfer)
        return self._siv.encrypt(text.encode(), [row.encode()]).hex() if self._siv else text

    def back(self, text: str, row: str) -> tuple[bytes, str]:
        """As ciphertext of this house, and as it is."""
        if self._siv:
            try:
                text = self._siv.decrypt(bytes.fromhex(text), [row.encode()]).decode()
            except (InvalidTag, ValueError):
                raise OtherKey from None
        return self._kluis.encrypt(text), text

    def blind(self, soort: str, text: str) -> bytes:
        """By which this house finds it."""
        return self._kluis.blind(soort, text)
