# SPDX-License-Identifier: EUPL-1.2
"""What a provider that lies, fails or is late gets from us: a page in Dutch, no 5xx, no sessie, no word in the log."""

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio

from schakel.kit.log import JsonFormatter
from schakel.koppelingen.oidc._wire import SECONDS
from tests.edge.oidc import leugenaar as lies
from tests.edge.oidc.leugenaar import KEY, OTHER, SECRET, Leugenaar, says, sign
from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.bladen import visible

UNSURE, DOWN = "Wij kunnen niet zeker weten wie u bent", "Het inlogsysteem antwoordt niet"
OLD = "Deze inlogpoging geldt niet meer"
CODE = "een-code-die-niemand-mag-zien"


@dataclass
class Poging:
    """Somebody who was sent to the provider and may now come back."""

    bezoeker: Bezoeker
    asked: dict[str, str]

    async def back(self, **other: str) -> httpx.Response:
        query = {"code": CODE, "state": self.asked["state"], **other}
        return await self.bezoeker.get("/inloggen/terug", params=query)


@pytest_asyncio.fixture(loop_scope="session")
async def poging(huis: Stad) -> Poging:
    bezoeker = huis.visitor()
    sent = await bezoeker.get("/inloggen/begin?verder=/zoeken")
    assert sent.status_code == 303
    query = parse_qs(urlsplit(sent.headers["location"]).query)
    return Poging(bezoeker, {name: values[0] for name, values in query.items()})


async def said(answer: httpx.Response, huis: Stad) -> str:
    """What one reads; nobody came in."""
    assert 400 <= answer.status_code < 500, answer.status_code
    assert await huis.value("select count(*) from sessie") == 0
    assert "Meld u aan" in answer.text
    assert CODE not in answer.text
    return visible(answer.text)


async def test_a_good_answer_lets_in_and_goes_on_to_where_one_wanted(
    huis: Stad, leugenaar: Leugenaar, poging: Poging
) -> None:
    assert poging.asked["code_challenge_method"] == "S256"
    leugenaar.gives(leugenaar.claims(nonce=poging.asked["nonce"]))
    back = await poging.back()
    assert (back.status_code, back.headers["location"]) == (303, "/zoeken")
    assert (await poging.bezoeker.get("/zoeken")).status_code == 200


@pytest.mark.parametrize(
    "other",
    [
        {"nonce": "van een ander"},
        {"nonce": None},
        {"iss": "http://localhost:1"},
        {"aud": "een-ander"},
        {"aud": ["schakel", "een-ander"]},
        {"azp": "een-ander"},
        {"exp": 1_000_000_000},
        {"exp": "morgen"},
        {"iat": 1_000_000_000},
        {"iat": int(time.time()) + 36_000},
        {"nbf": int(time.time()) + 36_000},
        {"sub": ""},
        {"sub": ["ilse"]},
    ],
    ids=str,
)
async def test_a_token_for_another_or_of_another_time_is_refused(
    huis: Stad, leugenaar: Leugenaar, poging: Poging, other: dict[str, Any]
) -> None:
    leugenaar.gives(leugenaar.claims(**{"nonce": poging.asked["nonce"], **other}))
    assert UNSURE in await said(await poging.back(), huis)


@pytest.mark.norm("GE-11")
@pytest.mark.parametrize(
    ("key", "alg", "kid"),
    [(OTHER, "RS256", "een"), (OTHER, "RS256", None), (SECRET, "HS256", "een"), (KEY, "RS256", "onbekend")],
    ids=["wrong key", "wrong key without kid", "symmetric", "unknown kid"],
)
async def test_a_signature_that_is_not_the_providers_is_refused(
    huis: Stad, leugenaar: Leugenaar, poging: Poging, key: Any, alg: str, kid: str | None
) -> None:
    leugenaar.gives(leugenaar.claims(nonce=poging.asked["nonce"]), key, alg, kid)
    assert UNSURE in await said(await poging.back(), huis)


