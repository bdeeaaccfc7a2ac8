# SPDX-License-Identifier: EUPL-1.2
"""Build: wires every part; opens nothing."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from schakel.app.huis import Huis
from schakel.app.inloggen import build_inloggen, build_oidc
from schakel.app.registers import build_register
from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.lindewaard.organisatie import KCC, kantooruren
from schakel.dienstverlening.producten import Product, producten
from schakel.dienstverlening.serviceformules import serviceformules
from schakel.identiteit.tokens import Signer
from schakel.kanaalintegratie.bestandscontrole import Bestandscontrole
from schakel.kanaalintegratie.dienst import Dienst
from schakel.kanaalintegratie.inbox import Inbox
from schakel.kanaalintegratie.inzien import Inzien
from schakel.kanaalintegratie.kanaal import InboundKanaal
from schakel.kanaalintegratie.kanaalwissel import Kanaalwissel
from schakel.kanaalintegratie.mijn import Mijn
from schakel.kanaalintegratie.ontvangst import Ontvangst
from schakel.kanaalintegratie.overdracht import Overgave
from schakel.kanaalintegratie.registratie import Registreren
from schakel.kanaalintegratie.telefoon import Telefoon
from schakel.kanaalintegratie.terugkoppeling import Terugkoppeling
from schakel.kanaalintegratie.verdeling.werkaanbod import Werkaanbod
from schakel.kanaalintegratie.verzending import Verzending
from schakel.kanaalintegratie.werkplek import Werkplek
from schakel.kanalen.balie.kanaal import BalieKanaal
from schakel.kanalen.email.kanaal import EmailKanaal
from schakel.kanalen.email.send import SmtpUit
from schakel.kanalen.telefoon.kanaal import TelefoonKanaal
from schakel.kanalen.webformulier.kanaal import WebformulierKanaal
from schakel.kit.clock import Clock
from schakel.kit.settings import Settings, host_and_port
from schakel.klantbeeld.compose import Klantbeelden
from schakel.klantbeeld.inzage import Klantinzage
from schakel.koppelingen.brp.client import BrpBron
from schakel.koppelingen.clamd.client import Clamd
from schakel.proceslogica.behandeling import Behandeling
from schakel.proceslogica.effecten import Uitvoering
from schakel.proceslogica.ingang import Ingang
from schakel.proceslogica.motor import Motor
from schakel.proceslogica.taakgevolgen import Gevolgen
from schakel.regie.logboek import pseudonym
from schakel.relatiebeheer.samenvoegen import Dubbelen
from schakel.storage.beheer import SqlBeheer
from schakel.storage.crypto import Kluis, derive, master_key
from schakel.storage.demo import SqlDemo
from schakel.storage.dubbelen import SqlDubbelregister
from schakel.storage.klantregister import Klantregister
from schakel.storage.levend import SqlLevend
from schakel.storage.lezen import SqlLezer
from schakel.storage.logboek import SqlLogboek
from schakel.storage.mijn import SqlMijn
from schakel.storage.overname.stand import SqlOvernames
from schakel.storage.pool import Database
from schakel.storage.sessies import SqlSessies
from schakel.storage.telefoon import SqlTelefoonlijst
from schakel.storage.verdeelbeheer import SqlVerdeelbeheer
from schakel.storage.werk import SqlWerk, open_werk
from schakel.web.diensten import Diensten
from schakel.web.drempel import Drempel


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


def _inbound(adres: str, maildomein: str) -> Mapping[Kanaal, InboundKanaal]:
    kanalen: Sequence[InboundKanaal] = (
        EmailKanaal(frozenset({adres, maildomein})),
        WebformulierKanaal(),
        BalieKanaal(),
        TelefoonKanaal(),
    )
    return {kanaal.kanaal: kanaal for kanaal in kanalen}


def build(settings: Settings, database: Database, brp_url: str, smtp_uit: tuple[str, int], clock: Clock) -> Huis:
    """Wire every part; opens nothing."""
    key = master_key(settings)
    kluis, werk = Kluis(key), open_werk(database, settings.prefix)
    table, adres = producten(), f"gemeente@{settings.maildomein}"
    dienst = _dienst(settings, table, clock())
    uit = {Kanaal.EMAIL: SmtpUit(*smtp_uit, f"Gemeente {settings.gemeente}", adres)}
    tokens = Signer(derive(key, "draad"), "draad")
    verzending = Verzending(werk, uit, tokens, dienst, settings.maildomein, settings.publiek_adres, clock)
    wissel, motor = Kanaalwissel(derive(key, "wisselcode")), Motor()
    ingang = Ingang(motor, table)
    ontvangst = Ontvangst(dienst, ingang, verzending, wissel)
    inbox = Inbox(werk, _inbound(adres, settings.maildomein), ontvangst, clock)
    terugkoppeling = Terugkoppeling(verzending, settings.publiek_adres)
    uitvoering = Uitvoering(verzending, terugkoppeling)
    lezer, logboek, register = SqlLezer(database), SqlLogboek(database), Klantregister(database, kluis)
    sessies, levend, brp = SqlSessies(database), SqlLevend(database.url), BrpBron(brp_url, clock=clock)
    demo = SqlDemo(database, "127.0.0.1", settings.smtp_port, settings.maildomein)
    oidc = build_oidc(settings, key, clock)
    name = partial(pseudonym, derive(key, "pseudoniem"))
    dubbelen = Dubbelen(SqlDubbelregister(database), logboek, name, clock)
    apis = build_register(settings, database, key, dienst, dubbelen, Gevolgen(motor, ingang, uitvoering), clock)
    diensten = Diensten(
        clock=clock,
        publiek_adres=settings.publiek_adres,
        open_werk=werk,
        inbox=inbox,
        registreren=Registreren(inbox),
        verzending=verzending,
        behandelingen=Behandeling(motor, ontvangst, uitvoering, table),
        logica=motor,
        werkplek=Werkplek(),
        werkaanbod=Werkaanbod(),
        overgave=Overgave(dienst.openingstijden),
        telefoon=Telefoon(werk, SqlTelefoonlijst(database), clock),
        wissel=wissel,
        terugkoppeling=terugkoppeling,
        lezer=lezer,
        inzien=Inzien(lezer, logboek, name, clock),
        klantinzage=Klantinzage(Klantbeelden((register, brp), name, clock), register, logboek, logboek, name),
        mijn=Mijn(SqlMijn(database), wissel, logboek, name, clock),
        dubbelen=dubbelen,
        dienst=dienst,
        producten=table,
        aanmelden=sessies,
        drempel=Drempel(_Pogingen(werk)),
        levend=levend,
        beheer=SqlBeheer(database),
        abonneren=apis.notificaties.abonneren,
        toegang=apis.toegang,
        overnames=SqlOvernames(database),
        verdeelbeheer=SqlVerdeelbeheer(database),
        demo=demo if settings.demo else None,
        inloggen=build_inloggen(settings, oidc, sessies),
    )
    scanner = Clamd(*address) if (address := host_and_port(settings.clamd)) else None
    controle = Bestandscontrole(werk, scanner, clock)
    return Huis(settings, database, inbox, verzending, controle, diensten, levend, sessies, demo, brp, apis, oidc)
