# SPDX-License-Identifier: EUPL-1.2
"""Huis: every part, put together on one database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from litestar import Litestar

from schakel.api.schakel.gezondheid import gezondheid_handler
from schakel.api.schakel.telefoon import telefoon_handlers
from schakel.app.registers import Register
from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.lindewaard.organisatie import KCC
from schakel.kanaalintegratie.bestandscontrole import Bestandscontrole
from schakel.kanaalintegratie.gezondheid import Controle
from schakel.kanaalintegratie.inbox import Inbox
from schakel.kanaalintegratie.verzending import Verzending
from schakel.kanaalintegratie.vindplaats import Vindplaats
from schakel.kanalen.email.envelop import Envelop
from schakel.kanalen.telefoon.gebeurtenis import read_gebeurtenis
from schakel.kit.settings import Settings
from schakel.koppelingen.brp.client import BrpBron
from schakel.koppelingen.oidc.client import OidcInlogdienst
from schakel.regie.doelen import VRAAG
from schakel.relatiebeheer.register.toegang import EVERYTHING
from schakel.storage.basis import prepare_models, prepare_processen, prepare_teams, preparing
from schakel.storage.bijlagen import CONTROLEER, expect_scanner
from schakel.storage.crypto import Kluis, master_key
from schakel.storage.demo import SqlDemo
from schakel.storage.gezondheid import DatabaseControle
from schakel.storage.jobs.runner import Jobs
from schakel.storage.levend import SqlLevend
from schakel.storage.pool import Database
from schakel.storage.seed import seed
from schakel.storage.sessies import SqlSessies
from schakel.storage.verdeelbeheer import prepare_verdeling
from schakel.web.beheer import routes as beheer
from schakel.web.diensten import Diensten
from schakel.web.klant import routes as klant
from schakel.web.medewerker import routes as medewerker
from schakel.web.plugin import MAX_BODY, WebPlugin

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Huis:
    """Every part, put together on one database."""

    settings: Settings
    database: Database
    inbox: Inbox
    verzending: Verzending
    bestandscontrole: Bestandscontrole
    diensten: Diensten
    levend: SqlLevend
    sessies: SqlSessies
    demo: SqlDemo
    brp: BrpBron
    register: Register
    oidc: OidcInlogdienst | None = None

    def web(self, controles: Sequence[Controle] = ()) -> Litestar:
        """The pages and APIs. `controles`: of parts that run in this process beside the database."""
        control = DatabaseControle(self.database)
        scanner = self.bestandscontrole.scanner
        own = (control.database, control.werk, self.register.notificaties.opslag.gezondheid)
        others = [*([scanner.check] if scanner else []), *([self.oidc.controle] if self.oidc else [])]
        all_controles = (*own, *others, *controles)
        https = self.settings.publiek_adres.startswith("https://")
        plugin = WebPlugin(
            self.sessies,
            self.diensten.clock,
            self.settings.gemeente,
            https=https,
            demo=self.settings.demo,
            telefoon=bool(self.settings.telefoon),
        )
        app = Litestar(
            [
                *medewerker.HANDLERS,
                *klant.HANDLERS,
                *beheer.HANDLERS,
                gezondheid_handler(all_controles),
                *telefoon_handlers(self.take_call, self.settings.telefoon),
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
            await expect_scanner(self.database, there=self.bestandscontrole.scanner is not None)
            await prepare_teams(self.database, self.diensten.producten, KCC)
            await prepare_verdeling(self.database, at, demo=self.settings.demo)
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

        async def control(payload: bytes) -> None:
            await self.bestandscontrole.control(UUID(bytes=payload))

        handlers = {"registreer": register, "verzend": deliver, CONTROLEER: control}
        return Jobs(self.database.url, handlers, beside=[self.register.notificaties.bezorging()])

    async def take_call(self, soort: str, inhoud: bytes) -> None:
        """What a telephone exchange posts."""
        now = self.diensten.clock()
        await self.diensten.telefoon.take(read_gebeurtenis("centrale", soort, inhoud, now))

    async def store_mail(self, content: bytes, envelop: Envelop, plaats: Vindplaats | None = None) -> None:
        """What SMTP hands over, or what was fetched from this place."""
        at = envelop.received_at
        await self.inbox.store(Kanaal.EMAIL, content, envelop.to_dict(), at, vindplaats=plaats)