@pytest.mark.parametrize("change", ["none", "cut", "bend"])
async def test_a_token_that_was_tampered_with_is_refused(
    huis: Stad, leugenaar: Leugenaar, poging: Poging, change: str
) -> None:
    head, body, mac = sign(leugenaar.claims(nonce=poging.asked["nonce"])).split(".")
    other = sign(leugenaar.claims(nonce=poging.asked["nonce"], groups=["schakel-beheerders"])).split(".")[1]
    forged = {"none": f"eyJhbGciOiJub25lIn0.{body}.", "cut": f"{head}.{body}.", "bend": f"{head}.{other}.{mac}"}
    leugenaar.answers["/token"] = says({"id_token": forged[change]})
    assert UNSURE in await said(await poging.back(), huis)


async def test_clocks_may_differ_a_minute(huis: Stad, leugenaar: Leugenaar, poging: Poging) -> None:
    now = int(time.time())
    leugenaar.gives(leugenaar.claims(nonce=poging.asked["nonce"], iat=now + 50, nbf=now + 50, exp=now - 20))
    assert (await poging.back()).status_code == 303


@pytest.mark.parametrize("state", ["", "van-een-ander", "é"])
async def test_a_state_that_is_not_ours_asks_the_provider_nothing(
    huis: Stad, leugenaar: Leugenaar, poging: Poging, state: str
) -> None:
    assert OLD in await said(await poging.back(state=state), huis)
    assert "/token" not in leugenaar.asked


async def test_a_cookie_of_another_house_or_none_is_refused(huis: Stad, poging: Poging) -> None:
    poging.bezoeker.client.cookies.set("schakel-inloggen", "gAAAAABverzonnen")
    assert OLD in await said(await poging.back(), huis)
    assert OLD in await said(await huis.visitor().get("/inloggen/terug", params={"code": "x", "state": "y"}), huis)


async def test_an_answer_in_the_name_of_another_provider_is_refused(huis: Stad, poging: Poging) -> None:
    assert UNSURE in await said(await poging.back(iss="http://localhost:1"), huis)


async def test_userinfo_of_somebody_else_gives_no_groepen(huis: Stad, leugenaar: Leugenaar, poging: Poging) -> None:
    claims = leugenaar.claims(nonce=poging.asked["nonce"])
    del claims["groups"]
    leugenaar.gives(claims)
    leugenaar.answers["/me"] = says({"sub": "karim", "groups": ["schakel-beheerders"]})
    assert UNSURE in await said(await poging.back(), huis)


WRONG = {
    "shut": lies.shuts,
    "cut": lies.cuts,
    "late": lies.drips,
    "flood": lies.floods,
    "garbage": says(b"\xff\x00<html>"),
    "a list": says([1, 2]),
    "deep": says(b"[" * 100_000),
    "500": says({}, 500),
    "503": says({}, 503),
    "elsewhere": says({}, 302),
    "incomplete": says({"issuer": "x"}),
}


async def test_a_provider_that_describes_itself_badly_gives_a_page_and_no_5xx(
    nieuw_huis: Stad, leugenaar: Leugenaar
) -> None:
    for name, fault in WRONG.items():
        leugenaar.answers["/.well-known/openid-configuration"] = fault
        assert DOWN in await said(await nieuw_huis.visitor().get("/inloggen/begin"), nieuw_huis), name
    leugenaar.answers["/.well-known/openid-configuration"] = lies.drips
    began = time.monotonic()
    await asyncio.gather(*(nieuw_huis.visitor().get("/inloggen/begin") for _ in range(8)))
    assert time.monotonic() - began < 4 * SECONDS, "they wait together, not in a row"
    health = (await nieuw_huis.visitor().get("/gezondheid")).json()
    assert {"inloggen": "let_op"}.items() <= {deel["naam"]: deel["staat"] for deel in health["delen"]}.items()


