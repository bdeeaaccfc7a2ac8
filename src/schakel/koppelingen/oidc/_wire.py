# SPDX-License-Identifier: EUPL-1.2
"""What the provider says over HTTP, within limits of time and size; anything else is ProviderOnbereikbaar."""

import asyncio
from typing import Any, TypeVar

import httpx
import msgspec

from schakel.identiteit.inloggen import ProviderOnbereikbaar

SECONDS = 6.0  # for one whole answer, however slowly it drips
MAX_BYTES = 500_000
T = TypeVar("T")


class Discovery(msgspec.Struct, frozen=True):
    """The part of OpenID Provider Metadata that we use."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    end_session_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    code_challenge_methods_supported: tuple[str, ...] = ()
    authorization_response_iss_parameter_supported: bool = False


class Tokens(msgspec.Struct, frozen=True):
    """The answer of the token endpoint."""

    id_token: str
    access_token: str = ""

    def __repr__(self) -> str:
        return "Tokens(•••)"


class Refusal(Exception):
    """The provider answered with this status: it understood us, and says no."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


async def fetch(client: httpx.AsyncClient, method: str, url: str, **options: Any) -> bytes:
    """The body of a 200. Raises Refusal on a 4xx, ProviderOnbereikbaar on all else."""
    try:
        async with asyncio.timeout(SECONDS), client.stream(method, url, **options) as response:
            if 400 <= response.status_code < 500 and response.status_code not in (404, 408, 429):
                raise Refusal(response.status_code)
            if response.status_code != 200:
                raise ProviderOnbereikbaar
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_BYTES:
                    raise ProviderOnbereikbaar
            return bytes(body)
    except (TimeoutError, httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError):
        raise ProviderOnbereikbaar from None  # the cause names addresses and may quote what was sent


async def fetch_as(client: httpx.AsyncClient, method: str, url: str, kind: type[T], **options: Any) -> T:
    """The same, as JSON of this kind."""
    body = await fetch(client, method, url, **options)
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ProviderOnbereikbaar from None
