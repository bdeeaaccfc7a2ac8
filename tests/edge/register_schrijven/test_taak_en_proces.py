# SPDX-License-Identifier: EUPL-1.2
"""An internetaak of a client and the work of our own desk are one: what is begun or done on one side, is so on both."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest_asyncio

from schakel.kit.errors import Conflict
from tests.edge.register_schrijven.schrijver import ALLES, Schrijver, ref
from tests.edge.stad import Stad
from tests.edge.web.medewerker_werk.bureau import mail_in

_TAAK = {"gevraagdeHandeling": "Bel terug", "status": "te_verwerken"}


@pytest_asyncio.fixture(loop_scope="session")
async def client(stad: Stad) -> AsyncIterator[Schrijver]:
    """Somebody else's program, on the register of the whole house."""
    end = datetime.now(UTC) + timedelta(days=1)
    await stad.huis.register.tokens.add("alles", "ITA", "KCC", "vraag", ALLES, end)
    base = "http://stad.test/klantinteracties/api/v1/"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(stad.app), base_url=base) as http:
        yield Schrijver(http, stad.database)


async def _taak(client: Schrijver, contact: dict[str, Any] | None = None) -> tuple[dict[str, Any], UUID]:
    """An internetaak on a klantcontact, and the Interactie of it."""
    contact = contact or await client.klantcontact(onderwerp="Container kapot", inhoud="Hij gaat niet meer dicht.")
    actor = await client.actor("Afdeling Afval", "organisatorische_eenheid")
    body = {**_TAAK, "aanleidinggevendKlantcontact": ref(contact), "toegewezenAanActoren": [ref(actor)]}
    taak = await client.post("internetaken", body)
    return taak, (await client.interactie(contact))["id"]


async def _stand(stad: Stad, interactie_id: UUID) -> tuple[str, str]:
    """How the Interactie stands, and its proces."""
    async with stad.diensten.open_werk() as werk:
        found = await stad.diensten.behandelingen.behandelstand(werk, interactie_id)  # type: ignore[arg-type]
    assert found.stand is not None
    return found.status, found.stand.status


async def _step(stad: Stad, interactie_id: UUID, stap: str, invoer: dict[str, str]) -> None:
    actor_id, at = await stad.actor("maud"), stad.diensten.clock()
    async with stad.diensten.open_werk() as werk:
        await stad.diensten.behandelingen.take_step(
            werk, interactie_id, stap, invoer, str(uuid4()), at, actor_id=actor_id, door="Behandelaar",  # type: ignore[arg-type]
        )  # fmt: skip


async def test_a_taak_of_a_client_is_answered_at_our_own_desk_at_once_and_is_then_verwerkt(
    stad: Stad, client: Schrijver
) -> None:
    taak, interactie_id = await _taak(client)
    medewerker = await stad.log_in("maud")
    page = await medewerker.get(f"/werk/{interactie_id}")
    assert "Beantwoord de vraag" in page.text, page.status_code
    await _step(stad, interactie_id, "beantwoorden", {"antwoord": "Er komt een nieuwe.", "is_beantwoord": "ja"})
    seen = await client.get(f"internetaken/{taak['uuid']}")
    assert (seen["status"], bool(seen["afgehandeldOp"])) == ("verwerkt", True)
    assert await _stand(stad, interactie_id) == ("afgerond", "afgerond")


async def test_a_taak_that_a_client_sets_to_verwerkt_ends_the_proces_too_and_back_again(
    stad: Stad, client: Schrijver
) -> None:
    taak, interactie_id = await _taak(client)
    path = f"internetaken/{taak['uuid']}"
    assert await _stand(stad, interactie_id) == ("open", "loopt")
    await client.patch(path, {"status": "verwerkt"})
    assert await _stand(stad, interactie_id) == ("afgerond", "afgerond")
    await client.patch(path, {"status": "te_verwerken"})
    assert await _stand(stad, interactie_id) == ("open", "loopt")
    await client.patch(path, {"status": "verwerkt"})
    assert await _stand(stad, interactie_id) == ("afgerond", "afgerond")
    steps = "select count(*) from processtap s join proces p on p.id = s.proces_id where p.interactie_id = $1"
    assert await stad.value(steps, interactie_id) == 3


async def test_maak_klantcontact_with_a_taak_has_its_proces_in_the_same_breath(stad: Stad, client: Schrijver) -> None:
    actor = await client.actor()
    taak = {**_TAAK, "toegewezenAanActoren": [ref(actor)]}
    contact = {"kanaal": "telefoon", "onderwerp": "Boom", "taal": "nld", "vertrouwelijk": False}
    made = await client.post("maak-klantcontact", {"klantcontact": contact, "internetaak": taak})
    interactie = await client.interactie(made["klantcontact"])
    assert await _stand(stad, interactie["id"]) == ("open", "loopt")


async def test_a_restart_changes_nothing_about_either(stad: Stad, client: Schrijver) -> None:
    (_, going), (done, ended) = await _taak(client), await _taak(client)
    await client.patch(f"internetaken/{done['uuid']}", {"status": "verwerkt"})
    rows = """select json_agg(t order by id) from (select i.id, i.status, i.proces_id, p.toestand, i.versie
              from interactie i left join proces p on p.interactie_id = i.id) t"""
    before, said = await stad.value(rows), []
    await stad.huis.prepare(said.append)
    assert await stad.value(rows) == before
    assert [await _stand(stad, one) for one in (going, ended)] == [("open", "loopt"), ("afgerond", "afgerond")]
    assert not [line for line in said if "processen" in line]


async def test_what_the_klant_wrote_himself_is_not_closed_by_a_taak(stad: Stad, client: Schrijver) -> None:
    """He has had no answer yet: that is for who reads his words."""
    written = await mail_in(stad)
    klantcontact = await stad.value("select id from klantcontact where interactie_id = $1", written)
    taak, interactie_id = await _taak(client, {"uuid": str(klantcontact)})
    assert interactie_id == written
    await client.patch(f"internetaken/{taak['uuid']}", {"status": "verwerkt"})
    assert await _stand(stad, interactie_id) == ("open", "loopt")


async def test_a_client_and_the_desk_that_finish_at_the_same_moment_both_get_an_answer(
    stad: Stad, client: Schrijver
) -> None:
    for _ in range(8):
        taak, interactie_id = await _taak(client)
        answer, stepped = await asyncio.gather(
            client.send("PATCH", f"internetaken/{taak['uuid']}", {"status": "verwerkt"}),
            _step(stad, interactie_id, "afronden", {"afrondreden": "gebeld"}),
            return_exceptions=True,
        )
        assert isinstance(answer, httpx.Response), answer
        assert answer.status_code == 200, answer.text
        assert stepped is None or isinstance(stepped, Conflict), stepped
        assert await _stand(stad, interactie_id) == ("afgerond", "afgerond")


async def test_a_contact_that_is_erased_takes_its_proces_along(stad: Stad, client: Schrijver) -> None:
    contact = await client.klantcontact(onderwerp="Zeer persoonlijk")
    _, interactie_id = await _taak(client, contact)
    await client.delete(f"klantcontacten/{contact['uuid']}")
    assert await stad.value("select count(*) from interactie where id = $1", interactie_id) == 0
    assert await stad.value("select count(*) from proces where interactie_id = $1", interactie_id) == 0
