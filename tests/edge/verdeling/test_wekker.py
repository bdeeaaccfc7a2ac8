# SPDX-License-Identifier: EUPL-1.2
"""Work is divided when it comes in, not when somebody looks; and the running house does it."""

import asyncio
from uuid import UUID

import pytest

from schakel.app import verdeling
from schakel.kanaalintegratie.verdeling.feiten import Beschikbaarheid
from schakel.kanaalintegratie.verdeling.regels import standaardregels
from schakel.storage.verdeelwekker import Verdeelwekker
from tests.edge.stad import Stad
from tests.edge.verdeling.vloer import Vloer

OFFERED = "select count(*) from werkitem where actor_id = $1 and tot is not null"


async def test_new_work_and_room_that_comes_free_wake_the_verdeler_without_the_net(vloer: Vloer) -> None:
    async with Verdeelwekker(vloer.database.url, net=600).listening() as wekker:
        await asyncio.wait_for(wekker.wait(), 20)  # it listens
        (actor,) = await vloer.medewerkers(1)
        (vraag,) = await vloer.vragen(1)
        await asyncio.wait_for(wekker.wait(), 20)
        await vloer.verdeler.divide()
        async with vloer.open_werk() as werk:
            await werk.verdelingen.accept(vraag, actor, vloer.nu)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(wekker.wait(), 0.3)  # what is only taken on makes no room
        await vloer.set_status(vraag, "afgerond")
        await asyncio.wait_for(wekker.wait(), 20)


async def test_the_house_that_runs_offers_what_waits(stad: Stad) -> None:
    maud: UUID = await stad.actor("maud")
    async with verdeling(stad.huis):
        async with stad.diensten.open_werk() as werk:
            await werk.verdelingen.announce_as(
                maud, Beschikbaarheid.BESCHIKBAAR, standaardregels(), stad.diensten.clock()
            )
        async with asyncio.timeout(20):
            while not await stad.value(OFFERED, maud):  # noqa: ASYNC110  # the database offers no event
                await asyncio.sleep(0.05)
    assert await stad.value("select bool_and(bezet <= capaciteit) from medewerkerstand")
