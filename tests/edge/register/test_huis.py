# SPDX-License-Identifier: EUPL-1.2
"""One set of data: what the house takes in is on the API at once."""

from datetime import UTC, datetime

from schakel.storage.pool import Database
from tests.edge.hoofdweg.house import build_house
from tests.edge.hoofdweg.test_ontvangst import a_mail, take_in
from tests.edge.register.vulling import HOST, Lezer


async def test_a_mail_that_came_in_is_at_once_a_klantcontact_with_who_how_and_what_came_along(
    lezer: Lezer, db: Database
) -> None:
    house = await build_house(db)
    assert await take_in(house, a_mail())
    row = (await lezer.json("klantcontacten?expand=hadBetrokkenen,hadBetrokkenen.digitaleAdressen,omvatteBijlagen"))[
        "results"
    ][0]
    assert (row["kanaal"], row["onderwerp"], row["inhoud"]) == ("e-mail", "Vraag", "Mag ik hier parkeren?")
    assert len(row["nummer"]) == 10
    betrokkene = row["_expand"]["hadBetrokkenen"][0]
    assert (betrokkene["contactnaam"]["achternaam"], betrokkene["wasPartij"]) == ("Aylin", None)
    assert betrokkene["_expand"]["digitaleAdressen"][0]["adres"] == "aylin@post.example"
    bijlage = row["_expand"]["omvatteBijlagen"][0]
    assert bijlage["bijlageidentificator"]["codeRegister"] == "schakel"
    found = await lezer.json("digitaleadressen?adres=aylin@post.example&expand=verstrektDoorBetrokkene")
    assert found["results"][0]["verstrektDoorBetrokkene"]["url"].startswith(HOST)


async def test_work_for_a_team_is_an_interne_taak_of_that_team(lezer: Lezer, db: Database) -> None:
    house = await build_house(db)
    interactie_id = await take_in(house, a_mail())
    assert interactie_id
    async with house.open_werk() as werk:
        await werk.werkplekken.add_interne_taak(interactie_id, "kcc", "Bel terug", datetime.now(UTC))
    taak = (await lezer.json("internetaken?actoren__naam=KCC"))["results"][0]
    assert (taak["gevraagdeHandeling"], taak["status"]) == ("Bel terug", "te_verwerken")
    actor = await lezer.json(taak["toegewezenAanActor"]["url"].replace(HOST, "http://intern"))
    assert actor["soortActor"] == "organisatorische_eenheid"
    assert taak["toegewezenAanActoren"] == [taak["toegewezenAanActor"]]
