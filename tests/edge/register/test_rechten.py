# SPDX-License-Identifier: EUPL-1.2
"""What a token may see, and the line that every look leaves."""

import asyncio
from uuid import UUID

import pytest

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.kit.projection import Guard
from schakel.regie.logboek import pseudonym
from schakel.relatiebeheer.register.toegang import Rechten
from tests.edge.register.vulling import BSN, NAME_KEY, Lezer

CHILDREN = ("betrokkenen", "internetaken", "actorklantcontacten", "onderwerpobjecten", "bijlagen", "digitaleadressen")


async def hidden_contact(lezer: Lezer) -> UUID:
    """A vertrouwelijk klantcontact with one of every kind of row under it."""
    v, geheim = lezer.vulling, lezer.vulling.ids["geheim_gesprek"]
    await v.put(lezer.db, "actor_klantcontact", "g1", actor_id=v.ids["actor"], klantcontact_id=geheim)
    await v.put(lezer.db, "onderwerpobject", "g2", klantcontact_id=geheim, object_id="zaak-geheim")
    await v.put(lezer.db, "bijlage_verwijzing", "g3", klantcontact_id=geheim)
    return geheim


async def test_who_lacks_vertrouwelijk_sees_nothing_of_it_not_even_a_count(lezer: Lezer) -> None:
    geheim = await hidden_contact(lezer)
    assert (await lezer.get(f"klantcontacten/{geheim}")).status_code == 200
    assert (await lezer.get(f"klantcontacten/{geheim}", "kaal")).status_code == 404
    assert geheim not in await lezer.found("klantcontacten", "kaal")
    assert await lezer.found("klantcontacten?vertrouwelijk=true", "kaal") == []
    for name in ("betrokkenen", "internetaken", "actorklantcontacten", "onderwerpobjecten", "bijlagen"):
        everything, seen = await lezer.found(name), await lezer.found(name, "kaal")
        hidden = set(everything) - set(seen)
        assert len(hidden) == 1, name
        assert (await lezer.get(f"{name}/{hidden.pop()}", "kaal")).status_code == 404
    assert await lezer.found("internetaken?status=te_verwerken", "kaal") == [lezer.vulling.ids["taak"]]


async def test_who_lacks_vertrouwelijk_does_not_count_it_where_only_a_link_is_asked_for(lezer: Lezer) -> None:
    ids = lezer.vulling.ids
    for asked in ("hadBetrokkene__wasPartij", "leiddeTotInterneTaken"):
        assert await lezer.found(f"klantcontacten?{asked}=true") == [ids["geheim_gesprek"], ids["vraag"]]
        assert await lezer.found(f"klantcontacten?{asked}=true", "kaal") == [ids["vraag"]]
        assert await lezer.found(f"klantcontacten?{asked}=false", "kaal") == [ids["antwoord"]]


