# SPDX-License-Identifier: EUPL-1.2
"""Aanmelding: who calls, by the Authorization header: a token of ours, or one that the client signed (ZGW)."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from schakel.api.register.fouten import authentication_failed, not_authenticated
from schakel.kit.clock import Clock
from schakel.relatiebeheer.register.toegang import Houder, Tokens

_REMEMBERED = 5.0  # seconds in which a withdrawn token may still work
_VALID = 3_600.0  # a token that a client signed lasts an hour, whatever it says itself
_SKEW = 120.0  # clocks differ
_MOST = 10_000


@dataclass(slots=True)
class Aanmelding:
    """Asks `tokens` now and then; between two requests of one client it remembers."""

    tokens: Tokens
    clock: Clock
    _known: dict[str, tuple[float, Houder]] = field(default_factory=dict)

    async def recognise(self, header: str) -> Houder:
        """Who this is; raises a 401 otherwise."""
        if not header:
            raise not_authenticated()
        at = self.clock()
        now = at.timestamp()
        until, houder = self._known.get(header, (0.0, None))
        if houder is None or now >= until:
            houder = await self._find(header, now)
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[header] = (now + _REMEMBERED, houder)
        if houder.verloopt_op <= at:
            raise authentication_failed()
        return houder

    async def _find(self, header: str, now: float) -> Houder:
        way, _, value = header.partition(" ")
        value = value.strip()
        houder: Houder | None = None
        if way.lower() == "token" and value:
            houder = await self.tokens.holder(value)
        elif way.lower() == "bearer" and value:
            houder = await self._signed(value, now)
        if houder is None:
            raise authentication_failed()
        return houder

    async def _signed(self, token: str, now: float) -> Houder | None:
        parts = token.split(".")
        if len(parts) != 3 or not token.isascii():
            return None
        head, claims = _object(parts[0]), _object(parts[1])
        if head.get("alg") != "HS256" or not _is_current(claims, now):
            return None
        client = await self.tokens.client(str(claims.get("client_id") or claims.get("iss") or ""))
        if client is None:
            return None
        mac = hmac.new(client.secret.encode(), f"{parts[0]}.{parts[1]}".encode(), hashlib.sha256).digest()
        if not hmac.compare_digest(mac, _bytes(parts[2])):
            return None
        who = str(claims.get("user_representation") or claims.get("user_id") or "")
        return replace(client.houder, wie=who.replace("\0", "")[:200])


def _is_current(claims: Mapping[str, Any], now: float) -> bool:
    try:
        issued = float(claims["iat"])
        starts, ends = float(claims.get("nbf", issued)), float(claims.get("exp", issued + _VALID))
    except (KeyError, TypeError, ValueError):
        return False
    return starts - _SKEW <= now < ends and issued - _SKEW <= now < issued + _VALID + _SKEW


def _object(part: str) -> Mapping[str, Any]:
    try:
        found = msgspec.json.decode(_bytes(part))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def _bytes(part: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except binascii.Error:
        return b""
