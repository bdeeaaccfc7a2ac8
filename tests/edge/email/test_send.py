# SPDX-License-Identifier: EUPL-1.2
"""SMTP out, against real servers that behave and misbehave: the outcome is never better than what we know."""

import asyncio
import email
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email import policy
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.begrippen.bericht import Bericht, BezorgUitkomst
from schakel.kanalen.email.compose import compose
from schakel.kanalen.email.envelop import Envelop
from schakel.kanalen.email.parse import parse_mail
from schakel.kanalen.email.proefpostbus import open_proefpostbus
from schakel.kanalen.email.send import SmtpUit
from tests.edge.email.generator import INFO, OWN, envelop, mail

TOKEN = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnop"
KENMERK = f"<{TOKEN}.0123456789abcdef@lindewaard.example>"
BERICHT = Bericht(
    aan="fatima@inwoner.example",
    onderwerp="Uw vraag over parkeren: één antwoord",
    tekst="Goedendag,\n\nU <b> kunt € 5 betalen op https://lindewaard.example/mijn?a=1&b=2.\n.punt\n\nGroet <gemeente>",
    kenmerk=KENMERK,
    token=TOKEN,
    antwoord_op=("<een@x.example>", "<twee@x.example>"),
)


def uit(port: int, **options: float) -> SmtpUit:
    return SmtpUit("127.0.0.1", port, "Gemeente Lindewaard", INFO, **options)


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=policy.default)  # type: ignore[return-value]


async def deliver(bericht: Bericht) -> tuple[BezorgUitkomst, list[tuple[bytes, Envelop]]]:
    kept: list[tuple[bytes, Envelop]] = []

    async def store(content: bytes, found: Envelop) -> None:
        kept.append((content, found))

    server = await open_proefpostbus(store)
    bezorging = await uit(server.sockets[0].getsockname()[1]).deliver(bericht)
    server.close()
    return bezorging.uitkomst, kept


async def test_an_answer_arrives_whole_and_threaded() -> None:
    uitkomst, [(raw, found)] = await deliver(BERICHT)
    assert uitkomst is BezorgUitkomst.BEZORGD
    assert found.mail_from == f"info+{TOKEN}@lindewaard.example"  # a bounce brings the token back
    message = read(raw)
    assert f"Message-ID: {KENMERK}\r\n".encode() in raw
    assert message["References"].split() == ["<een@x.example>", "<twee@x.example>"]
    assert message["In-Reply-To"] == "<twee@x.example>"
    assert message["Reply-To"] == f"info+{TOKEN}@lindewaard.example"
    assert message["From"] == f"Gemeente Lindewaard <{INFO}>"
    assert message["Subject"] == BERICHT.onderwerp
    assert message["Auto-Submitted"] is None
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n").strip() == BERICHT.tekst
    page = html.get_content() if html else ""
    assert '<html lang="nl">' in page
    assert '<a href="https://lindewaard.example/mijn?a=1&amp;b=2">' in page
    assert "Groet &lt;gemeente&gt;" in page
    assert "U &lt;b&gt; kunt" in page
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998


async def test_a_reply_to_what_we_sent_comes_back_with_our_token() -> None:
    _, [(raw, _)] = await deliver(BERICHT)
    reply = mail(f"To: {read(raw)['Reply-To']}", f"In-Reply-To: {read(raw)['Message-ID']}", f"References: {KENMERK}")
    bijdrage = parse_mail(reply, envelop(), OWN)
    assert (bijdrage.references.token, bijdrage.references.antwoord_op) == (TOKEN, (KENMERK,))


async def test_long_kenmerken_go_out_readable_for_every_mail_program() -> None:
    long = f"<{TOKEN}.0123456789abcdef@klantcontact.gemeente-lindewaard-aan-de-ijssel.example>"
    _, [(raw, _)] = await deliver(Bericht("f@x.example", "Re", "ja", long, TOKEN, (KENMERK, long, KENMERK, long)))
    assert f"Message-ID: {long}\r\n".encode() in raw
    assert f"In-Reply-To: {long}\r\n".encode() in raw
    assert f"References: {KENMERK}\r\n {long}\r\n {KENMERK}\r\n {long}\r\n".encode() in raw


