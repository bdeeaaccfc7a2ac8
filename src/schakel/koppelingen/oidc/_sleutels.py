# SPDX-License-Identifier: EUPL-1.2
"""The provider's keys, and what a token must be signed with and say before we believe it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey, import_key
from joserfc.jws import extract_compact

from schakel.identiteit.inloggen import BewijsOngeldig, ProviderOnbereikbaar
from schakel.kit.clock import Clock
from schakel.koppelingen.oidc._wire import Refusal, fetch_as

#: Signatures with a key pair only: HS256 would make a client secret into a signing key, and `none` is no signature.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
SKEW = 60  # seconds that clocks may differ
OLDEST = 600  # seconds between the provider signing a token and us reading it
_FRESH = 3_600.0  # seconds that keys are kept
_PAUSE = 10.0  # seconds between two fetches for an unknown kid: made-up ones do not make us a nuisance
_FAULTS = (JoseError, ValueError, TypeError, KeyError, UnicodeError, AttributeError, RecursionError)


@dataclass(slots=True)
class Sleutels:
    """Fetches keys when there are none, when they are old, and when a token names one that is new (rotation)."""

    client: httpx.AsyncClient
    clock: Clock
    _keys: list[Key] = field(default_factory=list)
    _fetched: float = 0.0
    _missed: float = 0.0

    async def of(self, url: str, kid: str | None) -> list[Key]:
        """Those that may have signed a token with this kid; without kid all of them."""
        now = self.clock().timestamp()
        if now - self._fetched > _FRESH:
            await self._fetch(url, now)
        elif not self._matching(kid) and now - self._missed > _PAUSE:
            self._missed = now
            await self._fetch(url, now)
        return self._matching(kid)

    async def _fetch(self, url: str, now: float) -> None:
        try:
            found = await fetch_as(self.client, "GET", url, dict[str, Any])
        except Refusal:
            raise ProviderOnbereikbaar from None
        self._keys, self._fetched = _public(found), now

    def _matching(self, kid: str | None) -> list[Key]:
        return [key for key in self._keys if kid is None or key.kid == kid]


def _public(found: Mapping[str, Any]) -> list[Key]:
    """The keys that can be used to check signatures; one that we do not know is no fault of the others."""
    rows = found.get("keys")
    keys: list[Key] = []
    for row in rows if isinstance(rows, list) else ():
        try:
            if row.get("use", "sig") == "sig":
                keys.append(import_key(row))
        except _FAULTS:
            continue
    return [key for key in keys if isinstance(key, RSAKey | ECKey | OKPKey)]


async def read(token: str, sleutels: Sleutels, url: str) -> dict[str, Any]:
    """The claims of a signed token, whatever they are; raises BewijsOngeldig when none of the keys made it."""
    try:
        header = extract_compact(token.encode()).headers()
        kid, fits = header.get("kid"), header.get("alg") in ALGORITHMS
    except _FAULTS:
        raise BewijsOngeldig from None
    if not fits or not (kid is None or isinstance(kid, str)):
        raise BewijsOngeldig
    for key in await sleutels.of(url, kid):
        try:
            return dict(jwt.decode(token, key, algorithms=list(ALGORITHMS)).claims)
        except _FAULTS:
            continue
    raise BewijsOngeldig  # GE-11


def check(claims: Mapping[str, Any], issuer: str, client_id: str, now: float) -> None:
    """Of this provider, for us, and of now; raises BewijsOngeldig."""
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if claims.get("iss") != issuer or client_id not in audiences:
        raise BewijsOngeldig
    if claims.get("azp", client_id) != client_id or (len(audiences) > 1 and "azp" not in claims):
        raise BewijsOngeldig
    issued, ends, starts = claims.get("iat"), claims.get("exp"), claims.get("nbf", 0)
    if not all(isinstance(moment, int | float) for moment in (issued, ends, starts)):
        raise BewijsOngeldig
    if not (starts - SKEW <= now < ends + SKEW and -SKEW <= now - issued < OLDEST):  # type: ignore[operator]
        raise BewijsOngeldig
