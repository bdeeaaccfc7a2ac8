# SPDX-License-Identifier: EUPL-1.2
"""What the house itself wrote down is read over the API as the official file has it, with everything expanded."""

from datetime import UTC, datetime, timedelta

import httpx
from tests.conformance.antwoorden import Antwoorden
from tests.edge.stad import Stad

from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.relatiebeheer.register.toegang import EVERYTHING

#: What the demo has of itself; the other resources come in over the API.
THERE = {"actoren", "actorklantcontacten", "betrokkenen", "digitaleadressen", "klantcontacten", "partijen"}


async def test_every_record_of_lindewaard_fits_the_official_schema(stad: Stad) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    await stad.huis.register.tokens.add("proef", "Proef", "KCC", "vraag", EVERYTHING, until)
    antwoorden, filled = Antwoorden(), set()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(stad.app),
        base_url=f"http://stad.test{KLANTINTERACTIES.path}/",
        headers={"Authorization": "Token proef"},
    ) as http:
        for name, resource in KLANTINTERACTIES.resources.items():
            expand = f"&expand={','.join(resource.expands)}" if resource.expands else ""
            url: str | None = f"{name}?pageSize=200{expand}"
            while url:
                answer = await http.get(url)
                assert answer.status_code == 200, answer.text
                antwoorden.check(answer)
                url = answer.json()["next"]
            if answer.json()["count"]:
                filled.add(name)
    assert filled >= THERE | {"partij-identificatoren"}
