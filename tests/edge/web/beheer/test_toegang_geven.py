# SPDX-License-Identifier: EUPL-1.2
"""A beheerder gives another program access to the APIs, sees its secret once, and takes the access away."""

import base64
import hashlib
import hmac
import json
import re
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import BrowserContext, Page

from schakel.web.sessie import new_token
from tests.browser_fixtures import screenshot
from tests.databases import copied
from tests.edge.stad import Bezoeker, Stad, run_stad
from tests.edge.web.axe import check_page
from tests.edge.web.bladen import visible

PAGE = "/beheer/toegang"
GOOD: dict[str, Any] = {"naam": "KISS", "eigenaar": "KCC", "doel": "vraag", "soort": "token", "rechten": "lezen"}
GOOD["duur"] = "365"


def shown(answer: httpx.Response) -> str:
    found = re.search(r'id="getoond" [^>]*value="([^"]+)"', answer.text)
    assert found
    return found[1]


async def api(stad: Stad, authorization: str, method: str = "GET", path: str = "partijen") -> int:
    headers = {"Authorization": authorization, "Accept": "application/json"}
    url = f"/klantinteracties/api/v1/{path}"
    return (await stad.visitor().client.request(method, url, headers=headers, json={})).status_code


async def kees_of(stad: Stad) -> Bezoeker:
    return await stad.log_in("kees")


async def test_a_token_is_shown_once_works_and_is_nowhere_else(stad: Stad, caplog: pytest.LogCaptureFixture) -> None:
    kees = await kees_of(stad)
    made = await kees.post(PAGE, GOOD)
    assert made.status_code == 200
    token = shown(made)
    assert "Mag alles lezen" in visible(made.text)
    assert await api(stad, f"Token {token}") == 200
    assert await api(stad, f"Token {token}", "POST") == 403
    again = await kees.get(PAGE)
    assert "KISS" in visible(again.text)
    assert token not in again.text
    assert token not in caplog.text
    async with stad.database.connection() as connection:
        rows = str([tuple(row) for row in await connection.fetch("select * from api_token")])
    assert token not in rows


async def test_only_what_was_ticked_may_be_read_or_written(stad: Stad) -> None:
    chosen = {**GOOD, "rechten": "kiezen", "lezen": ["klantcontacten"], "schrijven": ["internetaken"]}
    made = await (await kees_of(stad)).post(PAGE, chosen)
    assert "Mag lezen: klantcontacten" in visible(made.text)
    token = f"Token {shown(made)}"
    assert await api(stad, token, path="klantcontacten") == 200
    assert await api(stad, token, "POST", "klantcontacten") == 403
    assert await api(stad, token, "POST", "internetaken") == 400
    assert await api(stad, token, path="internetaken") == 403


async def test_a_client_signs_with_the_secret_and_its_id_is_free_again_after_withdrawing(stad: Stad) -> None:
    kees = await kees_of(stad)
    form = {**GOOD, "soort": "client", "client_id": "kiss"}
    secret = shown(await kees.post(PAGE, form))
    assert await api(stad, f"Bearer {signed(secret)}") == 200
    taken = await kees.post(PAGE, form)
    assert (taken.status_code, "al in gebruik" in visible(taken.text)) == (400, True)
    await withdraw(stad, kees)
    assert "getoond" in (await kees.post(PAGE, form)).text


async def test_a_withdrawn_token_stops_and_the_list_says_so(stad: Stad) -> None:
    kees = await kees_of(stad)
    token = shown(await kees.post(PAGE, GOOD))
    await withdraw(stad, kees)
    assert await api(stad, f"Token {token}") == 401
    page = visible((await kees.get(PAGE)).text)
    assert "Ingetrokken" in page
    again = await kees.post(f"{PAGE}/{await newest(stad)}/intrekken")
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"naam": ""}, "Vul een naam in"),
        ({"eigenaar": ""}, "Vul in welk team"),
        ({"doel": "zomaar"}, "Kies waarvoor"),
        ({"rechten": ""}, "ten minste één onderdeel"),
        ({"rechten": "kiezen", "lezen": ["verzonnen"]}, "ten minste één onderdeel"),
        ({"duur": "99999"}, "ten hoogste twee jaar"),
        ({"soort": "client"}, "Vul het client-id in"),
        ({"soort": "client", "client_id": "a b"}, "letters, cijfers"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_made(
    stad: Stad, change: dict[str, Any], sentence: str
) -> None:
    refused = await (await kees_of(stad)).post(PAGE, {**GOOD, **change})
    assert refused.status_code == 400
    assert sentence in visible(refused.text)
    assert await stad.value("select count(*) from api_token") == 0


async def test_only_a_beheerder_makes_or_withdraws(stad: Stad) -> None:
    await (await kees_of(stad)).post(PAGE, GOOD)
    for account in ("samira", "maud"):
        other = await stad.log_in(account)
        assert (await other.post(PAGE, GOOD)).status_code == 403
        assert (await other.post(f"{PAGE}/{await newest(stad)}/intrekken")).status_code == 403
    assert await stad.value("select count(*) from api_token where ingetrokken_op is null") == 1


@pytest.mark.browser
async def test_by_keyboard_from_an_empty_form_to_a_token(
    seeded: str, template_url: str, open_folder: Path, context: BrowserContext, page: Page
) -> None:
    url = template_url.rpartition("/")[0]
    async with copied(seeded) as name, run_stad(open_folder, f"{url}/{name}") as huis:
        token, diensten = new_token(), huis.stad.diensten
        assert await diensten.aanmelden.open_for_account("kees", token, new_token(), diensten.clock())
        await context.add_cookies([{"name": "schakel", "value": token, "url": huis.url}])
        await page.goto(huis.url + PAGE)
        await screenshot(page, "toegang-leeg")
        await page.get_by_role("button", name="Maak toegang").press("Enter")
        assert await page.get_by_role("alert").evaluate("alert => alert === document.activeElement")
        await check_page(page, (1440, 360))
        await page.get_by_label("Naam van het systeem").fill("KISS")
        await page.get_by_label("Wie zorgt ervoor?").fill("KCC")
        await page.get_by_label("Waarvoor zijn de gegevens nodig?").select_option("vraag")
        await page.get_by_label("Alles lezen en schrijven").press("Space")
        await page.get_by_role("button", name="Maak toegang").press("Enter")
        await page.get_by_role("heading", name="Toegang voor KISS is klaar").wait_for()
        await check_page(page, (1440, 360))
        await screenshot(page, "toegang")
        await context.grant_permissions(["clipboard-read", "clipboard-write"])
        await page.get_by_role("button", name="Kopieer").press("Enter")
        await page.get_by_role("button", name="Gekopieerd").wait_for()
        copied_text = await page.evaluate("navigator.clipboard.readText()")
        assert copied_text == await page.get_by_label("Token", exact=True).input_value()


async def newest(stad: Stad) -> str:
    return str(await stad.value("select id from api_token order by gemaakt_op desc limit 1"))


async def withdraw(stad: Stad, kees: Bezoeker) -> None:
    answer = await kees.post(f"{PAGE}/{await newest(stad)}/intrekken")
    assert answer.status_code == 303


def signed(secret: str) -> str:
    now = int(time.time())
    claims = {"iss": "kiss", "client_id": "kiss", "iat": now, "user_id": "jan"}
    parts = [_part(json.dumps(one).encode()) for one in ({"alg": "HS256", "typ": "JWT"}, claims)]
    return ".".join([*parts, _part(hmac.new(secret.encode(), ".".join(parts).encode(), hashlib.sha256).digest())])


def _part(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