@pytest.mark.parametrize(("antwoord_op", "value"), [(("<een@x.example>",), "auto-replied"), ((), "auto-generated")])
async def test_what_a_machine_sends_says_so(antwoord_op: tuple[str, ...], value: str) -> None:
    bericht = Bericht("f@x.example", "Ontvangen", "Dank u", KENMERK, TOKEN, antwoord_op, automatisch=True)
    _, [(raw, found)] = await deliver(bericht)
    assert (read(raw)["Auto-Submitted"], read(raw)["X-Auto-Response-Suppress"]) == (value, "All")
    assert parse_mail(raw, found, frozenset()).geautomatiseerd


KNOWN = {"message-id", "date", "from", "to", "reply-to", "subject", "in-reply-to", "references", "auto-submitted"}
KNOWN |= {"x-auto-response-suppress", "mime-version", "content-type", "content-transfer-encoding"}
evil = st.text(max_size=60) | st.sampled_from(
    ["a\r\nBcc: x@y.example", "a\nX: y\n\ntekst", "a\x00b", "\u2028Bcc: x", "\r"]
)


@settings(max_examples=200, deadline=None)
@given(evil, evil, evil, evil, evil, evil, st.booleans())
def test_no_value_can_add_a_header(
    aan: str, onderwerp: str, tekst: str, kenmerk: str, op: str, naam: str, automatisch: bool
) -> None:
    for adres, id_ in ((aan, KENMERK), ("f@x.example", kenmerk), ("f@x.example", KENMERK)):
        bericht = Bericht(adres, onderwerp, tekst, id_, TOKEN, (op,), automatisch)
        try:
            raw = compose(bericht, naam, INFO)
        except ValueError:
            assert adres == aan or id_ == kenmerk
            continue
        head = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ")
        names = [line.partition(b":")[0].decode().lower() for line in head.split(b"\r\n")]
        assert set(names) <= KNOWN
        assert len(names) == len(set(names))
        assert b"\r" not in head.replace(b"\r\n", b"")
        assert b"\x00" not in raw


@pytest.mark.parametrize(
    "aan", ["", "geen adres", "a@b\r\nDATA", "<a@b.nl>", "a@b.nl, c@d.nl", "a@b.nl\x00", "@", "a@@b"]
)
async def test_an_address_that_cannot_be_is_mislukt(aan: str) -> None:
    uitkomst, kept = await deliver(Bericht(aan, "x", "y", KENMERK))
    assert (uitkomst, kept) == (BezorgUitkomst.MISLUKT, [])


@pytest.mark.parametrize("aan", ["fatima@gemeente-één.example", "fátima@inwoner.example"])
async def test_addresses_with_special_letters_arrive(aan: str) -> None:
    uitkomst, kept = await deliver(Bericht(aan, "één", "ja", KENMERK))
    assert uitkomst is BezorgUitkomst.BEZORGD
    assert kept[0][1].rcpt_to[0] in (aan, "fatima@xn--gemeente-n-b7aa.example") or "xn--" in kept[0][1].rcpt_to[0]


class Misbehaving:
    """A handler of a real aiosmtpd that answers as the case says."""

    def __init__(self, **answers: str) -> None:
        self._answers = answers

    async def handle_MAIL(self, server: SMTP, session: object, envelope: object, address: str, options: object) -> str:
        envelope.mail_from = address  # type: ignore[attr-defined]
        return self._answers.get("mail", "250 OK")

    async def handle_RCPT(self, server: SMTP, session: object, envelope: object, address: str, options: object) -> str:
        envelope.rcpt_tos.append(address)  # type: ignore[attr-defined]
        return self._answers.get("rcpt", "250 OK")

    async def handle_DATA(self, server: SMTP, session: object, envelope: object) -> str:
        match self._answers.get("data", "250 OK"):
            case "cut":
                server.transport.abort()  # type: ignore[union-attr]
                return "250 OK"
            case "late":
                await asyncio.sleep(5)
                return "250 OK"
            case answer:
                return answer


