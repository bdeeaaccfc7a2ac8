# SPDX-License-Identifier: EUPL-1.2
"""What these tests do again and again: read a page, follow a form, fill in an aanvraag."""

import re
from collections.abc import Mapping
from html import unescape
from uuid import UUID

import httpx
from playwright.async_api import BrowserContext

from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.bladen import visible

AYLIN, PRODUCT = "Aylin Yılmaz", "parkeervergunning"
PDF = b"%PDF-1.4 " + bytes(range(256))
#: Every sign that opens something in HTML, SQL or a template.
NASTY = "\"'><script>alert(1)</script>{{ 7*7 }}${7*7}'; drop table partij; --"


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, visible(page)
    return unescape(found[1])


def asked(page: str) -> set[str]:
    """The names of the questions on a page of an aanvraag."""
    return {name.removeprefix("v_") for name in re.findall(r'<(?:input|textarea|select)[^>]* name="(v_[^"]+)"', page)}


def code_on(page: str) -> str:
    """The Wisselcode that a page shows."""
    found = re.search(r'class="wisselcode[^"]*">([^<]+)<', page)
    assert found is not None, visible(page)
    return found[1]


async def follow(bezoeker: Bezoeker, answer: httpx.Response) -> httpx.Response:
    """Where a 303 leads to, and so on."""
    for _ in range(5):
        if answer.status_code != 303:
            return answer
        answer = await bezoeker.get(answer.headers["location"])
    raise AssertionError("in circles")


async def begin(bezoeker: Bezoeker, product: str = PRODUCT) -> tuple[str, httpx.Response]:
    """Begin an aanvraag: its path, and the first page."""
    page = await follow(bezoeker, await bezoeker.post(f"/mijn/aanvragen/{product}"))
    assert page.status_code == 200, visible(page.text)
    return re.sub(r"/(stap|controle).*", "", page.url.path), page


async def fill_in(
    bezoeker: Bezoeker,
    path: str,
    nummer: int,
    answers: Mapping[str, object],
    actie: str = "volgende",
    **options: object,
) -> httpx.Response:
    """Press a button on a page, with these answers."""
    data = {"_actie": actie, **{f"v_{name}": value for name, value in answers.items()}}
    return await bezoeker.post(f"{path}/stap/{nummer}", data, **options)


async def fill_in_all(bezoeker: Bezoeker) -> str:
    """An aanvraag with every question answered, ready to be sent; its path."""
    path, _ = await begin(bezoeker)
    await fill_in(bezoeker, path, 1, {"kenteken": "xx 123 x", "eigenaar": "eigen"})
    answer = await fill_in(bezoeker, path, 2, {"ingangsdatum": "1-12-2026"})
    assert answer.headers["location"] == f"{path}/controle", visible(answer.text)
    return path


async def hand_in(bezoeker: Bezoeker, path: str) -> httpx.Response:
    page = (await bezoeker.get(f"{path}/controle")).text
    return await bezoeker.post(f"{path}/indienen", {"sleutel": hidden(page, "sleutel")})


def id_of(path: str) -> UUID:
    return UUID(path.rpartition("/")[2])


async def gegevens(stad: Stad, path: str) -> str:
    """What is kept of an aanvraag, as it lies in the database."""
    found: str = await stad.value("select gegevens from verzoek where interactie_id = $1", id_of(path))
    return found


async def log_in_browser(stad: Stad, context: BrowserContext, address: str, naam: str = AYLIN) -> Bezoeker:
    """This browser is of that inwoner from now on; also gives him without JavaScript, in the same sessie."""
    bezoeker = await stad.log_in_partij(await stad.partij(naam))
    await context.add_cookies([{"name": "schakel", "value": bezoeker.client.cookies["schakel"], "url": address}])
    return bezoeker
