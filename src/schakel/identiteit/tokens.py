# SPDX-License-Identifier: EUPL-1.2
"""Tokens: random ones for sessies, signed ones that carry an id through mail and links.

A signed token is 48 signs of a-z and 2-7: it survives a mail server that changes case, and fits before the @.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

LENGTH = 48
_MAC_BYTES = 14  # 16 bytes of id and 14 of signature fill 48 signs exactly, so each token has one spelling


def new_session_token() -> str:
    """256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def digest_session_token(token: str) -> bytes:
    """What is stored of it (sha256): whoever reads the table cannot log in."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def sign(key: bytes, purpose: str, uuid: UUID) -> str:
    """A token that only we can make; it holds for one purpose."""
    return base64.b32encode(uuid.bytes + _mac(key, purpose, uuid.bytes)).decode().lower()


def verify(key: bytes, purpose: str, token: str) -> UUID | None:
    """The id in a token that we signed for this purpose, else None. Takes equally long for every wrong signature."""
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        raw = base64.b32decode(token.upper())
    except binascii.Error:
        return None
    carried, mac = raw[:16], raw[16:]
    if not hmac.compare_digest(mac, _mac(key, purpose, carried)):
        return None
    return UUID(bytes=carried)


def _mac(key: bytes, purpose: str, carried: bytes) -> bytes:
    return hmac.new(key, purpose.encode() + b"\x00" + carried, hashlib.sha256).digest()[:_MAC_BYTES]


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """`sign` and `verify` with one key for one purpose, for who should not see the key."""

    key: bytes
    purpose: str

    def __post_init__(self) -> None:
        if len(self.key) < 32:
            raise ValueError("a signing key has at least 32 bytes")

    def sign(self, uuid: UUID) -> str:
        return sign(self.key, self.purpose, uuid)

    def verify(self, token: str) -> UUID | None:
        return verify(self.key, self.purpose, token)