async def test_pages_of_who_lacks_vertrouwelijk_leave_nobody_out_however_deep(lezer: Lezer) -> None:
    for n in range(24):  # half a dozen blocks of the maintained counts
        name = f"diep{n}"
        await lezer.vulling.klantcontact(lezer.db, name, lezer.vulling.ids["fatima"], vertrouwelijk=n % 3 == 0)
        async with lezer.db.connection() as connection:
            await connection.execute("select setval('betrokkene_volgnummer_seq', 1000 * (11 + $1::int))", n)
    everything = await lezer.found("betrokkenen?pageSize=500", "kaal")
    for size in (1, 5):
        seen: list[UUID] = []
        for page in range(1, -(-len(everything) // size) + 1):
            found = await lezer.json(f"betrokkenen?pageSize={size}&page={page}", "kaal")
            assert found["count"] == len(everything)
            seen += [UUID(row["uuid"]) for row in found["results"]]
        assert seen == everything


async def test_what_is_hidden_is_not_in_a_list_of_references_or_an_expand_either(lezer: Lezer) -> None:
    await hidden_contact(lezer)
    fatima = lezer.vulling.ids["fatima"]
    path = f"partijen/{fatima}?expand=betrokkenen,betrokkenen.hadKlantcontact"
    everything, seen = await lezer.json(path), await lezer.json(path, "kaal")
    assert (len(everything["betrokkenen"]), len(seen["betrokkenen"])) == (2, 1)
    assert len(seen["_expand"]["betrokkenen"]) == 1
    hidden = "klantcontacten?onderwerpobject__onderwerpobjectidentificatorObjectId=zaak-geheim"
    assert len(await lezer.found(hidden)) == 1
    assert await lezer.found(hidden, "kaal") == []


async def test_a_secret_address_is_not_shown_without_the_right_to_it(lezer: Lezer) -> None:
    bram, email = lezer.vulling.ids["bram"], lezer.vulling.ids["geheime_email"]
    assert (await lezer.json(f"partijen/{bram}"))["bezoekadres"]["straatnaam"] == "Verborgen"
    seen = await lezer.json(f"partijen/{bram}?expand=digitaleAdressen", "kaal")
    assert seen["bezoekadres"]["straatnaam"] == ""
    assert "postcode" not in seen["bezoekadres"]
    assert seen["digitaleAdressen"] == seen["_expand"]["digitaleAdressen"] == []
    assert seen["indicatieGeheimhouding"] is True
    assert (await lezer.get(f"digitaleadressen/{email}", "kaal")).status_code == 404
    assert email not in await lezer.found("digitaleadressen", "kaal")
    assert await lezer.found("digitaleadressen?adres=bram@voorbeeld.example", "kaal") == []


async def test_a_zelfstandige_klant_is_no_partij_of_the_register(lezer: Lezer) -> None:
    onbekend = lezer.vulling.ids["onbekend"]
    assert (await lezer.get(f"partijen/{onbekend}")).status_code == 404
    assert onbekend not in await lezer.found("partijen")
    betrokkene = await lezer.json(f"betrokkenen/{lezer.vulling.ids['antwoord.betrokkene']}")
    assert betrokkene["wasPartij"] is None


async def test_a_scope_opens_its_own_resource_and_no_other(lezer: Lezer) -> None:
    assert (await lezer.get("klantcontacten", "contacten")).status_code == 200
    for path in ("partijen", f"partijen/{lezer.vulling.ids['fatima']}"):
        refused = await lezer.get(path, "contacten")
        assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
    headers = {"Authorization": "Token contacten"}
    assert (await lezer.http.post("klantcontacten", headers=headers, json={})).status_code == 403
    assert (await lezer.get("partijen", "oud")).status_code == 401


@pytest.mark.parametrize("scopes", [(), ("",), ("lezen",), ("*",), ("*:*",), ("partijen:lezen:alles",), (":",)])
def test_a_scope_that_we_do_not_know_gives_nothing(scopes: tuple[str, ...]) -> None:
    rechten = Rechten.of(scopes)
    assert not rechten.may_read("partijen")
    assert not rechten.may_write("partijen")
    assert rechten.lacks == frozenset(Guard)


async def test_every_read_leaves_one_line_with_the_pseudonyms_of_whom_it_was_about(lezer: Lezer) -> None:
    async def lines() -> int:
        async with lezer.db.connection() as connection:
            return int(await connection.fetchval("select count(*) from verwerking"))

    v, before, asked = lezer.vulling, await lines(), 0
    for resource in KLANTINTERACTIES.resources.values():
        rows = (await lezer.json(resource.name))["results"]
        await lezer.json(f"{resource.name}/{rows[0]['uuid']}")
        asked += 2
    for name in CONTACTGEGEVENS.resources:
        base = f"http://intern{CONTACTGEGEVENS.path}/{name}"
        await lezer.json(base)
        await lezer.json(f"{base}/{v.ids[name]}")
        asked += 2
    await asyncio.gather(*(lezer.json(f"partijen?partijIdentificator__objectId={BSN}") for _ in range(20)))
    assert await lines() == before + asked + 20
    async with lezer.db.connection() as connection:
        line = await connection.fetchrow("select * from verwerking order by id desc limit 1")
    assert line is not None
    assert line["betrokkenen"] == [pseudonym(NAME_KEY, v.ids["fatima"])]
    assert (line["wie"], line["doel"], line["activiteit"], line["soort"]) == (
        "Alles", "vraag", "partijen lezen", "automatisch",
    )  # fmt: skip
    assert BSN not in str(dict(line))


async def test_a_page_of_contacts_names_every_partij_in_it_once(lezer: Lezer) -> None:
    v = lezer.vulling
    await v.klantcontact(lezer.db, "van_bram", v.ids["bram"])
    await lezer.json("klantcontacten")
    async with lezer.db.connection() as connection:
        seen = await connection.fetchval("select betrokkenen from verwerking order by id desc limit 1")
    assert sorted(seen) == sorted(pseudonym(NAME_KEY, v.ids[name]) for name in ("fatima", "bram", "onbekend"))


async def test_what_is_refused_or_not_there_shows_nothing_and_leaves_no_line(lezer: Lezer) -> None:
    await lezer.json("actoren")
    async with lezer.db.connection() as connection:
        before = await connection.fetchval("select max(id) from verwerking")
    await lezer.get("klantcontacten?foo=bar")
    await lezer.get("partijen", "contacten")
    await lezer.get(f"partijen/{UUID(int=1)}")
    async with lezer.db.connection() as connection:
        assert await connection.fetchval("select max(id) from verwerking") == before
