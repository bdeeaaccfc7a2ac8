# SPDX-License-Identifier: EUPL-1.2
"""Stad: Lindewaard with its whole house on a database of one test: pages, background work, a BRP and a postbus."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import uvicorn

from schakel.app import Huis, mail_ontvangst, opened
from schakel.kit.clock import Clock, system_clock
from schakel.kit.settings import Settings
from schakel.storage.pool import Database
from schakel.web.diensten import Diensten
from schakel.web.sessie import new_token

KEY = bytes(range(32))


@dataclass
class Bezoeker:
    """Somebody with a browser, without JavaScript. `csrf` goes along with every form."""

    client: httpx.AsyncClient
    csrf: str = ""

    async def get(self, path: str, **options: object) -> httpx.Response:
        return await self.client.get(path, **options)  # type: ignore[arg-type]

    async def post(self, path: str, data: dict[str, object] | None = None, **options: object) -> httpx.Response:
        """A form, with its csrf token."""
        return await self.client.post(path, data={"csrf": self.csrf, **(data or {})}, **options)  # type: ignore[arg-type]


@dataclass
class Stad:
    """The house of one test. `url` is of its database."""

    huis: Huis
    url: str

    def __post_init__(self) -> None:
        self.app = self.huis.web()

    @property
    def diensten(self) -> Diensten:
        return self.huis.diensten

    @property
    def database(self) -> Database:
        return self.huis.database

    def visitor(self) -> Bezoeker:
        """Somebody who did not sign in. Redirects are not followed."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        headers = {"accept": "text/html", "sec-fetch-site": "same-origin"}
        return Bezoeker(httpx.AsyncClient(transport=transport, base_url="http://stad.test", headers=headers))

    async def log_in(self, account: str) -> Bezoeker:
        """A medewerker, by account."""
        bezoeker, token = self.visitor(), new_token()
        bezoeker.csrf = new_token()
        assert await self.diensten.aanmelden.open_for_account(account, token, bezoeker.csrf, self.diensten.clock())
        bezoeker.client.cookies.set("schakel", token)
        return bezoeker

    async def log_in_partij(self, partij_id: UUID, niveau: str = "substantieel") -> Bezoeker:
        """An inwoner who proved who he is."""
        bezoeker, token = self.visitor(), new_token()
        bezoeker.csrf = new_token()
        at = self.diensten.clock()
        await self.diensten.aanmelden.open_for_partij(partij_id, niveau, token, bezoeker.csrf, at)
        bezoeker.client.cookies.set("schakel", token)
        return bezoeker

    async def partij(self, naam: str = "Aylin Yılmaz") -> UUID:
        """An identified partij by name."""
        found: UUID | None = await self.value(
            "select id from partij where naam = $1 and not zelfstandig order by id limit 1", naam
        )
        assert found is not None, f"nobody is called {naam}"
        return found

    async def actor(self, account: str) -> UUID:
        found: UUID = await self.value("select id from actor where account = $1", account)
        return found

    async def value(self, sql: str, *arguments: object):  # type: ignore[no-untyped-def]
        """One value out of the database, to see what was really kept."""
        async with self.database.connection() as connection:
            return await connection.fetchval(sql, *arguments)

    async def do_jobs(self) -> None:
        """Run the background work until nothing waits."""
        jobs = self.huis.jobs()
        running = asyncio.create_task(jobs.run())
        try:
            async with asyncio.timeout(30):
                while await self.value(  # noqa: ASYNC110  # the queue offers no event
                    """select count(*) from pgqueuer where status in ('queued', 'picked')
                       and execute_after < now() + interval '2 seconds'"""
                ):
                    await asyncio.sleep(0.02)
        finally:
            jobs.stop()
            await running


def stad_settings(folder: Path) -> Settings:
    opened = {"notificaties_toegestaan": "127.0.0.0/8"}  # subscribers of a test listen on loopback
    return Settings(data=folder, sleutel=KEY, publiek_adres="http://stad.test", smtp_port=1, **opened)


@asynccontextmanager
async def open_stad(folder: Path, url: str, clock: Clock = system_clock, **more: Any) -> AsyncIterator[Stad]:
    """The house on this database, seeded when it was empty. `more`: settings of this test."""
    async with opened(replace(stad_settings(folder), **more), url, clock=clock, say=lambda _: None) as huis:
        yield Stad(huis, url)


@dataclass
class Draaiend:
    """The same, as a visitor meets it: on ports, with background work going on."""

    stad: Stad
    url: str
    smtp_port: int


@asynccontextmanager
async def run_stad(folder: Path, url: str, **more: Any) -> AsyncIterator[Draaiend]:
    """Pages, mail ontvangst and background work in this event loop, on free ports."""
    with socket.create_server(("127.0.0.1", 0)) as web, socket.create_server(("127.0.0.1", 0)) as free:
        address, smtp_port = f"http://localhost:{web.getsockname()[1]}", free.getsockname()[1]
        free.close()
        web.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        settings = replace(stad_settings(folder), publiek_adres=address, smtp_port=smtp_port, **more)
        async with (
            opened(settings, url, say=lambda _: None) as huis,
            mail_ontvangst(huis, "127.0.0.1", smtp_port) as mail,
        ):
            jobs = huis.jobs()
            server = uvicorn.Server(uvicorn.Config(huis.web(mail), log_config=None, access_log=False))
            tasks = asyncio.create_task(jobs.run()), asyncio.create_task(server.serve(sockets=[web]))
            try:
                async with asyncio.timeout(20):
                    while not server.started:  # noqa: ASYNC110  # uvicorn offers no event
                        await asyncio.sleep(0.02)
                yield Draaiend(Stad(huis, url), address, smtp_port)
            finally:
                jobs.stop()
                server.should_exit = server.force_exit = True
                await asyncio.wait(tasks, timeout=10)
