# SPDX-License-Identifier: EUPL-1.2
"""App: puts the house together. The only file that knows every part; it decides nothing."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from litestar import Litestar
from litestar.handlers import ASGIRouteHandler

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.api.register.aanmelding import Aanmelding
from schakel.api.register.app import RegisterApp, register_handler
from schakel.api.schakel.gezondheid import gezondheid_handler
from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.lindewaard.organisatie import KCC, kantooruren
from schakel.dienstverlening.producten import Product, producten
from schakel.dienstverlening.serviceformules import serviceformules
from schakel.identiteit.tokens import Signer
from schakel.kanaalintegratie.dienst import Dienst
from schakel.kanaalintegratie.gezondheid import Controle
from schakel.kanaalintegratie.inbox import Inbox
from schakel.kanaalintegratie.inzien import Inzien
from schakel.kanaalintegratie.kanaal import InboundKanaal, OutboundKanaal
from schakel.kanaalintegratie.kanaalwissel import Kanaalwissel
from schakel.kanaalintegratie.mijn import Mijn
from schakel.kanaalintegratie.ontvangst import Ontvangst
from schakel.kanaalintegratie.registratie import Registreren
from schakel.kanaalintegratie.terugkoppeling import Terugkoppeling
from schakel.kanaalintegratie.verzending import Verzending
from schakel.kanaalintegratie.vindplaats import Vindplaats
from schakel.kanaalintegratie.werkplek import Werkplek
from schakel.kanalen.balie.kanaal import BalieKanaal
from schakel.kanalen.email.envelop import Envelop
from schakel.kanalen.email.imap_in import ImapIn
from schakel.kanalen.email.kanaal import EmailKanaal, check_smtp_in
from schakel.kanalen.email.postbus import read_postbussen
from schakel.kanalen.email.proefpostbus import open_proefpostbus
from schakel.kanalen.email.send import SmtpUit
from schakel.kanalen.email.smtp_in import SmtpIn, listen
from schakel.kanalen.telefoon.kanaal import TelefoonKanaal
from schakel.kanalen.webformulier.kanaal import WebformulierKanaal
from schakel.kit.clock import Clock, system_clock
from schakel.kit.errors import SchakelError
from schakel.kit.settings import Settings
from schakel.klantbeeld.compose import Klantbeelden
from schakel.klantbeeld.inzage import Klantinzage
from schakel.koppelingen.brp.client import BrpBron
from schakel.koppelingen.brp.proef.server import BrpProef
from schakel.proceslogica.behandeling import Behandeling
from schakel.proceslogica.effecten import Uitvoering
from schakel.proceslogica.ingang import Ingang
from schakel.proceslogica.motor import Motor
from schakel.regie.doelen import VRAAG
from schakel.regie.logboek import pseudonym
from schakel.relatiebeheer.register.toegang import EVERYTHING
from schakel.storage.basis import prepare_models, prepare_processen, prepare_teams, preparing
from schakel.storage.beheer import SqlBeheer
from schakel.storage.crypto import Kluis, derive, master_key
from schakel.storage.demo import SqlDemo, store_proefpost
from schakel.storage.gezondheid import DatabaseControle
from schakel.storage.jobs.runner import Jobs
from schakel.storage.klantregister import Klantregister
from schakel.storage.levend import SqlLevend
from schakel.storage.lezen import SqlLezer
from schakel.storage.logboek import SqlLogboek
from schakel.storage.migrations import migrate
from schakel.storage.mijn import SqlMijn
from schakel.storage.pool import Database
from schakel.storage.register.reader import RegisterReader, for_reading
from schakel.storage.register.tokens import SqlTokens
from schakel.storage.register.write_context import House
from schakel.storage.register.write_port import SqlWrites
from schakel.storage.seed import seed
from schakel.storage.sessies import SqlSessies
from schakel.storage.vindplaatsen import SqlVindplaatsen
from schakel.storage.werk import SqlWerk, open_werk
from schakel.web.beheer import routes as beheer
from schakel.web.diensten import Diensten
from schakel.web.drempel import Drempel
from schakel.web.klant import routes as klant
from schakel.web.medewerker import routes as medewerker
from schakel.web.plugin import MAX_BODY, WebPlugin

_log = logging.getLogger(__name__)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Register:
    """The APIs on our own records. `lees`: connections for reads alone."""

    handlers: Sequence[ASGIRouteHandler]
    tokens: SqlTokens
    lees: Database


@dataclass(frozen=True, slots=True)
class Huis:
    """Every part, put together on one database."""

    settings: Settings
    database: Database
    inbox: Inbox
    verzending: Verzending
    diensten: Diensten
    levend: SqlLevend
    sessies: SqlSessies
    demo: SqlDemo
    brp: BrpBron
    register: Register

    def web(self, controles: Sequence[Controle] = ()) -> Litestar:
        """The pages and APIs. `controles`: of parts that run in this process beside the database."""
        control = DatabaseControle(self.database)
        all_controles = (control.database, control.werk, *controles)
        https = self.settings.publiek_adres.startswith("https://")
        plugin = WebPlugin(
            self.sessies, self.diensten.clock, self.settings.gemeente, https=https, demo=self.settings.demo
        )
        app = Litestar(
            [
                *medewerker.HANDLERS,
                *klant.HANDLERS,
                *beheer.HANDLERS,
                gezondheid_handler(all_controles),
                *self.register.handlers,
            ],
            plugins=[plugin],
            request_max_body_size=MAX_BODY,
            openapi_config=None,
            logging_config=None,
        )
        app.state["diensten"] = self.diensten
        app.state["controles"] = all_controles
        return app

    async def prepare(self, say: Say) -> None:
        """What must be there before the first contact, and the demo where that is wanted; done once, by one process."""
        prefix, at = self.settings.prefix, self.diensten.clock()
        async with preparing(self.database):
            if self.settings.demo:
                await seed(self.database, Kluis(master_key(self.settings)), at, prefix, say)
            await prepare_teams(self.database, self.diensten.producten, KCC)
            await prepare_models(self.database, self.diensten.logica, prefix, at)
            await prepare_processen(self.database, self.inbox.ontvangst.proces, prefix, at, say)
        if self.settings.demo_token:
            until = at + timedelta(days=365)
            await self.register.tokens.add(
                self.settings.demo_token, "Proef", self.settings.gemeente, VRAAG.sleutel, EVERYTHING, until
            )

    def jobs(self) -> Jobs:
        """What happens after something came in or must go out."""

        async def register(payload: bytes) -> None:
            await self.inbox.register(UUID(bytes=payload))

        async def deliver(payload: bytes) -> None:
            await self.verzending.attempt(UUID(bytes=payload))

        return Jobs(self.database.url, {"registreer": register, "verzend": deliver})

    async def store_mail(self, content: bytes, envelop: Envelop, plaats: Vindplaats | None = None) -> None:
        """What SMTP hands over, or what was fetched from this place."""
        at = envelop.received_at
        await self.inbox.store(Kanaal.EMAIL, content, envelop.to_dict(), at, vindplaats=plaats)


def _register(settings: Settings, database: Database, key: bytes, dienst: Dienst, clock: Clock) -> Register:
    kluis, name_key, lees = Kluis(key), derive(key, "pseudoniem"), for_reading(database.url)
    tokens, house = SqlTokens(database, kluis, clock), House(kluis, dienst, settings.prefix)
    aanmelding, handlers = Aanmelding(tokens, clock), []
    for api in (KLANTINTERACTIES, CONTACTGEGEVENS):
        base = settings.publiek_adres + api.path
        reads = RegisterReader(lees, kluis, name_key, api, base, clock)
        writes = SqlWrites(database, reads, api, base, house, clock)
        handlers.append(register_handler(RegisterApp(api, settings.publiek_adres, reads, writes, aanmelding)))
    return Register(handlers, tokens, lees)


@dataclass(frozen=True, slots=True)
class _Pogingen:
    """Counts each try in a unit of work of its own, so that a refusal counts too."""

    open_werk: Callable[[], AbstractAsyncContextManager[SqlWerk]]

    async def count(self, soort: str, wie: str, at: datetime) -> int:
        async with self.open_werk() as werk:
            return await werk.pogingen.count(soort, wie, at)


def _dienst(settings: Settings, table: Mapping[str, Product], at: datetime) -> Dienst:
    return Dienst(
        gemeente=settings.gemeente,
        contactregel="Bel 14 0199 of kom langs. Wij zijn open op werkdagen van 8.30 tot 17.00 uur.",
        producten=table,
        formules=serviceformules(),
        openingstijden=kantooruren(at.year),
        standaardteam=KCC,
        standaardformule="flits",
    )


def build(settings: Settings, database: Database, brp_url: str, smtp_uit: tuple[str, int], clock: Clock) -> Huis:
    """Wire every part; opens nothing."""
    key = master_key(settings)
    kluis, werk = Kluis(key), open_werk(database, settings.prefix)
    table, adres = producten(), f"gemeente@{settings.maildomein}"
    dienst = _dienst(settings, table, clock())
    uit: Mapping[Kanaal, OutboundKanaal] = {
        Kanaal.EMAIL: SmtpUit(*smtp_uit, f"Gemeente {settings.gemeente}", adres),
    }
    verzending = Verzending(
        werk, uit, Signer(derive(key, "draad"), "draad"), dienst, settings.maildomein, settings.publiek_adres, clock
    )
    wissel, motor = Kanaalwissel(derive(key, "wisselcode")), Motor()
    ontvangst = Ontvangst(dienst, Ingang(motor, table), verzending, wissel)
    inbound: Sequence[InboundKanaal] = (
        EmailKanaal(frozenset({adres, settings.maildomein})),
        WebformulierKanaal(),
        BalieKanaal(),
        TelefoonKanaal(),
    )
    inbox = Inbox(werk, {kanaal.kanaal: kanaal for kanaal in inbound}, ontvangst, clock)
    terugkoppeling = Terugkoppeling(verzending, settings.publiek_adres)
    lezer, logboek, register = SqlLezer(database), SqlLogboek(database), Klantregister(database, kluis)
    sessies, levend, brp = SqlSessies(database), SqlLevend(database.url), BrpBron(brp_url, clock=clock)
    demo = SqlDemo(database, "127.0.0.1", settings.smtp_port, settings.maildomein)

    name = partial(pseudonym, derive(key, "pseudoniem"))

    diensten = Diensten(
        clock=clock,
        publiek_adres=settings.publiek_adres,
        open_werk=werk,
        inbox=inbox,
        registreren=Registreren(inbox),
        verzending=verzending,
        behandelingen=Behandeling(motor, ontvangst, Uitvoering(verzending, terugkoppeling), table),
        logica=motor,
        werkplek=Werkplek(),
        wissel=wissel,
        terugkoppeling=terugkoppeling,
        lezer=lezer,
        inzien=Inzien(lezer, logboek, name, clock),
        klantinzage=Klantinzage(
            Klantbeelden((register, brp), name, clock),
            register,
            logboek,
            logboek,
            name,
        ),
        mijn=Mijn(SqlMijn(database), wissel, logboek, name, clock),
        dienst=dienst,
        producten=table,
        aanmelden=sessies,
        drempel=Drempel(_Pogingen(werk)),
        levend=levend,
        beheer=SqlBeheer(database),
        demo=demo if settings.demo else None,
    )
    apis = _register(settings, database, key, dienst, clock)
    return Huis(settings, database, inbox, verzending, diensten, levend, sessies, demo, brp, apis)


@asynccontextmanager
async def opened(
    settings: Settings, url: str, *, say: Say = _log.info, clock: Clock = system_clock
) -> AsyncIterator[Huis]:
    """The house on a migrated and prepared database, with the demo's own parts where no real ones are named."""
    say("Database bijwerken")
    await migrate(url)
    async with AsyncExitStack() as stack:
        database = Database(url)
        await database.open()
        stack.push_async_callback(database.close)
        brp_url = settings.brp_url
        if not brp_url:
            proef = BrpProef()
            brp_url = await proef.start()
            stack.push_async_callback(proef.stop)
        smtp_uit = _address(settings.smtp_uit)
        if smtp_uit is None:
            postbus = await open_proefpostbus(partial(_keep, database))
            stack.callback(postbus.close)
            smtp_uit = ("127.0.0.1", postbus.sockets[0].getsockname()[1])
        huis = build(settings, database, brp_url, smtp_uit, clock)
        stack.push_async_callback(huis.brp.close)
        await huis.register.lees.open()
        stack.push_async_callback(huis.register.lees.close)
        await huis.prepare(say)
        listening = asyncio.create_task(huis.levend.run())
        stack.callback(listening.cancel)
        yield huis


