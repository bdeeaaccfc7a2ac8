# SPDX-License-Identifier: EUPL-1.2
"""A token that the client signs itself (ZGW, HS256): its user is in the logboek, and nothing forged gets in."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from tests.edge.register.vulling import Lezer

SECRET = "een geheim van meer dan 32 tekens lang"


def signed(secret: str = SECRET, alg: str = "HS256", **claims: Any) -> str:
    now = int(time.time()) - 60
    body = {"client_id": "kiss", "iss": "kiss", "iat": now, "nbf": now, "exp": now + 3600, **claims}
    parts = [_part(json.dumps(one).encode()) for one in ({"alg": alg, "typ": "JWT"}, body)]
    mac = hmac.new(secret.encode(), ".".join(parts).encode(), hashlib.sha256).digest()
    return ".".join([*parts, _part(mac)])


def _part(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


async def status(lezer: Lezer, token: str) -> int:
    return (await lezer.http.get("partijen", headers={"Authorization": f"Bearer {token}"})).status_code


async def test_the_user_in_a_signed_token_is_the_one_in_the_logboek(lezer: Lezer) -> None:
    assert await status(lezer, signed(user_id="jdevries", user_representation="Jan de Vries")) == 200
    async with lezer.db.connection() as connection:
        line = await connection.fetchrow("select wie, functie, soort from verwerking order by id desc limit 1")
    assert tuple(line or ()) == ("Jan de Vries", "KISS", "inzage")


@pytest.mark.parametrize(
    "token",
    [
        signed("een ander geheim van meer dan 32 tekens"),
        signed(alg="none"),
        signed(alg="HS512"),
        signed(client_id="onbekend"),
        signed(exp=int(time.time()) - 1),
        signed(iat=int(time.time()) - 7200, nbf=0),
        signed(iat="gisteren"),
        signed(iat=int(time.time()) + 3600),
        signed(nbf=int(time.time()) + 3600),
        signed() + "x",
        signed().rpartition(".")[0] + ".",
        "a.b.c",
    ],
    ids=range(12),
)
async def test_what_is_forged_or_over_does_not_get_in(vast: Lezer, token: str) -> None:
    assert await status(vast, token) == 401


async def test_a_token_is_not_in_the_database_and_stops_when_withdrawn(lezer: Lezer) -> None:
    async with lezer.db.connection() as connection:
        kept = str([tuple(row) for row in await connection.fetch("select * from api_token")])
    assert "alles" not in kept.replace("Alles", "")
    assert SECRET not in kept
    async with lezer.db.connection() as connection:
        await connection.execute("update api_token set ingetrokken_op = now() where naam = 'Kaal'")
    assert (await lezer.get("partijen", "kaal")).status_code == 401
