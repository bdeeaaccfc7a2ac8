# SPDX-License-Identifier: EUPL-1.2
"""Working together: regie, overdracht to a team, Wisselcode, and the stream that tells every screen."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from schakel.kit.ids import new_id
from tests.edge.stad import Stad
from tests.edge.web.bladen import served, visible
from tests.edge.web.medewerker_werk.bureau import looks, mail_in


async def test_one_medewerker_has_the_regie_and_the_second_hears_who(stad: Stad) -> None:
    maud, joris, interactie_id = await stad.log_in("maud"), await stad.log_in("joris"), await mail_in(stad)
    assert (await maud.post(f"/werk/{interactie_id}/regie")).status_code == 303
    late = await joris.post(f"/werk/{interactie_id}/regie")
    assert late.status_code == 409
    assert "regie: Maud Jansen" in visible((await joris.get(f"/werk/{interactie_id}")).text)
    assert "regie: u" in visible((await maud.get(f"/werk/{interactie_id}")).text)


async def offered(stad: Stad, reden: str = "Dit gaat over een vergunning.") -> tuple[object, object]:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    data: dict[str, object] = {"team": "parkeren", "reden": reden}
    for _ in range(2):  # pressed twice
        answer = await maud.post(f"/werk/{interactie_id}/overdracht", data)
        assert answer.status_code == 303, visible(answer.text)
    assert await stad.value("select count(*) from overdracht where interactie_id = $1", interactie_id) == 1
    return interactie_id, await stad.value("select id from overdracht where interactie_id = $1", interactie_id)


@pytest.mark.norm("EO-3")
async def test_the_team_that_is_asked_takes_it_over_with_everything(stad: Stad) -> None:
    interactie_id, overdracht_id = await offered(stad)
    maud, femke = await stad.log_in("maud"), await stad.log_in("femke")
    assert (
        await stad.value("select team from interactie where id = $1", interactie_id) == "kcc"
    )  # EO-3: until then ours
    seen = visible((await femke.get(f"/werk/{interactie_id}")).text)
    assert "Klantcontactcentrum vraagt uw team om dit over te nemen" in seen
    assert "Neem over" not in visible((await maud.get(f"/werk/{interactie_id}")).text)
    address = f"/werk/{interactie_id}/overdracht/{overdracht_id}"

    assert (await maud.post(address, {"besluit": "aannemen"})).status_code == 403
    assert (await femke.post(address, {"besluit": "aannemen"})).status_code == 303

    assert await stad.value("select team from interactie where id = $1", interactie_id) == "parkeren"
    assert await stad.value("select regiehouder from interactie where id = $1", interactie_id) == await stad.actor(
        "femke"
    )
    again = await femke.post(address, {"besluit": "weigeren", "antwoord": "Dit is van afval"})
    assert again.status_code == 409


@pytest.mark.norm("EO-3")
async def test_a_refusal_leaves_it_where_it_was_and_says_so(stad: Stad) -> None:
    interactie_id, overdracht_id = await offered(stad)
    maud, femke = await stad.log_in("maud"), await stad.log_in("femke")

    await femke.post(
        f"/werk/{interactie_id}/overdracht/{overdracht_id}", {"besluit": "weigeren", "antwoord": "Dit is van afval"}
    )

    assert await stad.value("select team from interactie where id = $1", interactie_id) == "kcc"
    assert "Parkeren nam de vraag niet over" in visible((await maud.get(f"/werk/{interactie_id}")).text)


async def test_an_overdracht_needs_a_team_that_exists_and_a_reason(stad: Stad) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    for team, reden in (("bestaat-niet", "x"), ("kcc", "x"), ("", "x"), ("parkeren", " "), ("parkeren", "x" * 1001)):
        answer = await maud.post(f"/werk/{interactie_id}/overdracht", {"team": team, "reden": reden})
        assert answer.status_code == 400, (team, reden)
    assert await stad.value("select count(*) from overdracht where interactie_id = $1", interactie_id) == 0


async def test_a_wisselcode_shows_once_and_works(stad: Stad) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    page = (await maud.post(f"/werk/{interactie_id}/wisselcode")).text
    code = page.partition('class="wisselcode">')[2].partition("<")[0]
    assert len(code) == 7
    assert code not in (await maud.get(f"/werk/{interactie_id}")).text
    async with stad.diensten.open_werk() as werk:
        assert await stad.diensten.wissel.redeem(werk, code, stad.diensten.clock()) == interactie_id


async def messages(stream: httpx.Response) -> AsyncIterator[tuple[str, str]]:
    """Id and data of each message; an empty id for a comment, which keeps the line open."""
    fields: dict[str, str] = {}
    async for line in stream.aiter_lines():
        if line:
            name, _, value = line.partition(":")
            fields[name] = value.strip()
        elif fields:
            yield fields.get("id", ""), fields.get("data", "")
            fields = {}


async def first_of(stad: Stad, address: str, interactie_id: object, headers: dict[str, str], query: str = "") -> str:
    """Listen as a browser does until a message on this Interactie comes; its id."""
    maud = await stad.log_in("maud")
    cookies = {"schakel": maud.client.cookies["schakel"]}
    async with (
        asyncio.timeout(10),
        httpx.AsyncClient(base_url=address, cookies=cookies) as browser,
        browser.stream("GET", f"/stroom{query}", headers=headers) as stream,
    ):
        assert stream.headers["content-type"].startswith("text/event-stream")
        async for number, data in messages(stream):
            if not number:  # the line is open: now something happens
                await maud.post(f"/werk/{interactie_id}/notitie", {"tekst": f"Geheim woord {new_id()}"})
            elif json.loads(data)["interactie"] == str(interactie_id):
                assert set(json.loads(data)) == {"interactie"}
                return number
    raise AssertionError("the stream ended")


async def test_the_stream_tells_in_which_interactie_something_changed_and_looks_at_nobody(stad: Stad) -> None:
    interactie_id, before = await mail_in(stad), await looks(stad)
    async with served(stad.app) as address:
        assert await first_of(stad, address, interactie_id, {})
    assert await looks(stad) == before


@pytest.mark.parametrize("by_header", [True, False])
async def test_who_comes_back_hears_what_he_missed(stad: Stad, by_header: bool) -> None:
    interactie_id = await mail_in(stad)
    maud = await stad.log_in("maud")
    async with served(stad.app) as address:
        last = await first_of(stad, address, interactie_id, {})
        await maud.post(f"/werk/{interactie_id}/notitie", {"tekst": "Intussen"})
        cookies = {"schakel": maud.client.cookies["schakel"]}
        headers, query = ({"last-event-id": last}, "?na=oud-1") if by_header else ({}, f"?na={last}")
        async with (
            asyncio.timeout(10),
            httpx.AsyncClient(base_url=address, cookies=cookies) as browser,
            browser.stream("GET", f"/stroom{query}", headers=headers) as stream,
        ):
            heard = [json.loads(data) async for number, data in limited(messages(stream), 2) if number]
    assert heard == [{"interactie": str(interactie_id)}]


async def limited(found: AsyncIterator[tuple[str, str]], most: int) -> AsyncIterator[tuple[str, str]]:
    async for item in found:
        yield item
        most -= 1
        if not most:
            return


async def test_the_stream_is_for_medewerkers_only(stad: Stad) -> None:
    aylin = await stad.log_in_partij(await stad.partij())
    assert (await aylin.get("/stroom")).status_code == 403
    assert (await stad.visitor().get("/stroom")).status_code == 303
