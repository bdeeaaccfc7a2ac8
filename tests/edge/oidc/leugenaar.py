# SPDX-License-Identifier: EUPL-1.2
"""Leugenaar: an OpenID provider that does on command what a good one never does. It speaks HTTP over a real socket."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from schakel.kit.settings import OidcSettings

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]
CLIENT = "schakel"


def new_key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}, private=True)


KEY, OTHER = new_key("een"), new_key("een")
SECRET = OctKey.import_key("een geheim dat de client ook kent, dus geen handtekening")


def says(body: object, status: int = 200) -> Answer:
    """A whole answer, in JSON unless it is bytes already."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 %d X\r\ncontent-length: %d\r\nconnection: close\r\n\r\n" % (status, len(content)))
        writer.write(content)

    return answer


async def cuts(writer: asyncio.StreamWriter) -> None:
    """Promises more than it sends."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{")


async def shuts(writer: asyncio.StreamWriter) -> None:
    """Says nothing at all."""
    writer.close()


async def drips(writer: asyncio.StreamWriter) -> None:
    """One sign now and then, for ever: each comes in time, the whole never does."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.2)


async def floods(writer: asyncio.StreamWriter) -> None:
    """More than anybody wants to keep."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 50000000\r\n\r\n")
    for _ in range(500):
        writer.write(b" " * 100_000)
        await writer.drain()


@dataclass
class Leugenaar:
    """`answers` by path; a test replaces what it wants to be a lie."""

    issuer: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.behave()

    def behave(self) -> None:
        """As a good one, from now on."""
        self.asked.clear()
        self.answers = {
            "/.well-known/openid-configuration": says(self.description()),
            "/jwks": says({"keys": [KEY.as_dict(private=False)]}),
        }

    @property
    def settings(self) -> OidcSettings:
        return OidcSettings(self.issuer, CLIENT, "geheim")

    def description(self, **other: Any) -> dict[str, Any]:
        paths = {"authorization_endpoint": "/auth", "token_endpoint": "/token", "jwks_uri": "/jwks"}
        paths |= {"userinfo_endpoint": "/me", "end_session_endpoint": "/end"}
        return {"issuer": self.issuer, **{name: self.issuer + path for name, path in paths.items()}, **other}

    def claims(self, **other: Any) -> dict[str, Any]:
        now = int(time.time())
        good = {"iss": self.issuer, "aud": CLIENT, "sub": "ilse", "name": "Ilse", "groups": ["schakel-kcc"]}
        return {**good, "iat": now, "exp": now + 300, **other}

    def gives(self, claims: Mapping[str, Any], key: Any = KEY, alg: str = "RS256", kid: str | None = "een") -> None:
        """The next code is changed for this id_token."""
        self.answers["/token"] = says({"id_token": sign(claims, key, alg, kid), "access_token": "x"})


def sign(claims: Mapping[str, Any], key: Any = KEY, alg: str = "RS256", kid: str | None = "een") -> str:
    header = {"alg": alg, **({"kid": kid} if kid else {})}
    return jwt.encode(header, dict(claims), key, algorithms=[alg])


@asynccontextmanager
async def lying() -> AsyncIterator[Leugenaar]:
    """One, on a port of its own."""
    found: list[Leugenaar] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            path = head.split(" ")[1]
            found[0].asked.append(path)
            await found[0].answers.get(path, says({}, 404))(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    found.append(Leugenaar(f"http://localhost:{server.sockets[0].getsockname()[1]}"))
    try:
        yield found[0]
    finally:
        server.close()
