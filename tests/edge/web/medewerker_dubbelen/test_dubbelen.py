# SPDX-License-Identifier: EUPL-1.2
"""Klanten who are here twice: seen side by side, joined with a reason, and taken apart; each look leaves its line."""

from uuid import UUID

import pytest

from schakel.kit.text import searchable
from tests.edge.dubbelen.twee import contact, partij
from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.bladen import visible
from tests.edge.web.medewerker_contact.gang import AYLIN, establish


async def second_record(stad: Stad, naam: str = AYLIN, **more: object) -> tuple[UUID, UUID]:
    """Aylin, and what somebody made of her again: never identified, with one contact."""
    aylin = await stad.partij(AYLIN)
    geboren = await stad.value("select geboortedatum from partij where id = $1", aylin)
    async with stad.database.connection() as connection:
        ander = await partij(connection, naam, geboortedatum=geboren, zoeknaam=searchable(naam), **more)
        await contact(connection, ander)
    return aylin, ander


async def lines(stad: Stad) -> int:
    found: int = await stad.value("select count(*) from verwerking where doel = 'dubbelen'")
    return found


async def merge(medewerker: Bezoeker, aylin: UUID, ander: UUID, **more: object) -> object:
    fields = {"blijft": str(aylin), "reden": "Zelfde paspoort gezien", "middel": "legitimatie", **more}
    return await medewerker.post(f"/dubbelen/{aylin}/{ander}", fields)


@pytest.mark.norm("RB-1")
async def test_a_likely_double_is_on_the_list_with_the_reasons_and_side_by_side_with_the_sources(stad: Stad) -> None:
    aylin, ander = await second_record(stad, "Aylin Yilmas")
    maud = await stad.log_in("maud")
    before = await lines(stad)
    page = visible((await maud.get("/dubbelen")).text)
    assert "Naam lijkt erop. Geboortedatum is gelijk. Vergelijk Aylin" in page
    assert await lines(stad) == before + 1
    een, twee = sorted((aylin, ander))
    beside = await maud.get(f"/dubbelen/{een}/{twee}")
    page = visible(beside.text)
    assert "Aylin Yilmas Klantregister" in page
    assert "Aylin Yılmaz BRP" in page
    assert "Eén van de twee is herkend met een bsn of KVK-nummer" in page
    assert await lines(stad) > before + 1


async def test_joined_with_a_reason_all_contacts_are_with_one_klant_and_undone_they_are_back(stad: Stad) -> None:
    aylin, ander = await second_record(stad)
    maud = await stad.log_in("maud")
    answer = await maud.post(f"/dubbelen/{aylin}/{ander}", {"blijft": str(aylin), "reden": " "})
    assert answer.status_code == 400
    assert "Schrijf op waarom" in answer.text
    answer = await maud.post(f"/dubbelen/{aylin}/{ander}", {"blijft": str(aylin), "reden": "Lijkt erg"})
    assert answer.status_code == 409
    assert "Kies hoe u weet dat dit dezelfde klant is." in answer.text
    assert "Lijkt erg" in answer.text

    answer = await merge(maud, aylin, ander)  # type: ignore[assignment]
    assert (answer.status_code, answer.headers["location"]) == (303, "/dubbelen?gedaan=samen")
    assert await stad.value("select count(*) from betrokkene where partij_id = $1", ander) == 0
    page = visible((await maud.get("/dubbelen?gedaan=samen")).text)
    assert "Er is nu één klant." in page
    assert f"{AYLIN} bij {AYLIN}" in page
    assert "Reden: Zelfde paspoort gezien" in page

    answer = await maud.post(f"/dubbelen/splits/{ander}", {"reden": "Het was haar zus"})
    assert answer.status_code == 303
    assert await stad.value("select count(*) from betrokkene where partij_id = $1", ander) == 1
    assert "Ongedaan gemaakt" in visible((await maud.get("/dubbelen")).text)


async def test_two_klanten_who_only_look_alike_are_not_shown_again(stad: Stad) -> None:
    aylin, ander = await second_record(stad)
    maud = await stad.log_in("maud")
    answer = await maud.post(f"/dubbelen/{aylin}/{ander}/twee", {})
    assert answer.status_code == 303
    assert str(ander) not in (await maud.get("/dubbelen")).text


async def test_the_page_of_a_klant_says_that_he_may_be_here_twice(stad: Stad) -> None:
    aylin, ander = await second_record(stad)
    maud = await stad.log_in("maud")
    v = await establish(maud, aylin)
    page = (await maud.get(f"/klant/{aylin}?v={v}")).text
    assert "Misschien dubbel." in page
    assert f'href="/dubbelen/{aylin}/{ander}"' in page


async def test_what_may_never_be_one_has_no_button(stad: Stad) -> None:
    aylin, ander = await second_record(stad, geheim=True)
    maud = await stad.log_in("maud")
    page = (await maud.get(f"/dubbelen/{aylin}/{ander}")).text
    assert "Deze twee kunnen niet samen." in page
    assert "Voeg samen" not in page
    assert "BRP" not in page
    answer = await merge(maud, aylin, ander)
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert str(ander) not in (await maud.get("/dubbelen")).text


async def test_who_does_not_help_klanten_does_not_get_here(stad: Stad) -> None:
    aylin, ander = await second_record(stad)
    kees = await stad.log_in("kees")
    for path in ("/dubbelen", f"/dubbelen/{aylin}/{ander}"):
        assert (await kees.get(path)).status_code == 403
    assert (await merge(kees, aylin, ander)).status_code == 403  # type: ignore[attr-defined]
    assert (await kees.post(f"/dubbelen/splits/{ander}", {"reden": "x"})).status_code == 403
    assert await stad.value("select count(*) from samenvoeging") == 0


@pytest.mark.norm("NO-8")
async def test_who_does_not_look_alike_is_not_laid_side_by_side_and_not_joined(stad: Stad) -> None:
    aylin, ander = await second_record(stad, "Kees de Vries")
    maud = await stad.log_in("maud")
    assert (await maud.get(f"/dubbelen/{aylin}/{ander}")).status_code == 403
    assert (await merge(maud, aylin, ander)).status_code == 403  # type: ignore[attr-defined]
    assert await stad.value("select count(*) from partij where id = $1", ander) == 1
