# SPDX-License-Identifier: EUPL-1.2
"""The page Import of beheer: which command, how far it is, and what differs."""

from schakel.storage.crypto import Kluis
from tests.edge.overname.conftest import Verhuizer
from tests.edge.overname.inboedel import BSN, inboedel
from tests.edge.overname.open_klant import OpenKlant
from tests.edge.stad import KEY, Stad
from tests.edge.web.bladen import visible

PAGE, PART = "/beheer/import", "/beheer/import/stand"


async def test_the_page_names_the_command_before_there_was_an_import(stad: Stad) -> None:
    kees = await stad.log_in("kees")

    page = (await kees.get(PAGE)).text

    assert "schakel importeer open-klant --url" in visible(page)
    assert "nog nooit iets geïmporteerd" in visible(page)
    assert "hx-trigger" not in page


async def test_the_page_follows_an_import_and_shows_what_differs(stad: Stad) -> None:
    kees, klant = await stad.log_in("kees"), OpenKlant(inboedel())
    seen: list[str] = []
    verhuizer = Verhuizer(stad.database, kluis=Kluis(KEY))
    await verhuizer.move(klant)
    assert "Klaar, alles gelijk" in visible((await kees.get(PAGE)).text)
    klant.rows["klantcontacten"][3]["onderwerp"] = "Een ander onderwerp"

    await verhuizer.move(klant, progress=lambda fase, resource, done, of: seen.append(resource))

    page = visible((await kees.get(PAGE)).text)
    assert klant.rows["klantcontacten"][3]["uuid"] in page
    assert "Is hier anders" in page
    assert "Een ander onderwerp" not in page
    assert BSN not in page


async def test_while_it_runs_the_page_asks_again_for_the_part_that_changes(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    async with stad.database.connection() as connection:
        await connection.execute(
            """insert into overname (id, bron, begonnen_op, bijgewerkt_op)
               values (gen_random_uuid(), 'https://openklant.example', now(), now())"""
        )

    part = (await kees.get(PART)).text

    assert 'hx-get="/beheer/import/stand"' in part
    assert "Gegevens ophalen (stap 1 van 3)" in visible(part)
    assert "<main" not in part


async def test_only_a_beheerder_sees_it(stad: Stad) -> None:
    samira = await stad.log_in("samira")

    assert (await samira.get(PAGE)).status_code == 403
