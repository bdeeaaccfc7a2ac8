# SPDX-License-Identifier: EUPL-1.2
"""A BRP that is dead, slow or breaks off: named within a second and a half, and the rest is simply there."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from time import perf_counter

import pytest

from schakel.begrippen.antwoord import Antwoord
from schakel.begrippen.doel import Doel
from schakel.klantbeeld.beeld import Bronstatus
from schakel.klantbeeld.bron import Bron, Klantsleutels
from schakel.klantbeeld.gegevens import Gegeven
from schakel.koppelingen.brp.client import BrpBron
from schakel.regie import doelen as d
from schakel.regie.bevoegdheid import Weigering
from schakel.regie.catalogus import BRP, KLANTREGISTER, catalogus
from schakel.regie.doelen import K
from tests.edge.klantbeeld.brp_relay import break_off_at_once, break_off_half_way, listening, refusing
from tests.edge.klantbeeld.house import GEHEIM, GEHEIM_BSN, OPEN, OPEN_BSN, House, medewerker

MAUD = medewerker("maud")
Url = Callable[[], AbstractAsyncContextManager[str]]


@asynccontextmanager
async def dead() -> AsyncIterator[str]:
    yield refusing()


@asynccontextmanager
async def slow() -> AsyncIterator[str]:
    """Answers when the test is over, which is too late."""
    over = asyncio.Event()

    async def answer_late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await over.wait()
        writer.write(b"HTTP/1.1 500 Late\r\ncontent-length: 0\r\n\r\n")
        writer.close()

    async with listening(answer_late) as url:
        yield url
        over.set()


STORINGEN = {
    "dead": (dead, "is niet te bereiken"),
    "slow": (slow, "antwoordt te laat"),
    "hangs up": (lambda: listening(break_off_at_once), "is niet te bereiken"),
    "breaks off half-way": (lambda: listening(break_off_half_way), "is niet te bereiken"),
}


@pytest.mark.norm("KB-2")
@pytest.mark.parametrize(("open_url", "reden"), STORINGEN.values(), ids=STORINGEN)
async def test_a_brp_that_fails_is_named_in_time_and_takes_nothing_else_with_it(
    house: House, caplog: pytest.LogCaptureFixture, open_url: Url, reden: str
) -> None:
    caplog.set_level(logging.DEBUG)
    before = await house.lines()
    async with open_url() as url:
        begin = perf_counter()
        beeld = await house.compose(MAUD, d.VRAAG, brp_url=url)
        took = perf_counter() - begin

    assert took < 1.5
    bron = {one.naam: one for one in beeld.bronnen}
    assert (bron[BRP].status, bron[BRP].reden) == (Bronstatus.ZWIJGT, reden)
    assert bron[BRP].sinds == beeld.samengesteld_op
    assert set(bron[BRP].ontbreekt) == {k.label for k in catalogus().of_bron(BRP) if k.klasse is not K.GEZIN}
    assert bron[KLANTREGISTER].status is Bronstatus.BINNEN
    assert not beeld.volledig
    assert beeld.meldingen[0].startswith("BRP antwoordt niet sinds ")
    assert "woonadres" in beeld.meldingen[0]
    naam = beeld.veld("partij.naam")
    assert naam
    assert naam.waarde == "Klant bij ons"
    (line,) = (await house.lines())[len(before) :]
    assert set(line["bronnen"]) == {BRP, KLANTREGISTER}
    assert OPEN_BSN not in line["tekst"]
    assert OPEN_BSN not in caplog.text


@pytest.mark.norm("A23")
async def test_while_the_brp_is_silent_no_address_is_shown_that_it_may_call_geheim(house: House) -> None:
    for partij_id in (OPEN, GEHEIM):
        beeld = await house.compose(MAUD, d.VRAAG, partij_id, brp_url=refusing())
        assert beeld.veld("partij.adres") is None
        assert {one.klasse: one.weigering for one in beeld.niet_getoond}[K.ADRES] is Weigering.GEHEIM_ONBEKEND
        assert GEHEIM_BSN not in repr(beeld)


@pytest.mark.norm("KB-2")
async def test_a_brp_that_keeps_failing_is_left_in_peace_and_is_still_named(house: House) -> None:
    hits = 0

    async def count_and_hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal hits
        hits += 1
        await break_off_at_once(reader, writer)

    sleutels = await house.register.klantsleutels(OPEN)
    async with listening(count_and_hang_up) as url:
        brp = BrpBron(url)
        beelden = house.beelden(house.register, brp)
        redenen = []
        for _ in range(5):
            beeld = await beelden.compose(sleutels, MAUD, d.VRAAG, house.logboek)
            redenen += [one.reden for one in beeld.bronnen if one.naam == BRP]
        await brp.close()
    assert redenen == ["is niet te bereiken"] * 3 + ["rust na storingen"] * 2
    assert hits == 3


@pytest.mark.norm("KB-2")
async def test_bronnen_are_asked_at_once_and_not_in_turn(house: House) -> None:
    """Both wait for the other to have been asked: in turn, that would take for ever."""
    asked = {BRP: asyncio.Event(), KLANTREGISTER: asyncio.Event()}

    @dataclass
    class Waiting:
        bron: Bron
        other: str

        @property
        def naam(self) -> str:
            return self.bron.naam

        @property
        def attributen(self) -> frozenset[str]:
            return self.bron.attributen

        async def vraag(
            self, sleutels: Klantsleutels, attributen: frozenset[str], doel: Doel
        ) -> Antwoord[Mapping[str, Gegeven]]:
            asked[self.naam].set()
            await asked[self.other].wait()
            return await self.bron.vraag(sleutels, attributen, doel)

    brp = BrpBron(house.brp_url)
    beelden = house.beelden(Waiting(brp, KLANTREGISTER), Waiting(house.register, BRP))
    beeld = await beelden.compose(await house.register.klantsleutels(OPEN), MAUD, d.VRAAG, house.logboek)
    await brp.close()
    assert beeld.volledig