@asynccontextmanager
async def served(factory: Callable[[], asyncio.Protocol]) -> AsyncIterator[int]:
    server = await asyncio.get_running_loop().create_server(factory, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


@pytest.mark.parametrize(
    ("step", "answer", "uitkomst"),
    [
        ("mail", "451 4.7.1 later, f@x.example", BezorgUitkomst.TIJDELIJK_MISLUKT),
        ("rcpt", "450 4.2.0 grijs", BezorgUitkomst.TIJDELIJK_MISLUKT),
        ("data", "452 4.3.1 vol", BezorgUitkomst.TIJDELIJK_MISLUKT),
        ("data", "421 4.3.2 dicht", BezorgUitkomst.TIJDELIJK_MISLUKT),
        ("mail", "550 5.7.1 nee", BezorgUitkomst.MISLUKT),
        ("rcpt", "550 5.1.1 fatima@inwoner.example bestaat niet", BezorgUitkomst.MISLUKT),
        ("data", "554 5.6.0 nee", BezorgUitkomst.MISLUKT),
        ("data", "cut", BezorgUitkomst.ONBEKEND),
        ("data", "late", BezorgUitkomst.ONBEKEND),
        ("data", "onzin zonder code", BezorgUitkomst.ONBEKEND),
        ("data", "250 OK", BezorgUitkomst.BEZORGD),
    ],
)
async def test_the_outcome_is_what_the_other_side_made_of_it(step: str, answer: str, uitkomst: BezorgUitkomst) -> None:
    async with served(lambda: SMTP(Misbehaving(**{step: answer}), enable_SMTPUTF8=True, timeout=30)) as port:
        bezorging = await uit(port, timeout=3, data_timeout=0.5).deliver(BERICHT)
    assert bezorging.uitkomst is uitkomst
    assert "@" not in bezorging.toelichting
    if answer[3:6] in (" 4.", " 5."):
        assert answer[:9] in bezorging.toelichting


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def script(*replies: bytes | None) -> Talk:
    """Greets, then gives one reply per line it reads; None hangs up, b"" stays silent."""

    async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for n, reply in enumerate(replies):
            if n and not await reader.readline():
                break
            if reply is None:
                break
            writer.write(reply)
        else:
            await asyncio.sleep(3)
        writer.close()

    return exchange


@pytest.mark.parametrize(
    ("replies", "uitkomst"),
    [
        ((None,), BezorgUitkomst.TIJDELIJK_MISLUKT),
        ((b"",), BezorgUitkomst.TIJDELIJK_MISLUKT),
        ((b"554 nee\r\n",), BezorgUitkomst.MISLUKT),
        ((b"421 druk\r\n",), BezorgUitkomst.TIJDELIJK_MISLUKT),
        ((b"\xff\xfe\x00 rommel\r\n",), BezorgUitkomst.TIJDELIJK_MISLUKT),
        ((b"220 x\r\n", None), BezorgUitkomst.TIJDELIJK_MISLUKT),
        ((b"220 x\r\n", b"250 x\r\n", b"250 ok\r\n", None), BezorgUitkomst.TIJDELIJK_MISLUKT),
        ((b"220 x\r\n", b"250 x\r\n", b"250 ok\r\n", b"250 ok\r\n", None), BezorgUitkomst.TIJDELIJK_MISLUKT),
        ((b"220 x\r\n", b"250 x\r\n", b"250 ok\r\n", b"250 ok\r\n", b""), BezorgUitkomst.TIJDELIJK_MISLUKT),
        ((b"220 x\r\n", b"250 x\r\n", b"250 ok\r\n", b"250 ok\r\n", b"503 eh\r\n"), BezorgUitkomst.MISLUKT),
        ((b"220 x\r\n", b"250 x\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 ga\r\n", None), BezorgUitkomst.ONBEKEND),
    ],
)
async def test_an_exchange_that_breaks_off(replies: tuple[bytes | None, ...], uitkomst: BezorgUitkomst) -> None:
    server = await asyncio.start_server(script(*replies), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    bezorging = await asyncio.wait_for(uit(port, timeout=0.5, data_timeout=0.5).deliver(BERICHT), 10)
    server.close()
    assert bezorging.uitkomst is uitkomst


async def test_nobody_there_is_tried_again_later() -> None:
    server = await asyncio.start_server(script(None), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    assert (await uit(port, timeout=2).deliver(BERICHT)).uitkomst is BezorgUitkomst.TIJDELIJK_MISLUKT
