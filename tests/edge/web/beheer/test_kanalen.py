# SPDX-License-Identifier: EUPL-1.2
"""The pages that say what stands still: held work can be tried again, once."""

from schakel.kanaalintegratie.gezondheid import Deel, Staat
from schakel.kanaalintegratie.werk import Verkeersregel
from schakel.storage.gezondheid import DatabaseControle
from tests.edge.stad import Stad


async def hold(stad: Stad) -> int:
    """A job that failed too often, as the runner leaves it."""
    job_id: int = await stad.value(
        """insert into pgqueuer (priority, status, entrypoint, payload, attempts)
           values (0, 'failed', 'verzend', '\\x00', 4) returning id"""
    )
    await stad.value(
        """insert into pgqueuer_log (job_id, status, priority, entrypoint, traceback)
           values ($1, 'failed', 0, 'verzend', '{"exception_message": "ConnectionRefused in send:12"}')""",
        job_id,
    )
    return job_id


async def test_held_work_is_seen_with_its_fault_and_goes_back_in_the_queue_once(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    job_id = await hold(stad)
    page = (await kees.get("/beheer/kanalen")).text
    assert "Een bericht versturen" in page
    assert "ConnectionRefused in send:12" in page
    assert "keer werk dat stilstaat" in (await kees.get("/beheer")).text

    first = await kees.post(f"/beheer/kanalen/vastgehouden/{job_id}")
    again = await kees.post(f"/beheer/kanalen/vastgehouden/{job_id}")

    assert (first.status_code, first.headers["location"]) == (303, "/beheer/kanalen?gedaan=opnieuw")
    assert (again.status_code, "Dit werk staat niet meer stil" in again.text) == (409, True)
    assert await stad.value("select count(*) from pgqueuer where id = $1 and status = 'queued'", job_id) == 1
    assert "Geen werk mislukte te vaak" in (await kees.get("/beheer/kanalen?gedaan=opnieuw")).text


async def test_work_that_does_not_exist_is_refused_in_words(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    answers = [
        (await kees.post(f"/beheer/kanalen/vastgehouden/{job}")).status_code for job in ("0", "-1", str(2**70), "x")
    ]
    assert answers == [409, 409, 409, 404]


async def test_every_part_tells_its_state_and_a_broken_one_comes_on_top(stad: Stad) -> None:
    async def broken() -> Deel:
        return Deel("e-mail", Staat.FOUT, "De e-mailontvangst luistert niet.")

    kees = await stad.log_in("kees")
    stad.app.state["controles"] = [DatabaseControle(stad.database).database, broken]
    assert "De database antwoordt." in (await kees.get("/beheer/kanalen")).text
    page = (await kees.get("/beheer")).text
    assert "Een onderdeel doet zijn werk niet." in page
    assert "De e-mailontvangst luistert niet." in page


async def test_a_kanaal_without_a_door_says_so_and_one_that_has_one_is_open(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    door = next(iter(stad.diensten.inbox.kanalen))
    async with stad.diensten.open_werk() as werk:
        await werk.verkeer.add(Verkeersregel(door, stad.diensten.clock(), "beantwoord"))
    page = (await kees.get("/beheer/kanalen")).text
    assert "Niet aangesloten" in page
    assert "Open" in page.partition("Niet aangesloten")[0]
