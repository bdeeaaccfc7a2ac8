# SPDX-License-Identifier: EUPL-1.2
"""What only a demo has: people to be, a postbus that shows anything, and a mail that goes in over SMTP."""

import pytest

from schakel.kanalen.email.smtp_in import SmtpIn, listen
from schakel.kit.errors import InvalidInput
from schakel.storage.demo import PostRefused, SqlDemo, store_proefpost
from tests.edge.stad import Stad

BROKEN = (
    b"",
    b"\x00\xff\xfe",
    b"Subject: =?utf-8?b?!!!!?=\r\nFrom: \xff\xfe\r\nTo: x\r\nContent-Type: text/plain; charset=geen\r\n\r\nabc",
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\nno parts here",
    b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%",
    b"Content-Type: " + b"multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: " * 60,
)


async def test_the_first_inwoner_is_aylin_and_each_is_known_to_the_brp(stad: Stad) -> None:
    assert stad.diensten.demo is not None
    found = await stad.diensten.demo.inwoners()
    assert found[0].naam == "Aylin Yılmaz"
    assert len(found) == len({one.partij_id for one in found}) == 8
    known = await stad.value(
        "select count(distinct partij_id) from partij_identificator where soort = 'bsn' and partij_id = any($1)",
        [one.partij_id for one in found],
    )
    assert known == 8


@pytest.mark.parametrize("raw", BROKEN)
async def test_the_postbus_shows_any_bytes_and_never_fails(stad: Stad, raw: bytes) -> None:
    assert stad.diensten.demo is not None
    await store_proefpost(stad.database, raw)
    newest = (await stad.diensten.demo.post(1))[0]
    assert "\x00" not in newest.onderwerp + newest.tekst + newest.van + newest.aan


async def test_a_mail_of_the_demo_goes_in_over_smtp_and_becomes_an_interactie(stad: Stad) -> None:
    domein = stad.huis.settings.maildomein
    server = await listen(SmtpIn(stad.huis.store_mail, domein), "127.0.0.1", 0, domein)
    demo = SqlDemo(stad.database, "127.0.0.1", server.sockets[0].getsockname()[1], domein)
    await demo.post_in("jan@post.example", "Mijn\r\nBcc: nieuwe pas", "Wanneer kan ik komen?\n.\nGroet")
    server.close()
    await stad.do_jobs()
    assert await stad.value("select tekst from gespreksbijdrage where afzender_adres = 'jan@post.example'") == (
        "Wanneer kan ik komen?\n.\nGroet"
    )
    assert [(post.aan, post.onderwerp[:21]) for post in await demo.post()] == [
        ("jan@post.example", "Wij kregen uw bericht")
    ]


@pytest.mark.parametrize("van", ["", "jan", "@", "jan@", "jan@post.example\r\nBcc: x@y.example\x00", "é" * 300])
async def test_a_sender_that_is_no_address_is_refused_in_words(stad: Stad, van: str) -> None:
    domein = stad.huis.settings.maildomein
    server = await listen(SmtpIn(stad.huis.store_mail, domein), "127.0.0.1", 0, domein)
    demo = SqlDemo(stad.database, "127.0.0.1", server.sockets[0].getsockname()[1], domein)
    with pytest.raises(InvalidInput) as refusal:
        await demo.post_in(van, "x", "y")
    server.close()
    assert refusal.value.fields["van"].startswith("Vul een e-mailadres in")
    assert await stad.value("select count(*) from origineel") == 0


async def test_without_anyone_listening_the_sender_hears_that_it_was_not_sent(stad: Stad) -> None:
    with pytest.raises(PostRefused):
        await SqlDemo(stad.database, "127.0.0.1", 1, "lindewaard.example").post_in("jan@post.example", "x", "y")
