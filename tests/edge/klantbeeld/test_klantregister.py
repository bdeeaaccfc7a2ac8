# SPDX-License-Identifier: EUPL-1.2
"""The Klantregister as a bron: what is asked and no more, in one statement, and only what is surely of this klant."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from schakel.begrippen.antwoord import Gevonden, Leeg, Onbereikbaar
from schakel.kit.errors import NotFound
from schakel.klantbeeld.bron import Klantsleutels
from schakel.klantbeeld.gegevens import Adres, Datum, DigitaalAdres
from schakel.regie.catalogus import KLANTREGISTER, catalogus
from schakel.regie.doelen import PARKEERVERGUNNING, VRAAG
from schakel.storage.klantregister import Klantregister
from schakel.storage.pool import Connection, Database
from tests.edge.klantbeeld.house import AYLIN, OPEN, OPEN_BSN, UNTIL, House


async def answer(house: House, *attributen: str) -> dict[str, object]:
    found = await house.register.vraag(Klantsleutels(OPEN), frozenset(attributen), PARKEERVERGUNNING)
    assert isinstance(found, Gevonden)
    return {name: gegeven.waarde for name, gegeven in found.waarde.items()}


async def test_it_fills_every_line_of_the_catalogus_that_is_its_own(house: House) -> None:
    own = {k.sleutel for k in catalogus().of_bron(KLANTREGISTER)}
    assert own == Klantregister.attributen
    found = await answer(house, *own)
    assert found.keys() == own
    assert found["partij.naam"] == "Klant bij ons"
    assert found["partij.geboortedatum"] == Datum(1980, 2, 1)
    assert found["partij.geheim"] is False
    assert found["partij.bsn"] == OPEN_BSN
    assert found["partij.adres"] == Adres(
        ("Dorpsstraat 7", "3811 LA Lindewaard"), "Dorpsstraat", "7", "3811LA", "Lindewaard"
    )
    assert found["partij.digitale_adressen"] == (DigitaalAdres("email", "klant@post.example", voorkeur=True),)
    assert (found["partij.kanaalvoorkeur"], found["partij.aanspreekvorm"]) == ("e-mail", "mevrouw")


class Overheard(Database):
    """Keeps the statements that it was given."""

    def __init__(self, url: str) -> None:
        super().__init__(url, min_size=1, max_size=1)
        self.statements: list[str] = []

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        async with super().connection() as connection:
            with connection.query_logger(lambda query: self.statements.append(query.query)):
                yield connection
                await asyncio.sleep(0)  # the driver tells its loggers a turn later


@pytest.mark.norm("KB-1")
async def test_one_statement_reads_what_is_asked_and_nothing_else(house: House) -> None:
    database = Overheard(house.database.url)
    await database.open()
    register = Klantregister(database, house.kluis)
    telling = {"partij.contacten": "klantcontact", "partij.verzoeken": "verzoek", "partij.bsn": "cijfer"}
    for asked in (*({name} for name in Klantregister.attributen), Klantregister.attributen):
        database.statements.clear()
        found = await register.vraag(Klantsleutels(OPEN), frozenset(asked), PARKEERVERGUNNING)
        assert isinstance(found, Gevonden)
        assert found.waarde.keys() == asked
        (statement,) = database.statements
        assert {name for name, word in telling.items() if word in statement} == telling.keys() & asked
        assert {name for name in Klantregister.attributen if f'"{name}"' in statement} == asked
    await database.close()


async def test_contacts_and_verzoeken_are_only_those_that_are_surely_of_this_klant(house: House) -> None:
    found = await answer(house, "partij.contacten", "partij.verzoeken")
    contacten, verzoeken = found["partij.contacten"], found["partij.verzoeken"]
    assert isinstance(contacten, tuple)
    assert isinstance(verzoeken, tuple)
    assert [(one.onderwerp, one.kanaal, one.richting) for one in contacten] == [
        ("Zeker van deze klant", "balie", "uit")
    ]
    assert [(one.uitkomst, one.nummer, one.gewijzigd_op) for one in verzoeken] == [
        ("Zeker van deze klant", contacten[0].nummer, UNTIL)
    ]


async def test_aylin_of_the_demo_has_a_year_of_contacts_newest_first(house: House) -> None:
    found = await house.register.vraag(Klantsleutels(AYLIN), frozenset({"partij.contacten"}), VRAAG)
    assert isinstance(found, Gevonden)
    moments = [one.plaatsgevonden_op for one in found.waarde["partij.contacten"].waarde]  # type: ignore[union-attr]
    assert 1 < len(moments) <= 20
    assert moments == sorted(moments, reverse=True)


async def test_an_unknown_partij_is_empty_and_has_no_keys(house: House) -> None:
    stranger = uuid4()
    assert await house.register.vraag(Klantsleutels(stranger), Klantregister.attributen, VRAAG) == Leeg()
    with pytest.raises(NotFound):
        await house.register.klantsleutels(stranger)


async def test_the_keys_hold_the_bsn_without_showing_it(house: House) -> None:
    sleutels = await house.register.klantsleutels(OPEN)
    assert sleutels.bsn
    assert sleutels.bsn.reveal() == OPEN_BSN
    assert OPEN_BSN not in repr(sleutels)
    assert not sleutels.geheim


async def test_a_database_that_is_gone_is_said(house: House) -> None:
    closed = type(house.database)(house.database.url)
    found = await Klantregister(closed, house.kluis).vraag(Klantsleutels(OPEN), Klantregister.attributen, VRAAG)
    assert found == Onbereikbaar(KLANTREGISTER, "is niet te bereiken")
