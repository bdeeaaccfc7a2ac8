# SPDX-License-Identifier: EUPL-1.2
"""Lines of the outbox: one for what happens to each resource of both APIs, none of what was undone, no text at all."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import msgspec
import pytest
import pytest_asyncio

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.kit.clock import system_clock
from schakel.koppelingen.notificaties.bericht import bericht_of
from schakel.relatiebeheer.notificaties.abonnement import Aanvraag, Plaats, Vorm
from schakel.relatiebeheer.notificaties.topics import BY_TABLE, TOPICS
from schakel.storage.crypto import Kluis
from schakel.storage.notificaties.abonnementen import SqlAbonnementen
from schakel.storage.notificaties.outbox import SqlOutbox
from tests.edge.notificaties.huis import AFZENDER, ALLES
from tests.edge.register_schrijven.schrijver import BSN, KEY, K, Schrijver, identificator, ref, writing

#: What only a person types; with the bsn it must be in nothing that leaves the house.
TEKST = "Zonnebloem"
CODE = {"objectId": TEKST, "codeObjecttype": "zaak", "codeRegister": "openzaak", "codeSoortObjectId": "uuid"}
Body = Mapping[str, Any]


async def _contact(api: Schrijver) -> Body:
    return ref(await api.klantcontact(onderwerp=TEKST, inhoud=TEKST))


async def _betrokkene(api: Schrijver) -> Body:
    naam = {"voornaam": TEKST, "achternaam": TEKST}
    return {"hadKlantcontact": await _contact(api), "rol": "klant", "initiator": True, "contactnaam": naam}


async def _taak(api: Schrijver) -> Body:
    body = {"gevraagdeHandeling": TEKST, "toelichting": TEKST, "status": "te_verwerken"}
    actor = ref(await api.actor(TEKST))
    return {**body, "toegewezenAanActor": actor, "aanleidinggevendKlantcontact": await _contact(api)}


async def _identificator(api: Schrijver) -> Body:
    return identificator("bsn", BSN, identificeerdePartij=ref(await api.persoon()))


async def _relatie(api: Schrijver) -> Body:
    categorie = await api.post("categorieen", {"naam": TEKST})
    return {"partij": ref(await api.persoon()), "categorie": ref(categorie)}


async def _vertegenwoordiging(api: Schrijver) -> Body:
    names = ("vertegenwoordigendePartij", "vertegenwoordigdePartij")
    return {name: ref(await api.persoon()) for name in names}


async def _actorklantcontact(api: Schrijver) -> Body:
    return {"actor": ref(await api.actor(TEKST)), "klantcontact": await _contact(api)}


def _body(**body: Any) -> Callable[[Schrijver], Awaitable[Body]]:
    async def made(_: Schrijver) -> Body:
        return body

    return made


async def _bijlage(api: Schrijver) -> Body:
    return {"wasBijlageVanKlantcontact": await _contact(api), "bijlageidentificator": CODE}


async def _onderwerpobject(api: Schrijver) -> Body:
    return {"klantcontact": await _contact(api), "onderwerpobjectidentificator": CODE}


async def _adres(api: Schrijver) -> Body:
    adres = {"adres": f"{TEKST}@post.example", "soortDigitaalAdres": "email", "omschrijving": TEKST}
    return {**adres, "verstrektDoorPartij": ref(await api.persoon()), "verstrektDoorBetrokkene": None}


#: How one of each resource is made, and a change to it.
LEVENS: Mapping[str, tuple[Callable[[Schrijver], Awaitable[Body]], Body]] = {
    "actoren": (_body(naam=TEKST, soortActor="medewerker"), {"naam": f"{TEKST} 2"}),
    "actorklantcontacten": (_actorklantcontact, {}),
    "betrokkenen": (_betrokkene, {"organisatienaam": TEKST}),
    "bijlagen": (_bijlage, {"bijlageidentificator": {**CODE, "objectId": f"{TEKST}2"}}),
    "categorie-relaties": (_relatie, {"beginDatum": "2026-01-01"}),
    "categorieen": (_body(naam=TEKST), {"naam": f"{TEKST} 2"}),
    "digitaleadressen": (_adres, {"omschrijving": f"{TEKST} 2"}),
    "internetaken": (_taak, {"toelichting": f"{TEKST} 2"}),
    "klantcontacten": (_body(**{**K, "onderwerp": TEKST, "inhoud": TEKST}), {"inhoud": f"{TEKST} 2"}),
    "onderwerpobjecten": (_onderwerpobject, {"onderwerpobjectidentificator": {**CODE, "objectId": f"{TEKST}2"}}),
    "organisatie": (_body(handelsnaam=TEKST, adres=None), {"handelsnaam": f"{TEKST} 2"}),
    "partij-identificatoren": (_identificator, {"anderePartijIdentificator": TEKST}),
    "partijen": (
        _body(soortPartij="persoon", indicatieActief=True, interneNotitie=TEKST),
        {"interneNotitie": f"{TEKST} 2"},
    ),
    "persoon": (
        _body(geboortedatum="1980-01-01", geslachtsnaam=TEKST, geslacht="v", adres=None),
        {"geslachtsnaam": f"{TEKST} 2"},
    ),
    "rekeningnummers": (_body(iban="NL91ABNA0417164300"), {"iban": "NL02ABNA0123456789"}),
    "vertegenwoordigingen": (_vertegenwoordiging, {}),
}


@pytest_asyncio.fixture(loop_scope="session")
async def api(database_url: str) -> AsyncIterator[Schrijver]:
    """A register with somebody who subscribed to everything."""
    async with writing(database_url) as schrijver:
        opslag = SqlAbonnementen(schrijver.db, Kluis(KEY), system_clock)
        await opslag.add(Aanvraag("Proef", Vorm.NOTIFICATIES, "http://nergens.example", "x", ALLES), None)
        yield schrijver


async def lines(api: Schrijver, after: int = 0) -> list[tuple[str, UUID, str]]:
    async with api.db.connection() as connection:
        rows = await connection.fetch(
            "select resource, resource_id, actie from gebeurtenis where id > $1 order by id", after
        )
    return [tuple(row) for row in rows]  # type: ignore[misc]


async def last(api: Schrijver) -> int:
    found: int = await api.value("select coalesce(max(id), 0) from gebeurtenis")
    return found


def test_there_is_a_topic_for_every_resource_and_for_nothing_else() -> None:
    resources = [(api.path, one) for api in (KLANTINTERACTIES, CONTACTGEGEVENS) for one in api.resources.values()]
    assert {(path, one.name, one.table) for path, one in resources} == {
        (t.pad, t.naam, t.table) for t in TOPICS.values()
    }
    assert LEVENS.keys() == TOPICS.keys()
    for _, one in resources:
        assert set(TOPICS[one.name].kenmerken) <= {
            field.name for field in one.fields if field.choices or field.kind == "bool"
        }


@pytest.mark.parametrize("naam", sorted(LEVENS))
async def test_making_changing_and_erasing_give_one_line_each_without_any_text(api: Schrijver, naam: str) -> None:
    topic, (make, change) = TOPICS[naam], LEVENS[naam]
    body, path = await make(api), f"http://intern:8080{topic.pad}/{naam}"
    start = await last(api)
    made = await api.post(path, body)
    uuid, one = UUID(made["uuid"]), f"{path}/{made['uuid']}"
    assert [line for line in await lines(api, start) if line[0] == topic.table] == [(topic.table, uuid, "create")]

    start = await last(api)
    await (api.patch(one, change) if change else api.put(one, await make(api)))
    assert [line for line in await lines(api, start) if line[1] == uuid] == [(topic.table, uuid, "update")]

    start = await last(api)
    await api.delete(one)
    assert [line for line in await lines(api, start) if line[1] == uuid] == [(topic.table, uuid, "destroy")]
    assert len({(line[1], line[2]) for line in await lines(api, start)}) == len(await lines(api, start))
    await no_text(api)


async def no_text(api: Schrijver) -> None:
    """In no form that leaves the house, nor in what waits."""
    outbox = SqlOutbox(api.db, Kluis(KEY))
    for line in await outbox.after(Plaats(0, 0), 1000):
        for vorm in Vorm:
            said = bericht_of(line, vorm, AFZENDER).body
            assert TEKST.encode() not in said
            assert BSN.encode() not in said
            shown = msgspec.json.decode(said)
            assert shown.get("subject", shown.get("resourceUrl", "").rpartition("/")[2]) == str(line.resource_id)
        assert line.kenmerken.keys() <= set(BY_TABLE[line.table].kenmerken)
        assert all(len(value) <= 30 and value.replace("_", "").isalpha() for value in line.kenmerken.values())


async def test_what_is_refused_or_rolled_back_leaves_no_line(api: Schrijver) -> None:
    start = await last(api)
    assert (await api.send("POST", "partijen", {"soortPartij": "persoon"})).status_code == 400
    async with api.db.connection() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute("insert into categorie (id, naam) values (gen_random_uuid(), 'x')")
        assert await connection.fetchval("select count(*) from gebeurtenis where id > $1", start) == 1
        await transaction.rollback()
    assert await lines(api, start) == []


async def test_nothing_is_kept_while_nobody_subscribed(api: Schrijver) -> None:
    async with api.db.connection() as connection:
        await connection.execute("delete from abonnement")
    start = await last(api)
    await api.persoon()
    assert await lines(api, start) == []


async def test_erasing_a_partij_tells_of_everything_that_goes_with_it_once(api: Schrijver) -> None:
    partij = await api.persoon()
    adres = await api.adres(partij)
    await api.post("partij-identificatoren", identificator("bsn", BSN, identificeerdePartij=ref(partij)))
    start = await last(api)
    await api.delete(f"partijen/{partij['uuid']}")
    told = await lines(api, start)
    assert sorted(line[0] for line in told) == ["digitaal_adres", "partij", "partij_identificator"]
    assert {line[2] for line in told} == {"destroy"}
    assert UUID(adres["uuid"]) in {line[1] for line in told}
