# SPDX-License-Identifier: EUPL-1.2
"""The Notificaties API for subscribers: the shapes of the standard, and nobody gets what is not theirs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest_asyncio
from litestar import Litestar

from schakel.api.register.aanmelding import Aanmelding
from schakel.app.notificaties import Notificaties
from schakel.kit.clock import system_clock
from schakel.koppelingen.notificaties.adres import read_networks
from schakel.koppelingen.notificaties.bezorger import HttpBezorger
from schakel.relatiebeheer.notificaties.abonneren import Abonneren
from schakel.relatiebeheer.register.toegang import EVERYTHING
from schakel.storage.crypto import Kluis
from schakel.storage.notificaties.abonnementen import SqlAbonnementen
from schakel.storage.pool import Database
from schakel.storage.register.tokens import SqlTokens
from tests.edge.notificaties.abonnee import AUTH, Abonnee, abonnee
from tests.edge.notificaties.huis import AFZENDER, KEY

PAD = "/notificaties/api/v1"


@dataclass
class Klantsysteem:
    """Another system, with a token."""

    http: httpx.AsyncClient
    db: Database

    async def send(self, method: str, path: str, body: Any = None, token: str = "alles") -> httpx.Response:
        headers = {"Authorization": f"Token {token}"}
        return await self.http.request(method, f"http://intern{PAD}/{path}", json=body, headers=headers)

    async def refused(self, body: Any, token: str = "alles") -> set[tuple[str, str]]:
        answer = await self.send("POST", "abonnement", body, token)
        assert answer.status_code == 400, answer.text
        return {(one["name"], one["code"]) for one in answer.json()["invalidParams"]}

    async def value(self, sql: str) -> Any:
        async with self.db.connection() as connection:
            return await connection.fetchval(sql)


@asynccontextmanager
async def speaking(db: Database, allowed: str = "127.0.0.0/8") -> AsyncIterator[Klantsysteem]:
    tokens, end, kluis = SqlTokens(db, Kluis(KEY)), datetime.now(UTC) + timedelta(days=1), Kluis(KEY)
    await tokens.add("alles", "KISS", "KCC", "vraag", EVERYTHING, end)
    await tokens.add("ander", "Ander", "KCC", "vraag", EVERYTHING, end)
    await tokens.add("lezer", "Lezer", "KCC", "vraag", ("abonnement:lezen",), end)
    await tokens.add("smal", "Smal", "KCC", "vraag", ("abonnement:schrijven", "klantcontacten:lezen"), end)
    opslag = SqlAbonnementen(db, kluis, system_clock)
    bezorger = HttpBezorger(AFZENDER, read_networks(allowed), system_clock, 2)
    part = Notificaties(db, kluis, system_clock, opslag, bezorger, Abonneren(opslag, bezorger))
    handler = part.handler(AFZENDER.host, Aanmelding(tokens, system_clock))
    app = Litestar([handler], openapi_config=None, logging_config=None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as http:
        yield Klantsysteem(http, db)
    await bezorger.close()


@pytest_asyncio.fixture(loop_scope="session")
async def api(db: Database) -> AsyncIterator[Klantsysteem]:
    async with speaking(db) as klantsysteem:
        yield klantsysteem


def wanted(who: Abonnee, **more: Any) -> dict[str, Any]:
    return {"callbackUrl": who.url, "auth": AUTH, "kanalen": [{"naam": "partijen", "filters": {}}], **more}


async def test_an_abonnement_lives_its_whole_life(api: Klantsysteem) -> None:
    async with abonnee() as who:
        made = await api.send("POST", "abonnement", wanted(who))
        assert made.status_code == 201, made.text
        url = made.json()["url"]
        assert made.headers["location"] == url
        assert made.headers["api-version"] == "1.0.1"
        assert url.startswith(f"{AFZENDER.host}{PAD}/abonnement/")
        path = url.removeprefix(f"{AFZENDER.host}{PAD}/")
        assert (await api.send("GET", path)).json() == made.json()
        assert (await api.send("GET", "abonnement")).json() == [made.json()]

        changed = await api.send(
            "PATCH", path, {"kanalen": [{"naam": "internetaken", "filters": {"status": "verwerkt"}}]}
        )
        assert changed.json()["kanalen"] == [{"naam": "internetaken", "filters": {"status": "verwerkt"}}]
        put = await api.send("PUT", path, wanted(who, auth=AUTH))
        assert (put.status_code, put.json()["kanalen"][0]["naam"]) == (200, "partijen")
        assert (await api.send("DELETE", path)).status_code == 204
        assert (await api.send("GET", path)).status_code == 404
        assert (await api.send("GET", "abonnement")).json() == []


async def test_kanalen_are_listed_with_their_filters_and_found_by_name(api: Klantsysteem) -> None:
    everything = (await api.send("GET", "kanaal")).json()
    assert len(everything) == 16
    found = (await api.send("GET", "kanaal?naam=internetaken")).json()
    assert [(one["naam"], one["filters"]) for one in found] == [("internetaken", ["actie", "status"])]
    assert (await api.send("GET", found[0]["url"].removeprefix(f"{AFZENDER.host}{PAD}/"))).json() == found[0]
    assert (await api.send("GET", "kanaal?naam=weg")).json() == []
    assert (await api.send("POST", "kanaal", {"naam": "nieuw"})).status_code == 403


async def test_everything_that_is_wrong_is_said_at_once_and_nobody_is_called(api: Klantsysteem) -> None:
    assert await api.refused({}) == {("callbackUrl", "required"), ("auth", "required"), ("kanalen", "required")}
    async with abonnee() as who:
        kanalen = [
            {"naam": "weg"},
            {"naam": "partijen", "filters": {"interneNotitie": "x"}},
            {"naam": "partijen", "filters": 3},
        ]
        assert await api.refused(wanted(who, auth="a\r\nX: y", kanalen=kanalen, vorm="fax")) == {
            ("auth", "invalid"), ("vorm", "invalid_choice"), ("kanalen.0.naam", "does_not_exist"),
            ("kanalen.1.filters", "inconsistent-abonnement-filters"), ("kanalen.2.filters", "invalid"),
        }  # fmt: skip
        assert who.heard == []
    for url in ("ftp://a.example", "http://u:p@a.example", "http://", "nergens", "http://a.example/\n"):
        assert await api.refused({**wanted(Abonnee()), "callbackUrl": url}) == {("callbackUrl", "invalid")}


async def test_a_callback_must_listen_and_must_ask_for_the_header(api: Klantsysteem) -> None:
    async with abonnee() as who:
        assert await api.refused(wanted(who, auth="Bearer verkeerd")) == {("callbackUrl", "invalid-callback-url")}
        who.open_door = True
        assert await api.refused(wanted(who)) == {("callbackUrl", "no-auth-on-callback-url")}
    nobody = {**wanted(who), "callbackUrl": "http://127.0.0.1:1/callback"}
    assert await api.refused(nobody) == {("callbackUrl", "invalid-callback-url")}
    assert await api.value("select count(*) from abonnement") == 0


async def test_an_address_of_ours_is_not_called_unless_a_setting_says_so(db: Database) -> None:
    async with abonnee() as who, speaking(db, allowed="") as api:
        answer = await api.send("POST", "abonnement", wanted(who))
        assert answer.status_code == 400
        assert "mag aanroepen" in answer.json()["invalidParams"][0]["reason"]
        assert await api.refused({**wanted(who), "callbackUrl": "http://169.254.169.254/latest/meta-data"}) == {
            ("callbackUrl", "invalid-callback-url")
        }
        assert who.heard == []


async def test_the_header_is_kept_as_ciphertext_and_never_shown(api: Klantsysteem) -> None:
    async with abonnee() as who:
        made = (await api.send("POST", "abonnement", wanted(who))).json()
        path = made["url"].removeprefix(f"{AFZENDER.host}{PAD}/")
        assert AUTH not in str(made)
        assert AUTH.encode() not in await api.value("select auth_cijfer from abonnement")
        assert AUTH not in await api.value("select abonnement::text from abonnement")
        again = await api.send("PUT", path, {**made, "vorm": "cloudevents"})
        assert (again.status_code, again.json()["vorm"]) == (200, "cloudevents")
        assert who.heard[-2].headers["authorization"] == AUTH, "as it was"
        assert who.heard[-2].headers["content-type"] == "application/cloudevents+json"


async def test_a_token_sees_and_changes_only_its_own(api: Klantsysteem) -> None:
    async with abonnee() as who, abonnee() as thief:
        made = (await api.send("POST", "abonnement", wanted(who))).json()
        path = made["url"].removeprefix(f"{AFZENDER.host}{PAD}/")
        assert (await api.send("GET", "abonnement", token="ander")).json() == []
        for method, body in (("GET", None), ("PATCH", {"callbackUrl": thief.url}), ("DELETE", None)):
            assert (await api.send(method, path, body, "ander")).status_code == 404
        assert thief.heard == []
        assert (await api.send("POST", "abonnement", wanted(who), "lezer")).status_code == 403
        assert (await api.send("GET", "abonnement", token="smal")).status_code == 403
        assert await api.refused(wanted(who), "smal") == {("kanalen.0.naam", "permission_denied")}
        assert (await api.send("GET", "abonnement", token="onbekend")).status_code == 401
