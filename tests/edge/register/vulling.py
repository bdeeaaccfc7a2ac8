# SPDX-License-Identifier: EUPL-1.2
"""A small register with one of everything, put straight into the tables, and a client that reads it over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.api.register.aanmelding import Aanmelding
from schakel.api.register.app import RegisterApp, register_handler
from schakel.kit.ids import new_id
from schakel.kit.text import searchable
from schakel.relatiebeheer.register.poorten import Write, Written
from schakel.relatiebeheer.register.toegang import EVERYTHING
from schakel.storage.crypto import Kluis
from schakel.storage.naamdelen import name_parts
from schakel.storage.pool import Database
from schakel.storage.register.reader import RegisterReader, for_reading
from schakel.storage.register.tokens import SqlTokens

HOST = "https://schakel.lindewaard.example"
KEY, NAME_KEY = b"s" * 32, b"n" * 32
BSN, ANDER_BSN, KVK, VESTIGING = "999990342", "999992740", "69599084", "000037178598"
NU = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
VERVALT = (NU + timedelta(days=1800)).date()


@dataclass
class Vulling:
    """The ids of what was put in, by a name each."""

    kluis: Kluis
    ids: dict[str, UUID] = field(default_factory=dict)

    async def put(self, db: Database, table: str, name: str, **columns: Any) -> UUID:
        """One row."""
        columns = {"id": new_id(), **columns}
        names, places = ", ".join(columns), ", ".join(f"${n}" for n in range(1, len(columns) + 1))
        async with db.connection() as connection:
            await connection.execute(f"insert into {table} ({names}) values ({places})", *columns.values())
        self.ids[name] = columns["id"]
        return columns["id"]

    async def partij(self, db: Database, name: str, **columns: Any) -> UUID:
        basis = {"soort": "persoon", "zelfstandig": False, "aangemaakt_op": NU, "gewijzigd_op": NU}
        return await self.put(db, "partij", name, **(basis | {"vervalt_op": VERVALT} | columns))

    async def findable(self, db: Database, name: str, naam: str, **columns: Any) -> UUID:
        """A partij with all that it is found by."""
        zoeknaam = searchable(naam)
        partij = await self.partij(db, name, naam=naam, zoeknaam=zoeknaam, **columns)
        async with db.connection() as connection:
            await connection.executemany(
                "insert into naamdeel values ($1, $2)", [(part, partij) for part in name_parts(zoeknaam)]
            )
        return partij

    async def klantcontact(self, db: Database, name: str, partij: UUID | None, **columns: Any) -> UUID:
        """With its Interactie and its betrokkene, `<name>.betrokkene`."""
        interactie = await self.put(
            db, "interactie", f"{name}.interactie", nummer=name, onderwerp=name, status="gesloten", team="kcc",
            begonnen_kanaal="telefoon", begonnen_op=NU, laatste_op=NU, vervalt_op=VERVALT,
        )  # fmt: skip
        basis = {"nummer": f"9{len(self.ids):09d}", "kanaal": "telefoon", "onderwerp": name, "plaatsgevonden_op": NU}
        basis |= {"interactie_id": interactie, "vervalt_op": VERVALT}
        klantcontact = await self.put(db, "klantcontact", name, **(basis | columns))
        await self.put(db, "betrokkene", f"{name}.betrokkene", klantcontact_id=klantcontact, partij_id=partij)
        return klantcontact

    async def identificator(
        self, db: Database, name: str, partij: UUID | None, soort: str, nummer: str, **more: Any
    ) -> UUID:
        bsn = soort == "bsn"
        return await self.put(
            db, "partij_identificator", name, partij_id=partij, soort=soort, register="brp" if bsn else "hr",
            cijfer=self.kluis.encrypt(nummer) if bsn else None, nummer="" if bsn else nummer,
            blind=self.kluis.blind("bsn", nummer) if bsn else nummer.encode(), **more,
        )  # fmt: skip


async def fill(db: Database, kluis: Kluis) -> Vulling:
    """Fatima with everything, Bram with a secret address, a firm with a vestiging, and some contacts."""
    v = Vulling(kluis)
    async with db.connection() as connection:
        await connection.execute("insert into team values ('kcc', 'KCC') on conflict do nothing")
    fatima = await v.partij(db, "fatima", naam="Fatima Yılmaz", voornaam="Fatima", achternaam="Yılmaz", straat="Dam",
                            huisnummer="12", toevoeging="a", postcode="1234AB", woonplaats="Lindewaard")  # fmt: skip
    bram = await v.partij(db, "bram", naam="Bram", geheim=True, straat="Verborgen", postcode="9999ZZ")
    firma = await v.partij(db, "firma", soort="organisatie", naam="Bakkerij")
    await v.partij(db, "onbekend", zelfstandig=True, naam="Iemand aan de balie")
    await v.identificator(db, "bsn", fatima, "bsn", BSN)
    await v.identificator(db, "ander_bsn", bram, "bsn", ANDER_BSN)
    kvk = await v.identificator(db, "kvk", firma, "kvk_nummer", KVK)
    await v.identificator(db, "vestiging", firma, "vestigingsnummer", VESTIGING, sub_id=kvk)
    await v.identificator(db, "fatima_kvk", fatima, "kvk_nummer", "12345678")
    for name, partij, soort, adres in (
        ("email", fatima, "email", "fatima@voorbeeld.example"), ("telefoon", fatima, "telefoonnummer", "0612345678"),
        ("geheime_email", bram, "email", "bram@voorbeeld.example"),
    ):  # fmt: skip
        await v.put(db, "digitaal_adres", name, partij_id=partij, soort=soort, adres=adres, zoekadres=adres,
                    verstrekt_op=NU)  # fmt: skip
    rekening = await v.put(db, "rekeningnummer", "rekening", partij_id=fatima, iban="NL91ABNA0417164300")
    async with db.connection() as connection:
        await connection.execute("update partij set voorkeursadres_id = $2, voorkeursrekening_id = $3 where id = $1",
                                 fatima, v.ids["email"], rekening)  # fmt: skip
    categorie = await v.put(db, "categorie", "categorie", naam="ondernemer")
    await v.put(db, "categorie_relatie", "categorie_relatie", partij_id=fatima, categorie_id=categorie,
                begin_datum=NU.date())  # fmt: skip
    await v.put(db, "vertegenwoordiging", "vertegenwoordiging", vertegenwoordigende=fatima, vertegenwoordigde=bram)
    await _contacten(db, v)
    await v.put(db, "persoon", "persoon", geboortedatum=NU.date(), geslachtsnaam="Jansen", vervalt_op=VERVALT)
    await v.put(db, "organisatie", "organisatie", handelsnaam="Bakkerij", vervalt_op=VERVALT)
    return v


async def _contacten(db: Database, v: Vulling) -> None:
    vraag = await v.klantcontact(db, "vraag", v.ids["fatima"], inhoud="Waar is mijn 100%_pas?", metadata='{"a": "b"}')
    await v.klantcontact(db, "geheim_gesprek", v.ids["fatima"], vertrouwelijk=True, kanaal="balie")
    antwoord = await v.klantcontact(db, "antwoord", v.ids["onbekend"], kanaal="e-mail", indicatie_contact_gelukt=False)
    actor = await v.put(db, "actor", "actor", soort="medewerker", naam="Joris", object_id="joris@lindewaard.example",
                        soort_object="mdw", register="msei", soort_object_id="email")  # fmt: skip
    await v.put(db, "actor_klantcontact", "actorklantcontact", actor_id=actor, klantcontact_id=vraag)
    await v.put(db, "onderwerpobject", "zaak", klantcontact_id=vraag, object_id="zaak-1", soort_object="zaak",
                register="open-zaak", soort_object_id="uuid")  # fmt: skip
    await v.put(db, "onderwerpobject", "draad", klantcontact_id=antwoord, was_klantcontact_id=vraag)
    await v.put(db, "bijlage_verwijzing", "bijlage", klantcontact_id=vraag, object_id="document-1")
    for name, klantcontact in (("taak", "vraag"), ("geheime_taak", "geheim_gesprek")):
        await v.put(db, "interne_taak", name, nummer=f"9{len(v.ids):09d}", actor_id=actor,
                    klantcontact_id=v.ids[klantcontact],
                    interactie_id=v.ids[f"{klantcontact}.interactie"], gevraagde_handeling="Bel terug",
                    toegewezen_op=NU)  # fmt: skip


class NoWrites:
    """These tests only read; a write that gets through all the same is an error of the test."""

    async def write(self, write: Write) -> Written:
        raise AssertionError(write.method)


@dataclass
class Lezer:
    """A client of the API, and the database under it."""

    http: httpx.AsyncClient
    db: Database
    vulling: Vulling

    async def get(self, path: str, token: str = "alles", **headers: str) -> httpx.Response:
        return await self.http.get(path, headers={"Authorization": f"Token {token}", **headers})

    async def json(self, path: str, token: str = "alles") -> Any:
        answer = await self.get(path, token)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, body: object, token: str = "alles") -> httpx.Response:
        return await self.http.post(path, json=body, headers={"Authorization": f"Token {token}"})

    async def found(self, path: str, token: str = "alles") -> list[UUID]:
        """The uuids on the page; their number is the count."""
        page = await self.json(path, token)
        assert page["count"] == len(page["results"])
        return [UUID(row["uuid"]) for row in page["results"]]


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[Lezer]:
    """The APIs on this database, filled, with the tokens `alles`, `kaal` (no guards), `contacten` and a client."""
    db, kluis = for_reading(url), Kluis(KEY)
    await db.open()
    vulling, tokens, end = await fill(db, kluis), SqlTokens(db, kluis), datetime.now(UTC) + timedelta(days=1)
    await tokens.add("alles", "Alles", "KCC", "vraag", EVERYTHING, end)
    await tokens.add("kaal", "Kaal", "KCC", "vraag", ("*:lezen",), end)
    await tokens.add("contacten", "Contacten", "KCC", "vraag", ("klantcontacten:lezen",), end)
    await tokens.add("oud", "Oud", "KCC", "vraag", EVERYTHING, datetime.now(UTC) - timedelta(seconds=1))
    await tokens.add_client("kiss", "een geheim van meer dan 32 tekens lang", "KISS", "KCC", "vraag", EVERYTHING, end)
    aanmelding, writes = Aanmelding(tokens, lambda: datetime.now(UTC)), NoWrites()
    readers = {api.path: RegisterReader(db, kluis, NAME_KEY, api, HOST + api.path) for api in
               (KLANTINTERACTIES, CONTACTGEGEVENS)}  # fmt: skip
    app = Litestar(
        [
            register_handler(RegisterApp(KLANTINTERACTIES, HOST, readers[KLANTINTERACTIES.path], writes, aanmelding)),
            register_handler(RegisterApp(CONTACTGEGEVENS, HOST, readers[CONTACTGEGEVENS.path], writes, aanmelding)),
        ],
        openapi_config=None,
        logging_config=None,
    )
    base = f"http://intern:8080{KLANTINTERACTIES.path}/"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base) as http:
        yield Lezer(http, db, vulling)
    await db.close()
