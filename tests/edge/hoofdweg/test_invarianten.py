# SPDX-License-Identifier: EUPL-1.2
"""What a klant may count on whatever happens: not taken for another, and nothing private in an open mail."""

from uuid import UUID

import pytest

from schakel.begrippen.bericht import Inhoudsklasse
from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.verzending import Opdracht
from schakel.kit.errors import InvalidInput
from schakel.kit.ids import new_id
from tests.edge.hoofdweg.house import House, last_bericht
from tests.edge.hoofdweg.test_ontvangst import AT, a_mail, take_in

ADRES = "aylin@post.example"


async def add_known_klant(house: House) -> UUID:
    """An identified partij who uses this address."""
    partij_id = new_id()
    async with house.database.connection() as connection:
        await connection.execute(
            """insert into partij (id, soort, zelfstandig, naam, aangemaakt_op, gewijzigd_op, vervalt_op)
               values ($1, 'persoon', false, 'Aylin', $2, $2, '2031-11-24')""",
            partij_id,
            AT,
        )
        await connection.execute(
            """insert into digitaal_adres (id, partij_id, soort, adres, zoekadres, verstrekt_op)
               values ($1, $2, 'email', $3, $3, $4)""",
            new_id(),
            partij_id,
            ADRES,
            AT,
        )
    return partij_id


def an_answer(interactie_id: UUID, tekst: str, klasse: Inhoudsklasse = Inhoudsklasse.ALGEMEEN) -> Opdracht:
    return Opdracht(interactie_id, "antwoord", "Uw vraag", tekst, str(new_id()), automatisch=False, klasse=klasse)


@pytest.mark.norm("RB-1")
async def test_an_address_suggests_a_klant_and_never_identifies_one(house: House) -> None:
    known = await add_known_klant(house)
    interactie_id = await take_in(house, a_mail(ADRES))
    assert interactie_id
    beeld = await house.lezer.interactie(interactie_id)
    assert beeld.voorgesteld_id == known
    assert beeld.partij_id != known
    assert not beeld.vastgesteld


@pytest.mark.norm("KI-5")
async def test_the_wish_of_an_identified_klant_and_of_the_gemeente_count_and_the_reasons_are_kept(house: House) -> None:
    known = await add_known_klant(house)
    interactie_id = await take_in(house, a_mail(ADRES))
    assert interactie_id
    async with house.database.transaction() as connection:
        await connection.execute("update partij set voorkeur = 'telefoon' where id = $1", known)
        await connection.execute("update interactie set product = 'parkeervergunning' where id = $1", interactie_id)
    assert "voorkeur" not in await reasons(house, interactie_id)  # nobody has proved to be this klant
    async with house.database.transaction() as connection:
        await connection.execute(
            "update interactie set partij_id = $2, vastgesteld = true where id = $1", interactie_id, known
        )
    assert "telefoon: daar is geen adres voor." in await reasons(house, interactie_id)
    async with house.database.transaction() as connection:
        await connection.execute("update partij set voorkeur = 'e-mail' where id = $1", known)
    assert await reasons(house, interactie_id) == "e-mail: Dit is de voorkeur van de klant."


async def reasons(house: House, interactie_id: UUID) -> str:
    async with house.open_werk() as werk:
        verstuurd = await house.verzending.send(werk, an_answer(interactie_id, "Het is geregeld."), AT)
    assert verstuurd.kanaal == Kanaal.EMAIL
    return " ".join(verstuurd.redenen)


@pytest.mark.norm("A09")
async def test_an_answer_that_holds_a_bsn_is_not_sent_and_nothing_of_it_is_kept(house: House) -> None:
    interactie_id = await take_in(house, a_mail(ADRES))
    assert interactie_id
    before = await last_bericht(house)
    with pytest.raises(InvalidInput) as refused:
        async with house.open_werk() as werk:
            await house.verzending.send(werk, an_answer(interactie_id, "Uw nummer is 999 993 653."), AT)
    assert "999" not in str(refused.value.fields)
    assert await last_bericht(house) == before


@pytest.mark.norm("Awb 2:9")
async def test_what_is_personal_stays_with_us_and_only_a_notice_goes_out(house: House) -> None:
    interactie_id = await take_in(house, a_mail(ADRES))
    assert interactie_id
    async with house.open_werk() as werk:
        opdracht = an_answer(interactie_id, "U krijgt een vergunning.", Inhoudsklasse.PERSOONLIJK)
        verstuurd = await house.verzending.send(werk, opdracht, AT)
    assert verstuurd.als_kennisgeving
    await house.verzending.attempt(await last_bericht(house))
    (bericht,) = house.postbode.delivered
    assert "vergunning" not in bericht.tekst
    assert "/mijn" in bericht.tekst
