# SPDX-License-Identifier: EUPL-1.2
"""Diensten: all that the faces may ask of the house. app fills it; a face takes what it needs and wires nothing."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from schakel.dienstverlening.producten import Product
from schakel.identiteit.inloggen import Inloggen
from schakel.kanaalintegratie.beheer import Beheer
from schakel.kanaalintegratie.demo import Demo
from schakel.kanaalintegratie.dienst import Dienst
from schakel.kanaalintegratie.inbox import Inbox
from schakel.kanaalintegratie.inzien import Inzien
from schakel.kanaalintegratie.kanaalwissel import Kanaalwissel
from schakel.kanaalintegratie.levend import Levend
from schakel.kanaalintegratie.lezen import Lezer
from schakel.kanaalintegratie.mijn import Mijn
from schakel.kanaalintegratie.overdracht import Overgave
from schakel.kanaalintegratie.registratie import Registreren
from schakel.kanaalintegratie.telefoon import Telefoon
from schakel.kanaalintegratie.terugkoppeling import Terugkoppeling
from schakel.kanaalintegratie.verdeling.beheer import Verdeelbeheer
from schakel.kanaalintegratie.verdeling.werkaanbod import Werkaanbod
from schakel.kanaalintegratie.verzending import Verzending
from schakel.kanaalintegratie.werkplek import Werkplek
from schakel.kit.clock import Clock
from schakel.klantbeeld.inzage import Klantinzage
from schakel.proceslogica.contract import Behandelingen, Behandelwerk, Proceslogica
from schakel.relatiebeheer.notificaties.abonneren import Abonneren
from schakel.relatiebeheer.overname.poorten import Overnames
from schakel.relatiebeheer.register.toegangsbeheer import Toegangsbeheer
from schakel.relatiebeheer.samenvoegen import Dubbelen
from schakel.web.drempel import Drempel
from schakel.web.sessie import Connection


class Aanmelden(Protocol):
    """Opens and ends sessies. Of a token only the digest is kept."""

    async def open_for_account(self, account: str, token: str, csrf: str, at: datetime) -> bool: ...
    async def open_for_partij(self, partij_id: UUID, niveau: str, token: str, csrf: str, at: datetime) -> None: ...
    async def close(self, token: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Diensten:
    """`demo` is None in a real gemeente, `inloggen` where no provider is connected."""

    clock: Clock
    publiek_adres: str
    open_werk: Callable[[], AbstractAsyncContextManager[Behandelwerk]]
    inbox: Inbox
    registreren: Registreren
    verzending: Verzending
    behandelingen: Behandelingen
    logica: Proceslogica
    werkplek: Werkplek
    werkaanbod: Werkaanbod
    overgave: Overgave
    telefoon: Telefoon
    wissel: Kanaalwissel
    terugkoppeling: Terugkoppeling
    lezer: Lezer
    inzien: Inzien
    klantinzage: Klantinzage
    mijn: Mijn
    dubbelen: Dubbelen
    dienst: Dienst
    producten: Mapping[str, Product]
    aanmelden: Aanmelden
    drempel: Drempel
    levend: Levend
    beheer: Beheer
    abonneren: Abonneren
    toegang: Toegangsbeheer
    overnames: Overnames
    verdeelbeheer: Verdeelbeheer
    demo: Demo | None = None
    inloggen: Inloggen | None = None


def diensten_of(connection: Connection) -> Diensten:
    """Of the house behind this request."""
    diensten: Diensten = connection.app.state["diensten"]
    return diensten
