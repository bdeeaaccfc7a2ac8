# SPDX-License-Identifier: EUPL-1.2
"""SMTP in, over real sockets: stored before OK, nothing lost, no open relay, bounded."""

import asyncio
import smtplib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiosmtplib
import pytest

from schakel.kanaalintegratie.gezondheid import Staat
from schakel.kanalen.email import connection
from schakel.kanalen.email.envelop import Envelop
from schakel.kanalen.email.kanaal import check_config, check_smtp_in
from schakel.kanalen.email.parse import parse_mail
from schakel.kanalen.email.proefpostbus import open_proefpostbus
from schakel.kanalen.email.smtp_in import MAX_RECIPIENTS, SmtpIn, Store, listen
from tests.edge.email.generator import DOMEIN, INFO, OWN, letters, mail

Kept = list[tuple[bytes, Envelop]]


def into(kept: Kept) -> Store:
    async def store(content: bytes, envelop: Envelop) -> None:
        kept.append((content, envelop))

    return store


@asynccontextmanager
async def serving(smtp_in: SmtpIn) -> AsyncIterator[int]:
    server = await listen(smtp_in, "127.0.0.1", 0, "mail.lindewaard.example")
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


async def talk(port: int, *lines: bytes) -> bytes:
    """Everything in one go, as a pipelining sender does; then all replies."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"\r\n".join(lines) + b"\r\n")
    found = await asyncio.wait_for(reader.read(), 20)
    writer.close()
    return found


def transaction(content: bytes, rcpt: str = INFO, mail_from: str = "f@x.example") -> list[bytes]:
    return [f"MAIL FROM:<{mail_from}>".encode(), f"RCPT TO:<{rcpt}>".encode(), b"DATA", content, b"."]


@pytest.mark.norm("KI-0")
async def test_the_bytes_are_kept_as_they_came_and_only_then_told_ok() -> None:
    order: list[str] = []
    kept: Kept = []

    async def store(content: bytes, envelop: Envelop) -> None:
        await asyncio.sleep(0.05)
        kept.append((content, envelop))
        order.append("bewaard")

    raw = mail("Subject: =?x", body=b".punt\r\n..\r\n\xe9\x80 acht bits\r\n" + b"x" * 5_000 + b"\r\n")
    async with serving(SmtpIn(store, DOMEIN)) as port:
        await aiosmtplib.send(raw, sender="f@x.example", recipients=[INFO], hostname="127.0.0.1", port=port)
        order.append("ok")
    assert order == ["bewaard", "ok"]
    assert kept[0][0] == raw
    assert (kept[0][1].mail_from, list(kept[0][1].rcpt_to), kept[0][1].peer) == ("f@x.example", [INFO], "127.0.0.1")
    assert kept[0][1].received_at.tzinfo is not None


async def test_the_null_sender_of_a_bounce_is_a_loop_sign() -> None:
    kept: Kept = []
    async with serving(SmtpIn(into(kept), DOMEIN)) as port:
        await talk(port, b"EHLO x", *transaction(mail(), mail_from=""), b"QUIT")
    assert kept[0][1].mail_from == ""
    assert parse_mail(*kept[0], OWN).geautomatiseerd


@pytest.mark.parametrize("fault", [RuntimeError("f@x.example"), OSError(28), ValueError(), KeyError("x"), None])
async def test_what_cannot_be_stored_comes_back_later(
    fault: Exception | None, caplog: pytest.LogCaptureFixture
) -> None:
    kept: Kept = []
    failing = True

    async def store(content: bytes, envelop: Envelop) -> None:
        if failing and fault is None:
            await asyncio.sleep(30)
        if failing and fault is not None:
            raise fault
        kept.append((content, envelop))

    smtp_in = SmtpIn(store, DOMEIN, store_seconds=0.2)
    async with serving(smtp_in) as port:
        first = await talk(port, b"EHLO x", *transaction(mail()), b"QUIT")
        assert b"\r\n451 4.3.0" in first
        assert (await check_smtp_in(smtp_in)).staat is Staat.LET_OP
        failing = False
        again = await talk(port, b"EHLO x", *transaction(mail()), b"QUIT")
    assert b"bewaard" in again
    assert len(kept) == 1
    assert "f@x.example" not in "".join(r.getMessage() for r in caplog.records if r.name.startswith("schakel"))


@pytest.mark.parametrize(
    ("rcpt", "code"),
    [(INFO, b"250"), ("Burger.Zaken+x@LINDEWAARD.example", b"250"), ("iemand@elders.example", b"550"),
     ("iemand@lindewaard.example.evil.example", b"550"), ("iemand@sub.lindewaard.example", b"550"),
     ("a@lindewaard.example@elders.example", b"55"), ("postmaster", b"550"), ("x\x01@lindewaard.example", b"55")],
)  # fmt: skip
async def test_only_our_own_domain_is_served(rcpt: str, code: bytes) -> None:
    async with serving(SmtpIn(into([]), DOMEIN)) as port:
        replies = await talk(port, b"EHLO x", *transaction(mail(), rcpt)[:2], b"QUIT")
    assert replies.split(b"\r\n")[-3].startswith(code)


async def test_eight_bit_rubbish_in_an_address_is_refused_for_good() -> None:
    kept: Kept = []
    async with serving(SmtpIn(into(kept), DOMEIN)) as port:
        replies = await talk(port, b"EHLO x", b"MAIL FROM:<\xff\xfe@x.example>", b"QUIT")
    assert replies.split(b"\r\n")[-3].startswith(b"55")


async def test_too_many_recipients_are_asked_to_come_in_a_second_mail() -> None:
    kept: Kept = []
    lines = [f"RCPT TO:<a{n}@{DOMEIN}>".encode() for n in range(MAX_RECIPIENTS + 5)]
    async with serving(SmtpIn(into(kept), DOMEIN)) as port:
        replies = await talk(port, b"EHLO x", b"MAIL FROM:<f@x.example>", *lines, b"DATA", mail(), b".", b"QUIT")
    assert replies.count(b"452 4.5.3") == 5
    assert len(kept[0][1].rcpt_to) == MAX_RECIPIENTS


async def test_a_mail_that_is_too_big_is_refused_in_clear_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MAX_SIZE", 50_000)
    kept: Kept = []
    async with serving(SmtpIn(into(kept), DOMEIN)) as port:
        announced = await talk(port, b"EHLO x", b"MAIL FROM:<f@x.example> SIZE=60000", b"QUIT")
        sent = await talk(port, b"EHLO x", *transaction(b"x" * 900 + b"\r\n" + b"y\r\n" * 20_000), b"QUIT")
        fits = await talk(port, b"EHLO x", *transaction(mail()), b"QUIT")
    for refused in (announced, sent):
        assert b"552 5.3.4 Uw bericht is groter dan" in refused
    assert b"bewaard" in fits
    assert len(kept) == 1


async def push_without_end(port: int) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"\r\n".join([b"EHLO x", *transaction(b"")[:3]]) + b"\r\n")
    for _ in range(200):
        writer.write(b"x" * 65_536)  # never a line end
        await asyncio.wait_for(writer.drain(), 10)
        await asyncio.sleep(0.005)


async def test_bytes_without_end_are_cut_off_and_memory_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MAX_UNANSWERED", 3_000_000)
    smtp_in = SmtpIn(into([]), DOMEIN)
    async with serving(smtp_in) as port:
        with pytest.raises(ConnectionError):
            await push_without_end(port)
        await asyncio.sleep(0.1)
        assert (smtp_in.load.connections, smtp_in.load.unanswered) == (0, 0)


async def test_more_connections_than_fit_are_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MAX_CONNECTIONS", 3)
    smtp_in = SmtpIn(into([]), DOMEIN)
    async with serving(smtp_in) as port:
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        assert [(await r.readline())[:3] for r, _ in held] == [b"220"] * 3
        assert b"421" in await talk(port, b"EHLO x")
        held[0][1].close()
        await asyncio.sleep(0.1)
        assert b"250 " in await talk(port, b"EHLO x", b"QUIT")
        for _, writer in held:
            writer.close()


async def test_a_silent_connection_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "IDLE_SECONDS", 0.3)
    async with serving(SmtpIn(into([]), DOMEIN)) as port:
        assert (await talk(port, b"EHLO x")).startswith(b"220")  # `talk` ends when the server hangs up


async def test_many_senders_at_once_and_pipelined_mails_all_arrive_once() -> None:
    kept: Kept = []
    corpus = list(letters(200))

    async def one(share: list[tuple[str, bytes]]) -> bytes:
        lines = [line for adres, raw in share for line in transaction(raw.rstrip(b"\r\n"), mail_from=adres)]
        return await talk(port, b"EHLO x", *lines, b"QUIT")

    async with serving(SmtpIn(into(kept), DOMEIN)) as port:
        replies = await asyncio.gather(*(one(corpus[n::20]) for n in range(20)))
    assert sum(reply.count(b"bewaard") for reply in replies) == 200
    assert sorted(envelop.mail_from for _, envelop in kept) == sorted(adres for adres, _ in corpus)


async def test_an_ordinary_sender_sees_what_it_needs() -> None:
    async with serving(SmtpIn(into([]), DOMEIN)) as port:

        def ehlo() -> dict[str, str]:
            with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
                client.ehlo()
                return dict(client.esmtp_features)

        features = await asyncio.to_thread(ehlo)
    assert {"8bitmime", "smtputf8", "pipelining", "size"} <= features.keys()
    assert int(features["size"]) == 35 * 1024 * 1024


async def test_the_proefpostbus_takes_everything() -> None:
    kept: Kept = []
    server = await open_proefpostbus(into(kept))
    port = server.sockets[0].getsockname()[1]
    await talk(port, b"EHLO x", *transaction(mail(), "wie@waar.example"), b"QUIT")
    server.close()
    assert list(kept[0][1].rcpt_to) == ["wie@waar.example"]


async def test_health_tells_the_last_mail() -> None:
    smtp_in = SmtpIn(into([]), DOMEIN)
    async with serving(smtp_in) as port:
        assert "nog niets" in (await check_smtp_in(smtp_in)).toelichting
        await talk(port, b"EHLO x", *transaction(mail()), b"QUIT")
        deel = await check_smtp_in(smtp_in)
    assert (deel.staat, deel.cijfers["ontvangen"]) == (Staat.GOED, 1)


def test_a_wrong_set_up_is_said_in_dutch() -> None:
    assert check_config(INFO, (DOMEIN,)) == []
    assert "geen e-mailadres" in check_config("info", (DOMEIN,))[0]
    assert "domein" in check_config("info@elders.example", (DOMEIN,))[0]
    assert "hoogstens 15" in check_config(f"gemeente-lindewaard@{DOMEIN}", (DOMEIN,))[0]