@asynccontextmanager
async def mail_ontvangst(huis: Huis, host: str, port: int) -> AsyncIterator[Sequence[Controle]]:
    """Listens for mail and follows the mailboxes; gives the checks of these parts."""
    smtp_in = SmtpIn(huis.store_mail, huis.settings.maildomein)
    try:
        server = await listen(smtp_in, host, port, huis.settings.maildomein)
    except OSError:
        raise PortTaken(f"Poort {port} is bezet.") from None

    boek = SqlVindplaatsen(huis.database)
    postbussen = [ImapIn(postbus, huis.store_mail, boek) for postbus in read_postbussen(huis.settings.imap)]
    following = [asyncio.create_task(postbus.run()) for postbus in postbussen]
    try:
        yield [partial(check_smtp_in, smtp_in), *(postbus.check for postbus in postbussen)]
    finally:
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
        server.close()
        await server.wait_closed()


class PortTaken(SchakelError):
    """Another program listens there."""

    title = "Schakel kan niet luisteren"
    advice = "Kies een andere poort met SCHAKEL_PORT of SCHAKEL_SMTP_PORT."


async def _keep(database: Database, content: bytes, _: Envelop) -> None:
    await store_proefpost(database, content)


def _address(value: str) -> tuple[str, int] | None:
    host, _, port = value.rpartition(":")
    return (host, int(port)) if value else None
