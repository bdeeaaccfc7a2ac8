# SPDX-License-Identifier: EUPL-1.2
"""A mailbox on a real Dovecot: everything that lies there comes in once, whatever the line or the server does."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from schakel.app import opened
from schakel.kanaalintegratie.gezondheid import Staat
from schakel.kanaalintegratie.vindplaats import Vindplaats
from schakel.kanalen.email.envelop import Envelop
from schakel.kanalen.email.imap_client import ImapSessie
from schakel.kanalen.email.imap_in import ImapIn, Ritme
from schakel.kanalen.email.postbus import Postbus
from schakel.storage.vindplaatsen import SqlVindplaatsen
from tests.edge.email.dovecot import PASSWORD, Dovecot, dovecot
from tests.edge.stad import Stad, stad_settings

pytestmark = [
    pytest.mark.mailserver,
    pytest.mark.skipif(os.geteuid() != 0, reason="Een eigen Dovecot starten kan alleen als root"),
]
FAST = Ritme(look=0.5, timeout=3, pause=0.1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def letter(n: int | str, kenmerk: str = "", tekst: str = "") -> bytes:
    head = f"From: Fatima <fatima@inwoner.example>\r\nTo: info@lindewaard.example\r\nSubject: Vraag {n}\r\n"
    kenmerk = f"Message-ID: {kenmerk}\r\n" if kenmerk else ""
    return f"{head}{kenmerk}\r\n{tekst or f'Wat kost het {n}?'}\r\n".encode()


@dataclass
class Gevolgd:
    """A mailbox that is followed by a house."""

    stad: Stad
    server: Dovecot
    imap: ImapIn

    async def subjects(self, count: int) -> list[str]:
        """Of all Interacties, once so many originelen came in and every one was registered."""
        await eventually(lambda: self._count("select count(*) from origineel", count))
        await self.stad.do_jobs()
        async with self.stad.database.connection() as connection:
            rows = await connection.fetch("select onderwerp from interactie order by onderwerp")
        return [row["onderwerp"] for row in rows]

    async def settled(self) -> None:
        """Until it looked once more, from now."""
        now = datetime.now(UTC)

        async def looked() -> bool:
            return self.imap.looked_at is not None and self.imap.looked_at > now

        await eventually(looked)

    async def _count(self, sql: str, count: int) -> bool:
        return int(await self.stad.value(sql)) >= count


async def eventually(holds: Callable[[], Coroutine[Any, Any, bool]]) -> None:
    async with asyncio.timeout(20):
        while not await holds():  # noqa: ASYNC110  # what others do to the server and the database has no event
            await asyncio.sleep(0.05)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def server() -> AsyncIterator[Dovecot]:
    async with dovecot() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def lege_stad(database_url: str, open_folder: Path) -> AsyncIterator[Stad]:
    """A house without a demo in it."""
    settings = replace(stad_settings(open_folder), demo=False)
    async with opened(settings, database_url, say=lambda _: None) as huis:
        yield Stad(huis, database_url)


def postbus_of(server: Dovecot, user: str, sinds: datetime | None = LONG_AGO) -> Postbus:
    return Postbus("127.0.0.1", server.port, f"{user}@localhost", PASSWORD, tls=False, sinds=sinds)


@asynccontextmanager
async def followed(stad: Stad, server: Dovecot, postbus: Postbus) -> AsyncIterator[Gevolgd]:
    boek = SqlVindplaatsen(stad.database)
    imap = ImapIn(postbus, stad.huis.store_mail, boek, FAST)
    running = asyncio.create_task(imap.run())
    try:
        yield Gevolgd(stad, server, imap)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@pytest.mark.norm("KI-0")
async def test_what_lies_there_and_what_comes_after_are_taken_in_and_nothing_is_changed(
    lege_stad: Stad, server: Dovecot
) -> None:
    await server.deliver(letter(1), letter(2, "<2@inwoner.example>"), to="gewoon")
    async with followed(lege_stad, server, postbus_of(server, "gewoon")) as gevolgd:
        assert await gevolgd.subjects(2) == ["Vraag 1", "Vraag 2"]
        await server.deliver(letter(3), to="gewoon")
        assert await gevolgd.subjects(3) == ["Vraag 1", "Vraag 2", "Vraag 3"]
        deel = await gevolgd.imap.check()
    assert deel.staat is Staat.GOED
    unread = list((server.place / "mail/gewoon@localhost").glob("*/*,S"))
    assert unread == []  # nothing became \Seen


async def test_idle_brings_a_message_without_waiting_for_the_next_look(lege_stad: Stad, server: Dovecot) -> None:
    boek = SqlVindplaatsen(lege_stad.database)
    imap = ImapIn(postbus_of(server, "idle"), lege_stad.huis.store_mail, boek, replace(FAST, look=600))
    gevolgd = Gevolgd(lege_stad, server, imap)
    running = asyncio.create_task(imap.run())
    try:
        await gevolgd.settled()
        await server.deliver(letter("nu"), to="idle")
        assert await gevolgd.subjects(1) == ["Vraag nu"]
    finally:
        running.cancel()


async def test_what_was_there_before_the_account_was_ours_stays_there(lege_stad: Stad, server: Dovecot) -> None:
    await server.deliver(letter("oud"), to="nieuw")
    await asyncio.sleep(1.1)  # a server writes down whole seconds
    async with followed(lege_stad, server, postbus_of(server, "nieuw", sinds=None)) as gevolgd:
        await gevolgd.settled()
        await server.deliver(letter("eigen"), to="nieuw")
        assert await gevolgd.subjects(1) == ["Vraag eigen"]
        await gevolgd.settled()
        assert await lege_stad.value("select count(*) from origineel") == 1


async def test_klacht_1_mail_that_came_during_a_long_outage_is_fetched_all_the_same(
    lege_stad: Stad, server: Dovecot
) -> None:
    async with followed(lege_stad, server, postbus_of(server, "uitval")) as gevolgd:
        await gevolgd.settled()
    await server.deliver(*(letter(n) for n in range(10, 40)), to="uitval")
    async with followed(lege_stad, server, postbus_of(server, "uitval")) as gevolgd:
        assert len(await gevolgd.subjects(30)) == 30
        await gevolgd.settled()
    assert await lege_stad.value("select count(*) from origineel") == 30


async def test_klacht_2_a_line_that_drops_is_opened_again_and_seen_on_the_health_page(
    lege_stad: Stad, server: Dovecot
) -> None:
    async with followed(lege_stad, server, postbus_of(server, "lijn")) as gevolgd:
        await gevolgd.settled()
        for n in range(3):
            server.cut()
            await server.deliver(letter(n), to="lijn")
            await eventually(lambda seen=n: gevolgd._count("select count(*) from origineel", seen + 1))  # type: ignore[misc]
        assert len(await gevolgd.subjects(3)) == 3
        await gevolgd.settled()
        assert (await gevolgd.imap.check()).staat is Staat.GOED


async def test_a_server_that_answers_late_is_left_and_tried_again(lege_stad: Stad, server: Dovecot) -> None:
    await server.deliver(letter("traag"), to="traag")
    server.slow = 5
    try:
        async with followed(lege_stad, server, postbus_of(server, "traag")) as gevolgd:

            async def noticed() -> bool:
                return (await gevolgd.imap.check()).staat is Staat.LET_OP

            await eventually(noticed)
            server.slow = 0
            assert await gevolgd.subjects(1) == ["Vraag traag"]
    finally:
        server.slow = 0


async def test_a_wrong_password_is_said_and_nothing_of_it_stands_in_the_text(lege_stad: Stad, server: Dovecot) -> None:
    wrong = replace(postbus_of(server, "fout"), wachtwoord="niet-dit")
    async with followed(lege_stad, server, wrong) as gevolgd:

        async def noticed() -> bool:
            return (await gevolgd.imap.check()).staat is Staat.LET_OP

        await eventually(noticed)
        assert "niet-dit" not in str(await gevolgd.imap.check())
    assert "niet-dit" not in repr(wrong)


@pytest.mark.norm("KI-0")
async def test_when_the_server_numbers_anew_nothing_is_taken_in_twice(lege_stad: Stad, server: Dovecot) -> None:
    await server.deliver(*(letter(n) for n in range(5)), to="hernummerd")
    async with followed(lege_stad, server, postbus_of(server, "hernummerd")) as gevolgd:
        assert len(await gevolgd.subjects(5)) == 5
    server.number_anew("hernummerd")
    await server.deliver(letter("erna"), to="hernummerd")
    async with followed(lege_stad, server, postbus_of(server, "hernummerd")) as gevolgd:
        assert len(await gevolgd.subjects(6)) == 6
        await gevolgd.settled()
    assert await lege_stad.value("select count(*) from origineel") == 6
    assert await lege_stad.value("select count(distinct reeks) from vindplaats") == 2


async def test_klacht_4_a_message_whose_fetching_breaks_the_line_holds_up_no_other(
    lege_stad: Stad, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await server.deliver(letter(1), letter("giftig"), letter(3), to="giftig")
    fetch = ImapSessie.fetch

    async def breaking(sessie: Any, uid: int) -> object:
        if uid == 2:
            server.cut()
        return await fetch(sessie, uid)

    monkeypatch.setattr(ImapSessie, "fetch", breaking)
    async with followed(lege_stad, server, postbus_of(server, "giftig")) as gevolgd:
        assert await gevolgd.subjects(2) == ["Vraag 1", "Vraag 3"]
        await gevolgd.settled()
        deel = await gevolgd.imap.check()
    assert deel.staat is Staat.LET_OP
    assert deel.cijfers["blijft liggen"] == 1


async def test_klacht_8_ten_mails_without_message_id_are_ten_questions(lege_stad: Stad, server: Dovecot) -> None:
    await server.deliver(*(letter(n) for n in range(10)), to="zonder")
    async with followed(lege_stad, server, postbus_of(server, "zonder")) as gevolgd:
        assert len(await gevolgd.subjects(10)) == 10


async def test_klacht_10_one_mail_in_two_mailboxes_is_one_question(lege_stad: Stad, server: Dovecot) -> None:
    mail = letter("dubbel", "<twee@inwoner.example>")
    await server.deliver(mail, to="een")
    await server.deliver(mail, to="twee")
    async with (
        followed(lege_stad, server, postbus_of(server, "een")) as gevolgd,
        followed(lege_stad, server, postbus_of(server, "twee")),
    ):
        assert await gevolgd.subjects(2) == ["Vraag dubbel"]
    assert await lege_stad.value("select count(*) from origineel where status = 'tweeling'") == 1


@pytest.mark.norm("KI-0")
async def test_the_database_out_of_order_leaves_the_message_in_the_mailbox_until_it_is_back(
    lege_stad: Stad, server: Dovecot
) -> None:
    await server.deliver(letter("storing"), to="storing")
    faults = [OSError(28, "vol") for _ in range(5)]

    async def store(content: bytes, envelop: Envelop, plaats: Vindplaats) -> None:
        if faults:
            raise faults.pop()
        await lege_stad.huis.store_mail(content, envelop, plaats)

    imap = ImapIn(postbus_of(server, "storing"), store, SqlVindplaatsen(lege_stad.database), FAST)
    running = asyncio.create_task(imap.run())
    try:
        assert await Gevolgd(lege_stad, server, imap).subjects(1) == ["Vraag storing"]
    finally:
        running.cancel()
    assert faults == []
