# SPDX-License-Identifier: EUPL-1.2
"""A client that writes to the register over HTTP, and the database under it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.api.register.aanmelding import Aanmelding
from schakel.api.register.app import RegisterApp, register_handler
from schakel.api.register.dubbelen import DubbelenApi
from schakel.dienstverlening.lindewaard.organisatie import kantooruren
from schakel.dienstverlening.producten import producten
from schakel.dienstverlening.serviceformules import serviceformules
from schakel.identiteit.tokens import Signer
from schakel.kanaalintegratie.dienst import Dienst
from schakel.kanaalintegratie.terugkoppeling import Terugkoppeling
from schakel.kanaalintegratie.verzending import Verzending
from schakel.kit.clock import system_clock
from schakel.kit.projection import Api
from schakel.proceslogica.effecten import Uitvoering
from schakel.proceslogica.ingang import Ingang
from schakel.proceslogica.motor import Motor
from schakel.proceslogica.taakgevolgen import Gevolgen
from schakel.regie.logboek import pseudonym
from schakel.relatiebeheer.samenvoegen import Dubbelen
from schakel.storage.basis import prepare_models
from schakel.storage.crypto import Kluis
from schakel.storage.dubbelen import SqlDubbelregister
from schakel.storage.logboek import SqlLogboek
from schakel.storage.pool import Database
from schakel.storage.register.reader import RegisterReader
from schakel.storage.register.tokens import SqlTokens
from schakel.storage.register.write_context import House
from schakel.storage.register.write_port import SqlWrites
from schakel.storage.werk import open_werk

HOST = "https://schakel.lindewaard.example"
KEY, NAME_KEY = b"s" * 32, b"n" * 32
BSN, ANDER_BSN, KVK, ANDER_KVK, VESTIGING = "999990342", "999992740", "69599084", "12345678", "000037178598"
ALLES = ("*:lezen", "*:schrijven", "vertrouwelijk", "geheim")
K = {"kanaal": "telefoon", "onderwerp": "Paspoort", "taal": "nld", "vertrouwelijk": False}
NERGENS = "00000000-0000-4000-8000-000000000000"

Invalid = set[tuple[str, str]]


def identificator(soort: str, nummer: str, **more: Any) -> dict[str, Any]:
    """A body for a partij-identificator."""
    objecttype, register = {
        "bsn": ("natuurlijk_persoon", "brp"),
        "vestigingsnummer": ("vestiging", "hr"),
    }.get(soort, ("niet_natuurlijk_persoon", "hr"))
    groep = {"codeObjecttype": objecttype, "codeRegister": register, "codeSoortObjectId": soort, "objectId": nummer}
    return {"partijIdentificator": groep, **more}


def ref(found: dict[str, Any]) -> dict[str, str]:
    """How one object points to another."""
    return {"uuid": found["uuid"]}


@dataclass
class Schrijver:
    """Writes and looks."""

    http: httpx.AsyncClient
    db: Database

    async def send(
        self, method: str, path: str, body: Any = None, token: str = "alles", **headers: str
    ) -> httpx.Response:
        headers = {"Authorization": f"Token {token}", **headers}
        return await self.http.request(method, path, json=body, headers=headers)

    async def post(self, path: str, body: Any, **headers: str) -> dict[str, Any]:
        """What was made."""
        answer = await self.send("POST", path, body, **headers)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def patch(self, path: str, body: Any, method: str = "PATCH") -> dict[str, Any]:
        """What it became."""
        answer = await self.send(method, path, body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def put(self, path: str, body: Any) -> dict[str, Any]:
        return await self.patch(path, body, "PUT")

    async def delete(self, path: str) -> None:
        answer = await self.send("DELETE", path)
        assert answer.status_code == 204, answer.text

    async def refused(self, method: str, path: str, body: Any) -> Invalid:
        """Every name with its code."""
        answer = await self.send(method, path, body)
        assert answer.status_code == 400, f"{answer.status_code} {answer.text}"
        return {(one["name"], one["code"]) for one in answer.json()["invalidParams"]}

    async def get(self, path: str) -> dict[str, Any]:
        answer = await self.send("GET", path)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def gone(self, path: str) -> bool:
        return (await self.send("GET", path)).status_code == 404

    async def value(self, sql: str, *arguments: Any) -> Any:
        """One value out of the database, to see what was really kept."""
        async with self.db.connection() as connection:
            return await connection.fetchval(sql, *arguments)

    async def row(self, sql: str, *arguments: Any) -> dict[str, Any]:
        async with self.db.connection() as connection:
            found = await connection.fetchrow(sql, *arguments)
        assert found is not None
        return dict(found)

    async def persoon(self, **more: Any) -> dict[str, Any]:
        return await self.post("partijen", {"soortPartij": "persoon", "indicatieActief": True, **more})

    async def klantcontact(self, **more: Any) -> dict[str, Any]:
        return await self.post("klantcontacten", {**K, **more})

    async def actor(self, naam: str = "Joris", soort: str = "medewerker", **more: Any) -> dict[str, Any]:
        return await self.post("actoren", {"naam": naam, "soortActor": soort, **more})

    async def adres(self, partij: dict[str, Any] | None, adres: str = "a@voorbeeld.nl", **more: Any) -> dict[str, Any]:
        body = {"verstrektDoorPartij": partij and ref(partij), "adres": adres, "soortDigitaalAdres": "email"}
        return await self.post("digitaleadressen", {**body, "verstrektDoorBetrokkene": None, **more})

    async def interactie(self, klantcontact: dict[str, Any]) -> dict[str, Any]:
        """Its Interactie."""
        return await self.row(
            "select i.* from interactie i join klantcontact k on k.interactie_id = i.id where k.id = $1",
            UUID(klantcontact["uuid"]),
        )


def dienst() -> Dienst:
    return Dienst("Lindewaard", "Bel 14 0199.", producten(), serviceformules(), kantooruren(2026), "kcc", "flits")


def gevolgen(db: Database) -> Gevolgen:
    """The processes of a house that can send nothing."""
    signer = Signer(KEY, "draad")
    verzending = Verzending(open_werk(db, "LW"), {}, signer, dienst(), "lindewaard.example", HOST, system_clock)
    motor = Motor()
    return Gevolgen(motor, Ingang(motor, producten()), Uitvoering(verzending, Terugkoppeling(verzending, HOST)))


@asynccontextmanager
async def writing(url: str) -> AsyncIterator[Schrijver]:
    """Both APIs on this database, with the tokens `alles` and `kaal`, which may write and sees nothing guarded."""
    db, kluis = Database(url, min_size=1, max_size=20), Kluis(KEY)
    await db.open()
    async with db.connection() as connection:
        await connection.execute("insert into team values ('kcc', 'KCC'), ('parkeren', 'Parkeren')")
    tokens, end = SqlTokens(db, kluis), datetime.now(UTC) + timedelta(days=1)
    await tokens.add("alles", "KISS", "KCC", "vraag", ALLES, end)
    await tokens.add("kaal", "Kaal", "KCC", "vraag", ALLES[:2], end)
    aanmelding = Aanmelding(tokens, lambda: datetime.now(UTC))
    await prepare_models(db, Motor(), "LW", datetime.now(UTC))
    house = House(kluis, dienst(), "LW", gevolgen(db))

    def ports(api: Api) -> tuple[RegisterReader, SqlWrites]:
        base = HOST + api.path
        reader = RegisterReader(db, kluis, NAME_KEY, api, base)
        return reader, SqlWrites(db, reader, api, base, house)

    name = partial(pseudonym, NAME_KEY)
    dubbelen = Dubbelen(SqlDubbelregister(db), SqlLogboek(db), name, lambda: datetime.now(UTC))
    own = DubbelenApi(dubbelen, HOST + KLANTINTERACTIES.path)
    reads, writes = ports(KLANTINTERACTIES)
    ki = RegisterApp(KLANTINTERACTIES, HOST, reads, writes, aanmelding, bulk=writes)
    app = Litestar(
        [
            register_handler(replace(ki, extensions=own.extensions, successors=own.successors)),
            register_handler(RegisterApp(CONTACTGEGEVENS, HOST, *ports(CONTACTGEGEVENS), aanmelding)),
        ],
        openapi_config=None,
        logging_config=None,
    )
    base = f"http://intern:8080{KLANTINTERACTIES.path}/"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base) as http:
        yield Schrijver(http, db)
    await db.close()
