# SPDX-License-Identifier: EUPL-1.2
"""Lindewaard with two klanten of whom everything is known, and those who may look at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

import asyncpg

from schakel.begrippen.doel import Doel
from schakel.dienstverlening.lindewaard.organisatie import MEDEWERKERS
from schakel.identiteit.wie import Medewerker, Wie, known_rollen
from schakel.kit.ids import new_id
from schakel.klantbeeld.beeld import Klantbeeld
from schakel.klantbeeld.bron import Bron
from schakel.klantbeeld.compose import Klantbeelden
from schakel.koppelingen.brp.client import BrpBron
from schakel.regie.bewaartermijnen import vervalt_op
from schakel.regie.catalogus import Klantgegevenscatalogus, catalogus
from schakel.regie.logboek import pseudonym
from schakel.storage.crypto import Kluis
from schakel.storage.klantregister import Klantregister
from schakel.storage.logboek import SqlLogboek
from schakel.storage.pool import Connection, Database
from schakel.storage.seed.rows import key
from tests.edge.klantbeeld.brp_relay import Relay

UNTIL = datetime(2026, 11, 24, 14, tzinfo=UTC)
AYLIN = key("partij", 0)
#: By their bsn in the small BRP: both have a partner, the second has geheimhouding.
OPEN_BSN, GEHEIM_BSN = "900194030", "999991188"
_SPACE = uuid5(AYLIN, "klantbeeld")
OPEN, GEHEIM = uuid5(_SPACE, OPEN_BSN), uuid5(_SPACE, GEHEIM_BSN)


def medewerker(account: str) -> Medewerker:
    """One of Lindewaard's."""
    found = next(m for m in MEDEWERKERS if m.account == account)
    return Medewerker(key("actor", account), found.naam, known_rollen(found.rollen), found.team, found.functie)


@dataclass
class House:
    """All parts of a klantbeeld, of which `compose` takes a fresh composer, so that no breaker remembers."""

    database: Database
    kluis: Kluis
    register: Klantregister
    logboek: SqlLogboek
    brp_url: str
    relay: Relay

    def pseudonym(self, partij_id: UUID) -> bytes:
        return pseudonym(b"a key of these tests", partij_id)

    def beelden(self, *bronnen: Bron, catalogus: Klantgegevenscatalogus = catalogus()) -> Klantbeelden:  # noqa: B008
        return Klantbeelden(bronnen, self.pseudonym, catalogus=catalogus)

    async def compose(self, wie: Wie, doel: Doel, partij_id: UUID = OPEN, *, brp_url: str = "") -> Klantbeeld:
        """One klantbeeld from our own register and the BRP at this url."""
        brp = BrpBron(brp_url or self.brp_url)
        try:
            sleutels = await self.register.klantsleutels(partij_id)
            return await self.beelden(self.register, brp).compose(sleutels, wie, doel, self.logboek)
        finally:
            await brp.close()

    async def counts(self) -> Mapping[str, int]:
        """Rows per table."""
        async with self.database.connection() as connection:
            tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
            return {t: await connection.fetchval(f'select count(*) from "{t}"') for (t,) in tables}

    async def lines(self) -> list[asyncpg.Record]:
        """The whole logboek, oldest first, each line also as text."""
        async with self.database.connection() as connection:
            return await connection.fetch("select v.*, v::text as tekst from verwerking v order by id")


async def add_klanten(connection: Connection, kluis: Kluis) -> None:
    """The two klanten; neither is geheim by our own records."""
    for partij_id, bsn in ((OPEN, OPEN_BSN), (GEHEIM, GEHEIM_BSN)):
        await connection.execute(
            """insert into partij (id, soort, zelfstandig, naam, zoeknaam, geboortedatum, straat, huisnummer, postcode,
                 woonplaats, aanspreekvorm, voorkeur, aangemaakt_op, gewijzigd_op, vervalt_op)
               values ($1, 'persoon', false, 'Klant bij ons', '', $2, 'Dorpsstraat', '7', '3811LA', 'Lindewaard',
                 'mevrouw', 'e-mail', $3, $3, $4)""",
            partij_id, date(1980, 2, 1), UNTIL, vervalt_op("partij", UNTIL),
        )  # fmt: skip
        await connection.execute(
            "insert into partij_identificator values ($1, $2, 'bsn', 'brp', $3, $4)",
            new_id(), partij_id, kluis.encrypt(bsn), kluis.blind("bsn", bsn),
        )  # fmt: skip
        await connection.execute(
            """insert into digitaal_adres (id, partij_id, soort, adres, zoekadres, is_standaard, verstrekt_op)
               values ($1, $2, 'email', 'klant@post.example', 'klant@post.example', true, $3)""",
            new_id(), partij_id, UNTIL,
        )  # fmt: skip
        await add_interactie(connection, partij_id, "Zeker van deze klant", vastgesteld=True)
        await add_interactie(connection, partij_id, "Niet zeker van deze klant", vastgesteld=False)


async def add_interactie(connection: Connection, partij_id: UUID, onderwerp: str, *, vastgesteld: bool) -> None:
    """With one contact and one verzoek."""
    interactie_id, contact_id = new_id(), new_id()
    await connection.execute(
        """insert into interactie (id, nummer, onderwerp, product, status, team, partij_id, vastgesteld,
             begonnen_kanaal, begonnen_op, laatste_op, vervalt_op)
           values ($1, $2, $3, 'parkeervergunning', 'open', 'parkeren', $4, $5, 'balie', $6, $6, $7)""",
        interactie_id, f"LW-T-{interactie_id.hex[-6:]}", onderwerp, partij_id, vastgesteld, UNTIL,
        vervalt_op("interactie", UNTIL),
    )  # fmt: skip
    await connection.execute(
        """insert into klantcontact (id, nummer, interactie_id, kanaal, onderwerp, plaatsgevonden_op, vervalt_op)
           values ($1, $2, $3, 'balie', $4, $5, $6)""",
        contact_id, contact_id.hex, interactie_id, onderwerp, UNTIL, vervalt_op("klantcontact", UNTIL),
    )  # fmt: skip
    await connection.execute(
        """insert into gespreksbijdrage (id, interactie_id, klantcontact_id, kanaal, richting, tijdstip)
           values ($1, $2, $3, 'balie', 'uit', $4)""",
        new_id(), interactie_id, contact_id, UNTIL,
    )  # fmt: skip
    await connection.execute(
        """insert into verzoek (id, interactie_id, product, status, uitkomst, gewijzigd_op)
           values ($1, $2, 'parkeervergunning', 'ontvangen', $3, $4)""",
        new_id(), interactie_id, onderwerp, UNTIL,
    )  # fmt: skip
