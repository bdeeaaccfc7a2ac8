# SPDX-License-Identifier: EUPL-1.2
"""Wisselcode: six signs with which a klant takes a running Interactie to another kanaal (KS-4)."""

import hashlib
import hmac
import secrets
from datetime import timedelta

#: Without 0 O 1 I L 5 S, which are misread and misheard.
TEKENS = "2346789ABCDEFGHJKMNPQRTUVWXYZ"
LENGTE = 6
GELDIG = timedelta(days=28)


def new_wisselcode() -> str:
    """Random, 29^6 possibilities, in the form that people read: 7KQ-4M2."""
    code = "".join(secrets.choice(TEKENS) for _ in range(LENGTE))
    return f"{code[:3]}-{code[3:]}"


def normalise_wisselcode(getypt: str) -> str | None:
    """Six signs in upper case without a hyphen, or None when it cannot be a Wisselcode."""
    code = "".join(c for c in getypt.upper() if not c.isspace() and c not in "-–—.")
    return code if len(code) == LENGTE and all(c in TEKENS for c in code) else None


def digest_wisselcode(code: str, key: bytes) -> bytes:
    """What is stored: the code itself never is. `code` is normalised."""
    return hmac.new(key, b"wisselcode:" + code.encode(), hashlib.sha256).digest()