@pytest.mark.parametrize("path", ["/token", "/jwks", "/me"])
async def test_a_provider_that_fails_later_on_gives_a_page_and_no_5xx(
    nieuw_huis: Stad, leugenaar: Leugenaar, path: str
) -> None:
    good = leugenaar.answers.copy()
    for name, fault in WRONG.items():
        leugenaar.answers = good.copy()
        bezoeker = nieuw_huis.visitor()
        sent = await bezoeker.get("/inloggen/begin")
        asked = parse_qs(urlsplit(sent.headers["location"]).query)
        claims = leugenaar.claims(nonce=asked["nonce"][0])
        if path == "/me":
            del claims["groups"]
        leugenaar.gives(claims)
        leugenaar.answers[path] = fault
        back = await bezoeker.get("/inloggen/terug", params={"code": CODE, "state": asked["state"][0]})
        read = await said(back, nieuw_huis)
        assert DOWN in read or UNSURE in read, name


async def test_a_description_in_the_name_of_another_or_over_a_worse_line_is_not_believed(
    nieuw_huis: Stad, leugenaar: Leugenaar
) -> None:
    well_known = "/.well-known/openid-configuration"
    for other in ({"issuer": "http://localhost:1"}, {"jwks_uri": "ftp://x/"}, {"token_endpoint": ""}):
        leugenaar.answers[well_known] = says(leugenaar.description(**other))
        assert DOWN in await said(await nieuw_huis.visitor().get("/inloggen/begin"), nieuw_huis)


async def test_a_logout_by_another_than_the_provider_ends_nothing(
    huis: Stad, leugenaar: Leugenaar, poging: Poging
) -> None:
    leugenaar.gives(leugenaar.claims(nonce=poging.asked["nonce"], sid="keer-1"))
    await poging.back()
    events = {"http://schemas.openid.net/event/backchannel-logout": {}}
    good = leugenaar.claims(events=events, sid="keer-1")
    for token in (
        sign(good, OTHER), sign({**good, "events": {}}), sign({**good, "nonce": "x"}), sign({**good, "aud": "x"}),
        sign({**good, "sid": "keer-2"}), sign({**good, "iat": 1}), "rommel",
    ):  # fmt: skip
        await huis.visitor().post("/inloggen/afmelding", {"logout_token": token})
        assert await huis.value("select count(*) from sessie") == 1
    ended = await huis.visitor().post("/inloggen/afmelding", {"logout_token": sign(good)})
    assert ended.status_code == 200
    assert await huis.value("select count(*) from sessie") == 0


async def test_nothing_secret_or_personal_is_in_the_log(
    huis: Stad, leugenaar: Leugenaar, poging: Poging, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    leugenaar.gives(leugenaar.claims(nonce="fout", name="Ilse de Boer"))
    await poging.back()
    leugenaar.answers["/token"] = says({"error_description": "Ilse de Boer"}, 400)
    await poging.back()
    lines = [JsonFormatter().format(record) for record in caplog.records if record.name.startswith("schakel")]
    assert any("BewijsOngeldig" in line for line in lines)
    for secret in (CODE, "geheim", "Ilse", poging.asked["state"], poging.asked["nonce"]):
        assert not any(secret in line for line in lines), secret


async def test_without_demo_and_without_provider_nobody_gets_in_and_the_page_says_so(stad_leeg: Stad) -> None:
    for path in ("/aanmelden", "/digid"):
        page = await stad_leeg.visitor().get(path)
        assert "Inloggen is hier nog niet ingesteld" in visible(page.text)
    for path in ("/aanmelden", "/demo/aanmelden"):
        assert (await stad_leeg.visitor().post(path, {"account": "kees"})).status_code >= 400
    assert (await stad_leeg.visitor().get("/inloggen/begin")).status_code == 404
    assert await stad_leeg.value("select count(*) from sessie") == 0


async def test_with_a_provider_the_demo_stays_closed(huis: Stad) -> None:
    sent = await huis.visitor().get("/aanmelden?verder=/werk")
    assert (sent.status_code, sent.headers["location"]) == (303, "/inloggen?verder=/werk")
    assert (await huis.visitor().post("/demo/aanmelden", {"account": "kees"})).status_code == 404
    assert (await huis.visitor().post("/aanmelden", {"account": "kees"})).status_code >= 400
