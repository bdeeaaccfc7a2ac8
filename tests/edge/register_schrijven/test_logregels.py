# SPDX-License-Identifier: EUPL-1.2
"""Every operation of both APIs leaves exactly one line in the logboek, that names whom it was about; counted for each.

What there is to count follows from the descriptions of the resources: a new one without a body here is a red test.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import pytest

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.kit.projection import Api, Resource
from schakel.regie.logboek import pseudonym
from tests.edge.register_schrijven.schrijver import BSN, NAME_KEY, K, Schrijver, identificator, ref

Partij = dict[str, Any]
Body = Callable[[Schrijver, Partij], Awaitable[dict[str, Any]]]
OPERATIONS = [(api, resource) for api in (KLANTINTERACTIES, CONTACTGEGEVENS) for resource in api.resources.values()]
ROADS = [(api, road) for api in (KLANTINTERACTIES, CONTACTGEGEVENS) for road in api.roads]


async def contact_of(api: Schrijver, partij: Partij) -> dict[str, Any]:
    """A klantcontact with this partij as its betrokkene."""
    contact = await api.klantcontact()
    await api.post("betrokkenen", await betrokkene(api, partij, contact))
    return contact


async def betrokkene(api: Schrijver, partij: Partij, contact: dict[str, Any] | None = None) -> dict[str, Any]:
    contact = contact or await api.klantcontact()
    return {"wasPartij": ref(partij), "hadKlantcontact": ref(contact), "rol": "klant", "initiator": True}


async def relatie(api: Schrijver, partij: Partij) -> dict[str, Any]:
    return {"partij": ref(partij), "categorie": ref(await api.post("categorieen", {"naam": "ondernemer"}))}


async def taak(api: Schrijver, partij: Partij) -> dict[str, Any]:
    return {
        "aanleidinggevendKlantcontact": ref(await contact_of(api, partij)),
        "toegewezenAanActoren": [ref(await api.actor())],
        "gevraagdeHandeling": "Bel terug",
        "status": "te_verwerken",
    }


async def vertegenwoordiging(api: Schrijver, partij: Partij) -> dict[str, Any]:
    return {"vertegenwoordigendePartij": ref(partij), "vertegenwoordigdePartij": ref(await api.persoon())}


async def maak(api: Schrijver, partij: Partij) -> dict[str, Any]:
    return {"klantcontact": K, "betrokkene": {"wasPartij": ref(partij), "rol": "klant", "initiator": True}}


def fixed(**body: Any) -> Body:
    async def give(api: Schrijver, partij: Partij) -> dict[str, Any]:
        return body

    return give


def about(key: str, what: Callable[[Schrijver, Partij], Awaitable[dict[str, Any]]], **body: Any) -> Body:
    """A body whose `key` points to what is made for it."""

    async def give(api: Schrijver, partij: Partij) -> dict[str, Any]:
        return {key: ref(await what(api, partij)), **body}

    return give


async def itself(api: Schrijver, partij: Partij) -> dict[str, Any]:
    return partij


async def pair(api: Schrijver, partij: Partij) -> dict[str, Any]:
    return {"actor": ref(await api.actor()), "klantcontact": ref(await contact_of(api, partij))}


BODIES: Mapping[str, Body] = {
    "actoren": fixed(naam="Joris", soortActor="medewerker"),
    "actorklantcontacten": pair,
    "betrokkenen": betrokkene,
    "bijlagen": about("wasBijlageVanKlantcontact", contact_of),
    "categorie-relaties": relatie,
    "categorieen": fixed(naam="ondernemer"),
    "digitaleadressen": about(
        "verstrektDoorPartij", itself, adres="a@voorbeeld.example", soortDigitaalAdres="email",
        verstrektDoorBetrokkene=None,
    ),
    "internetaken": taak,
    "klantcontacten": fixed(**K),
    "onderwerpobjecten": about("klantcontact", contact_of, wasKlantcontact=None),
    "partij-identificatoren": about("identificeerdePartij", itself, **identificator("bsn", BSN)),
    "partijen": fixed(soortPartij="persoon", indicatieActief=True),
    "rekeningnummers": about("partij", itself, iban="NL91ABNA0417164300", bic="ABNANL2A"),
    "vertegenwoordigingen": vertegenwoordiging,
    "persoon": fixed(geboortedatum="1980-01-02", geslachtsnaam="Jansen"),
    "organisatie": fixed(handelsnaam="Bakkerij"),
    "maak-klantcontact": maak,
}  # fmt: skip


class Telling:
    """Does one operation at a time and looks at the line it left."""

    def __init__(self, api: Schrijver, partij: Partij) -> None:
        self.api, self.partij = api, partij

    async def lines(self) -> int:
        return int(await self.api.value("select count(*) from verwerking"))

    async def once(self, method: str, path: str, body: Any = None) -> tuple[dict[str, Any], bool]:
        """The answer, and whether its line names the partij; exactly one line, and not a word of a person in it."""
        before = await self.lines()
        answer = await self.api.send(method, path, body)
        assert answer.status_code in (200, 201, 204), f"{method} {path}: {answer.text}"
        assert await self.lines() == before + 1, f"{method} {path}"
        line = await self.api.row("select * from verwerking order by id desc limit 1")
        assert (line["wie"], line["doel"]) == ("KISS", "vraag")
        assert BSN not in str(line)
        named = pseudonym(NAME_KEY, UUID(self.partij["uuid"])) in line["betrokkenen"]
        return answer.json() if answer.content else {}, named

    async def never(self, method: str, path: str, body: Any = None, token: str = "alles") -> None:
        before = await self.lines()
        assert (await self.api.send(method, path, body, token=token)).status_code >= 400
        assert await self.lines() == before, f"{method} {path}"


def test_every_resource_and_road_has_a_body_to_count_with() -> None:
    names = {resource.name for _, resource in OPERATIONS} | {road for _, road in ROADS}
    assert set(BODIES) == names


@pytest.mark.parametrize(("of", "resource"), OPERATIONS, ids=[resource.name for _, resource in OPERATIONS])
async def test_each_operation_on_a_resource_leaves_one_line(api: Schrijver, of: Api, resource: Resource) -> None:
    partij = await api.persoon(contactnaam={"voornaam": "Fatima", "achternaam": "Yılmaz"})
    telling, base = Telling(api, partij), f"http://intern:8080{of.path}/{resource.name}"
    body = await BODIES[resource.name](api, partij)
    made, _ = await telling.once("POST", base, body)
    if resource.name == "klantcontacten":  # nobody is in it yet
        await api.post("betrokkenen", await betrokkene(api, partij, made))
    path = f"{base}/{partij['uuid'] if resource.name == 'partijen' else made['uuid']}"
    seen = [(await telling.once("GET", base))[1], (await telling.once("GET", path))[1]]
    for expand in resource.expands:
        seen.append((await telling.once("GET", f"{path}?expand={expand}"))[1])
        await telling.once("GET", f"{base}?expand={expand}")
    seen.append((await telling.once("PUT", path, body))[1])
    seen.append((await telling.once("PATCH", path, {}))[1])
    seen.append((await telling.once("DELETE", path))[1])
    assert set(seen) == {bool(resource.partijen)}
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        await telling.never(method, path, body if method == "PUT" else {})
    await telling.never("POST", base, {"onzin": True} if any(f.required for f in resource.fields) else [])


@pytest.mark.parametrize(("of", "road"), ROADS, ids=[road for _, road in ROADS])
async def test_each_road_where_one_only_posts_leaves_one_line(api: Schrijver, of: Api, road: str) -> None:
    partij = await api.persoon()
    telling, url = Telling(api, partij), f"http://intern:8080{of.path}/{road}"
    _, named = await telling.once("POST", url, await BODIES[road](api, partij))
    assert named
    await telling.never("POST", url, {})


async def test_who_may_not_leaves_no_line_and_sees_nothing(api: Schrijver) -> None:
    telling = Telling(api, await api.persoon())
    for of, resource in OPERATIONS:
        await telling.never("GET", f"http://intern:8080{of.path}/{resource.name}", token="verzonnen")
        await telling.never("POST", f"http://intern:8080{of.path}/{resource.name}", {}, token="verzonnen")
