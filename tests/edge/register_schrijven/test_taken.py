# SPDX-License-Identifier: EUPL-1.2
"""Interne taken: who does it, in which order, and when it was done."""

from typing import Any

import pytest

from tests.edge.register_schrijven.schrijver import Schrijver, ref


async def _body(api: Schrijver, *actoren: dict[str, Any], **more: Any) -> dict[str, Any]:
    contact = await api.klantcontact()
    return {
        "nummer": "",
        "gevraagdeHandeling": "Bel terug",
        "aanleidinggevendKlantcontact": ref(contact),
        "toegewezenAanActoren": [ref(actor) for actor in actoren],
        "toelichting": "",
        "status": "te_verwerken",
        **more,
    }


async def test_an_empty_nummer_becomes_one_of_ten_digits(api: Schrijver) -> None:
    taak = await api.post("internetaken", await _body(api, await api.actor()))
    assert (len(taak["nummer"]), taak["nummer"].isdigit()) == (10, True)
    assert taak["toegewezenOp"]


async def test_actoren_are_said_in_one_way_and_not_in_both_or_neither(api: Schrijver) -> None:
    actor = await api.actor()
    body = await _body(api, actor)
    wrong = {("nonFieldErrors", "invalid")}
    assert await api.refused("POST", "internetaken", {**body, "toegewezenAanActor": ref(actor)}) == wrong
    del body["toegewezenAanActoren"]
    assert await api.refused("POST", "internetaken", body) == wrong
    taak = await api.post("internetaken", {**body, "toegewezenAanActor": ref(actor)})
    assert taak["toegewezenAanActor"]["uuid"] == actor["uuid"]
    assert [one["uuid"] for one in taak["toegewezenAanActoren"]] == [actor["uuid"]]
    await api.patch(f"internetaken/{taak['uuid']}", {"toelichting": "Spoed"})


async def test_the_order_of_the_actoren_is_kept(api: Schrijver) -> None:
    actoren = [await api.actor(f"Actor {n}") for n in range(4)]
    taak = await api.post("internetaken", await _body(api, *reversed(actoren)))
    assert [one["uuid"] for one in taak["toegewezenAanActoren"]] == [one["uuid"] for one in reversed(actoren)]
    turned = [actoren[2], actoren[0]]
    body = {"toegewezenAanActoren": [ref(one) for one in turned]}
    changed = await api.patch(f"internetaken/{taak['uuid']}", body)
    assert [one["uuid"] for one in changed["toegewezenAanActoren"]] == [one["uuid"] for one in turned]
    assert changed["toegewezenOp"] > taak["toegewezenOp"]


async def test_nobody_and_whoever_is_not_active_get_no_work(api: Schrijver) -> None:
    weg = await api.actor("Weg", indicatieActief=False)
    assert await api.refused("POST", "internetaken", await _body(api)) == {("toegewezenAanActoren", "empty")}
    wrong = {("toegewezenAanActoren.1.uuid", "invalid")}
    actor = await api.actor()
    assert await api.refused("POST", "internetaken", await _body(api, actor, weg)) == wrong
    taak = await api.post("internetaken", await _body(api, actor))
    path = f"internetaken/{taak['uuid']}"
    assert await api.refused("PATCH", path, {"toegewezenAanActoren": []}) == {("toegewezenAanActoren", "empty")}
    assert await api.refused("PATCH", path, {"toegewezenAanActor": ref(weg)}) == {
        ("toegewezenAanActor.uuid", "invalid")
    }


async def test_the_server_knows_when_a_taak_was_done(api: Schrijver) -> None:
    taak = await api.post("internetaken", await _body(api, await api.actor()))
    path = f"internetaken/{taak['uuid']}"
    assert taak["afgehandeldOp"] is None
    done = await api.patch(path, {"status": "verwerkt"})
    assert done["afgehandeldOp"]
    assert (await api.patch(path, {"toelichting": "Klaar"}))["afgehandeldOp"] == done["afgehandeldOp"]
    assert (await api.patch(path, {"status": "te_verwerken"}))["afgehandeldOp"] is None
    given = {"status": "verwerkt", "afgehandeldOp": "2026-01-31T12:00:00Z"}
    assert (await api.patch(path, given))["afgehandeldOp"].startswith("2026-01-31T12:00:00")


@pytest.mark.parametrize("method", ["POST", "PATCH"])
async def test_an_open_taak_has_no_moment_at_which_it_was_done(api: Schrijver, method: str) -> None:
    body = await _body(api, await api.actor())
    path = "internetaken"
    if method == "PATCH":
        path = f"internetaken/{(await api.post(path, body))['uuid']}"
        body = {}
    moment = {**body, "afgehandeldOp": "2026-01-31T12:00:00Z"}
    assert await api.refused(method, path, moment) == {("afgehandeldOp", "invalid")}


async def test_put_replaces_a_taak(api: Schrijver) -> None:
    actor = await api.actor()
    body = await _body(api, actor)
    taak = await api.post("internetaken", body)
    changed = await api.put(f"internetaken/{taak['uuid']}", {**body, "status": "verwerkt", "toelichting": "Gebeld"})
    assert (changed["status"], changed["toelichting"], changed["nummer"]) == ("verwerkt", "Gebeld", taak["nummer"])
    del body["status"]
    assert await api.refused("PUT", f"internetaken/{taak['uuid']}", body) == {("status", "required")}
