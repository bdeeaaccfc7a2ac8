# SPDX-License-Identifier: EUPL-1.2
"""The one command for the beheerder: start, web, werker, check, token, normen."""

import argparse
import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import uvicorn
from litestar import Litestar

from schakel.app import Huis, PortTaken, mail_ontvangst, opened, toegangsbeheer, verdeling
from schakel.app.opdrachten import add_moves, move
from schakel.identiteit.inloggen import read_groepen
from schakel.kanaalintegratie.gezondheid import Controle
from schakel.kanalen.email.postbus import read_postbussen
from schakel.kit.clock import system_clock
from schakel.kit.errors import InvalidInput, SchakelError
from schakel.kit.log import set_up_logging
from schakel.kit.normen import report
from schakel.kit.projection import Guard
from schakel.kit.settings import Settings, problems, read_settings
from schakel.regie.doelen import DOELEN, VRAAG
from schakel.relatiebeheer.register.toegang import ALL
from schakel.relatiebeheer.register.toegangsbeheer import Aanvraag, spell
from schakel.storage.cluster import attach, own_database


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when all went well. What is wrong is said in Dutch, without a trace."""
    parser = argparse.ArgumentParser(prog="schakel", description="De schakel tussen elk kanaal en elk proces.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help="start alles in één proces, met een eigen database als er geen is")
    commands.add_parser("web", help="start alleen de schermen en API's")
    commands.add_parser("werker", help="start alleen de e-mailontvangst en het werk op de achtergrond")
    commands.add_parser("check", help="zegt wat er nog geregeld moet worden")
    token = commands.add_parser("token", help="geeft een ander systeem toegang en toont het token één keer")
    token.add_argument("naam", help="naam van het systeem, zoals KISS")
    token.add_argument("--eigenaar", default="Beheer", help="welk team ervoor zorgt")
    token.add_argument("--doel", default=VRAAG.sleutel, help=f"waarvoor: {', '.join(DOELEN)}")
    token.add_argument("--dagen", type=int, default=365, help="hoelang het geldt")
    token.add_argument("--alleen-lezen", action="store_true")
    token.add_argument("--vertrouwelijk", action="store_true", help="ook vertrouwelijke klantcontacten")
    token.add_argument("--geheim", action="store_true", help="ook wie geheimhouding vroeg")
    norm = commands.add_parser("normen", help="laat zien welke eisen zijn aangetoond")
    norm.add_argument("--map", type=Path, default=Path.cwd(), help="de map met de broncode")
    add_moves(commands)
    chosen = parser.parse_args(arguments)
    try:
        match chosen.command:
            case "exporteer" | "importeer":
                set_up_logging(logging.WARNING)
                return asyncio.run(move(read_settings(), chosen, say))
            case "normen":
                say(report(chosen.map))
            case "check":
                return check(read_settings())
            case "token":
                asyncio.run(make_token(read_settings(), chosen))
            case "web":
                return serve_web(read_settings())
            case command:
                set_up_logging()
                asyncio.run(start(read_settings()) if command == "start" else work(read_settings()))
    except SchakelError as error:
        fields = error.fields.values() if isinstance(error, InvalidInput) else ()
        said = filter(None, (f"{error.title.rstrip('.')}.", error.detail, *fields, error.advice))
        print(" ".join(said), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def say(text: str) -> None:
    """Progress, at once, also through a pipe."""
    print(text, flush=True)


def check(settings: Settings) -> int:
    """What a beheerder should still arrange; 0 also when there is something, because it is advice."""
    read_postbussen(settings.imap)
    found = problems(settings)
    if settings.oidc:
        read_groepen(settings.oidc.groepen)
    for sentence in found or ["Alles is geregeld."]:
        say(sentence)
    return 0


async def make_token(settings: Settings, asked: argparse.Namespace) -> None:
    """The first way in for an empty gemeente: the token alone on standard output, what it may do beside it."""
    guards = [guard for guard in Guard if getattr(asked, guard)]
    async with toegangsbeheer(settings, attach(settings)) as toegang:
        scopes = toegang.scopes([ALL], [] if asked.alleen_lezen else [ALL], guards)
        at = system_clock()
        until = at + timedelta(days=min(max(asked.dagen, 0), 9_999))
        gemaakt = await toegang.make(Aanvraag(asked.naam, asked.eigenaar, asked.doel, scopes, until), at)
    print("\n".join(["Dit token ziet u maar één keer.", *spell(scopes)]), file=sys.stderr)
    say(gemaakt.geheim)


async def start(settings: Settings) -> None:
    """Everything in one event loop: database, mail intake, background work and screens."""
    stop = _stop_signals()
    with _bound(settings.host, settings.port) as web_socket:
        port = web_socket.getsockname()[1]
        if settings.port == 0:
            settings = replace(settings, port=port, publiek_adres=f"http://localhost:{port}")
        say("Database starten")
        async with AsyncExitStack() as stack:
            url = await stack.enter_async_context(own_database(settings))
            huis = await stack.enter_async_context(opened(settings, url, say=say))
            mail = await stack.enter_async_context(mail_ontvangst(huis, settings.host, settings.smtp_port))
            await stack.enter_async_context(verdeling(huis))
            await _run(huis, mail, web_socket, stop)


async def _run(huis: Huis, mail: Sequence[Controle], web_socket: socket.socket, stop: asyncio.Event) -> None:
    jobs, server = huis.jobs(), _Server(_config(huis.web(mail)))
    tasks = [
        asyncio.create_task(jobs.run()),
        asyncio.create_task(server.serve(sockets=[web_socket])),
        asyncio.create_task(stop.wait()),
    ]
    while not server.started and not any(task.done() for task in tasks):  # noqa: ASYNC110  # uvicorn has no event
        await asyncio.sleep(0.02)
    if server.started:
        say(f"Schakel is gereed: {huis.settings.publiek_adres}")
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    jobs.stop()
    await huis.levend.stop()
    server.should_exit = True
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*tasks[:2]), 15)
    for task in tasks:
        task.cancel()


async def work(settings: Settings) -> None:
    """Mail intake and background work, beside one or more `schakel web`."""
    stop = _stop_signals()
    async with (
        opened(settings, attach(settings), say=say) as huis,
        mail_ontvangst(huis, settings.host, settings.smtp_port),
        verdeling(huis),
    ):
        jobs = huis.jobs()
        running = asyncio.create_task(jobs.run())
        say("Werker is gereed")
        await stop.wait()
        jobs.stop()
        await running


def serve_web(settings: Settings) -> int:
    """Screens and APIs only, in as many processes as SCHAKEL_WERKERS says."""
    from granian import Granian
    from granian.constants import Interfaces

    attach(settings)
    Granian(
        "schakel.cli:web_app",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.werkers,
        log_access=False,
    ).serve()
    return 0


class WebProcess:
    """One process of `schakel web`: the house is opened with it and closed with it."""

    def __init__(self) -> None:
        self._app: Litestar | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._app is not None:
            await self._app(scope, receive, send)

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        settings = read_settings()
        set_up_logging()
        async with opened(settings, attach(settings)) as huis:
            self._app = huis.web()
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})


def web_app() -> WebProcess:
    """For granian, which calls this in each process."""
    return WebProcess()


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are ours: all parts stop in order, not only this one."""
        yield


def _config(app: Litestar) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        timeout_graceful_shutdown=3,
    )


def _bound(host: str, port: int) -> socket.socket:
    try:
        listener = socket.create_server((host, port), backlog=512)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # asyncio does not for a socket of ours
        return listener
    except OSError:
        raise PortTaken(f"Poort {port} is bezet.") from None


def _stop_signals() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


if __name__ == "__main__":
    sys.exit(main())
